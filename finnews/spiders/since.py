"""What a run with ``since`` leaves out of a list, and how far back the list's record is whole."""

from finnews.items import Checkpoint
from finnews.spiders.entries import Entry


class Since:
    """The ``since`` of a run, as one list meets it; `day` is ``None`` without."""

    def __init__(self, day: str | None, last: Checkpoint | None) -> None:
        self.day = day
        self.last = last
        self.has_been_reached = False
        self.left_out: list[str] = []
        """Days of new entries that are before `day`."""

    def leaves_out(self, date: str | None) -> bool:
        """Return whether a new entry is left out for its date, and note it if so."""
        if not (self.day and date and date[:10] < self.day):
            return False
        self.left_out.append(date[:10])
        return True

    def add_page(self, page: list[Entry]) -> None:
        """Note whether a page of the list is older than `day`."""
        dates = [entry.date for entry in page if entry.date]
        if self.day and dates and max(dates)[:10] < self.day:
            self.has_been_reached = True

    @property
    def is_covered(self) -> bool:
        """Whether the last run read as far back as this one has to."""
        if self.last is None or self.last.top is None:
            return False
        back_to = self.last.back_to
        return back_to is None or (self.day is not None and back_to <= self.day)

    def leaves_gap(self, *, has_caught_up: bool, is_at_end: bool) -> bool:
        """Return whether this run left out what the last run's record says is archived."""
        if self.last is None or not self.is_covered:
            return False
        if not has_caught_up:
            return self._back_to(is_at_end) is not None
        covered = self.last.back_to
        return any(covered is None or day >= covered for day in self.left_out)

    def back_to(self, *, has_caught_up: bool, is_at_end: bool) -> str | None:
        """Return the day back to which the list is archived now; ``None`` if it is to its end."""
        if self.last and self.is_covered:
            return self.last.back_to if has_caught_up else None
        return self._back_to(is_at_end)

    def _back_to(self, is_at_end: bool) -> str | None:
        return None if is_at_end and not self.left_out else self.day
