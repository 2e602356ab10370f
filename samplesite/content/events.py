"""The dates in the calendars of the sample site's shares."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from samplesite.content.instruments import CENT, NOW
from samplesite.content.stocks import Stock

COMING, PAST = 3, 4
QUARTER = timedelta(days=91)
MEETING = "Hauptversammlung"


@dataclass(frozen=True)
class Event:
    """A date of a company; of one to come, the earnings per share are an estimate."""

    stock: Stock
    kind: str
    period: str
    day: date
    is_past: bool
    is_day_estimated: bool
    eps: Decimal | None


def events_of(seed: int, stock: Stock, number: int) -> list[Event]:
    """Return the events of a share: those to come in their order, then those past, newest first."""
    rng = Random(f"{seed}/events/{number}")
    soon = NOW.date() + timedelta(days=rng.randrange(5, 80))
    coming = [
        _results(rng, stock, soon + QUARTER * at, is_past=False, is_day_estimated=at > 0)
        for at in range(COMING)
    ]
    past = [
        _results(rng, stock, soon - QUARTER * (at + 1), is_past=True, is_day_estimated=False)
        for at in range(PAST)
    ]
    return [*coming, *past, _meeting(rng, stock, soon)]


def _results(
    rng: Random, stock: Stock, day: date, *, is_past: bool, is_day_estimated: bool
) -> Event:
    reported = day - QUARTER
    period = f"Q{(reported.month + 2) // 3} {reported.year}"
    return Event(stock, "Quartalszahlen", period, day, is_past, is_day_estimated, _eps(rng))


def _meeting(rng: Random, stock: Stock, soon: date) -> Event:
    day = soon - QUARTER * PAST - timedelta(days=20)
    period = f"FY {day.year - 1}"
    return Event(stock, MEETING, period, day, is_past=True, is_day_estimated=False, eps=_eps(rng))


def _eps(rng: Random) -> Decimal | None:
    return None if rng.random() < 0.1 else rng.randrange(-5000, 90000) * CENT / 100
