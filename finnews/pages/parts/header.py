"""The header of every page: the ticker's quotes, and the securities of the search box's lists."""

from collections.abc import Iterator

from finnews.items import Item
from finnews.pages.base import Page
from finnews.pages.parts.repeated import agreeing
from finnews.pages.parts.search_lists import searched_instruments
from finnews.pages.parts.ticker import ticker_quotes


def header_items(page: Page) -> Iterator[Item]:
    """Yield what is in the header, which does not belong to the page's own subject."""
    yield from agreeing(page, ticker_quotes(page))
    yield from searched_instruments(page)
