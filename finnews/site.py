"""The site that is read: where it is, where its lists are, and what is particular to it.

Its pages are known to `finnews.pages`, its words to `finnews.vocabulary`.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

DecimalMark = Literal[",", "."]


@dataclass(frozen=True, eq=False)  # hashed by identity: loaders look their processors up by it
class Site:
    """A site whose pages finnews knows."""

    url: str
    """Scheme, host and port, without a path."""

    name: str
    """How its own texts call it: ``Redaktion finanzen.net``."""

    language: str
    """Of its articles: ``de``."""

    zone: ZoneInfo
    """Of the times that it prints without one."""

    mark: DecimalMark
    """The decimal mark of its numbers, except where a page says otherwise."""

    news: tuple[str, ...]
    """Paths of the feeds and lists of news, the one that is newest first."""

    ratings: tuple[str, ...]
    """Paths of the feeds and lists of studies."""

    of_stock: tuple[str, ...]
    """Paths of a stock's pages, with its name as ``{page}``; first its own, which has its ISIN."""

    members: str
    """Path of the members of an index, with its name as ``{index}``."""

    numbered_members: dict[str, str]
    """Index → path of its members at an address with their number."""

    @property
    def host(self) -> str:
        """The host, with its port where it has one."""
        return urlsplit(self.url).netloc

    def has(self, url: str) -> bool:
        """Return whether an address is one of this site; a path alone is.

        >>> FINANZEN_NET.has("https://www.finanzen.net/analysen"), FINANZEN_NET.has("/analysen")
        (True, True)
        >>> FINANZEN_NET.has("https://partner.example/analysen")
        False
        """
        return urlsplit(url).netloc in ("", self.host)

    def path_of(self, url: str) -> str | None:
        """Return the path of an address of this site; ``None`` if it is another, or none at all.

        >>> FINANZEN_NET.path_of("/analysen?p=2"), FINANZEN_NET.path_of("http://[muster/analysen")
        ('/analysen', None)
        """
        try:
            return urlsplit(url).path if self.has(url) else None
        except ValueError:
            return None

    def address(self, path: str) -> str:
        """Return a path of the site as an address.

        >>> FINANZEN_NET.address("/rss/news")
        'https://www.finanzen.net/rss/news'
        """
        return urljoin(self.url, path)


FINANZEN_NET: Final = Site(
    url="https://www.finanzen.net",
    name="finanzen.net",
    language="de",
    zone=ZoneInfo("Europe/Berlin"),
    mark=",",
    news=(
        "/rss/news",
        "/nachrichten/ressort/aktien",
        "/nachrichten/ressort/devisen",
        "/nachrichten/ressort/rohstoffe",
        "/nachrichten/ressort/etf",
        "/index/dax/marktberichte",
    ),
    ratings=("/rss/analysen", "/analysen"),
    of_stock=(
        "/aktien/{page}-aktie",
        "/boersenplaetze/{page}",
        "/kursziele/{page}",
        "/termine/{page}",
    ),
    members="/index/{index}/werte",
    numbered_members={"dax": "/index/dax/40-werte"},  # reported in 2024
)

SITES: Final = (FINANZEN_NET,)
"""All sites whose pages finnews knows."""


def site_at(url: str) -> Site:
    """Return the site at an address, as the setting ``SITE_URL`` has it.

    At an address of no known site, such as the sample site's, finanzen.net is expected.

    >>> site_at("http://127.0.0.1:8021/").address("/rss/news")
    'http://127.0.0.1:8021/rss/news'
    """
    host = urlsplit(url).hostname
    known = (site for site in SITES if urlsplit(site.url).hostname == host)
    return replace(next(known, FINANZEN_NET), url=url.rstrip("/"))
