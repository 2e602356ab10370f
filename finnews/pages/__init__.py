"""The site's pages: one module per page type, and `page_type` that finds it by the address.

`base`, `rules`, `stats` and `parts` are what page types are made of.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from finnews.items import Item
from finnews.pages.analysis import AnalysisPage
from finnews.pages.analysis_list import AnalysisListPage
from finnews.pages.article import ArticlePage
from finnews.pages.base import Page
from finnews.pages.events import EventsPage
from finnews.pages.feed import FeedPage
from finnews.pages.index_members import IndexMembersPage
from finnews.pages.news_list import NewsListPage
from finnews.pages.price_targets import PriceTargetsPage
from finnews.pages.stock import StockPage
from finnews.pages.suggestions import SuggestionsPage
from finnews.pages.venues import VenuesPage
from finnews.site import FINANZEN_NET, Site

PAGE_TYPES: tuple[type[Page], ...] = (
    ArticlePage,
    FeedPage,
    NewsListPage,
    StockPage,
    VenuesPage,
    PriceTargetsPage,
    EventsPage,
    AnalysisPage,
    AnalysisListPage,
    IndexMembersPage,
    SuggestionsPage,
)


def page_type(url: str, site: Site = FINANZEN_NET) -> type[Page] | None:
    """Return the type of the page at an address; ``None`` if there is none on the site.

    >>> page_type("https://www.finanzen.net/rss/news").name()
    'feed'
    >>> page_type("https://partner.example/rss/news") is None
    True
    """
    return _type_of_path(urlsplit(url).path) if site.has(url) else None


@lru_cache(maxsize=1024)
def _type_of_path(path: str) -> type[Page] | None:
    return next((kind for kind in PAGE_TYPES if kind.recognises(path)), None)


def is_authoritative(item: Item) -> bool:
    """Return whether an item was read from the page that is about it, and not from another."""
    source = _type_of_path(urlsplit(item.url or "").path)
    return source is not None and source.is_authority_on(item)
