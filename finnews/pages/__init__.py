"""The site's pages: one module per page type, and `page_type` that finds it by the address.

`base`, `rules`, `stats` and `parts` are what page types are made of.
"""

from functools import lru_cache

from finnews.items import Item
from finnews.pages.analysis import AnalysisPage
from finnews.pages.analysis_list import AnalysisListPage
from finnews.pages.article import ArticlePage
from finnews.pages.base import Page
from finnews.pages.feed import FeedPage
from finnews.pages.index_members import IndexMembersPage
from finnews.pages.news_list import NewsListPage
from finnews.pages.price_targets import PriceTargetsPage
from finnews.pages.stock import StockPage
from finnews.pages.suggestions import SuggestionsPage
from finnews.pages.venues import VenuesPage

PAGE_TYPES: tuple[type[Page], ...] = (
    ArticlePage,
    FeedPage,
    NewsListPage,
    StockPage,
    VenuesPage,
    PriceTargetsPage,
    AnalysisPage,
    AnalysisListPage,
    IndexMembersPage,
    SuggestionsPage,
)


@lru_cache(maxsize=1024)
def page_type(url: str) -> type[Page] | None:
    """Return the first page type that recognises the address, ``None`` if none does.

    >>> page_type("https://www.finanzen.net/rss/news").name()
    'feed'
    """
    return next((one for one in PAGE_TYPES if one.recognises(url)), None)


def is_authoritative(item: Item) -> bool:
    """Return whether an item was read from the page that is about it, and not from another."""
    source = page_type(item.url or "")
    return source is not None and source.is_authority_on(item)
