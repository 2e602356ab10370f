"""How far back a list is read: past what was at its top when it was last read completely.

The site reorders and re-dates lists, puts promotions between entries, and dates some of them
wrongly; ids are not in date order. So only places count: one known entry says nothing about those
below it, and neither does a date.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from scrapy.http import Response

from finnews.items import Checkpoint, PendingPage
from finnews.middlewares.headers import header

MAX_REPEATED_PAGES = 2
"""Pages in a row without a new entry, after which a list is left."""

LARGER = 1.5
"""How much larger than the pages before it a page of a list can be; beyond it, the page size has
grown, and entries between two pages were not shown. The first page can have fewer entries."""

NOT_MODIFIED = 304

_WEEK = timedelta(days=7)


class Depth(NamedTuple):
    """How many entries are read of what a complete run has read before."""

    top: int = 40
    """Entries at the top of a list by which the next run knows the place again."""

    deep: int = 200
    """How far below that place the first run of a day reads."""

    deepest: int = 1000
    """How far the first run of a week does."""

    @property
    def is_met_by(self) -> float:
        """Which part of the top has to be met: the site withdraws and re-dates articles."""
        return 0.75


DEPTH = Depth()


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


class ListProgress:
    """How far this run has read a list or feed; `last` is the list's record of earlier runs."""

    def __init__(
        self,
        url: str,
        last: Checkpoint | None = None,
        since: str | None = None,
        today: date | None = None,
        depth: Depth = DEPTH,
    ) -> None:
        self.url = url
        self.last = last
        self.since = since
        self.today = today or datetime.now(UTC).date()
        self.depth = depth
        self.ids: set[str] = set()
        self.top: list[str] = []
        self.newest: str | None = None
        self.oldest: str | None = None
        self.pages = 0
        self.largest = 0
        self.last_linked = 1
        self.met: set[str] = set()
        self.below_top = 0
        self.repeated_pages = 0
        self.fault: str | None = None
        self.has_caught_up = False
        self.has_reached_since = False
        self.left_out: list[str] = []
        """Days of new entries that are before ``since``."""

        self.is_at_end = False
        self.is_settled = True
        """Whether a list that does not change says nothing more later, such as a time that is still
        in the future."""

        self.etag: str | None = None
        self.last_modified: str | None = None

    @property
    def pending(self) -> list[PendingPage]:
        """The pages of the list that earlier runs could not archive."""
        return (self.last.pending if self.last else None) or []

    @property
    def is_done(self) -> bool:
        """Whether no further page of the list is to be read."""
        is_left = self.repeated_pages == MAX_REPEATED_PAGES
        return self.has_caught_up or self.is_at_end or self.has_reached_since or is_left

    @property
    def is_complete(self) -> bool:
        """Whether the list was read as far as it had to be, without a fault."""
        return self.is_done and self.fault is None and bool(self.ids or self.has_caught_up)

    @property
    def conditions(self) -> dict[str, str]:
        """Request headers by which the site sends the first page only if the list has changed.

        Empty if the list must be read even if it has not.
        """
        if self.last is None or not self._is_covered() or self._depth_today():
            return {}
        validators = {
            "If-None-Match": self.last.etag,
            "If-Modified-Since": self.last.last_modified,
        }
        return {name: value for name, value in validators.items() if value}

    def add_page(self, number: int, entries: Iterable[Entry], linked: Collection[int] = ()) -> bool:
        """Add a page of the list, and return whether the next one is to be read.

        `linked` are the numbers of the list's pages that it links.
        """
        if number != self.pages + 1:  # of a job that goes on, or redirected to
            return False
        page = list(entries)
        self.is_settled = self.is_settled and all(entry.is_settled for entry in page)
        self.pages = number
        self.last_linked = max(self.last_linked, *linked, number)
        self._check(page)
        self._add_entries(page)
        if not self.ids:
            return False
        has_next = number + 1 in linked
        self.has_caught_up = self.has_caught_up or self._catches_up(page)
        self.has_reached_since = self.has_reached_since or self._is_too_old(page)
        self.is_at_end = self.last_linked == number
        if not (has_next or self.has_caught_up) and (not self.is_at_end or self._lacks_pager()):
            self.mark_faulty(f"page {number} is not the last and links no next page")
        return has_next and not self.is_done

    def add_validators(self, response: Response) -> None:
        """Keep the ``ETag`` and ``Last-Modified`` of the list's first page for the next run."""
        self.etag = header(response, "ETag") or None
        self.last_modified = header(response, "Last-Modified") or None

    def mark_unmodified(self) -> None:
        """Note that the list has not changed since its checkpoint."""
        self.has_caught_up = True
        if self.last:
            self.etag, self.last_modified = self.last.etag, self.last.last_modified
            self.top, self.newest = [*(self.last.top or ())], self.last.newest

    def mark_faulty(self, fault: str) -> None:
        """Note that a page of the list is not the one that was requested."""
        self.fault = self.fault or fault

    def has_gap(self) -> bool:
        """Return whether the list may have dropped entries that no run has seen."""
        newest = self.last.newest if self.last else None
        if not self.is_complete or self.has_caught_up or self.has_reached_since:
            return False
        is_newer = bool(newest and self.oldest and is_later(self.oldest, newest))
        return is_newer or bool(self.last and self.last.top and not self.met)

    def checkpoint(self) -> Checkpoint | None:
        """Return the list's new record; the last one if the list was not read completely.

        So it is after a run back to ``since`` that has left a gap between it and the last one.
        """
        if not self.is_complete:
            return self.last
        is_whole = self.is_at_end and not self.left_out
        back_to = None if is_whole else self.since
        if self.last and self._is_covered():
            if self._leaves_gap(back_to):
                return self.last
            back_to = self.last.back_to if self.has_caught_up else None
        return Checkpoint(
            url=self.url,
            newest=self.newest or (self.last.newest if self.last else None),
            back_to=back_to,
            top=self.top,
            deep_on=self._read_on(self.depth.deep, "deep_on"),
            deepest_on=self._read_on(self.depth.deepest, "deepest_on"),
            etag=self.etag if self.is_settled else None,
            last_modified=self.last_modified if self.is_settled else None,
        )

    def leave_out(self, date: str) -> None:
        """Note that a new entry was left out, whose date is before ``since``."""
        self.left_out.append(date[:10])

    def _leaves_gap(self, back_to: str | None) -> bool:
        """Return whether the last run's record covers what this run has left out."""
        if not self.has_caught_up:
            return back_to is not None
        covered = self.last.back_to if self.last else None
        return any(covered is None or day >= covered for day in self.left_out)

    def _lacks_pager(self) -> bool:
        """Return whether a list that had several pages seems to have one, with other entries.

        After a week it is believed.
        """
        had_pages = self.last is not None and self.last.deep_on is not None
        return had_pages and self.last_linked == 1 and not self._is_due("deepest_on", _WEEK)

    def _check(self, page: list[Entry]) -> None:
        """Find out whether a page goes on where the last one ended."""
        if self.pages > 1 and {entry.id for entry in page} <= self.ids:
            self.mark_faulty(f"page {self.pages} shows nothing that the pages before it do not")
        elif self.pages > 2 and len(page) > self.largest * LARGER:
            self.mark_faulty(f"page {self.pages} is larger than those before it")
        self.largest = max(self.largest, len(page))

    def _add_entries(self, page: list[Entry]) -> None:
        ids = {entry.id for entry in page}
        self.repeated_pages = self.repeated_pages + 1 if ids <= self.ids else 0
        places = [entry.id for entry in page if not entry.is_promotion and entry.id not in self.ids]
        self.top += places[: self.depth.top - len(self.top)]
        self.ids |= ids
        self.below_top += len(places) if self._is_below_top() else 0
        self.met |= ids & set(self._last_top())
        dates = [entry.date for entry in page if entry.date]
        self.newest = max([*dates, *filter(None, [self.newest])], key=moment, default=None)
        self.oldest = min([*dates, *filter(None, [self.oldest])], key=moment, default=None)

    def _catches_up(self, page: list[Entry]) -> bool:
        """Return whether the run is where the last one was, as deep as today asks, and a page
        shows nothing new there.
        """
        is_there = self._is_covered() and self._is_below_top()
        is_deep = self.below_top >= self._depth_today()
        return is_there and is_deep and not any(entry.is_new for entry in page)

    def _is_below_top(self) -> bool:
        top = self._last_top()
        return bool(top) and len(self.met) >= len(top) * self.depth.is_met_by

    def _last_top(self) -> list[str]:
        return (self.last.top if self.last else None) or []

    def _depth_today(self) -> int:
        """Return how far below the last top this run has to read: more in the first of a day."""
        if self._is_due("deepest_on", _WEEK):
            return self.depth.deepest
        return self.depth.deep if self._is_due("deep_on", timedelta(days=1)) else 0

    def _is_due(self, name: str, after: timedelta) -> bool:
        last: str | None = getattr(self.last, name, None)
        if last is None:
            return self.last_linked > 1
        return not timedelta(0) <= self.today - date.fromisoformat(last) < after

    def _read_on(self, depth: int, name: str) -> str | None:
        """Return the day on which the list was last read to a depth; none if it has one page."""
        last: str | None = getattr(self.last, name, None)
        if self.pages and self.last_linked == 1:
            return None
        is_deep = self.is_at_end or self.below_top >= depth or last is None
        return self.today.isoformat() if is_deep and self.pages else last

    def _is_covered(self) -> bool:
        """Return whether the last run read as far back as this one has to."""
        if self.last is None or self.last.top is None:
            return False
        back_to = self.last.back_to
        return back_to is None or (self.since is not None and back_to <= self.since)

    def _is_too_old(self, page: list[Entry]) -> bool:
        dates = [entry.date for entry in page if entry.date]
        return bool(self.since and dates and max(dates)[:10] < self.since)


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
