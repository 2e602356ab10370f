"""When to try again what has failed: in the next run, then after waits that double."""

from datetime import datetime, timedelta
from typing import Final

FIRST_WAIT: Final = timedelta(minutes=15)
"""The wait before the third try; the second is made by the next run."""

_MOST_DOUBLINGS: Final = 20


def is_due(tries: int, tried_at: str | None, now: datetime, longest: timedelta) -> bool:
    """Return whether to try again after so many tries in vain, the last of them at `tried_at`.

    A try in the future, by a clock that was wrong, does not count.

    >>> now, week = datetime.fromisoformat("2026-11-20T12:00:00+00:00"), timedelta(days=7)
    >>> an_hour_ago = "2026-11-20T11:00:00+00:00"
    >>> [is_due(tries, an_hour_ago, now, week) for tries in (0, 1, 2, 4, 5, 99)]
    [True, True, True, True, False, False]
    """
    if tried_at is None or tries < 2:
        return True
    wait = min(FIRST_WAIT * 2 ** min(tries - 2, _MOST_DOUBLINGS), longest)
    return not timedelta(0) <= now - datetime.fromisoformat(tried_at) < wait
