"""Pages that were requested but not archived: which to request again, and when."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta

from finnews.items import PendingPage

MAX_TRIES = 12
"""Since the wait doubles from `FIRST_WAIT`, they take eleven days."""

MAX_PENDING = 100
"""The most pending pages of a list; with more, the list is read again instead."""

FIRST_WAIT = timedelta(minutes=15)
"""The wait before the third try; the second is made by the next run."""


class PendingPages:
    """The pages that a run has requested, by id, and what became of them."""

    def __init__(self) -> None:
        self.earlier: dict[str, PendingPage] = {}
        """Id → page that was pending after earlier runs."""

        self.requested: dict[str, str] = {}
        """Id → address."""

        self.read: set[str] = set()
        self.lost: set[str] = set()
        """Gone for good, moved off the site, or disallowed by robots.txt."""

        self.too_old: dict[str, str] = {}
        """Id → day, of pages older than ``since``."""

    def remaining(
        self, ids: Iterable[str], archived: Set[str], now: datetime
    ) -> Iterator[PendingPage]:
        """Yield the pages that are pending after this run; `archived` are ids of archived pages.

        An archived page that was to be read again but could not be read is pending, too.
        """
        for id_ in ids:
            page = self.earlier.get(id_)
            if id_ not in self.requested:
                yield from [page] if page else []
            elif id_ not in self.read or id_ not in archived:
                tries = (page.tries if page else None) or 0
                tries = MAX_TRIES if id_ in self.lost else tries + 1
                tried_at = now.isoformat(timespec="seconds")
                yield PendingPage(self.requested[id_], tries, tried_at, self.too_old.get(id_))


def is_due(page: PendingPage, now: datetime, since: str | None = None) -> bool:
    """Return whether to request a page again: in the next run, then after doubling waits.

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
    """Return whether a page is only kept so that it does not count as new."""
    return page.day is not None or (page.tries or 0) >= MAX_TRIES


def bounded(pages: Iterable[PendingPage]) -> list[PendingPage] | None:
    """Return the pages to keep: all that are to be requested again, and the last given up.

    ``None`` if too many are to be requested again: then the list itself is read again.
    """
    newest_first = sorted(pages, key=lambda page: (str(page.tried_at), str(page.url)), reverse=True)
    waiting = [page for page in newest_first if not is_given_up(page)]
    given_up = [page for page in newest_first if is_given_up(page)]
    if len(waiting) > MAX_PENDING:
        return None
    return waiting + given_up[: MAX_PENDING - len(waiting)]
