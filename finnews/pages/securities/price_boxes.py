"""The boxes of prices on a security's page: a price, or bid and ask, on one exchange each."""

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final

from lxml.etree import XPath, _Element

from finnews.pages.base import Page
from finnews.pages.rules import PAGE, Rule
from finnews.pages.securities.box_headings import (
    HeadingsAbove,
    Numbers,
    exchange_in,
    is_about,
    is_number_of,
)
from finnews.pages.securities.price_rows import (
    OF_PRODUCTS,
    Rows,
    add_rows,
    fields_of,
    is_like_price,
    labelled_rows,
)
from finnews.pages.securities.printed_quotes import PrintedQuote, venue
from finnews.pages.securities.snapshot import Snapshot
from finnews.pages.visible import text_of
from finnews.processors import german_day, german_time, has_digit, is_given, isin, wkn
from finnews.vocabulary import exchange_name

_TABLES = Rule(PAGE, "xpath", "descendant::table")
_TAB = Rule(
    PAGE, "xpath", "ancestor::*[@data-sg-tab-region-content][1]/@data-sg-tab-region-content"
)
_TABS = Rule(PAGE, "xpath", "ancestor::*[@data-sg-tab-region][1]//*[@data-sg-tab-item]")
_CONTENT = "data-sg-tab-region-content"
_REGION = "data-sg-tab-region"
_ITEM = "data-sg-tab-item"
_ITEMS = XPath(f"descendant::*[@{_ITEM}]")
_MOST = 100  # boxes of prices that are read; real pages have about ten
_LOGO = Rule(PAGE, "xpath", ".//tr[not(preceding-sibling::*[1])]//img/@alt")
_LOGOS = XPath(_LOGO.text, smart_strings=False)  # of tr:first-child, XPath counts all
_QUOTED: Final = frozenset({"price", "bid", "ask"})
_OF_EXCHANGE: Final = frozenset({"Börse", "Börsenplatz", "Handelsplatz", "Handelsort"})


def price_box_quotes(page: Page, snapshot: Snapshot, numbers: Numbers) -> Iterator[PrintedQuote]:
    """Yield what each box prints that is about the page's security: its heading or tab says so.

    A box of which neither does is told, one of a certificate only counted; so is one about it
    that has no price, bid or ask among what belongs to one.
    """
    boxes = _Boxes(page, snapshot, numbers)
    is_other_product = numbers.get("kind") != "certificate"
    read = 0
    tables = list(page.root.root.iterdescendants("table"))
    page.stats.count(_TABLES, found=bool(tables))
    for table in tables:
        rows = labelled_rows(table) if _has_labels(table) else []
        quoted = [texts for label, texts in rows if not _QUOTED.isdisjoint(fields_of(label))]
        if not quoted:
            boxes.tell_unquoted(table, rows)
        elif not any(map(has_digit, chain(*quoted))):
            page.stats.note("passed", "box without price")
        elif is_other_product and not OF_PRODUCTS.isdisjoint(label for label, _ in rows):
            page.stats.note("passed", "box of a product")
        elif read == _MOST:
            page.doubt("price", "ambiguous", text_of(table))
        else:
            read += 1
            yield from boxes.own_quote(table, rows)


def _has_labels(table: _Element) -> bool:
    """Return whether some row of a table has two cells."""
    return any(len(row) == 2 for row in table.iter("tr"))


class _Boxes:
    """The boxes of a page about a security, which its snapshot and numbers tell from others."""

    def __init__(self, page: Page, snapshot: Snapshot, numbers: Numbers) -> None:
        self.page = page
        self.snapshot = snapshot
        self.numbers = numbers
        self.headings = HeadingsAbove()

    def tell_unquoted(self, table: _Element, rows: Rows) -> None:
        """Tell that a box about the security has a previous close or the like, but no price."""
        texts = [
            text
            for label, texts in rows
            if fields_of(label) or is_like_price(label)
            for text in texts
        ]
        if not any(map(has_digit, texts)):
            return
        heading = self.headings.of(table)
        names = ", ".join(_exchanges(self.page, self.snapshot, table, heading))
        if self._is_about(heading, names):
            self.page.doubt("price", "unreadable", f"{names}: {text_of(table)}")

    def own_quote(self, table: _Element, rows: Rows) -> Iterator[PrintedQuote]:
        """Yield what a box prints, if it is about the security."""
        page, heading = self.page, self.headings.of(table)
        names = [*_exchanges(page, self.snapshot, table, heading), *_printed_exchanges(rows)]
        if self._is_about(heading, names) and not _is_of_another(rows, self.numbers):
            yield _box_quote(page, PrintedQuote(table, _only(page, self.snapshot, names)), rows)
        elif any(len(texts) == 1 for _, texts in rows):  # else a table of several columns
            title = "no heading" if heading is None else text_of(heading)
            page.doubt("price", "ambiguous", f"{title}: {text_of(table)}")

    def _is_about(self, heading: _Element | None, names: Collection[str]) -> bool:
        """Return whether a box is about the security: by its heading, or by an exchange."""
        return bool(names) if heading is None else is_about(self.snapshot, self.numbers, heading)


def _box_quote(page: Page, quote: PrintedQuote, rows: Rows) -> PrintedQuote:
    add_rows(page, quote, rows)
    label, texts = rows[0]
    beside_logo = "" if label else " ".join(texts)
    times = (quote.texts.pop("clock", ""), quote.texts.pop("day", ""))
    printed = beside_logo or " ".join(times).strip()
    quote.quoted_at = german_time(printed, page.site.zone) or german_day(printed)
    if quote.quoted_at is None and has_digit(printed):
        page.doubt("quoted_at", "unreadable", printed)
    return quote


def _exchanges(
    page: Page, snapshot: Snapshot, table: _Element, heading: _Element | None
) -> Iterator[str]:
    """Yield the exchange of a box: in its heading, of the tab that it is in, of its logo."""
    named = None if heading is None else exchange_in(snapshot, text_of(heading))
    logos = _LOGOS(table)
    page.stats.count(_LOGO, found=bool(logos))
    logo = exchange_name(next(iter(logos), ""))
    if named:
        yield named
    elif tab := _tab(page, snapshot, table):
        yield tab
    if snapshot.knows_exchange(logo):
        yield logo
    elif logo:
        page.doubt("exchange", "unreadable", logo)


def _printed_exchanges(rows: Rows) -> Iterator[str]:
    """Yield the exchange that a row of a box names."""
    for label, texts in rows:
        if label in _OF_EXCHANGE:
            yield from map(exchange_name, filter(is_given, texts))


def _is_of_another(rows: Rows, numbers: Numbers) -> bool:
    """Return whether a row of a box has a number that is not the security's."""
    printed = (text for label, texts in rows if label in ("ISIN", "WKN") for text in texts)
    valid = (text for text in printed if isin(text) or wkn(text))
    return not all(is_number_of(number, numbers) for number in valid)


def _tab(page: Page, snapshot: Snapshot, table: _Element) -> str | None:
    """Return the title of the tab that a box is in, if some tab beside it names an exchange."""
    content = _around(table, _CONTENT)
    page.stats.count(_TAB, found=content is not None)
    if content is None:
        return None
    region = _around(table, _REGION)
    if region not in snapshot.tabs:
        items = [] if region is None else _ITEMS(region)
        page.stats.count(_TABS, found=bool(items))
        snapshot.tabs[region] = {tab.get(_ITEM): text_of(tab) for tab in items}
    tabs = snapshot.tabs[region]
    is_of_exchanges = any(map(snapshot.knows_exchange, tabs.values()))
    return tabs.get(content.get(_CONTENT)) or None if is_of_exchanges else None


def _around(part: _Element, attribute: str) -> _Element | None:
    """Return the nearest element around a part that has an attribute."""
    return next((each for each in part.iterancestors() if each.get(attribute) is not None), None)


def _only(page: Page, snapshot: Snapshot, names: list[str]) -> str | None:
    """Return the exchange, of which all names must be; without one, that in the address."""
    if len({venue(name) for name in names}) > 1:
        page.doubt("exchange", "contradiction", ", ".join(names))
        return None
    return names[0] if names else snapshot.exchange
