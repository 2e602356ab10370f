"""The parts of a page under headings "Analysen zu …", with their tables of ratings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element
from parsel import Selector

from finnews.items import instrument_key
from finnews.pages.base import Page
from finnews.pages.parts.shares import is_same_share
from finnews.pages.ratings.page_share import is_page_of
from finnews.pages.ratings.row_headings import line_above, titled
from finnews.pages.visible import HEADINGS, text_of

_ANALYSES_PATH = re.compile(r"/analysen/([^/?#]+)-analysen(?=[/?#]|$)")
_HEADERS = frozenset({"rating", "datum"})
_CLASSES = ("vz", "vorzuege", "vorzugsaktien", "st", "stammaktien")
"""Words for a class of shares that a page name can have more than the heading"""


@dataclass(slots=True)
class Section:
    """The part of a page under a heading "Analysen zu …"."""

    name: str
    """The stock's name in the heading."""

    level: int
    """That of the heading, 1 to 6; the section ends at the next one that is not below it."""

    tables: list[tuple[str, Selector]] = field(default_factory=list)
    """Each with the heading below that of the section, empty if there is none."""

    links: list[str] = field(default_factory=list)
    """Page names of stocks in links such as "mehr Analysen"."""

    def page_name(self, page: Page, pages_by_name: Mapping[str, str]) -> str | None:
        """Return the stock's page name, from the names that a page has and from the links.

        A link to a stock of another name than the heading's is not about the section: without one
        to the heading's, it is a doubt. Several pages are none, and a doubt, but on the page of one
        of them.
        """
        same = [stock for name, stock in pages_by_name.items() if is_same_share(name, self.name)]
        linked = [stock for stock in self.links if _is_linked_page(stock, self.name)]
        stocks = {instrument_key("stock", stock): stock for stock in (*linked, *same)}
        if len(stocks) > 1:
            page.doubt("page", "ambiguous", ", ".join(stocks.values()))
            return same[0] if same and "page" in page.path.groupindex else None
        if self.links and not stocks:
            page.doubt("page", "contradiction", ", ".join((self.name, *self.links)))
        return next(iter(stocks.values()), None)


def sections(page: Page) -> list[Section]:
    """Return the sections of a page; a table of ratings that stands in none is a doubt."""
    headed: list[Section] = []
    current: Section | None = None
    heading = ""
    for element in page.root.root.iter("table", "a", *HEADINGS):
        if element.tag == "a":
            if current:
                current.links.extend(_stocks(page, element.get("href", "")))
            continue
        title = _title_of(element)
        if name := titled(title):
            current = Section(name, _level(element))
            headed.append(current)
            heading = ""
        elif current and element.tag != "table" and _level(element) <= current.level:
            current = None
        elif element.tag != "table":
            heading = title
        if element.tag == "table" and next(element.iterancestors("table"), None) is None:
            _add_table(page, current, heading if name else title or heading, Selector(root=element))
    return headed


def _add_table(page: Page, section: Section | None, heading: str, table: Selector) -> None:
    if section:
        section.tables.append((line_above(table.root) or heading, table))
    elif {text_of(cell).casefold() for cell in page.css("th", table)} >= _HEADERS:
        page.doubt("rating", "ambiguous", text_of(table))


def _is_linked_page(stock: str, name: str) -> bool:
    """Return whether a page name is that of the share with a name, or of one class of it."""
    return any(is_page_of(stock, way) for way in (name, *(f"{name} {part}" for part in _CLASSES)))


def _stocks(page: Page, href: str) -> list[str]:
    """Return the stock whose list of studies a link of the site leads to."""
    if "-analysen" not in href or not page.site.has(url := page.link_url(href)):
        return []
    return _ANALYSES_PATH.findall(url)


def _title_of(element: _Element) -> str:
    """Return the text of a heading, or of a table's caption."""
    title = element.find("caption") if element.tag == "table" else element
    return "" if title is None else text_of(title).rstrip("* ")


def _level(element: _Element) -> int:
    """Return the level of a heading; a table's caption is below all of them."""
    return int(element.tag[1]) if element.tag != "table" else len(HEADINGS)
