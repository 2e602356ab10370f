"""A page of the site: an address and a text; what is on it (`items`), where it leads (`links`).

Pages know no crawler: they read a saved file, a test's text, or an answer of the site alike.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple, TypeVar
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.etree import XPath
from parsel import Selector, SelectorList

from finnews.items import Item, Quote, Rejection
from finnews.loaders import QuoteLoader, RatingLoader, SiteLoader
from finnews.pages.rules import PAGE, Rule
from finnews.pages.stats import PageStats
from finnews.site import FINANZEN_NET, Site
from finnews.vocabulary import instrument_path, verdict

LoaderT = TypeVar("LoaderT", bound=SiteLoader[Any])

_STRING = XPath("string()", smart_strings=False)  # once: a Selector compiles it at each call
_END = 2000  # characters: how far from its end a whole page closes its root element


class Link(NamedTuple):
    """Where a page leads."""

    url: str
    """Absolute, without fragment."""

    date: str | None = None
    """When the list says the target was published or changed; not the target's own time."""


class BrokenPage(Exception):
    """What was served is not a page that can be read; the text says why in one word."""


class Page:
    """One page. Subclasses say which paths are theirs, and read.

    Raises `BrokenPage` where the text is ``empty`` or ``truncated``.
    """

    path: ClassVar[re.Pattern[str]]
    """Matches the paths of this type of page, from start to end and without the query."""

    closing: ClassVar[str] = "</html>"
    markup: ClassVar[str] = "html"

    def __init__(self, url: str, text: str, site: Site = FINANZEN_NET) -> None:
        if not text.strip():
            raise BrokenPage("empty")
        if self.closing not in text[-_END:].lower():
            raise BrokenPage("truncated")
        self.site = site
        self.stats = PageStats()
        self.text = text
        self.root = Selector(text=text, type=self.markup)
        self.url = without_query(url)
        if self.markup == "html":
            self.url = self._canonical()

    @classmethod
    def name(cls) -> str:
        """Return the page type's name, which is its module's and its golden folder's."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def recognises(cls, url: str) -> bool:
        """Return whether the path of an address is one of this type of page."""
        return bool(cls.path.fullmatch(urlsplit(url).path))

    @classmethod
    def is_authority_on(cls, _item: Item) -> bool:
        """Return whether what a page of this type says of an item it holds counts before others."""
        return False

    def items(self) -> Iterator[Item]:
        """Yield what is on the page, without the time at which it was fetched."""
        return self.ticker()

    def links(self) -> Iterator[Link]:
        """Yield where the page leads, in its order."""
        return iter(())

    def ticker(self) -> Iterator[Quote]:
        """Yield the quotes in the header of every page."""
        for entry in self.css("div.quote-ticker > span.quote-ticker__item"):
            instrument = self.instrument(self.css("a.quote-ticker__label::attr(href)", entry).get())
            if not instrument:
                self.stats.note("passed", "ticker entry without security")
                continue
            loader = self.loader(QuoteLoader, entry, source="ticker", **instrument)
            loader.add_css("name", "a.quote-ticker__label::text")
            loader.add_css("price", "span.quote-ticker__value:nth-of-type(1)::text")
            loader.add_css("change_percent", "span.quote-ticker__value:nth-of-type(2)::text")
            yield loader.load_item()

    def css(self, rule: str, within: Selector | None = None) -> SelectorList[Selector]:
        """Return what a CSS rule finds, and count whether it found anything."""
        return self._counted("css", rule, (self.root if within is None else within).css(rule))

    def xpath(
        self, rule: str, within: Selector | None = None, **variables: Any
    ) -> SelectorList[Selector]:
        """Return what an XPath rule finds, and count whether it found anything."""
        start = self.root if within is None else within
        return self._counted("xpath", rule, start.xpath(rule, **variables))

    def jmespath(self, rule: str) -> SelectorList[Selector]:
        """Return what a JMESPath rule finds, and count whether it found anything."""
        return self._counted("jmespath", rule, self.root.jmespath(rule))

    def loader(self, loader_class: type[LoaderT], part: Selector, **values: Any) -> LoaderT:
        """Return a loader for a part of this page; `values` are of the page as a whole."""
        loader = loader_class(selector=part, stats=self.stats, site=self.site)
        loader.add_value(None, {"url": self.url} | values)
        return loader

    def quote(self, loader: QuoteLoader, **printed: Any) -> Quote | Rejection:
        """Return the quote, or a rejection ``unreadable-price`` with what is printed instead.

        An exchange that the vocabulary does not know is counted.
        """
        quote = loader.load_item()
        if quote.price is None:
            return self.rejection("unreadable-price", ["price"], **printed)
        if quote.exchange and quote.mic is None:
            self.stats.unknown("exchange", quote.exchange)
        return quote

    def add_verdict(self, loader: RatingLoader, rating: str) -> None:
        """Add the verdict of a rating, which is counted if the vocabulary does not know it."""
        loader.add_value("verdict", rating)
        if verdict(rating) is None:
            self.stats.unknown("rating", rating)

    def instrument(self, href: str | None) -> dict[str, str]:
        """Return what the link to an instrument's page says of it: its ``kind`` and ``page``."""
        found = instrument_path(urlsplit(self.absolute(href)).path) if href else None
        return found._asdict() if found else {}

    def from_path(self, group: str) -> str | None:
        """Return what a group of the type's `path` matches in this page's address."""
        found = self.path.fullmatch(urlsplit(self.url).path)
        return found[group] if found else None

    def rejection(self, reason: str, missing: Iterable[str] = (), **item: Any) -> Rejection:
        """Return the record of something on the page that cannot be an item."""
        read = {name: value for name, value in item.items() if value is not None}
        return Rejection(
            url=self.url, reason=reason, missing=list(missing) or None, item=read or None
        )

    def absolute(self, href: str) -> str:
        """Return a link of the page as an absolute address; an empty one if it is none."""
        try:
            return urljoin(self.url, href.strip())
        except ValueError:
            return ""

    def address(self, href: str) -> str:
        """Return where a link leads, absolute and without fragment; empty if it leads nowhere."""
        return urldefrag(self.absolute(href)).url if href.strip() else ""

    def links_to(self, hrefs: Iterable[str]) -> Iterator[Link]:
        """Yield the links, except those that lead nowhere."""
        return (Link(url) for url in map(self.address, hrefs) if url)

    def json_ld(self, schema_type: str) -> Selector:
        """Return the JSON-LD block of a schema.org type; an empty object if there is none."""
        blocks = self.css('script[type="application/ld+json"]::text').getall()
        objects = (json_object(block) for block in blocks)
        return json_selector(next((one for one in objects if one.get("@type") == schema_type), {}))

    def _canonical(self) -> str:
        named = self.absolute(self.css('head > link[rel="canonical"]::attr(href)').get(""))
        is_one = self.site.has(named) and self.recognises(named)
        return without_query(named) if is_one else self.url

    def _counted(
        self, language: str, rule: str, found: SelectorList[Selector]
    ) -> SelectorList[Selector]:
        self.stats.count(Rule(PAGE, language, rule), found=bool(found))
        return found


def text_of(part: Selector | SelectorList[Selector]) -> str:
    """Return all text within an element, on one line; of several, of the first."""
    element = part if isinstance(part, Selector) else next(iter(part), None)
    return "" if element is None else " ".join(_STRING(element.root).split())


def without_query(url: str) -> str:
    """Return an address without query and fragment.

    >>> without_query("https://www.finanzen.net/analysen?p=2#top")
    'https://www.finanzen.net/analysen'
    """
    return urlsplit(url)._replace(query="", fragment="").geturl()


def json_object(text: str) -> dict[str, Any]:
    """Return the JSON object at the start of a text; an empty one where there is none.

    Line breaks within its strings, which JSON forbids, are let pass.

    >>> json_object('{"article": {"is_sponsored": false}});</script>')
    {'article': {'is_sponsored': False}}
    """
    try:
        read, _ = json.JSONDecoder(strict=False).raw_decode(text.strip())
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def json_selector(value: dict[str, Any]) -> Selector:
    """Return a selector whose rules are JMESPath."""
    return Selector(root=value, type="json")
