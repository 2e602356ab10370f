"""Shares whose pages are gone, moved or odd: no list has them, a crawl reaches them by name."""

import re
from dataclasses import dataclass, field, replace

from samplesite.content.analyses import Analysis
from samplesite.content.analysis_generator import analyses_of
from samplesite.content.stocks import PAGES, Stock
from samplesite.faults.override import Override

UNKNOWN_WORD = "Musterwort"
"""A rating that no firm uses."""

_ROWS = re.compile(rb"<tbody.*?</tbody>", re.DOTALL)
_PRICE = re.compile(
    rb"(snapshot__value\"[^>]*>"
    rb"|>(?:Kurs|Bid / Bid-Size|Ask / Ask-Size)</td>\s*<td class=\"table__td\">)[^<]+"
)


@dataclass(frozen=True)
class OddShare:
    """A share, its analyses, and what is sent instead of its pages, by path."""

    stock: Stock
    analyses: list[Analysis]
    overrides: dict[str, Override] = field(default_factory=dict)


def odd_shares(seed: int, model: Stock) -> list[OddShare]:
    """Return one share of each kind; apart from what its name says, each is like the model."""
    overrides_by_page: dict[str, dict[str, Override]] = {
        "weg-404": _all_gone("weg-404", 404),
        "weg-410": _all_gone("weg-410", 410),
        "umgezogen": {"/aktien/umgezogen-aktie": _MOVED},
        "ohne-boersen": {"/boersenplaetze/ohne-boersen": Override(body=_without_rows)},
        "ohne-kurs": {"/aktien/ohne-kurs-aktie": Override(body=_without_price)},
        "falsche-isin": {"/aktien/falsche-isin-aktie": _wrong_check_digit(model.isin)},
        "neues-wort": {},
    }
    return [
        _odd_share(seed, replace(model, page=page), number, overrides)
        for number, (page, overrides) in enumerate(overrides_by_page.items(), 500)
    ]


def _odd_share(seed: int, stock: Stock, number: int, overrides: dict[str, Override]) -> OddShare:
    analyses = analyses_of(seed, stock, number)
    if stock.page == "neues-wort":
        analyses = [replace(analysis, rating=UNKNOWN_WORD) for analysis in analyses]
    return OddShare(stock, analyses, overrides)


def _all_gone(page: str, status: int) -> dict[str, Override]:
    return {path.format(page): Override(status) for path in PAGES}


_MOVED = Override(302, location="http://schweiz.invalid/aktien/umgezogen-aktie")


def _without_rows(body: bytes) -> bytes:
    return _ROWS.sub(b"<tbody></tbody>", body)


def _without_price(body: bytes) -> bytes:
    return _PRICE.sub(rb"\1-", body)


def _wrong_check_digit(isin: str) -> Override:
    wrong = isin[:-1] + str((int(isin[-1]) + 1) % 10)
    return Override(body=lambda body: body.replace(isin.encode(), wrong.encode()))
