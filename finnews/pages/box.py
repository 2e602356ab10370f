"""The box of prices in an article ("Werte in diesem Artikel") or analysis ("Aktie in …")."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from parsel import Selector

from finnews.items import NamedInstrument, Quote, Rejection, Source
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page, text_of
from finnews.processors import decimal_mark, isin_of_link
from finnews.vocabulary import instrument_path

_AMOUNT = re.compile(r"[^\s%]+\s*(?:%|[A-Z]{3}\b)")
_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"[.,]")


class BoxRow(NamedTuple):
    """A security in the box, as printed."""

    cell: Selector
    name: str
    href: str
    prices: str = ""
    """``81,20 EUR 3,40 EUR 4,37%``; of one that has none, ``PKT PKT``."""
    buy_link: str | None = None


def box_rows(page: Page, article: Selector) -> list[BoxRow]:
    """Return the rows of the box; none if the article has no box."""
    rows: list[BoxRow] = []
    label = './/div[@class="accordion__label"][contains(., " in diesem Artikel")]'
    content = page.xpath(f"{label}/ancestor::details[1]", article)[:1]
    for cell in page.css('div[class*="grid__item-"]', content[0]) if content else ():
        width = cell.attrib["class"].split()[0]
        if width == "grid__item-7":
            link = cell.css("a")
            rows.append(BoxRow(cell, text_of(cell), link.attrib.get("href", "")))
        elif rows and width == "grid__item-5":
            rows[-1] = rows[-1]._replace(prices=text_of(cell))
        elif rows and (buy := cell.css('a[href*="isin="]::attr(href)').get()):
            rows[-1] = rows[-1]._replace(buy_link=buy)
    return rows


def named_instruments(page: Page, rows: list[BoxRow]) -> Iterator[NamedInstrument]:
    """Yield what the box says of each security, prices apart."""
    for row in rows:
        url = page.absolute(row.href)
        found = instrument_path(urlsplit(url).path)
        if found:
            isin = isin_of_link(row.buy_link or "")
            yield NamedInstrument(row.name, found.kind, found.page, url, isin)


def box_quotes(page: Page, rows: list[BoxRow], source: Source) -> Iterator[Quote | Rejection]:
    """Yield a quote for each row that prints a price.

    Rows of currencies are in English notation, others in German: the row itself tells. A row
    whose price cannot be read, or be read in two ways, is a rejection ``unreadable-price``.
    """
    for row in rows:
        if not _DIGIT.search(row.prices):
            page.count("passed/box row without price")
            continue
        quote = _quote(page, row, source)
        if quote.price is None:
            yield page.rejection(
                "unreadable-price", ["price"], name=row.name, page=quote.page, printed=row.prices
            )
        else:
            yield quote


def _quote(page: Page, row: BoxRow, source: Source) -> Quote:
    mark = decimal_mark(row.prices)
    loader = page.loader(
        QuoteLoader,
        row.cell,
        source=source,
        name=row.name,
        isin=row.buy_link,
        **page.instrument(row.href),
    )
    loader.context["mark"] = mark or ","
    if mark or not _MARK.search(row.prices):
        _add_amounts(loader, row.prices)
    quote: Quote = loader.load_item()
    return quote


def _add_amounts(loader: QuoteLoader, prices: str) -> None:
    printed = _AMOUNT.findall(prices)
    amounts = [one for one in printed if not one.endswith("%")]
    loader.add_value("change_percent", [one for one in printed if one.endswith("%")])
    loader.add_value("change", amounts[1:2])
    for price in amounts[:1]:
        loader.add_price(price)
