"""How far back a list is read: to a page that shows nothing newer than its checkpoint.

The site reorders and re-dates lists and puts promotions between entries, a teaser's time is not
the article's, and ids are not in date order: one known entry says nothing about those below it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from scrapy.http import Response

from finnews.items import Checkpoint, PendingPage
from finnews.middlewares.headers import header

OVERLAP = timedelta(hours=2)
"""How far below the newest entry of its checkpoint a list is read again."""

NEW_DAY_OVERLAP = timedelta(days=1)
"""The same for the first run of a day."""

MAX_REPEATED_PAGES = 2
"""Pages in a row without a new entry, after which a list counts as read."""

NOT_MODIFIED = 304


class Entry(NamedTuple):
    """An entry of a list."""

    id: str
    date: str | None
    """``None`` where the list prints none, and for promotions: their dates mean nothing."""

    is_new: bool
    """Whether its page was neither archived nor pending when the run began."""


class ListProgress:
    """How far this run has read a list or feed; `last` is the checkpoint of the last run."""

    def __init__(self, url: str, last: Checkpoint | None = None, since: str | None = None) -> None:
        self.url = url
        self.last = last
        self.since = since
        self.ids: set[str] = set()
        self.newest: str | None = None
        self.oldest: str | None = None
        self.repeated_pages = 0
        self.is_done = False
        self.has_caught_up = False
        self.etag: str | None = None
        self.last_modified: str | None = None

    @property
    def pending(self) -> list[PendingPage]:
        """The pages of the list that earlier runs could not archive."""
        return (self.last.pending if self.last else None) or []

    @property
    def conditions(self) -> dict[str, str]:
        """Request headers by which the site sends the first page only if the list has changed.

        Empty if the list must be read even if it has not.
        """
        if self.last is None or not self._is_covered():
            return {}
        validators = {
            "If-None-Match": self.last.etag,
            "If-Modified-Since": self.last.last_modified,
        }
        return {name: value for name, value in validators.items() if value}

    def add_page(self, entries: Iterable[Entry], has_next: bool) -> None:
        """Add the next page of the list, and set `is_done` if no further page is to be read."""
        page = list(entries)
        self._add_entries(page)
        if not self.ids:
            return
        self.has_caught_up = self.has_caught_up or self._catches_up(page)
        is_at_end = not has_next or self.repeated_pages == MAX_REPEATED_PAGES
        self.is_done = self.has_caught_up or is_at_end or self._is_too_old(page)

    def add_validators(self, response: Response) -> None:
        """Keep the ``ETag`` and ``Last-Modified`` of the list's first page for the next run."""
        self.etag = header(response, "ETag") or None
        self.last_modified = header(response, "Last-Modified") or None

    def mark_unmodified(self) -> None:
        """Note that the list has not changed since its checkpoint."""
        self.is_done = self.has_caught_up = True
        if self.last:
            self.etag, self.last_modified = self.last.etag, self.last.last_modified

    def mark_ended(self) -> None:
        """Note that the linked next page does not exist."""
        self.is_done = bool(self.ids)

    def has_gap(self) -> bool:
        """Return whether the list may have dropped entries that no run has seen."""
        newest = self._last_newest
        was_read_whole = self.is_done and not self.has_caught_up and not self._reached_since()
        return bool(was_read_whole and newest and self.oldest and is_later(self.oldest, newest))

    def is_redated(self, date: str | None, changed: str) -> bool:
        """Return whether an entry is dated after both the last checkpoint and `changed`."""
        newest = self._last_newest
        return bool(date and newest and is_later(date, newest) and is_later(date, changed))

    def checkpoint(self) -> Checkpoint | None:
        """Return the list's new checkpoint; ``None`` if the list was not read and had none.

        A run back to ``since`` that has not reached the last checkpoint would leave a gap in it.
        """
        if not self.is_done:
            return self.last
        back_to = self.since if self._reached_since() else None
        if self.last and self._is_covered():
            if back_to and not self.has_caught_up:
                return self.last
            back_to = self.last.back_to if self.has_caught_up else None
        return Checkpoint(
            url=self.url,
            newest=self.newest or self._last_newest,
            back_to=back_to,
            etag=self.etag,
            last_modified=self.last_modified,
        )

    @property
    def _last_newest(self) -> str | None:
        return self.last.newest if self.last else None

    def _add_entries(self, page: list[Entry]) -> None:
        ids = {entry.id for entry in page}
        self.repeated_pages = self.repeated_pages + 1 if ids <= self.ids else 0
        self.ids |= ids
        dates = [entry.date for entry in page if entry.date]
        self.newest = max([*dates, *filter(None, [self.newest])], key=moment, default=None)
        self.oldest = min([*dates, *filter(None, [self.oldest])], key=moment, default=None)

    def _catches_up(self, page: list[Entry]) -> bool:
        """Return whether a page shows only entries that the last run has seen."""
        if not page or not self._is_covered() or any(entry.is_new for entry in page):
            return False
        horizon = self._horizon()
        return not any(entry.date and horizon and is_later(entry.date, horizon) for entry in page)

    def _horizon(self) -> str | None:
        newest = self._last_newest
        if newest is None or self.newest is None:
            return newest
        is_new_day = self.newest[:10] > newest[:10]
        return earlier(newest, NEW_DAY_OVERLAP if is_new_day else OVERLAP)

    def _is_covered(self) -> bool:
        """Return whether the last run read as far back as this one has to."""
        if self.last is None:
            return False
        back_to = self.last.back_to
        return back_to is None or (self.since is not None and back_to <= self.since)

    def _is_too_old(self, page: list[Entry]) -> bool:
        dates = [entry.date for entry in page if entry.date]
        return bool(self.since and dates and max(dates)[:10] < self.since)

    def _reached_since(self) -> bool:
        return bool(self.since and self.oldest and self.oldest[:10] < self.since)


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


def earlier(date: str, by: timedelta) -> str:
    """Return a date moved back; a day without a time stays.

    >>> earlier("2026-11-20T10:00:00+01:00", timedelta(hours=2)), earlier("2026-11-20", OVERLAP)
    ('2026-11-20T08:00:00+01:00', '2026-11-20')
    """
    return date if len(date) == 10 else (moment(date) - by).isoformat()
