"""The parts of a page under headings "Analysen zu …", with their tables of ratings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from lxml.etree import _Element
from parsel import Selector

from finnews.items import instrument_key
from finnews.pages.base import Page
from finnews.pages.parts.shares import is_same_share
from finnews.pages.visible import text_of

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE = re.compile(
    r"(?:(?:Alle|Aktuelle|Neue|Weitere) )?Analysen (?:zur?|für) (?P<name>.+?)(?:[- ]Aktie)?"
)
_ANALYSES_PATH = re.compile(r"/analysen/([^/?#]+)-analysen(?=[/?#]|$)")
_HEADERS = frozenset({"rating", "datum"})


@dataclass(slots=True)
class Section:
    """The part of a page under a heading "Analysen zu …"."""

    name: str
    """The stock's name in the heading."""

    level: int
    """That of the heading, 1 to 6; the section ends at the next one that is not below it."""

    start: _Element
    """The heading."""

    end: _Element | None = None
    """The heading or table with which the next part begins."""

    tables: list[Selector] = field(default_factory=list)

    links: list[str] = field(default_factory=list)
    """Page names of stocks in links such as "mehr Analysen"."""

    def page_name(self, page: Page, pages_by_name: Mapping[str, str]) -> str | None:
        """Return the stock's page name, from the links, else from the names that a page has.

        Several that disagree are none, and a doubt.
        """
        same = (stock for name, stock in pages_by_name.items() if is_same_share(name, self.name))
        found = {instrument_key("stock", stock): stock for stock in self.links or same}
        if len(found) > 1:
            page.doubt("page", "ambiguous", ", ".join(found.values()))
            return None
        return next(iter(found.values()), None)


def sections(page: Page) -> list[Section]:
    """Return the sections of a page; a table of ratings that stands in none is a doubt."""
    found: list[Section] = []
    current: Section | None = None
    for element in page.root.root.iter("table", *_HEADINGS):
        title = _TITLE.fullmatch(_title_of(element))
        is_end = element.tag != "table" and current and _level(element) <= current.level
        if current and (title or is_end):
            current.end = element
            current = None
        if title:
            current = Section(title["name"], _level(element), element)
            found.append(current)
        if element.tag == "table" and next(element.iterancestors("table"), None) is None:
            _add_table(page, current, element)
    for section in found:
        hrefs = (link.get("href", "") for link in _links(section))
        section.links = [stock for href in hrefs for stock in _stocks(page, href)]
    return found


def _add_table(page: Page, section: Section | None, element: _Element) -> None:
    table = Selector(root=element)
    if section:
        section.tables.append(table)
    elif {text_of(cell).casefold() for cell in page.css("th", table)} >= _HEADERS:
        page.doubt("rating", "ambiguous", text_of(table))


def _links(section: Section) -> Iterator[_Element]:
    """Yield the links from a section's heading to its end."""
    start, end = section.start, section.end
    tags = ("a",) if end is None else ("a", end.tag)
    after = chain.from_iterable(node.itersiblings() for node in (start, *start.iterancestors()))
    for element in chain.from_iterable(part.iter(*tags) for part in chain((start,), after)):
        if element is end:
            return
        if element.tag == "a":
            yield element


def _stocks(page: Page, href: str) -> list[str]:
    """Return the stock whose list of studies a link of the site leads to."""
    if "-analysen" not in href or not page.site.has(url := page.link_url(href)):
        return []
    return _ANALYSES_PATH.findall(url)


def _title_of(element: _Element) -> str:
    """Return the text of a heading, or of a table's caption."""
    title = element.find("caption") if element.tag == "table" else element
    return "" if title is None else text_of(Selector(root=title)).rstrip("* ")


def _level(element: _Element) -> int:
    """Return the level of a heading; a table's caption is below all of them."""
    return int(element.tag[1]) if element.tag != "table" else len(_HEADINGS)
