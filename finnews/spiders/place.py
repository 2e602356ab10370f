"""The place in a list where an earlier reading of it began."""

from collections.abc import Iterable, Sequence, Set

from finnews.spiders.depth import Depth


class Place:
    """Whether a run has passed the place where `top` stood, ids of the first entries then.

    It has when it has met most of them: the site withdraws and re-dates articles.
    """

    def __init__(self, top: Iterable[str], depth: Depth) -> None:
        self.top = frozenset(top)
        self.below = 0
        """How many entries were read below it, page by page."""

        self.passed_at = 0
        """How many entries of the last page stand above the point where it was passed."""

        self.is_reached = False
        """Whether one that stood there was met below one that did not: not one that stays on top.
        """

        self._least = len(self.top) * depth.is_met_by
        self._has_other = False
        self._met: set[str] = set()

    @property
    def is_passed(self) -> bool:
        """Whether it was passed; never if it is unknown."""
        return bool(self.top) and len(self._met) >= self._least

    def add_page(self, ids: Sequence[str], new: Set[str]) -> None:
        """Add a page of the list; no page before it showed the entries that are `new`.

        Promotions are none of them.
        """
        self.below += len(new) if self.is_passed else 0
        self.passed_at = 0 if self.is_passed else len(ids)
        for at, id_ in enumerate(ids, start=1):
            was_passed = self.is_passed
            self._add(id_, is_new=id_ in new)
            if self.is_passed and not was_passed:
                self.passed_at = at

    def _add(self, id_: str, *, is_new: bool) -> None:
        if id_ not in self.top:
            self._has_other = self._has_other or is_new
            return
        self._met.add(id_)
        self.is_reached = self.is_reached or self._has_other
