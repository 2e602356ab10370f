"""Where the cells of boxes stand in an article, and which box stands around or behind a label."""

from lxml.etree import _Element

from finnews.pages.parts.box_parts import CELL
from finnews.pages.tree import ancestors

_WHOLE = frozenset({"article", "main", "body", "html"})


class BoxPlaces:
    """The elements of an article that have cells."""

    def __init__(self, article: _Element) -> None:
        cells = (part for part in article.iter("div") if CELL in part.get("class", ""))
        self._article = article
        self._around = ancestors(cells)
        self._following: dict[_Element, _Element | None] = {}

    def box_of(self, label: _Element) -> _Element | None:
        """Return the nearest element around a label that has cells, or after it, in the article."""
        around = next(filter(self._around.__contains__, label.iterancestors()), None)
        if around is None or around.tag in _WHOLE:
            around = self._behind(label)
        is_in = around is not None and any(each is self._article for each in around.iterancestors())
        return around if is_in else None

    def _behind(self, label: _Element) -> _Element | None:
        """Return the next sibling that has cells; of all its siblings, they are found at once."""
        parent = label.getparent()
        if label not in self._following and parent is not None:
            following: _Element | None = None
            for child in parent.iterchildren("*", reversed=True):
                self._following[child] = following
                following = child if child in self._around else following
        return self._following.get(label)
