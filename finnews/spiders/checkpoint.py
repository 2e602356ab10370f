"""How far back a list is read: past what was at its top when it was last read completely.

The site reorders and re-dates lists, puts promotions between entries, and dates some of them
wrongly; ids are not in date order. So only places count: one known entry says nothing about those
below it, and neither does a date.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from scrapy.http import Response

from finnews.items import Checkpoint, Turnover, UnfinishedReading
from finnews.middlewares.headers import header
from finnews.spiders.backoff import is_due
from finnews.spiders.depth import DEPTH, DeepReadings, Depth
from finnews.spiders.entries import Entry, is_later, moment
from finnews.spiders.paging import Paging
from finnews.spiders.place import Place
from finnews.spiders.since import Since
from finnews.spiders.turnover import after_reading

LONGEST_WAIT: Final = timedelta(hours=23)
"""The longest wait before a list that could not be read completely is tried again; short of a day,
so that each run of a daily crawl tries."""


class ListProgress:
    """How far this run has read a list or feed; `last` is the list's record of earlier runs.

    A list that several runs could not read as far as they had to is read for a while only down to
    where the last of them began: `is_waiting`.
    """

    def __init__(
        self,
        url: str,
        last: Checkpoint | None = None,
        since: str | None = None,
        now: datetime | None = None,
        depth: Depth = DEPTH,
    ) -> None:
        self.url = url
        self.last = last
        self.since = Since(since, last)
        self.now = now or datetime.now(UTC)
        self.depth = depth
        self.readings = DeepReadings(last, self.now.date(), depth)
        self.is_waiting = self._is_waiting()
        self.paging = Paging()
        unfinished = last.unfinished if last else None
        self.tried = Place(unfinished.top if unfinished else (), depth)
        """Where the last unfinished reading began."""

        self.place = self.tried if self.is_waiting else Place((last and last.top) or (), depth)
        """Where the reading began past which this run has to come."""

        self.is_left = False
        """Whether this run does not request the list."""

        self.can_be_left = True
        """Whether runs can leave the list to later ones, by how fast it changes."""

        self.named_at = last.named_at if last else None
        """When the site's menu named it."""

        self.ids: set[str] = set()
        self.places: list[str] = []
        """Ids of the entries in their order, promotions left out."""

        self.newest: str | None = None
        self.oldest: str | None = None
        self.fault: str | None = None
        self.has_caught_up = False
        self.is_settled = True
        """Whether a list that does not change says nothing more later, such as a time that is still
        in the future."""

        self.etag: str | None = None
        self.last_modified: str | None = None

    @property
    def top(self) -> list[str]:
        """The ids of the first entries, promotions left out."""
        return self.places[: self.depth.top]

    @property
    def is_done(self) -> bool:
        """Whether no further page of the list is to be read."""
        is_at_end = self.is_at_end or self.paging.is_repeating
        return self.has_caught_up or self.since.has_been_reached or is_at_end

    @property
    def is_at_end(self) -> bool:
        """Whether the last page of the list was read."""
        return bool(self.ids) and self.paging.is_at_end

    @property
    def is_complete(self) -> bool:
        """Whether the list was read as far as this run had to, without a fault."""
        return self.is_done and self.fault is None and bool(self.ids or self.has_caught_up)

    @property
    def must_be_read(self) -> bool:
        """Whether the list must be read even if it has not changed."""
        return self.is_waiting or not self.since.is_covered or self._depth_today() > 0

    @property
    def conditions(self) -> dict[str, str]:
        """Request headers by which the site sends the first page only if the list has changed.

        Empty if the list must be read even if it has not.
        """
        if self.last is None or self.must_be_read:
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
        if number != self.paging.read + 1:  # of a job that goes on, or redirected to
            return False
        self.is_left = False
        page = list(entries)
        self.is_settled = self.is_settled and all(entry.is_settled for entry in page)
        fault = self.paging.add_page({entry.id for entry in page}, self.ids, linked)
        self._add_entries(page)
        if fault:
            self.mark_faulty(fault)
        if not self.ids:
            return False
        self.has_caught_up = self.has_caught_up or self._catches_up(page)
        self.since.add_page(page)
        is_cut = not self.is_at_end or self._lacks_pager()
        if is_cut and not (self.paging.has_next or self.has_caught_up):
            self.mark_faulty(f"page {number} is not the last and links no next page")
        return self.paging.has_next and not self.is_done

    def add_validators(self, response: Response) -> None:
        """Keep the ``ETag`` and ``Last-Modified`` of the list's first page for the next run."""
        self.etag = header(response, "ETag") or None
        self.last_modified = header(response, "Last-Modified") or None

    def mark_unmodified(self) -> None:
        """Note that the list has not changed since its checkpoint.

        That says nothing if it must be read even so, or was: the request is of an earlier run.
        """
        if self.must_be_read or self.paging.read:
            return
        self.is_left = False
        self.has_caught_up = True
        if self.last:
            self.etag, self.last_modified = self.last.etag, self.last.last_modified
            self.places, self.newest = [*(self.last.top or ())], self.last.newest

    def mark_faulty(self, fault: str) -> None:
        """Note that a page of the list is not the one that was requested."""
        self.is_left = False
        self.fault = self.fault or fault

    def has_gap(self) -> bool:
        """Return whether the list may have dropped entries that no run has seen."""
        newest = self.last.newest if self.last else None
        if not self.is_complete or self.has_caught_up or self.since.has_been_reached:
            return False
        is_newer = bool(newest and self.oldest and is_later(self.oldest, newest))
        is_known = self.place.is_reached or self.place.is_passed
        return is_newer or bool(self.place.top and not is_known)

    def checkpoint(self) -> Checkpoint | None:
        """Return the list's new record.

        It is the last one, but for an unfinished reading, if this run did not read the list
        completely; and after a run back to ``since`` that has left a gap between it and the last.
        """
        if self.is_left:
            return self.last
        if self.is_waiting or not self.is_complete:
            return self._unfinished()
        reach = {"has_caught_up": self.has_caught_up, "is_at_end": self.is_at_end}
        if self.since.leaves_gap(**reach):
            return self.last
        deep_on, deepest_on = self._deep_days()
        return Checkpoint(
            url=self.url,
            newest=self.newest or (self.last.newest if self.last else None),
            back_to=self.since.back_to(**reach),
            top=self.top,
            deep_on=deep_on,
            deepest_on=deepest_on,
            turnover=self._turnover(),
            named_at=self.named_at,
            etag=self.etag if self.is_settled else None,
            last_modified=self.last_modified if self.is_settled else None,
        )

    def _turnover(self) -> Turnover | None:
        """Return when the list was read, and how fast it changes, for its new record."""
        if not self.can_be_left:
            return None
        last = self.last.turnover if self.last else None
        ids: Sequence[str] = last.ids if last else []
        return after_reading(last, self.now, self.places if self.paging.read else ids)

    def _unfinished(self) -> Checkpoint | None:
        """Return the last record with the reading of this run, if that saw the top of the list.

        The place of the reading before stays if this run did not come past it: what stands between
        is still unread.
        """
        before = self.last.unfinished if self.last else None
        is_seen = bool(self.top) and self.since.day is None
        if not is_seen or (self.is_waiting and not self.is_complete):
            return self.last
        top = self.top if before is None or self.tried.is_passed else before.top
        if self.is_waiting and before:
            reading = replace(before, top=top)
        else:
            tried_at = self.now.isoformat(timespec="seconds")
            reading = UnfinishedReading(top, (before.tries if before else 0) + 1, tried_at)
        return replace(self.last or Checkpoint(url=self.url), unfinished=reading)

    def _deep_days(self) -> tuple[str | None, str | None]:
        """Return when the list was last read deep and deepest; never if it has one page."""
        if not self.paging.read:
            return self.readings.deep_on, self.readings.deepest_on
        if not self.paging.has_several:
            return None, None
        return self.readings.days_after(self.place.below, is_to_end=self.is_at_end)

    def _is_waiting(self) -> bool:
        before = self.last.unfinished if self.last else None
        if before is None or self.since.day is not None:
            return False
        return not is_due(before.tries, before.tried_at, self.now, LONGEST_WAIT)

    def _depth_today(self) -> int:
        return 0 if self.is_waiting else self.readings.due(has_pages=self.paging.has_several)

    def _lacks_pager(self) -> bool:
        """Return whether a list that had several pages seems to have one, with other entries.

        After a week it is believed.
        """
        has_one = self.readings.had_pages and not self.paging.has_several
        return has_one and not self.readings.is_week_due(has_pages=False)

    def _add_entries(self, page: list[Entry]) -> None:
        places = [entry.id for entry in page if not entry.is_promotion and entry.id not in self.ids]
        if not self.ids:
            self.places.clear()  # those of an unchanged list
        self.places += places
        self.ids |= {entry.id for entry in page}
        for place in {self.place, self.tried}:
            place.add_page([entry.id for entry in page], set(places))
        dates = [entry.date for entry in page if entry.date]
        self.newest = max([*dates, *filter(None, [self.newest])], key=moment, default=None)
        self.oldest = min([*dates, *filter(None, [self.oldest])], key=moment, default=None)

    def _catches_up(self, page: list[Entry]) -> bool:
        """Return whether the run is where the last one was, as deep as today asks, and a page
        shows nothing new below that.
        """
        is_there = (self.is_waiting or self.since.is_covered) and self.place.is_passed
        is_deep = self.place.below >= self._depth_today()
        below = page[self.place.passed_at :]
        return is_there and is_deep and not any(entry.is_new for entry in below)
