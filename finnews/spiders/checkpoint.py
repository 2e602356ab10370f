"""How far back a list is walked: until a page shows what an earlier walk had seen, and only that.

Lists are reordered, re-dated and interrupted by promotions, a teaser's time is not the article's,
and numbers are not in date order: one known entry says nothing about those below it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from finnews.items import Unread, Walk

OVERLAP = timedelta(hours=2)
"""How far below the newest entry of the last walk a list is read again."""

NEW_DAY_OVERLAP = timedelta(days=1)
"""The same for the first walk of a day."""

REPEATED_PAGES = 2
"""So many pages in a row without any entry that the walk has not seen are the end of a list."""


class Entry(NamedTuple):
    """An entry of a list, as the walk needs it."""

    number: str
    date: str | None
    """``None`` where the list prints none, and for promotions: their dates mean nothing."""

    is_unknown: bool
    """Whether its page was neither archived nor given up when the run began."""


class Walking:
    """A walk along one list or feed; `before` is the record of the last one."""

    def __init__(self, url: str, before: Walk | None = None, since: str | None = None) -> None:
        self.url = url
        self.before = before
        self.since = since
        self.seen: set[str] = set()
        self.newest: str | None = None
        self.oldest: str | None = None
        self.repeated = 0
        self.is_over = False
        self.is_joined = False
        self.etag: str | None = None
        self.last_modified: str | None = None

    @property
    def unread_before(self) -> list[Unread]:
        """The pages that it led to and that earlier runs could not archive."""
        return (self.before.unread if self.before else None) or []

    @property
    def unchanged_since(self) -> Walk | None:
        """The last walk, if there is nothing to do where the list has not changed since."""
        return self.before if self._is_covered() else None

    def read(self, entries: Iterable[Entry], has_next: bool) -> None:
        """Take in the next page of the list; then `is_over` tells whether it was the last."""
        shown = list(entries)
        self._see(shown)
        if not self.seen:
            return
        self.is_joined = self.is_joined or self._joins(shown)
        is_at_end = not has_next or self.repeated == REPEATED_PAGES
        self.is_over = self.is_joined or is_at_end or self._is_too_old(shown)

    def join(self) -> None:
        """Take in that the list has not changed since the last walk."""
        self.is_over = self.is_joined = True
        if self.before:
            self.etag, self.last_modified = self.before.etag, self.before.last_modified

    def end(self) -> None:
        """Take in that the page which the pager led to does not exist."""
        self.is_over = bool(self.seen)

    def has_gap(self) -> bool:
        """Return whether entries may have come and gone between the last walk and this one."""
        before = self.before.newest if self.before else None
        is_whole = self.is_over and not self.is_joined and not self._ended_at_since()
        return bool(is_whole and before and self.oldest and is_later(self.oldest, before))

    def is_redated(self, date: str | None, changed: str) -> bool:
        """Return whether an entry was dated anew since the last walk, and since it `changed`."""
        before = self.before.newest if self.before else None
        return bool(date and before and is_later(date, before) and is_later(date, changed))

    def record(self) -> Walk | None:
        """Return how far the list is walked now; ``None`` if there is nothing to tell.

        A walk back to ``since`` that has not met the last one would leave a gap in its record.
        """
        if not self.is_over:
            return self.before
        back_to = self.since if self._ended_at_since() else None
        if self.before and self._is_covered():
            if back_to and not self.is_joined:
                return self.before
            back_to = self.before.back_to if self.is_joined else None
        newest = self.newest or (self.before.newest if self.before else None)
        record = Walk(url=self.url, newest=newest, back_to=back_to)
        return replace(record, etag=self.etag, last_modified=self.last_modified)

    def _see(self, shown: list[Entry]) -> None:
        numbers = {entry.number for entry in shown}
        self.repeated = self.repeated + 1 if numbers <= self.seen else 0
        self.seen |= numbers
        dates = [entry.date for entry in shown if entry.date]
        self.newest = max([*dates, *filter(None, [self.newest])], key=moment, default=None)
        self.oldest = min([*dates, *filter(None, [self.oldest])], key=moment, default=None)

    def _joins(self, shown: list[Entry]) -> bool:
        """Return whether a whole page shows nothing but what the last walk has seen."""
        if not shown or not self._is_covered() or any(entry.is_unknown for entry in shown):
            return False
        horizon = self._horizon()
        return not any(entry.date and horizon and is_later(entry.date, horizon) for entry in shown)

    def _horizon(self) -> str | None:
        before = self.before.newest if self.before else None
        if before is None or self.newest is None:
            return before
        is_new_day = self.newest[:10] > before[:10]
        return earlier(before, NEW_DAY_OVERLAP if is_new_day else OVERLAP)

    def _is_covered(self) -> bool:
        """Return whether the last walk went as far back as this one is to go."""
        if self.before is None:
            return False
        back_to = self.before.back_to
        return back_to is None or (self.since is not None and back_to <= self.since)

    def _is_too_old(self, shown: list[Entry]) -> bool:
        dates = [entry.date for entry in shown if entry.date]
        return bool(self.since and dates and max(dates)[:10] < self.since)

    def _ended_at_since(self) -> bool:
        return bool(self.since and self.oldest and self.oldest[:10] < self.since)


def moment(date: str) -> datetime:
    """Return the time of a list's date, to order by; a day is its beginning."""
    return datetime.fromisoformat(date if len(date) > 10 else f"{date}T00:00:00+00:00")


def is_later(one: str, other: str) -> bool:
    """Return whether a date is later than another; by the day where either has no time.

    >>> is_later("2026-11-20T10:00:00+01:00", "2026-11-20T09:30:00+01:00")
    True
    >>> is_later("2026-11-20T10:00:00+01:00", "2026-11-20")
    False
    """
    if 10 in (len(one), len(other)):
        return one[:10] > other[:10]
    return moment(one) > moment(other)


def earlier(date: str, by: timedelta) -> str:
    """Return a date moved back; a day stays, since what is of one day has no order.

    >>> earlier("2026-11-20T10:00:00+01:00", timedelta(hours=2)), earlier("2026-11-20", OVERLAP)
    ('2026-11-20T08:00:00+01:00', '2026-11-20')
    """
    return date if len(date) == 10 else (moment(date) - by).isoformat()
