"""The site's pages: one module per page type, and `page_type` that finds it by the address.

They read a `tree` by `rules`, count in `stats`, and share what the folders here have.
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from finnews.bounds import kept
from finnews.instrument_paths import instrument_path
from finnews.items import Item
from finnews.pages.analysis import AnalysisPage
from finnews.pages.analysis_list import AnalysisListPage
from finnews.pages.article import ArticlePage
from finnews.pages.base import Page
from finnews.pages.bond import BondPage
from finnews.pages.certificate import CertificatePage
from finnews.pages.commodity import CommodityPage
from finnews.pages.currency import CurrencyPage
from finnews.pages.etf import EtfPage
from finnews.pages.events import EventsPage
from finnews.pages.feed import FeedPage
from finnews.pages.fund import FundPage
from finnews.pages.index import IndexPage
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
    EtfPage,
    FundPage,
    IndexPage,
    CurrencyPage,
    CommodityPage,
    BondPage,
    CertificatePage,
    VenuesPage,
    PriceTargetsPage,
    EventsPage,
    AnalysisPage,
    AnalysisListPage,
    IndexMembersPage,
    SuggestionsPage,
)

_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_STRUCTURE = re.compile(
    r"quote-ticker|news-container|article-teaser|page-content__|snapshot__|suggest-search"
)


def page_type(url: str, site: Site = FINANZEN_NET) -> type[Page] | None:
    """Return the type of the page at an address; ``None`` if there is none on the site.

    >>> page_type("https://www.finanzen.net/rss/news").name()
    'feed'
    >>> page_type("https://partner.example/rss/news") is None
    True
    """
    return _type_of_path(urlsplit(url).path) if site.has(url) else None


@kept(maxsize=1024)
def _type_of_path(path: str) -> type[Page] | None:
    return next((kind for kind in PAGE_TYPES if kind.recognises(path)), None)


def is_authoritative(item: Item) -> bool:
    """Return whether an item was read from the page that is about it, and not from another."""
    try:
        source = _type_of_path(urlsplit(item.url or "").path)
    except ValueError:
        return False
    return source is not None and source.is_authority_on(item)


def is_site_page(
    text: str, site: Site = FINANZEN_NET, *, links: int = 3, by_parts: bool = True
) -> bool:
    """Return whether a text is a page of the site, of any type and in any layout.

    That is a feed, a text that links so many pages of the site, or, `by_parts`, one with a class
    name of the site's, which a block page can have in its frame.

    >>> is_site_page('<a href="/aktien/muster-aktie"><a href="/index/dax"><a href="/rss/news">')
    True
    >>> is_site_page('<title>finanzen.net</title><a href="/impressum">Impressum</a>')
    False
    """
    if FeedPage.resembles(text) or (by_parts and has_site_parts(text)):
        return True
    linked: set[str] = set()
    for path in _linked_pages(text, site):
        linked.add(path)
        if len(linked) == links:
            return True
    return False


def has_site_parts(text: str) -> bool:
    """Return whether a text has a class name of the site's pages."""
    return _STRUCTURE.search(text) is not None


def _linked_pages(text: str, site: Site) -> Iterator[str]:
    """Yield the paths of the site's pages that a text links, in its order."""
    for match in _HREF.finditer(text):
        path = site.path_of(unescape(match[1]))
        if path and (_type_of_path(path) or instrument_path(path)):
            yield path
