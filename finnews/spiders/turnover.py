"""How long a list can be left unread without losing entries, by how fast they are replaced."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from finnews.items import DayOfReadings, Turnover

LONGEST: Final = timedelta(hours=6)
"""How long ago a list was read at most that is left."""

MOST_REPLACED: Final = 0.5
"""Which part of a list's entries can be new when it is read again, at its fastest rate."""

MOST: Final = 100
"""Ids that are kept of a list."""

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


def after_reading(last: Turnover | None, now: datetime, ids: Sequence[str]) -> Turnover:
    """Return the record of a list that was read completely, and showed entries of these ids.

    A list without a new entry counts as one with one: a short time says little of its rate.
    """
    new = len(set(ids[:MOST]) - set(last.ids if last else ()))
    days = _of_last_week(last, now)
    elapsed = now - datetime.fromisoformat(last.read_at) if last else timedelta(0)
    if elapsed > timedelta(0):
        rate, pause = ceil(max(new, 1) * (_DAY / elapsed)), int(elapsed.total_seconds())
        today = now.date().isoformat()
        of_today = [day for day in days if day.day == today]
        rate = max([rate, *(day.new for day in of_today)])
        pause = max([pause, *(day.pause for day in of_today)])
        days = [*(day for day in days if day.day != today), DayOfReadings(today, rate, pause)]
    return Turnover(now.isoformat(timespec="seconds"), [*ids[:MOST]], days)


def can_wait(last: Turnover | None, of_runs: Turnover | None, now: datetime) -> bool:
    """Return whether a list can be left for this run: the next one will lose none of its entries.

    `of_runs` is the record of a list that every run reads. The next run is expected after the
    longest pause between two runs of the last week; the list's rate is the fastest of that week. Of
    a list with pages the entries count that were read: how many there are is not known.
    """
    unread, pause = _since(last, now), _longest_pause(of_runs, now)
    if last is None or unread is None or pause is None or unread >= LONGEST:
        return False
    rates = [day.new for day in _of_last_week(last, now)]
    return bool(rates) and max(rates) * ((unread + pause) / _DAY) < len(last.ids) * MOST_REPLACED


def _longest_pause(of_runs: Turnover | None, now: datetime) -> timedelta | None:
    """Return the longest pause between runs, that before this run too; ``None`` if unknown."""
    pauses = [timedelta(seconds=day.pause) for day in _of_last_week(of_runs, now)]
    pause = _since(of_runs, now)
    return max(*pauses, pause) if pauses and pause is not None else None


def _since(last: Turnover | None, now: datetime) -> timedelta | None:
    """Return the time since a list was read; ``None`` if it never was, or by a wrong clock."""
    elapsed = now - datetime.fromisoformat(last.read_at) if last else -_DAY
    return elapsed if elapsed >= timedelta(0) else None


def _of_last_week(last: Turnover | None, now: datetime) -> list[DayOfReadings]:
    """Return the days of the last week, and those of the next, which a clock was ahead to."""
    days = last.days if last else []
    ages = ((day, now.date() - datetime.fromisoformat(day.day).date()) for day in days)
    return [day for day, age in ages if abs(age) <= _WEEK]
