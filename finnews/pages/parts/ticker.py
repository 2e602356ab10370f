"""The ticker in the header of every page: ``DAX 24.939 -1,0%``, without currency and time.

One of its entries is an advertisement, and the colour of ``+0,0%`` can be that of a loss (2026-09).
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from parsel import Selector

from finnews.instrument_paths import is_of_currencies
from finnews.items import Quote, Rejection
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page
from finnews.pages.parts.changes import add_changes, amounts, has_two_prices
from finnews.pages.rules import Rule
from finnews.pages.texts.advertising import is_marked_advertising
from finnews.pages.tree import has_class
from finnews.pages.visible import text_of
from finnews.processors import amount, is_given, notation
from finnews.site import DecimalMark

_TICKER: Final = "quote-ticker"
_ENTRIES: Final = 'span[class*="quote-ticker__item"]'
_LABEL: Final = "quote-ticker__label"
_VALUE: Final = "quote-ticker__value"
_NAME = Rule("name", "css", "a.quote-ticker__label::text")
_COIN: Final = 10_000  # below it, ``2.182`` can be the price of a coin in either notation


class TickerEntry(NamedTuple):
    """An entry of the ticker: a link with a name, then a price and its changes."""

    hrefs: list[str | None]
    name: str
    values: list[str]
    part: Selector
    """The whole entry, whose classes can show the sign of the changes."""


def ticker_entries(page: Page) -> list[Selector]:
    """Return the entries of the ticker."""
    return list(filter(_is_in_ticker, page.css(_ENTRIES)))


def ticker_quotes(page: Page, parts: Iterable[Selector]) -> Iterator[Quote]:
    """Yield the quotes in entries of the ticker, whose numbers are all of one notation.

    A price that is not understood is a doubt: a page that is about something else is no worse.
    """
    entries = list(map(_entry, parts))
    printed = (text for entry in entries for text in entry.values)
    mark = notation(part for text in printed for part in amounts(text) or ())
    for entry in entries:
        instruments = list(map(page.instrument, entry.hrefs))
        instrument = next(iter(instruments), {})
        if any(other not in ({}, instrument) for other in instruments):
            page.doubt("page", "ambiguous", text_of(entry.part))
        elif not instrument or is_marked_advertising(entry.name):
            page.stats.note("passed", "ticker entry without security")
        elif not entry.values or not is_given(entry.values[0]):
            page.stats.note("passed", "ticker entry without price")
        elif _is_ambiguous(entry.values, mark, instrument):
            page.doubt("price", "ambiguous", entry.values[0])
        else:
            quote = _quote(page, entry, mark, instrument)
            if isinstance(quote, Quote):
                yield quote


def _is_in_ticker(entry: Selector) -> bool:
    around = entry.root.getparent()
    return around is not None and around.tag == "div" and _TICKER in around.get("class", "")


def _entry(entry: Selector) -> TickerEntry:
    links = list(entry.root.iter("a"))
    labels = (link for link in links if has_class(link, _LABEL))
    values = [part for part in entry.root.iter("span") if has_class(part, _VALUE)]
    return TickerEntry(
        [link.get("href") for link in links],
        next(map(text_of, labels), ""),
        list(map(text_of, values)),
        entry,
    )


def _quote(
    page: Page, entry: TickerEntry, mark: DecimalMark | None, instrument: dict[str, str]
) -> Quote | Rejection:
    """Return the quote of an entry: a price, then the changes, which are in one or more values."""
    page.stats.count(_NAME, found=bool(entry.name))
    price, *changes = entry.values
    values = {"source": "ticker", **instrument, "name": entry.name or None}
    loader = page.loader(QuoteLoader, None, **values)
    loader.context["mark"] = mark
    loader.add_price(price)
    if changes:
        add_changes(page, loader, " ".join(changes), [entry.part])
    return page.quote(loader)


def _is_ambiguous(values: list[str], mark: DecimalMark | None, instrument: dict[str, str]) -> bool:
    """Return whether another value can be the price too, or the price of another notation.

    A rate can be, such as ``1.182`` dollars; that of a coin is certain from ten thousand on:
    ``76.147`` (seen 2026-09).
    """
    printed, *changes = values
    if has_two_prices(printed, " ".join(changes), mark):
        return True
    read = amount(printed, mark)
    if instrument["kind"] not in ("currency", "crypto") or read is None or amount(printed, None):
        return False
    is_small = read.number < 1000
    return not is_small and (is_of_currencies(instrument["page"]) or read.number < _COIN)
