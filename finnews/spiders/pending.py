"""Pages that were requested and are not archived: which are requested again, and when."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta

from finnews.items import PendingPage

MAX_TRIES = 12
"""With a wait that doubles from `FIRST_WAIT`, they take eleven days."""

MAX_PENDING = 100
"""Of one list; a list with more pages to try again has failed as a whole."""

FIRST_WAIT = timedelta(minutes=15)
"""From the second try to the third; the second is that of the next run."""


class PendingPages:
    """The pages that a run has requested, by their ids, and what became of them."""

    def __init__(self) -> None:
        self.before: dict[str, PendingPage] = {}
        """What earlier runs have left."""

        self.requested: dict[str, str] = {}
        """Id → address."""

        self.read: set[str] = set()
        self.lost: set[str] = set()
        """Gone for good, moved off the site, or disallowed by robots.txt."""

        self.too_old: dict[str, str] = {}
        """Id → day, of pages older than ``since``."""

    def left(self, ids: Iterable[str], archived: Set[str], now: datetime) -> Iterator[PendingPage]:
        """Yield the pages that are pending after this run; `archived` are the ids that are not.

        A page that was archived before and could not be read again is pending.
        """
        for id_ in ids:
            before = self.before.get(id_)
            if id_ not in self.requested:
                yield from [before] if before else []
            elif id_ not in self.read or id_ not in archived:
                tries = (before.tries if before else None) or 0
                tries = MAX_TRIES if id_ in self.lost else tries + 1
                tried_at = now.isoformat(timespec="seconds")
                yield PendingPage(self.requested[id_], tries, tried_at, self.too_old.get(id_))


def is_due(page: PendingPage, now: datetime, since: str | None = None) -> bool:
    """Return whether a page is to be requested again: by the next run, then ever more seldom.

    A page that was too old for an earlier run is due when it is not for this one.

    >>> now = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
    >>> tried_at = "2026-11-20T11:00:00+00:00"
    >>> [is_due(PendingPage("", tries, tried_at), now) for tries in (1, 2, 4, 5, 12)]
    [True, True, True, False, False]
    """
    if page.day:
        return since is None or since <= page.day
    if is_given_up(page):
        return False
    tries = page.tries or 0
    wait = FIRST_WAIT * 2 ** (tries - 2) if tries > 1 else timedelta(0)
    return now - datetime.fromisoformat(str(page.tried_at)) >= wait


def is_given_up(page: PendingPage) -> bool:
    """Return whether a page is remembered only so that it does not count as new."""
    return page.day is not None or (page.tries or 0) >= MAX_TRIES


def bounded(pages: Iterable[PendingPage]) -> list[PendingPage] | None:
    """Return the pages to remember: all that are to be tried again, and the last given up.

    ``None`` if there are too many: then reading the list itself has failed.
    """
    newest_first = sorted(pages, key=lambda page: (str(page.tried_at), str(page.url)), reverse=True)
    waiting = [page for page in newest_first if not is_given_up(page)]
    given_up = [page for page in newest_first if is_given_up(page)]
    if len(waiting) > MAX_PENDING:
        return None
    return waiting + given_up[: MAX_PENDING - len(waiting)]
