"""The ticker in the header of every page: ``DAX 24.939 -1,0%``, without currency and time.

One of its entries is an advertisement, and the colour of ``+0,0%`` can be that of a loss (2026-09).
"""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element
from parsel import Selector, SelectorList

from finnews.instrument_paths import is_of_currencies
from finnews.items import Quote
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page
from finnews.pages.parts.changes import add_changes, amounts
from finnews.pages.visible import text_of
from finnews.processors import amount, is_given, notation
from finnews.site import DecimalMark

_COIN: Final = 10_000  # below it, ``2.182`` can be the price of a coin in either notation


def ticker_quotes(page: Page) -> Iterator[Quote]:
    """Yield the quotes in the ticker, whose numbers are all of one notation.

    A price that is not understood is a doubt: a page that is about something else is no worse.
    """
    entries = page.css("div.quote-ticker > span.quote-ticker__item")
    values = _values(page, entries)
    printed = (text for texts in values.values() for _, text in texts)
    mark = notation(part for text in printed for part in amounts(text) or ())
    for entry in entries:
        of_entry = values[entry.root]
        links = (link.get("href") for link in entry.root.iter("a"))
        instrument = page.instrument(next(links, None))
        if not instrument:
            page.stats.note("passed", "ticker entry without security")
        elif not of_entry or not is_given(of_entry[0][1]):
            page.stats.note("passed", "ticker entry without price")
        elif _is_ambiguous(of_entry[0][1], mark, instrument):
            page.doubt("price", "ambiguous", of_entry[0][1])
        else:
            loader = page.loader(QuoteLoader, entry, source="ticker", **instrument)
            loader.context["mark"] = mark
            loader.add_css("name", "a.quote-ticker__label::text")
            _add_values(page, loader, of_entry)
            quote = page.quote(loader)
            if isinstance(quote, Quote):
                yield quote


def _values(
    page: Page, entries: SelectorList[Selector]
) -> dict[_Element, list[tuple[Selector, str]]]:
    """Return the values of each entry with their texts."""
    values: dict[_Element, list[tuple[Selector, str]]] = {entry.root: [] for entry in entries}
    for value in page.css("div.quote-ticker span.quote-ticker__value"):
        for element in value.root.iterancestors("span"):
            if element in values:
                values[element].append((value, text_of(value)))
    return values


def _is_ambiguous(printed: str, mark: DecimalMark | None, instrument: dict[str, str]) -> bool:
    """Return whether a rate can be of another notation than the ticker: ``1.182`` dollars.

    The price of a coin is certain from ten thousand on: ``76.147`` (seen 2026-09).
    """
    read = amount(printed, mark)
    if instrument["kind"] != "currency" or read is None or amount(printed, None):
        return False
    is_small = read.number < 1000
    return not is_small and (is_of_currencies(instrument["page"]) or read.number < _COIN)


def _add_values(page: Page, loader: QuoteLoader, values: list[tuple[Selector, str]]) -> None:
    """Add the price, then the changes, which are in one or more values."""
    price, *changes = (text for _, text in values)
    loader.add_price(price)
    if changes:
        add_changes(page, loader, " ".join(changes), values[-1][0])
