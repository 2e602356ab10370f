"""How far below the place where the last reading of a list began a run reads."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from finnews.items import Checkpoint

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


class Depth(NamedTuple):
    """How many entries are read of what a complete run has read before."""

    top: int = 12
    """Entries at the top of a list by which the next run knows the place again."""

    deep: int = 200
    """How far below that place the first run of a day reads."""

    deepest: int = 1000
    """How far the first run of a week does."""

    @property
    def is_met_by(self) -> float:
        """Which part of the top has to be met: the site withdraws and re-dates articles."""
        return 0.75


DEPTH: Final = Depth()


class DeepReadings:
    """When a list was last read deep, and how deep it is to be read today.

    A list of one page has no depth; one that gets a second page is read deep at once.
    """

    def __init__(self, last: Checkpoint | None, today: date, depth: Depth) -> None:
        self.deep_on = last.deep_on if last else None
        self.deepest_on = last.deepest_on if last else None
        self.today = today
        self.depth = depth

    @property
    def had_pages(self) -> bool:
        """Whether the list had several pages when it was last read."""
        return self.deep_on is not None

    def due(self, *, has_pages: bool) -> int:
        """Return how many entries below the last top this run has to read."""
        if self.is_week_due(has_pages=has_pages):
            return self.depth.deepest
        is_day_due = self._is_due(self.deep_on, _DAY, has_pages=has_pages)
        return self.depth.deep if is_day_due else 0

    def is_week_due(self, *, has_pages: bool) -> bool:
        """Return whether the list was not read deepest for a week."""
        return self._is_due(self.deepest_on, _WEEK, has_pages=has_pages)

    def days_after(self, below_top: int, *, is_to_end: bool) -> tuple[str | None, str | None]:
        """Return when the list was last read deep and deepest, now that it was read so far."""
        is_deep = is_to_end or below_top >= self.depth.deep
        is_deepest = is_to_end or below_top >= self.depth.deepest
        deepest_on = self._last_day(self.deepest_on, is_deepest)
        return self._last_day(self.deep_on, is_deep), deepest_on

    def _is_due(self, last: str | None, after: timedelta, *, has_pages: bool) -> bool:
        if last is None:
            return has_pages
        return not timedelta(0) <= self.today - date.fromisoformat(last) < after

    def _last_day(self, last: str | None, is_deep: bool) -> str | None:
        return self.today.isoformat() if is_deep or last is None else last
