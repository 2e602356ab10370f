"""The place in a list where an earlier reading of it began."""

from collections.abc import Iterable, Set

from finnews.spiders.depth import Depth


class Place:
    """Whether a run has passed the place where `top` stood, ids of the first entries then.

    It has when it has met most of them: the site withdraws and re-dates articles.
    """

    def __init__(self, top: Iterable[str], depth: Depth) -> None:
        self.top = frozenset(top)
        self.below = 0
        """How many entries were read below it, page by page."""

        self._least = len(self.top) * depth.is_met_by
        self._met: set[str] = set()

    @property
    def is_met(self) -> bool:
        """Whether any entry that stood there was met."""
        return bool(self._met)

    @property
    def is_passed(self) -> bool:
        """Whether it was passed; never if it is unknown."""
        return bool(self.top) and len(self._met) >= self._least

    def add_page(self, ids: Set[str], new: int) -> None:
        """Add a page of the list, with so many entries that no page before it showed."""
        self.below += new if self.is_passed else 0
        self._met |= ids & self.top
