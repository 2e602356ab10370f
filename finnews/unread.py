"""The pages that could not be archived: which are asked for again, and when."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from finnews.items import Unread

MOST_TRIES = 12
"""Doubling from `FIRST_WAIT`, they take eleven days."""

MOST_UNREAD = 100
"""For one list; a walk that has more of them to try again has failed as a whole."""

FIRST_WAIT = timedelta(minutes=15)
"""From the second try to the third; the second is that of the next run."""


def is_due(unread: Unread, now: datetime) -> bool:
    """Return whether a page is to be asked for again: by the next run, then ever more seldom.

    >>> now = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
    >>> [is_due(Unread("", tries, "2026-11-20T11:00:00+00:00"), now) for tries in (1, 2, 4, 5, 12)]
    [True, True, True, False, False]
    """
    tries = unread.tries or 0
    if tries >= MOST_TRIES:
        return False
    wait = FIRST_WAIT * 2 ** (tries - 2) if tries > 1 else timedelta(0)
    return now - datetime.fromisoformat(str(unread.tried_at)) >= wait


def tried_again(unread: Unread, *, is_final: bool, now: datetime) -> Unread:
    """Return the record of a page that was asked for once more in vain; a final answer is kept."""
    tries = MOST_TRIES if is_final else (unread.tries or 0) + 1
    return Unread(unread.url, tries, now.isoformat(timespec="seconds"))


def bounded(unread: Iterable[Unread]) -> list[Unread] | None:
    """Return the pages to remember: all that are to be tried again, and the last given up.

    ``None`` if there are too many: then the walk itself has failed.
    """
    newest_first = sorted(unread, key=lambda one: str(one.tried_at), reverse=True)
    given_up = [one for one in newest_first if (one.tries or 0) >= MOST_TRIES]
    open_ones = [one for one in newest_first if (one.tries or 0) < MOST_TRIES]
    if len(open_ones) > MOST_UNREAD:
        return None
    return open_ones + given_up[: MOST_UNREAD - len(open_ones)]
