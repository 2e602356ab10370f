"""The header of every page: the ticker's quotes, and the securities of the search box's lists.

Its markup is the same on page after page, until a price changes: it is read once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, Final, NamedTuple

from lxml.etree import tostring
from parsel import Selector

from finnews.instrument_paths import instrument_path
from finnews.items import Instrument, Item
from finnews.pages.base import Page
from finnews.pages.parts.repeated import agreeing
from finnews.pages.parts.search_lists import search_lists, searched_instruments
from finnews.pages.parts.ticker import ticker_entries, ticker_quotes
from finnews.pages.stats import PageStats

_MOST: Final = 8  # readings that are kept
_LONGEST: Final = 100_000  # characters of markup
_ANYWHERE: Final = ("/", "https://", "http://")  # starts of links that mean the same on all pages


class _Reading(NamedTuple):
    """What was read of a header: the values of its items without their pages, and its counts."""

    items: list[tuple[type[Item], dict[str, Any]]]
    counts: PageStats


_readings: dict[tuple[object, ...], _Reading] = {}


def header_items(page: Page) -> Iterator[Item]:
    """Yield what is in the header, which does not belong to the page's own subject."""
    entries, lists = ticker_entries(page), search_lists(page)
    markup = [tostring(part.root, encoding="unicode", with_tail=False) for part in entries + lists]
    origin = page.url.split("/", 3)[:3]
    key = (page.site, *origin, len(entries), *markup)
    reading = _readings.get(key) or _read(page, entries, lists)
    if sum(map(len, markup)) <= _LONGEST and _means_the_same_anywhere(entries):
        _keep(key, reading)
    page.stats.add_part(reading.counts)
    own = instrument_path(page.site.path_of(page.url) or "")
    for item_class, values in reading.items:
        is_own = own is not None and (values.get("kind"), values.get("page")) == own[:2]
        if item_class is not Instrument or not is_own:
            yield item_class(url=page.url, **values)


def _read(page: Page, entries: Sequence[Selector], lists: Sequence[Selector]) -> _Reading:
    counts, page.stats = page.stats, PageStats(page.url)
    try:
        quotes = list(agreeing(page, ticker_quotes(page, entries)))
        items = [*quotes, *searched_instruments(page, lists)]
        return _Reading([(type(item), _values(item)) for item in items], page.stats)
    finally:
        page.stats = counts


def _values(item: Item) -> dict[str, Any]:
    names = (field.name for field in fields(item) if field.name != "url")
    return {name: value for name in names if (value := getattr(item, name)) is not None}


def _means_the_same_anywhere(entries: Sequence[Selector]) -> bool:
    hrefs = (link.get("href") for entry in entries for link in entry.root.iter("a"))
    return all(href.startswith(_ANYWHERE) for href in hrefs if href)


def _keep(key: tuple[object, ...], reading: _Reading) -> None:
    if key not in _readings and len(_readings) >= _MOST:
        del _readings[next(iter(_readings))]
    _readings[key] = reading
