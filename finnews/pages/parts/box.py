"""The box of quotes in an article ("Werte in diesem Artikel") or study ("Aktie in …")."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from parsel import Selector

from finnews.items import NamedInstrument, Quote, Rejection, Source
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page, without_query
from finnews.pages.visible import text_of
from finnews.processors import isin_of_link, notation
from finnews.vocabulary import instrument_path

_AMOUNT = re.compile(r"[^\s%]+\s*(?:%|[A-Z]{2}[A-Za-z]\b|[€$£])")
_BOX = """.//div[contains(@class, "accordion__label")][contains(., " in diesem Artikel")]
    /ancestor::div[contains(concat(" ", @class, " "), " accordion ")][1]"""
_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"[.,]")


class BoxRow(NamedTuple):
    """An instrument in the box, as printed."""

    cell: Selector
    name: str
    href: str
    price: str = ""
    """``81,20 EUR``; ``PKT`` if there is no price."""
    change: str = ""
    """``3,40 EUR 4,37%``"""
    buy_link: str | None = None

    @property
    def printed(self) -> str:
        """Price and change, which together show the decimal mark."""
        return f"{self.price} {self.change}".strip()


def box_rows(page: Page, article: Selector) -> list[BoxRow]:
    """Return the rows of the box; an empty list if the article has none."""
    rows: list[BoxRow] = []
    box = page.xpath(_BOX, article)[:1]
    for cell in page.css('div[class*="grid__item-"]', box[0]) if box else ():
        classes = cell.root.get("class").split()
        if "grid__item-7" in classes:
            rows.append(BoxRow(cell, text_of(cell), page.css("a::attr(href)", cell).get("")))
        elif rows and "grid__item-5" in classes:
            price = " ".join(" ".join(cell.xpath("./text()").getall()).split())
            rows[-1] = rows[-1]._replace(price=price, change=text_of(page.css("span", cell)))
        elif rows and (buy := page.css('a[href*="isin="]::attr(href)', cell).get()):
            rows[-1] = rows[-1]._replace(buy_link=buy)
    return rows


def named_instruments(page: Page, rows: list[BoxRow]) -> Iterator[NamedInstrument]:
    """Yield the instruments in the box."""
    for row in rows:
        isin = isin_of_link(row.buy_link or "")
        if instrument := named_instrument(page, row.name, row.href, isin):
            yield instrument


def named_instrument(
    page: Page, name: str, href: str, isin: str | None = None
) -> NamedInstrument | None:
    """Return the instrument whose page a link leads to; ``None`` for a link to another page."""
    url = without_query(page.absolute_url(href))
    match = instrument_path(urlsplit(url).path)
    return NamedInstrument(name or None, match.kind, match.page, url, isin) if match else None


def box_quotes(page: Page, rows: list[BoxRow], source: Source) -> Iterator[Quote | Rejection]:
    """Yield a quote for each row with a price.

    Rows of currencies have English numbers, others German ones (seen 2026-10), so each row decides.
    A price that is malformed or ambiguous is a rejection ``unreadable-price``.
    """
    for row in rows:
        if _DIGIT.search(row.printed):
            loader = _loader(page, row, source)
            page_name = loader.get_output_value("page")
            yield page.quote(loader, name=row.name, page=page_name, printed=row.printed)
        else:
            page.stats.note("passed", "box row without price")


def _loader(page: Page, row: BoxRow, source: Source) -> QuoteLoader:
    mark = notation(_AMOUNT.findall(row.printed))
    loader = page.loader(
        QuoteLoader,
        row.cell,
        source=source,
        name=row.name,
        isin=row.buy_link,
        **page.instrument(row.href),
    )
    loader.context["mark"] = mark
    if mark or not _MARK.search(row.printed):
        loader.add_price(row.price)
        _add_change(loader, row.change)
    return loader


def _add_change(loader: QuoteLoader, printed: str) -> None:
    for amount in _AMOUNT.findall(printed):
        loader.add_value("change_percent" if amount.endswith("%") else "change", amount)
