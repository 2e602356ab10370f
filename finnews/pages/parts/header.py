"""The header of every page: the ticker's quotes, and the securities of the search box's lists.

Its markup is the same on page after page, until a price changes: it is read once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, Final, NamedTuple

from lxml.etree import tostring
from parsel import Selector

from finnews.instrument_paths import instrument_path
from finnews.items import Item
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
    yield from _items(page, entries, lambda: agreeing(page, ticker_quotes(page, entries)))
    own = instrument_path(page.site.path_of(page.url) or "")
    for item in _items(page, lists, lambda: searched_instruments(page, lists)):
        if own is None or (getattr(item, "kind"), getattr(item, "page")) != own[:2]:
            yield item


def _items(
    page: Page, parts: Sequence[Selector], read: Callable[[], Iterable[Item]]
) -> Iterator[Item]:
    """Yield what is read in some parts, from an earlier page if they were the same there."""
    markup = [tostring(part.root, encoding="unicode", with_tail=False) for part in parts]
    key = (page.site, *page.url.split("/", 3)[:3], *markup)
    reading = _readings.get(key) or _read(page, read)
    if sum(map(len, markup)) <= _LONGEST and _means_the_same_anywhere(parts):
        _keep(key, reading)
    page.stats.add_part(reading.counts)
    for item_class, values in reading.items:
        yield item_class(url=page.url, **values)


def _read(page: Page, read: Callable[[], Iterable[Item]]) -> _Reading:
    counts, page.stats = page.stats, PageStats(page.url)
    try:
        return _Reading([(type(item), _values(item)) for item in read()], page.stats)
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
