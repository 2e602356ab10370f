"""The boxes of quotes in an article or study: found by their headings, or told."""

from collections.abc import Iterator

from lxml.etree import XPath, _Element
from parsel import Selector

from finnews.loaders.inputs import Reason
from finnews.pages.base import Page
from finnews.pages.parts.box_cells import grouped_cells
from finnews.pages.parts.box_groups import is_box_label
from finnews.pages.parts.box_parts import CELL
from finnews.pages.rules import PAGE, Rule
from finnews.pages.visible import text_of

_LABEL = "accordion__label"
_LABELS = Rule(
    PAGE, "xpath", './/*[contains(@class, "accordion__label") or text()[contains(., " dies")]]'
)
_GRIDS = Rule(PAGE, "xpath", './/*[div[contains(@class, "grid__item-")]//a]')
_HAS_CELL = XPath(f'boolean(.//div[contains(@class, "{CELL}")])')
_WHOLE = frozenset({"article", "main", "body", "html"})


def boxes(page: Page, article: Selector) -> list[Selector]:
    """Return the boxes of an article, not those of the articles in it.

    One with prices under an unknown heading, or none, is a doubt: it may be about others.
    """
    by_root: dict[_Element, Selector] = {}
    doubtful: set[_Element] = set()
    labels = list(filter(_may_be_label, article.root.iterdescendants("*")))
    page.stats.count(_LABELS, found=bool(labels))
    for label in (Selector(root=element, type="html") for element in labels):
        heading = text_of(label)
        box = _box_of(label, article)
        if is_box_label(heading) and box is not None and _is_own(label, article):
            by_root.setdefault(box.root, box)
        elif is_box_label(heading):
            _tell(page, "unreadable" if box is None else "ambiguous", heading)
        elif box is not None and box.root not in by_root and _has_prices(page, box):
            doubtful.add(box.root)
            _tell(page, "ambiguous", heading)
    for box in _without_heading(page, article, by_root.keys() | doubtful):
        _tell(page, "ambiguous", text_of(box))
    return list(by_root.values())


def _may_be_label(part: _Element) -> bool:
    """Return whether an element may be the label of a box, by its class or words."""
    if part.tag in ("p", "a"):
        return False
    text = "\n".join(filter(None, (part.text, *(child.tail for child in part))))
    has_words = " dies" in text or "rwähnte " in text or "enannte " in text
    return has_words or _LABEL in part.get("class", "")


def _box_of(label: Selector, article: Selector) -> Selector | None:
    """Return the nearest element around a label that has cells, or after it, in the article."""
    around = next(filter(_HAS_CELL, label.root.iterancestors()), None)
    if around is None or around.tag in _WHOLE:
        around = next(filter(_HAS_CELL, label.root.itersiblings("*")), None)
    box = None if around is None else Selector(root=around, type="html")
    return box if box is not None and _is_in(box, article) else None


def _without_heading(page: Page, article: Selector, known: set[_Element]) -> Iterator[Selector]:
    """Yield the grids with prices that are in no known box, nor around one."""
    around = {element for box in known for element in box.iterancestors()}
    cells = (part for part in article.root.iter("div") if CELL in part.get("class", ""))
    grids = {cell.getparent() for cell in cells if cell.find(".//a") is not None}
    page.stats.count(_GRIDS, found=bool(grids))
    for element in filter(grids.__contains__, article.root.iterdescendants("*")):
        grid = Selector(root=element, type="html")
        is_known = element in around or not known.isdisjoint(_path(element))
        if not is_known and _is_own(grid, article) and _has_prices(page, grid):
            known.add(element)
            yield grid


def _tell(page: Page, reason: Reason, printed: str) -> None:
    """Tell that neither the prices nor the papers of a box are read."""
    page.doubt("price", reason, printed)
    page.doubt("page", reason, printed)


def _has_prices(page: Page, box: Selector) -> bool:
    return any(cells.has_price for cells in grouped_cells(page, box))


def _is_own(part: Selector, article: Selector) -> bool:
    return next(part.root.iterancestors("article"), article.root) is article.root


def _is_in(part: Selector, whole: Selector) -> bool:
    return any(element is whole.root for element in part.root.iterancestors())


def _path(element: _Element) -> Iterator[_Element]:
    yield element
    yield from element.iterancestors()
