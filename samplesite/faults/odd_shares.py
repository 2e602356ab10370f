"""Shares whose pages are gone, moved or odd: reached by name, listed nowhere."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from samplesite.content.analyses import Analysis, analyses_of
from samplesite.content.instruments import Stock
from samplesite.web.answer import Answer

Spoil = Callable[[bytes], Answer]

UNKNOWN_WORD = "Musterwort"
"""A rating that no house uses."""

_ROWS = re.compile(rb"<tbody.*?</tbody>", re.DOTALL)
_SNAPSHOT = re.compile(rb"(?<=snapshot__value\">)[\d.,]+")
_PRICE = re.compile(rb"(?<=>Kurs</td><td class=\"table__td\">)[^<]+")


@dataclass(frozen=True)
class OddShare:
    """One share; `spoils` has what is answered instead of its pages, by path."""

    stock: Stock
    studies: list[Analysis]
    spoils: dict[str, Spoil] = field(default_factory=dict)


def odd_shares(seed: int, model: Stock) -> list[OddShare]:
    """Return one share of each kind; but for what its name says, each is like the model."""
    made: dict[str, dict[str, Spoil]] = {
        "weg-404": _all_gone("weg-404", 404),
        "weg-410": _all_gone("weg-410", 410),
        "umgezogen": {"/aktien/umgezogen-aktie": _moved},
        "ohne-boersen": {"/boersenplaetze/ohne-boersen": _without_rows},
        "ohne-kurs": {"/aktien/ohne-kurs-aktie": _without_price},
        "falsche-isin": {"/aktien/falsche-isin-aktie": _wrong_digit(model.isin)},
        "neues-wort": {},
    }
    return [
        _odd(seed, replace(model, page=page), number, spoils)
        for number, (page, spoils) in enumerate(made.items(), 500)
    ]


def spoils_of(shares: list[OddShare]) -> dict[str, Spoil]:
    """Return what is answered instead of pages, by path, where there are odd shares.

    The members of the index then stand at only one of their addresses.
    """
    found = {path: spoil for odd in shares for path, spoil in odd.spoils.items()}
    return found | {"/index/dax/werte": lambda _: Answer(404, b"")} if found else {}


def _odd(seed: int, stock: Stock, number: int, spoils: dict[str, Spoil]) -> OddShare:
    studies = analyses_of(seed, stock, number)
    if stock.page == "neues-wort":
        studies = [replace(one, rating=UNKNOWN_WORD) for one in studies]
    return OddShare(stock, studies, spoils)


def _all_gone(page: str, status: int) -> dict[str, Spoil]:
    forms = ("/aktien/{}-aktie", "/boersenplaetze/{}", "/kursziele/{}")
    return {form.format(page): lambda _: Answer(status, b"") for form in forms}


def _moved(_: bytes) -> Answer:
    return Answer(302, b"", location="http://schweiz.invalid/aktien/umgezogen-aktie")


def _without_rows(page: bytes) -> Answer:
    return Answer(200, _ROWS.sub(b"<tbody></tbody>", page))


def _without_price(page: bytes) -> Answer:
    return Answer(200, _PRICE.sub(b"-", _SNAPSHOT.sub(b"-", page)))


def _wrong_digit(isin: str) -> Spoil:
    wrong = isin[:-1] + str((int(isin[-1]) + 1) % 10)
    return lambda page: Answer(200, page.replace(isin.encode(), wrong.encode()))
