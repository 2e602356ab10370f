"""The boxes of prices on a security's page: a price, or bid and ask, on one exchange each."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.parts.price_rows import Rows, add_rows, fields_of, labelled_rows
from finnews.pages.parts.printed_quotes import PrintedQuote
from finnews.pages.parts.snapshot import Snapshot
from finnews.pages.visible import text_of
from finnews.processors import german_day, german_time, isin, wkn_of_isin

_TABLES = "table.table--headline-first-col, #SnapshotQuoteData table"
_TAB = "ancestor::*[@data-sg-tab-region-content][1]/@data-sg-tab-region-content"
_TAB_TITLE = "ancestor::*[@data-sg-tab-region][1]//*[@data-sg-tab-item=$tab]"
_LOGO = "img::attr(alt)"
_DIGIT = re.compile(r"\d")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OF_EXCHANGE = re.compile(
    r"Aktueller Kurs für (?P<exchange>.+?)(?: (?:WKN|ISIN):? (?P<number>\w+))?"
)
_OF_PRICES = re.compile(
    r"(?:aktuelle[rs]? )?(?:realtime-?)?kurs(?:e|daten|liste|übersicht|informationen)?"
    r"(?: (?:für|der|von|zur?|zum))?",
    re.IGNORECASE,
)
_QUOTED: Final = frozenset({"price", "bid", "ask"})
_OF_PRODUCTS: Final = frozenset(
    {"Hebel", "Basispreis", "Basiswert", "Bezugsverhältnis", "Knock-Out", "Knock-Out-Schwelle"}
    | {"Barriere", "Bonuslevel", "Cap", "Emittent", "Fälligkeit", "Omega", "Strike"}
)
"""Labels of certificates and the like, whose boxes stand on the pages of their underlyings"""


def box_quotes(
    page: Page, snapshot: Snapshot, numbers: Mapping[str, str | None]
) -> Iterator[PrintedQuote]:
    """Yield what each box prints that is about the page's security: its heading says so.

    A box that stands under another heading is told, one of a certificate only counted.
    """
    for table in page.css(_TABLES):
        rows = labelled_rows(table)
        quoted = [texts for label, texts in rows if _is_quoted(label)]
        heading = _heading(table.root)
        if not any(map(_DIGIT.search, chain(*quoted))):
            page.stats.note("passed", "box without price")
        elif not _OF_PRODUCTS.isdisjoint(label for label, _ in rows):
            page.stats.note("passed", "box of a product")
        elif heading is not None and not _is_of(snapshot, numbers, heading):
            if len(quoted[0]) == 1:  # else a table of other columns
                page.doubt("price", "ambiguous", f"{_text(heading)}: {quoted[0][0]}")
        else:
            yield _box_quote(page, snapshot, table, rows)


def heading_numbers(page: Page) -> set[str]:
    """Return the WKN and ISIN in the headings of boxes: ``Aktueller Kurs für … WKN: A0MST1``."""
    headings = map(_OF_EXCHANGE.fullmatch, map(text_of, page.css("h2")))
    return {heading["number"] for heading in headings if heading and heading["number"]}


def _box_quote(page: Page, snapshot: Snapshot, table: Selector, rows: Rows) -> PrintedQuote:
    logo = page.css(_LOGO, table).get()
    quote = PrintedQuote(table, logo or _exchange(page, table) or snapshot.exchange)
    if logo and rows[0][1]:
        quote.quoted_at = _moment(page, rows[0][1][0])
    add_rows(page, quote, rows)
    printed = f"{quote.texts.pop('clock', '')} {quote.texts.pop('day', '')}".strip()
    quote.quoted_at = quote.quoted_at or _moment(page, printed)
    return quote


def _moment(page: Page, printed: str) -> str | None:
    """Return the time, or the day where no time is printed."""
    moment = german_time(printed, page.site.zone) or german_day(printed)
    if moment is None and _DIGIT.search(printed):
        page.doubt("quoted_at", "unreadable", printed)
    return moment


def _exchange(page: Page, table: Selector) -> str | None:
    """Return the exchange that the heading of a box names, or the tab that it is in."""
    heading = _heading(table.root)
    named = _OF_EXCHANGE.fullmatch(_text(heading)) if heading is not None else None
    if named:
        return named["exchange"]
    tab = page.xpath(_TAB, table).get()
    return text_of(page.xpath(_TAB_TITLE, table, tab=tab)) or None if tab else None


def _is_quoted(label: str) -> bool:
    return not _QUOTED.isdisjoint(fields_of(label))


def _is_of(snapshot: Snapshot, numbers: Mapping[str, str | None], heading: _Element) -> bool:
    """Return whether the box under a heading is about the security, and about its prices."""
    text = _text(heading)
    named = _OF_EXCHANGE.fullmatch(text)
    if named and snapshot.knows_exchange(named["exchange"]):
        return _is_number_of(named["number"] or "", numbers)
    rest = snapshot.without_name(text)
    return heading is snapshot.heading or _OF_PRICES.fullmatch(rest) is not None


def _is_number_of(number: str, numbers: Mapping[str, str | None]) -> bool:
    """Return whether an ISIN or a WKN can be the security's."""
    own_isin, own_wkn = numbers["isin"], numbers["wkn"]
    if isin(number):
        return own_isin in (None, number)
    return (own_wkn or wkn_of_isin(own_isin or "")) in (None, number) if number else True


def _heading(element: _Element) -> _Element | None:
    """Return the heading above an element in its article, or before it where it is in none."""
    for node in (element, *element.iterancestors()):
        if node.tag == "article":
            return None
        for sibling in node.itersiblings(preceding=True):
            headings = [part for part in sibling.iter() if _is_heading_of(part, sibling)]
            if headings:
                return headings[-1]
    return None


def _is_heading_of(part: _Element, block: _Element) -> bool:
    """Return whether it is a heading, not a badge, and not that of an article in the block."""
    if part.tag not in _HEADINGS or "badge" in (part.get("class") or "").split():
        return False
    around = (part, *part.iterancestors())
    nearest = next(each for each in around if each is block or each.tag == "article")
    return str(nearest.tag) != "article"


def _text(element: _Element) -> str:
    return text_of(Selector(root=element))
