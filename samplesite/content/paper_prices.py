"""Generates the prices of papers that are no shares."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from samplesite.content.exchanges import EXCHANGES, NAV, Exchange, Venue
from samplesite.content.instruments import BERLIN, CENT, NOW

XETRA, FRANKFURT, STUTTGART = EXCHANGES[:3]
GETTEX = next(exchange for exchange in EXCHANGES if exchange.name == "gettex")

UNNAMED = Exchange("", "", None, "")
"""Where a page names no exchange."""


def traded(rng: Random, exchange: Exchange, about: Decimal) -> Venue:
    """Return a price on an exchange and what was traded there, in cents."""
    price, previous = _near(rng, about), _near(rng, about)
    return ranged(rng, exchange, price, previous, volume=rng.randrange(1, 90_000))


def ranged(
    rng: Random, exchange: Exchange, price: Decimal, previous: Decimal, volume: int | None = None
) -> Venue:
    """Return a price of the last hours with a range of the day around it."""
    at = NOW - timedelta(seconds=rng.randrange(60, 9 * 3600))
    step = Decimal(1).scaleb(int(price.as_tuple().exponent))
    low = min(price, previous) - step * rng.randrange(9)
    high = max(price, previous) + step * rng.randrange(9)
    return Venue(exchange, at, price, previous, low=low, high=high, volume=volume)


def without_trades(venue: Venue) -> Venue:
    """Return the price of a day without trades: it has no range and no volume."""
    return replace(venue, low=None, high=None, volume=None)


def nav(rng: Random, unit: str, about: Decimal) -> Venue:
    """Return a net asset value of yesterday, or of the day before."""
    day = NOW.date() - timedelta(days=rng.randrange(1, 3))
    price, previous = _near(rng, about), _near(rng, about)
    exchange = Exchange(NAV, "", None, "", unit)
    return Venue(exchange, datetime.combine(day, time(0), BERLIN), price, previous)


def in_unit(exchange: Exchange, unit: str) -> Exchange:
    """Return an exchange where prices are in another unit."""
    return replace(exchange, unit=unit)


def _near(rng: Random, about: Decimal) -> Decimal:
    return (about * rng.randrange(970, 1030) / 1000).quantize(CENT, ROUND_HALF_UP)
