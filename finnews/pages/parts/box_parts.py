"""The parts of a box of quotes in their order: cells, headings, and the lines between rows."""

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.parts.box_groups import is_caption, is_heading
from finnews.pages.parts.changes import amounts
from finnews.pages.rules import PAGE, Rule
from finnews.pages.tree import ancestors, has_class
from finnews.pages.visible import text_of
from finnews.processors import line

CELL: Final = "grid__item-"
"""What the class of a cell in a box has"""

_CELLS = Rule(PAGE, "css", 'div[class*="grid__item-"]')
_AD_CONTAINER = "ad-container"
_WIDE = "grid__item-12"


class BoxPart(NamedTuple):
    """A cell, a heading, or neither: then it is a line, which ends a row as a heading does."""

    cell: Selector | None = None
    heading: str = ""


def box_parts(page: Page, box: Selector) -> list[BoxPart]:
    """Return the parts of a box; what an advertisement in it says is no heading of other rows."""
    found, around = _cells(page, box)
    cells = {cell: Selector(root=cell, type="html") for cell in found}
    elements = _elements(box.root, cells.keys() | around, around)
    parts = [part for element in elements if (part := _part(element, cells)) is not None]
    shown = [part for part in parts if part != BoxPart()]
    above = {
        part.cell.root: BoxPart(heading=text_of(part.cell))
        for part, following in pairwise(shown)
        if part.cell is not None and _is_above(part.cell.root, following.cell)
    }
    return [part if part.cell is None else above.get(part.cell.root, part) for part in parts]


def prices_beside_cells(page: Page, box: Selector) -> Iterator[str]:
    """Yield the texts of what is printed in a box in no cell and has an amount in a part."""
    cells, around = _cells(page, box)
    for element in _elements(box.root, cells | around, around):
        if isinstance(element, str):
            yield from filter(amounts, [line(element)])
        elif element not in cells and any(amounts(text_of(part)) for part in element.iter("*")):
            yield text_of(element)


def _cells(page: Page, box: Selector) -> tuple[set[_Element], set[_Element]]:
    """Return the cells of a box, in which there are no others, and what is around them."""
    parts = {part for part in box.root.iter("div") if CELL in part.get("class", "")}
    page.stats.count(_CELLS, found=bool(parts))
    around = ancestors(parts)
    return parts - around, around


def _is_above(part: _Element, following: Selector | None) -> bool:
    """Return whether a cell as wide as the box, without a link, stands above a name."""
    is_wide = has_class(part, _WIDE) and is_caption(part)
    links = [] if following is None else following.root.iter("a")
    return is_wide and any(not has_class(link, "button") for link in links)


def _elements(
    root: _Element, known: Collection[_Element], around: Collection[_Element]
) -> Iterator[_Element | str]:
    """Yield the cells in an element, and the elements and texts that stand beside them."""
    waiting = _inner(root, known, around)[::-1]
    while waiting:
        piece = waiting.pop()
        if not isinstance(piece, str) and piece in around:
            waiting += _inner(piece, known, around)[::-1]
        else:
            yield piece


def _inner(
    element: _Element, known: Collection[_Element], around: Collection[_Element]
) -> list[_Element | str]:
    """Return the texts and elements in an element; of advertising only what leads to cells."""
    is_advertising = _AD_CONTAINER in (element.get("class") or "")
    pieces: list[_Element | str | None] = [None if is_advertising else element.text]
    for child in element.iterchildren("*"):
        is_part = child in around or child in known or child.tag == "hr" or not is_advertising
        pieces += (child if is_part else None, None if is_advertising else child.tail)
    return [piece for piece in pieces if piece is not None and piece != ""]


def _part(part: _Element | str, cells: dict[_Element, Selector]) -> BoxPart | None:
    if isinstance(part, str):
        return BoxPart(heading=line(part)) if is_caption(part) else None
    if part.tag == "hr":
        return BoxPart()
    if part in cells and not is_heading(part):
        return BoxPart(cells[part])
    text = text_of(part)
    return BoxPart(heading=text) if text and is_caption(part) else None
