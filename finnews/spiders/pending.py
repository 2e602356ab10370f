"""Pages that were listed but are not archived: which to request again, and when."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from finnews.items import PendingPage
from finnews.spiders.checkpoint import is_later

FIRST_WAIT: Final = timedelta(minutes=15)
"""The wait before the third try; the second is made by the next run, and the wait doubles."""

LONGEST_WAIT: Final = timedelta(days=7)
"""The longest wait between two tries."""

MAX_PENDING: Final = 1000
"""The most pages of a list that are kept; with more, the list is read again as well."""

MAX_KEPT: Final = 1000
"""The most pages kept only so that they do not count as new: final, or older than ``since``."""

GONE_FOR_GOOD: Final = "gone-410"
MOVED: Final = "moved"
"""Moved off the site for good, as a 301 or 308 says; final if two runs are told so."""


class PendingPages:
    """The pages that a run has listed and requested, by id, and what became of them."""

    def __init__(self) -> None:
        self.earlier: dict[str, PendingPage] = {}
        """Id → page that was pending after earlier runs."""

        self.requested: dict[str, str] = {}
        """Id → address."""

        self.listed: dict[str, str] = {}
        """Id → latest date under which a list showed the page before it was requested."""

        self.sent: dict[str, int] = {}
        """Id → when its page was requested, in the order of all requests and responses."""

        self.read: set[str] = set()
        self.failed: dict[str, str] = {}
        """Id → reason, of pages that gave no complete item."""

        self.too_old: dict[str, str] = {}
        """Id → day, of pages older than ``since``."""

    def see(self, id_: str, date: str) -> None:
        """Note the date under which a list shows a page that is not requested yet."""
        known = self.listed.get(id_)
        if known is None or is_later(date, known):
            self.listed[id_] = date

    def is_open(self, id_: str, archived: Set[str]) -> bool:
        """Return whether a requested page is not archived as it is now."""
        return id_ not in self.read or id_ not in archived or id_ in self.too_old

    def listed_page(self, id_: str) -> PendingPage:
        """Return a requested page as no run has read it yet."""
        return PendingPage(self.requested[id_], self.listed.get(id_), 0)

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
            elif self.is_open(id_, archived):
                yield self._tried(id_, page or self.listed_page(id_), now)

    def _tried(self, id_: str, page: PendingPage, now: datetime) -> PendingPage:
        """Return a page after this run, which may have ended before it requested the page."""
        if id_ not in self.failed and id_ not in self.read:
            return page
        reason = self.failed.get(id_)
        is_moved = reason == MOVED == page.reason
        return replace(
            page,
            tries=(page.tries or 0) + 1,
            tried_at=now.isoformat(timespec="seconds"),
            day=self.too_old.get(id_),
            reason=reason,
            is_final=True if is_moved or reason == GONE_FOR_GOOD else None,
        )


def is_due(page: PendingPage, now: datetime, since: str | None = None) -> bool:
    """Return whether to request a page again: in the next run, then after doubling waits.

    A page that was too old for an earlier run is due when it is not for this one. A try in the
    future, by a clock that was wrong, does not count.

    >>> now = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
    >>> tried_at = "2026-11-20T11:00:00+00:00"
    >>> pages = (PendingPage(tries=tries, tried_at=tried_at) for tries in (0, 1, 2, 4, 5, 99))
    >>> [is_due(page, now) for page in pages]
    [True, True, True, True, False, False]
    """
    if page.day:
        return since is None or since <= page.day
    if page.is_final:
        return False
    if page.tried_at is None:
        return True
    doublings = min((page.tries or 0) - 2, 20)
    wait = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT) if doublings >= 0 else timedelta(0)
    return not timedelta(0) <= now - datetime.fromisoformat(page.tried_at) < wait


def is_waiting(page: PendingPage) -> bool:
    """Return whether a page is still to be archived, and not only kept lest it count as new."""
    return not page.is_final and page.day is None


def bounded(pages: Iterable[PendingPage]) -> tuple[list[PendingPage], bool]:
    """Return the pages to keep, the last tried first, and whether any was left out that is open."""
    last_first = sorted(pages, key=lambda page: (str(page.tried_at), str(page.url)), reverse=True)
    kept = [page for page in last_first if not is_waiting(page)]
    waiting = [page for page in last_first if is_waiting(page)]
    return waiting[:MAX_PENDING] + kept[:MAX_KEPT], len(waiting) > MAX_PENDING
