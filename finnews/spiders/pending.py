"""The pages that were asked for and are not archived: which are asked for again, and when."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta

from finnews.items import Unread

MOST_TRIES = 12
"""Doubling from `FIRST_WAIT`, they take eleven days."""

MOST_UNREAD = 100
"""For one list; a walk that has more of them to try again has failed as a whole."""

FIRST_WAIT = timedelta(minutes=15)
"""From the second try to the third; the second is that of the next run."""


class Pursuit:
    """What a run has asked for, by the pages' numbers, and what became of it."""

    def __init__(self) -> None:
        self.before: dict[str, Unread] = {}
        """What earlier runs have left."""

        self.asked: dict[str, str] = {}
        """Number → address."""

        self.read: set[str] = set()
        self.lost: set[str] = set()
        """Gone for good, moved off the site, or kept from us by robots.txt."""

        self.too_old: dict[str, str] = {}
        """Number → day, of pages older than ``since``."""

    def left(self, numbers: Iterable[str], archived: Set[str], now: datetime) -> Iterator[Unread]:
        """Yield what is to be remembered of pages, of which some are archived now.

        One that was archived before and could not be read again is not done with.
        """
        for number in numbers:
            before = self.before.get(number)
            if number not in self.asked:
                yield from [before] if before else []
            elif number not in self.read or number not in archived:
                tries = (before.tries if before else None) or 0
                tries = MOST_TRIES if number in self.lost else tries + 1
                tried_at = now.isoformat(timespec="seconds")
                yield Unread(self.asked[number], tries, tried_at, self.too_old.get(number))


def is_due(unread: Unread, now: datetime, since: str | None = None) -> bool:
    """Return whether a page is to be asked for again: by the next run, then ever more seldom.

    One that was too old for an earlier run is due when it is not for this one.

    >>> now = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
    >>> [is_due(Unread("", tries, "2026-11-20T11:00:00+00:00"), now) for tries in (1, 2, 4, 5, 12)]
    [True, True, True, False, False]
    """
    if unread.day:
        return since is None or since <= unread.day
    if is_given_up(unread):
        return False
    tries = unread.tries or 0
    wait = FIRST_WAIT * 2 ** (tries - 2) if tries > 1 else timedelta(0)
    return now - datetime.fromisoformat(str(unread.tried_at)) >= wait


def is_given_up(unread: Unread) -> bool:
    """Return whether a page is remembered only so that it is not taken for new."""
    return unread.day is not None or (unread.tries or 0) >= MOST_TRIES


def bounded(unread: Iterable[Unread]) -> list[Unread] | None:
    """Return the pages to remember: all that are to be tried again, and the last given up.

    ``None`` if there are too many: then the walk itself has failed.
    """
    newest_first = sorted(unread, key=lambda one: (str(one.tried_at), str(one.url)), reverse=True)
    waiting = [one for one in newest_first if not is_given_up(one)]
    given_up = [one for one in newest_first if is_given_up(one)]
    if len(waiting) > MOST_UNREAD:
        return None
    return waiting + given_up[: MOST_UNREAD - len(waiting)]
