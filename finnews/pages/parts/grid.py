"""The grid of a table: its rows with a cell for each column, whatever the cells span."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import XPath, _Element
from parsel import Selector

from finnews.pages.visible import text_of

_ROWS = XPath("./tr | ./thead/tr | ./tbody/tr")
_SPANS = XPath("boolean(.//@colspan | .//@rowspan)")
_NUMBER = re.compile(r"\s*0*([1-9][0-9]{0,8})\s*")
MOST_COLUMNS = 100
"""A row that has more is cut behind the next; tables of the site have up to 15 (2026-10)"""

_MOST = 100  # columns or rows that a cell can span


@dataclass
class GridRow:
    """A row; a cell that spans columns stands in each of them."""

    element: _Element
    """The ``tr``; a cell that reaches down to the row is in one above it."""

    cells: list[_Element]
    texts: list[str] = field(init=False)

    is_of_several: bool = field(init=False)
    """Whether it has more than one cell."""

    spanned: frozenset[int] = field(init=False, default=frozenset())
    """The columns whose cell stands in others as well."""

    def __post_init__(self) -> None:
        number = len(set(self.cells))
        self.is_of_several = number > 1
        if number == len(self.cells):
            self.texts = list(map(text_of, self.cells))
        else:
            counts = Counter(self.cells)
            texts = {cell: text_of(cell) for cell in counts}
            self.texts = [texts[cell] for cell in self.cells]
            places = enumerate(self.cells)
            self.spanned = frozenset(place for place, cell in places if counts[cell] > 1)

    @property
    def is_header(self) -> bool:
        """Whether it consists of header cells alone, and of several."""
        return self.is_of_several and all(cell.tag == "th" for cell in self.cells)

    @property
    def is_cut(self) -> bool:
        """Whether it has more columns than are read, and so has lost some of them."""
        return len(self.cells) > MOST_COLUMNS and self.cells[-1] is not _cells(self.element)[-1]


def grid(table: Selector) -> Iterator[GridRow]:
    """Yield the rows of a table that have cells, without those of tables in it and of its foot."""
    spanning: dict[int, tuple[_Element, int]] = {}
    has_spans = _SPANS(table.root)
    for row in _ROWS(table.root):
        cells = _cells(row)
        filled = _filled(cells, spanning) if has_spans else cells
        if cells := list(islice(filled, MOST_COLUMNS + 1)):
            yield GridRow(row, cells)


def _cells(row: _Element) -> list[_Element]:
    return [*row.iterchildren("td", "th")]


def _filled(cells: list[_Element], spanning: dict[int, tuple[_Element, int]]) -> Iterator[_Element]:
    """Yield the cells of a row, among them those of rows above that reach down to it."""
    place = 0
    for cell in cells:
        while place in spanning:
            yield _reaching(spanning, place)
            place += 1
        rows = _span(cell, "rowspan")
        for _ in range(_span(cell, "colspan")):
            if rows > 1:
                spanning[place] = (cell, rows - 1)
            yield cell
            place += 1
    while place in spanning:
        yield _reaching(spanning, place)
        place += 1


def _reaching(spanning: dict[int, tuple[_Element, int]], place: int) -> _Element:
    cell, rows = spanning.pop(place)
    if rows > 1:
        spanning[place] = (cell, rows - 1)
    return cell


def _span(cell: _Element, name: str) -> int:
    value = cell.get(name)
    if value is None:
        return 1
    match = _NUMBER.fullmatch(value)
    return min(int(match[1]), _MOST) if match else 1
