"""Entries of lists and feeds, and how their dates compare."""

from datetime import datetime
from typing import NamedTuple


class Entry(NamedTuple):
    """An entry of a list."""

    id: str
    date: str | None
    """``None`` where the list prints none, and for promotions: their dates mean nothing."""

    is_new: bool
    """Whether this run fetches its page, or would without ``since``."""

    is_promotion: bool = False
    is_settled: bool = True
    """Whether the list need not be looked at again for it, if it does not change."""


def moment(date: str) -> datetime:
    """Return the time of an entry's date, for sorting; a day counts as its beginning."""
    return datetime.fromisoformat(date if len(date) > 10 else f"{date}T00:00:00+00:00")


def is_later(date: str, other: str) -> bool:
    """Return whether a date is later than another; by the day where either has no time.

    >>> is_later("2026-11-20T10:00:00+01:00", "2026-11-20T09:30:00+01:00")
    True
    >>> is_later("2026-11-20T10:00:00+01:00", "2026-11-20")
    False
    """
    if 10 in (len(date), len(other)):
        return date[:10] > other[:10]
    return moment(date) > moment(other)
