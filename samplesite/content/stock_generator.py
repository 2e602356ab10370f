"""Generates shares: their names, numbers and prices."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from samplesite.content.exchanges import EXCHANGES, Exchange, Venue
from samplesite.content.german import PLAIN
from samplesite.content.instruments import CENT, NOW
from samplesite.content.security_numbers import isin_of
from samplesite.content.stocks import Stock

_FIRST_WORDS = (
    *("Muster", "Beispiel", "Probe", "Nord", "Süd", "Alpen", "Elbe", "Hanse", "Isar", "Kiesel"),
    *(
        "Linden",
        "Marsch",
        "Neckar",
        "Ostsee",
        "Pappel",
        "Quarz",
        "Rhein",
        "Saale",
        "Tannen",
        "Ufer",
    ),
)

_SECOND_WORDS = (
    *("werk", "bau", "chemie", "energie", "medien", "logistik", "optik", "pharma", "stahl"),
    *("technik", "textil", "wind"),
)

_LEGAL_FORMS = ("AG", "SE", "AG Vz.", "S.A.", "Inc.", "plc", "KGaA", "N.V.")

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def stock(seed: int, number: int) -> Stock:
    """Return the share of a number; the same for the same seed."""
    rng = Random(f"{seed}/stock/{number}")
    short = _short_name(number)
    form = _LEGAL_FORMS[number % len(_LEGAL_FORMS)]
    wkn = "".join(rng.choices(_LETTERS + "0123456789", k=5)) + str(number % 10)
    is_german = form in ("AG", "SE", "AG Vz.", "KGaA")
    return Stock(
        page=_page(short, number),
        name=f"{short} {form}",
        short=short,
        isin=isin_of(f"DE000{wkn}" if is_german else _foreign(rng, form)),
        wkn=wkn,
        symbol=None if number % 6 == 5 else "".join(rng.choices(_LETTERS, k=3)),
        venues=_venues(rng, number),
        is_short_of_boxes=number % 9 == 8,
    )


def _short_name(number: int) -> str:
    turn, place = divmod(number, len(_FIRST_WORDS) * len(_SECOND_WORDS))
    row, column = divmod(place, len(_FIRST_WORDS))
    name = _FIRST_WORDS[column] + _SECOND_WORDS[(row + column) % len(_SECOND_WORDS)]
    name += f" {turn + 1}" if turn else ""
    return f"{name} C (ex Vorher)" if number % 11 == 7 else name


def _page(short: str, number: int) -> str:
    words = short.lower().translate(PLAIN).replace("(", "").replace(")", "").split()
    return ("_", "-")[number % 2].join(
        words if len(words) > 1 else [*words, "x"][: 1 + number % 3 // 2]
    )


def _foreign(rng: Random, form: str) -> str:
    country = {"S.A.": "FR", "Inc.": "US", "plc": "GB", "N.V.": "NL"}[form]
    return country + "".join(rng.choices("0123456789", k=9))


def _venues(rng: Random, number: int) -> tuple[Venue, ...]:
    price = Decimal(rng.randrange(500, 90_000)) / 100
    if number % 13 == 3:
        price *= 20
    return tuple(_venue(rng, exchange, price) for exchange in EXCHANGES)


def _venue(rng: Random, exchange: Exchange, about: Decimal) -> Venue:
    at = NOW - timedelta(seconds=rng.randrange(60, 9 * 3600))
    if exchange is not EXCHANGES[0] and rng.random() < 0.1:
        return Venue(exchange, at)
    factor = {"CHF": Decimal("0.94"), "USD": Decimal("1.16"), "GBX": Decimal(88)}.get(
        exchange.unit, 1
    )
    previous = (about * factor * rng.randrange(970, 1030) / 1000).quantize(CENT)
    price = previous if rng.random() < 0.1 else _near(rng, previous)
    return Venue(
        exchange,
        at,
        price,
        previous,
        low=min(price, previous),
        high=max(price, previous) + CENT * rng.randrange(50),
        volume=None if rng.random() < 0.2 else rng.randrange(1, 4_000_000),
    )


def _near(rng: Random, price: Decimal) -> Decimal:
    return (price * rng.randrange(960, 1045) / 1000).quantize(CENT)
