"""The cells of a box's grid, grouped to rows by what they hold, however wide they are."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from lxml.etree import XPath, _Element
from parsel import Selector

from finnews.instrument_paths import InstrumentPath
from finnews.pages.base import Page
from finnews.pages.parts.box_parts import BoxPart, box_parts
from finnews.pages.parts.changes import amounts
from finnews.pages.parts.link_names import is_name
from finnews.pages.tree import has_class
from finnews.pages.visible import text_of
from finnews.processors import has_digit, is_given, line, without_ornaments

_TEXTS_OF_NAME = XPath(
    './/text()[not(ancestor::*[contains(@class, "badge")])]', smart_strings=False
)


class CellLink(NamedTuple):
    """A link with a text in a cell."""

    text: str
    href: str
    paper: InstrumentPath | None
    is_button: bool


class Cells(NamedTuple):
    """The cells of a row: that of the name with its links, those of values, the others' links."""

    name: Selector
    papers: list[CellLink]
    values: list[Selector]
    links: list[CellLink]
    heading: str
    """The heading above it in the box."""

    @property
    def paper(self) -> InstrumentPath | None:
        """The only security that the name leads to."""
        papers = {link.paper for link in self.papers}
        return papers.pop() if len(papers) == 1 else None

    @property
    def has_price(self) -> bool:
        """Whether a price may be printed beside the name of a security of the site."""
        return bool(self.paper) and any(has_digit(text_of(value)) for value in self.values)


def grouped_cells(page: Page, box: Selector) -> Iterator[Cells]:
    """Yield the cells of each row: a cell with a name begins one, a heading or a line ends one.

    A price that does not stand next to a name is a doubt.
    """
    row: Cells | None = None
    group = ""
    parts = box_parts(page, box)
    for (cell, heading), following in zip_longest(parts, parts[1:]):
        links = [] if cell is None else _links(page, cell)
        is_begun = cell is not None and _begins_row(cell, links, row, following)
        if row and (cell is None or is_begun):
            yield row
        if cell is None:
            row, group = None, heading or group
        elif is_begun:
            row = Cells(cell, links, [], [], group)
        elif row and (links or not row.links):
            row.links.extend(links)
            row.values.extend(() if links else (cell,))
        elif not links and amounts(text := text_of(cell)):
            page.doubt("price", "ambiguous", text)
    if row:
        yield row


def _links(page: Page, cell: Selector) -> list[CellLink]:
    links = []
    for link in cell.root.iter("a"):
        text, href = name_in(link), link.get("href")
        if text and href:
            is_button = has_class(link, "button")
            links.append(CellLink(text, href, page.instrument_path(href), is_button))
    return links


def _begins_row(
    cell: Selector, links: list[CellLink], row: Cells | None, following: BoxPart | None
) -> bool:
    """Return whether a cell has the name of a security: in a link, or where one comes next.

    A link that leads to none is a name if a price follows; else it can be advertising.
    """
    if not links:
        text = text_of(cell)
        is_next = row is None or bool(row.values or row.links)
        return is_next and is_name(text) and not amounts(text)
    if any(link.is_button for link in links):
        return False
    if any(link.paper and not (row and row.paper == link.paper) for link in links):
        return True
    return any(is_name(link.text) for link in links) and _is_value(following)


def _is_value(part: BoxPart | None) -> bool:
    """Return whether it is the cell of a price, or of one that is not given or malformed."""
    if part is None or part.cell is None or part.cell.root.find(".//a") is not None:
        return False
    text = text_of(part.cell)
    return has_digit(text[:1]) or bool(amounts(text)) or not (is_given(text) and is_name(text))


def name_in(part: Selector | _Element) -> str:
    """Return the text of a link or cell without the badges in it, and without stars and arrows."""
    root = part.root if isinstance(part, Selector) else part
    has_badge = any("badge" in element.get("class", "") for element in root.iter("*"))
    text = line(" ".join(_TEXTS_OF_NAME(root))) if has_badge else text_of(root)
    return without_ornaments(text)
