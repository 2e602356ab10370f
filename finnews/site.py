"""The site that finnews reads: its address, the paths of its lists, its language and zone.

Its page types are in `finnews.pages`, its market words in `finnews.vocabulary`.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from finnews.bounds import ADDRESS, kept

DecimalMark = Literal[",", "."]

_PORTS: Final = {"http": 80, "https": 443}
_WWW: Final = "www."

PLAIN_PATH: Final = re.compile(r"(?:/[\w@,~+:-][\w@%,.~+:-]*)+", re.ASCII)
"""A path that is the same in every address: no query, no dots, nothing to be quoted"""


@dataclass(frozen=True, eq=False)  # hashed by identity: loaders cache processors by site
class Site:
    """A site that finnews can read."""

    url: str
    """Scheme, host and port, without a path."""

    name: str
    """The site's name in its own texts: ``Redaktion finanzen.net``."""

    language: str
    """Language of its articles: ``de``."""

    zone: ZoneInfo
    """Time zone of the times that it prints without one."""

    mark: DecimalMark
    """Decimal mark of its numbers, unless a page says otherwise."""

    news: tuple[str, ...]
    """Paths of the feeds and lists of news; the first has the newest articles. The site's menu
    names more."""

    all_news: tuple[str, ...]
    """Those of them that show news of all sections; every run reads them."""

    ratings: tuple[str, ...]
    """Paths of the feeds and lists of studies."""

    news_in: str
    """Path of the list of a section's news, with ``{section}`` for the section: ``aktien``."""

    news_of: tuple[str, ...]
    """Paths of the feeds and lists of a paper's news, with ``{page}`` for its page name."""

    news_below: str
    """Path of such a list for papers that are no shares, with ``{section}`` for their section."""

    ratings_of: str
    """Path of the list of a share's studies, with ``{page}`` for its page name."""

    of_stock: tuple[str, ...]
    """Paths of a stock's pages with ``{page}`` for its page name; the first page has its ISIN."""

    members: str
    """Path of the list of an index's members, with ``{index}`` for the index."""

    numbered_members: dict[str, str]
    """Index → path of that list, for an index whose path has the number of members."""

    @cached_property
    def host(self) -> str:
        """The host, as `host_of` has it."""
        return host_of(self.url)

    def has(self, url: str) -> bool:
        """Return whether an address or a path is on this site; its subdomains are other sites.

        One that is too long to be an address is on none.

        >>> FINANZEN_NET.has("https://finanzen.net/analysen"), FINANZEN_NET.has("/analysen")
        (True, True)
        >>> FINANZEN_NET.has("https://g.finanzen.net/analysen"), FINANZEN_NET.has("mailto:muster")
        (False, False)
        """
        if len(url) > ADDRESS:
            return False
        if url.startswith(f"{self.url}/"):
            return True
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if not parts.scheme:
            return not parts.netloc or is_same_host(host_of(f"https:{url.strip()}"), self.host)
        return is_same_host(host_of(url), self.host)

    def path_of(self, url: str) -> str | None:
        """Return the path of an address of this site; ``None`` if it is another, or none at all.

        >>> FINANZEN_NET.path_of("/analysen?p=2"), FINANZEN_NET.path_of("http://[muster/analysen")
        ('/analysen', None)
        """
        path = url.removeprefix(self.url)
        if len(url) <= ADDRESS and PLAIN_PATH.fullmatch(path):
            return path
        return urlsplit(url).path if self.has(url) else None

    def address(self, path: str) -> str:
        """Return a path of the site as an address.

        >>> FINANZEN_NET.address("/rss/news")
        'https://www.finanzen.net/rss/news'
        """
        return urljoin(self.url, path)

    def own_address(self, url: str) -> str:
        """Return an address of this site with the site's own scheme and host; another unchanged.

        >>> FINANZEN_NET.own_address("http://finanzen.net./analysen?p=2")
        'https://www.finanzen.net/analysen?p=2'
        """
        if url.startswith(f"{self.url}/") or not self.has(url):
            return url
        own = urlsplit(self.url)
        return urlsplit(url)._replace(scheme=own.scheme, netloc=own.netloc).geturl()


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
    all_news=("/rss/news", "/index/dax/marktberichte"),
    ratings=("/rss/analysen", "/analysen"),
    news_in="/nachrichten/ressort/{section}",
    news_of=("/rss/{page}-rss-feed", "/news/{page}-news", "/nachrichten/alle/{page}"),
    news_below="/nachrichten/{section}/{page}",  # linked for coins in 2026-10
    ratings_of="/analysen/{page}-analysen",
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
"""All sites that finnews can read."""


def host_of(url: str) -> str:
    """Return the host of a web address, with its port if that is not the scheme's own.

    Empty for a path, a malformed address, and one that is not of the web.

    >>> host_of("https://WWW.finanzen.net.:443/analysen"), host_of("http://user:pw@127.0.0.1:8021")
    ('www.finanzen.net', '127.0.0.1:8021')
    >>> host_of("http://[::1]:8021/"), host_of("http://[::1]")
    ('[::1]:8021', '[::1]')
    >>> host_of("/analysen"), host_of("https://[muster"), host_of("mailto:muster@finanzen.net")
    ('', '', '')
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or "\\" in parts.netloc:  # which browsers read as a slash
        return ""
    name = f"[{host}]" if ":" in host else _ascii(host)
    return name if not name or port in (None, _PORTS[parts.scheme]) else f"{name}:{port}"


def is_same_host(one: str, other: str) -> bool:
    """Return whether two hosts, as `host_of` has them, are the same with or without ``www.``.

    >>> is_same_host("finanzen.net", "www.finanzen.net"), is_same_host("", "")
    (True, False)
    """
    return bool(one) and one.removeprefix(_WWW) == other.removeprefix(_WWW)


def site_at(url: str) -> Site:
    """Return the site at an address, as in the setting ``SITE_URL``.

    An address of an unknown site, such as the sample site, is taken for a copy of finanzen.net.

    >>> site_at("http://127.0.0.1:8021/").address("/rss/news")
    'http://127.0.0.1:8021/rss/news'
    """
    sites = (site for site in SITES if is_same_host(host_of(url), site.host))
    return replace(next(sites, FINANZEN_NET), url=url.rstrip("/"))


@kept(maxsize=1024)
def _ascii(host: str) -> str:
    """Return a host name in ASCII, as DNS has it; empty if it is none."""
    try:
        return host.encode("idna").decode().lower().removesuffix(".")
    except UnicodeError:
        return ""
