"""The labels and values of price boxes."""

from decimal import Decimal

from samplesite.content.exchanges import SPREAD, Venue
from samplesite.content.german import day, german, given


def price_rows(venue: Venue, *, is_traded: bool = True) -> list[tuple[str, str]]:
    """Return the rows of a price box.

    An index, a rate or a commodity has no trades; most name no exchange, so that the box prints the
    time by which it is about the price in the snapshot (labels reported, 2022 to 2026).
    """
    unit = venue.exchange.unit
    high, low = venue.high or venue.price, venue.low or venue.price
    trades = [
        ("Tagesvolumen in Stück", _or_dash(venue.volume)),
        ("Tagesumsatz", given(venue.turnover, unit)),
    ]
    spread = [("Spread", given(SPREAD, unit))]
    time = [("Kurszeit", f"{venue.at:%H:%M:%S}"), ("Kursdatum", day(venue.at))]
    return [
        ("Kurs", given(venue.price, unit)),
        *(spread if is_traded else ()),
        ("Eröffnungskurs", given(venue.low, unit)),
        *(trades if is_traded else ()),
        ("Schlusskurs Vortag", _or_dash(venue.previous)),
        ("Tageshoch / Tagestief", f"{_or_dash(venue.high)} / {_or_dash(venue.low)}"),
        ("52 Wochen Hoch", f"{_or_dash(high)} ({day(venue.at)})"),
        ("52 Wochen Tief", f"{_or_dash(low)} ({day(venue.at)})"),
        *(() if is_traded else time),
    ]


def nav_rows(venue: Venue) -> list[tuple[str, str]]:
    """Return the rows of the box of a net asset value."""
    return [("Kurs", given(venue.price, venue.exchange.unit)), ("Kursdatum", day(venue.at))]


def _or_dash(number: Decimal | int | None) -> str:
    return "-" if number is None else german(number)
