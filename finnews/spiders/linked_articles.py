"""Articles that other articles link, and no list shows: which of them a run requests.

Ids are not in the order of dates. They only bound what a run can cost: the links of an old article
lead to older ones, and so on.
"""

from datetime import datetime, timedelta
from typing import Final

from finnews.spiders.entries import moment

WINDOW: Final = timedelta(days=1)
"""How old an article can be."""

MOST: Final = 100
"""Articles that the links of one page can lead to; a page has dozens."""

_DAY: Final = len("2026-11-20")
_DATED_ANEW: Final = 10
"""One in so many articles that lists date within the window can have a much lower id."""


class LinkedArticles:
    """What lists show and articles link, by id."""

    def __init__(self, now: datetime) -> None:
        self.start = now - WINDOW
        self.listed: set[str] = set()
        """Ids that a list of this run has shown."""

        self.followed: set[str] = set()
        self._recent: list[int] = []
        self._lowest: int | None = None

    def add_listed(self, id_: str, date: str | None) -> None:
        """Note an entry of a list."""
        if id_ not in self.listed and date and moment(date) >= self.start:
            self._recent.append(int(id_))
            self._lowest = None
        self.listed.add(id_)

    def is_recent(self, id_: str, date: str | None) -> bool:
        """Return whether an article is within the window by the date of its link, or by its id.

        Its id is higher than the lowest that lists have dated within the window so far, but for a
        tenth of them.
        """
        if date and len(date) == _DAY:
            return date >= self.start.date().isoformat()
        if date:
            return moment(date) >= self.start
        return bool(self._recent) and int(id_) > self._lowest_id()

    def _lowest_id(self) -> int:
        if self._lowest is None:
            self._lowest = sorted(self._recent)[len(self._recent) // _DATED_ANEW]
        return self._lowest
