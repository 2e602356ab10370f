"""The boxes of quotes in an article or study: found by their headings, or told."""

from collections.abc import Iterator

from lxml.etree import _Element, iterwalk
from parsel import Selector

from finnews.loaders.inputs import Reason
from finnews.pages.base import Page
from finnews.pages.parts.box_cells import grouped_cells
from finnews.pages.parts.box_groups import is_box_label
from finnews.pages.parts.box_parts import CELL
from finnews.pages.parts.box_places import BoxPlaces
from finnews.pages.rules import PAGE, Rule
from finnews.pages.tree import ancestors
from finnews.pages.visible import text_of

_LABEL = "accordion__label"
_LABELS = Rule(
    PAGE, "xpath", './/*[contains(@class, "accordion__label") or text()[contains(., " dies")]]'
)
_GRIDS = Rule(PAGE, "xpath", './/*[div[contains(@class, "grid__item-")]//a]')


def boxes(page: Page, article: Selector) -> list[Selector]:
    """Return the boxes of an article, not those of the articles in it.

    One with prices under an unknown heading, or none, is a doubt: it may be about others.
    """
    by_root: dict[_Element, Selector] = {}
    priced: dict[_Element, bool] = {}
    labels = _labels(article.root)
    page.stats.count(_LABELS, found=bool(labels))
    places = BoxPlaces(article.root)
    for label in labels:
        heading = text_of(label)
        root = places.box_of(label)
        if is_box_label(heading) and root is not None and _is_own(label, article):
            by_root.setdefault(root, Selector(root=root, type="html"))
        elif is_box_label(heading):
            _tell(page, "unreadable" if root is None else "ambiguous", heading)
        elif root is not None and root not in by_root:
            if root not in priced:
                priced[root] = _has_prices(page, Selector(root=root, type="html"))
            if priced[root]:
                _tell(page, "ambiguous", heading)
    doubtful = {root for root, has_prices in priced.items() if has_prices}
    for box in _without_heading(page, article, by_root.keys() | doubtful):
        _tell(page, "ambiguous", text_of(box))
    return list(by_root.values())


def _labels(article: _Element) -> list[_Element]:
    """Return the elements that may be the label of a box, by their class or words."""
    parts = list(article.iterdescendants("*"))
    around = {part.getparent() for part in parts if _has_words(part.tail)}
    may_be = (part for part in parts if part.tag not in ("p", "a"))
    return [
        part
        for part in may_be
        if part in around or _has_words(part.text) or _LABEL in part.get("class", "")
    ]


def _has_words(text: str | None) -> bool:
    if not text:
        return False
    return " dies" in text or "rwähnte " in text or "enannte " in text


def _without_heading(page: Page, article: Selector, known: set[_Element]) -> Iterator[Selector]:
    """Yield the grids with prices that are in no known box, nor around one."""
    cells = (part for part in article.root.iter("div") if CELL in part.get("class", ""))
    grids = {cell.getparent() for cell in cells if cell.find(".//a") is not None}
    page.stats.count(_GRIDS, found=bool(grids))
    if not grids:
        return
    around = ancestors(known)
    walker = iterwalk(article.root, events=("start",))
    for _, element in walker:
        if element in known:
            walker.skip_subtree()
        elif element in grids and element not in around and element is not article.root:
            grid = Selector(root=element, type="html")
            if _is_own(element, article) and _has_prices(page, grid):
                walker.skip_subtree()
                yield grid


def _tell(page: Page, reason: Reason, printed: str) -> None:
    """Tell that neither the prices nor the papers of a box are read."""
    page.doubt("price", reason, printed)
    page.doubt("page", reason, printed)


def _has_prices(page: Page, box: Selector) -> bool:
    return any(cells.has_price for cells in grouped_cells(page, box))


def _is_own(part: _Element, article: Selector) -> bool:
    return next(part.iterancestors("article"), article.root) is article.root
