"""The base of all page types: a page has a URL and a text, and gives `items` and `links`.

Pages do not import Scrapy: they read a saved file or a test's text as they read a response.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, ClassVar, NamedTuple, TypeVar
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml.etree import _Element
from parsel import Selector, SelectorList

from finnews.bounds import ADDRESS, kept
from finnews.instrument_paths import (
    InstrumentPath,
    instrument_path,
    is_of_currencies,
    with_type,
)
from finnews.items import TICKER, Item, Quote, Rejection
from finnews.loaders import QuoteLoader, RatingLoader, SiteLoader
from finnews.loaders.inputs import Reason
from finnews.pages.large_tags import TooManyAttributes
from finnews.pages.parts.agreement import contradicted
from finnews.pages.rules import PAGE, Rule
from finnews.pages.stats import PageStats
from finnews.pages.tree import TooDeep, has_class, selector
from finnews.site import FINANZEN_NET, PLAIN_PATH, DecimalMark, Site
from finnews.vocabulary import is_exchange, verdict

LoaderT = TypeVar("LoaderT", bound=SiteLoader[Any])

_TAIL = 2000  # characters; a complete page closes its root element within its last ones

_SUBJECTS = ("id", "page", "index")  # the groups of a path that say what a page is about
_CANONICAL = 'head/link[@rel="canonical"][@href]'
_CANONICALS = Rule(PAGE, "xpath", '/html/head/link[@rel="canonical"]/@href')
_SIMPLE = re.compile(  # tr, h1.headline, script#summary, div[class*="grid__item-"]
    r'(\w+)(?:\.([\w-]+)|\#([\w-]+)|\[(\w+)\*="([^"]+)"\])?'
)
_DECODER = json.JSONDecoder(strict=False)


class Link(NamedTuple):
    """A link on a page."""

    url: str
    """Absolute, without fragment."""

    date: str | None = None
    """When the linked page was published or changed, as the list says; its own page may differ."""


class BrokenPage(Exception):
    """A response or file that is not a readable page; the message is the reason in one word."""


class Page:
    """A page. Each subclass is a page type: it says which paths it has and reads its pages.

    `now` is when it was fetched. Raises `BrokenPage` if the text is ``empty`` or ``truncated``, its
    elements are ``too-deep``, or one has ``too-many-attributes``.
    """

    path: ClassVar[re.Pattern[str]]
    """Matches the whole path of the type's URLs, without the query."""

    end_tag: ClassVar[str] = "</html>"
    """Stands near the end of a complete page."""

    format: ClassVar[str] = "html"
    """``html``, ``xml`` or ``json``: the type of parsel's selector."""

    def __init__(
        self, url: str, text: str, site: Site = FINANZEN_NET, now: datetime | None = None
    ) -> None:
        if not text or text.isspace():
            raise BrokenPage("empty")
        tail = text[-_TAIL:]
        if self.end_tag not in tail and self.end_tag not in tail.lower():
            raise BrokenPage("truncated")
        self.site = site
        self.mark: DecimalMark | None = site.mark
        """Decimal mark of the page's prices; ``None`` if it is not certain"""
        self.requested_url = url
        self.text = text
        self.root = _selector(text, self.format)
        self.url = site.own_address(without_query(url))
        self.stats = PageStats(self.url)
        self.now = now.astimezone(site.zone) if now else datetime.now(site.zone)
        self.latest = (self.now + timedelta(days=1)).date().isoformat()
        if self.format == "html":
            self.url = self._canonical_url()
        self.stats.url = self.url

    @classmethod
    def name(cls) -> str:
        """Return the page type's name, which is that of its module and its golden folder."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def recognises(cls, url: str) -> bool:
        """Return whether a URL has a path of this page type."""
        return bool(cls.path.fullmatch(urlsplit(url).path))

    @classmethod
    def is_authority_on(cls, _item: Item) -> bool:
        """Return whether an item from this page type replaces the same item from other pages."""
        return False

    def items(self) -> Iterator[Item]:
        """Yield the items on the page; the spider adds when it was fetched."""
        raise NotImplementedError

    def told_items(self) -> list[Item]:
        """Return the items that say what they are about: those that are archived."""
        return list(self.items())

    def links(self) -> Iterator[Link]:
        """Yield the links that a crawl may follow, in the order of the page."""
        return iter(())

    def css(self, rule: str, within: Selector | None = None) -> SelectorList[Selector]:
        """Return the matches of a CSS selector, and count whether there are any."""
        part = self.root if within is None else within
        return self._counted("css", rule, _matches(part, rule))

    def xpath(
        self, rule: str, within: Selector | None = None, **variables: Any
    ) -> SelectorList[Selector]:
        """Return the matches of an XPath expression, and count whether there are any."""
        part = self.root if within is None else within
        return self._counted("xpath", rule, part.xpath(rule, **variables))

    def jmespath(self, rule: str) -> SelectorList[Selector]:
        """Return the matches of a JMESPath expression, and count whether there are any."""
        return self._counted("jmespath", rule, self.root.jmespath(rule))

    def loader(self, loader_class: type[LoaderT], part: Selector | None, **values: Any) -> LoaderT:
        """Return a loader for a part of the page; `values` and the page's URL are already added."""
        context = {"site": self.site, "latest": self.latest, "now": self.now}
        loader = loader_class(selector=part, stats=self.stats, **context)
        loader.add_value(None, {"url": self.url} | values)
        return loader

    def quote(self, loader: QuoteLoader, **printed: Any) -> Quote | Rejection:
        """Return the loader's quote; a rejection ``unreadable-price`` without a price, bid or ask.

        The rejection has what is `printed`. An exchange that is not known is counted.
        """
        quote = loader.load_item()
        for name in sorted(contradicted(quote)):
            self.doubt(name, "contradiction", str(getattr(quote, name)))
            setattr(quote, name, None)
        if "price" in quote.missing_fields():
            return self.rejection("unreadable-price", ["price"], **printed)
        if quote.currency is None and quote.unit is None and quote.source != TICKER:
            self.doubt("currency", "unreadable", str(quote.price or quote.bid or quote.ask))
        if quote.exchange and quote.mic is None and not is_exchange(quote.exchange):
            self.stats.unknown("exchange", quote.exchange)
        return quote

    def doubt(self, field: str, reason: Reason, printed: str) -> None:
        """Count a printed value that was not read, or was contradicted, and why."""
        self.stats.doubt(field, reason, printed)

    def add_verdict(self, loader: RatingLoader, rating: str) -> None:
        """Add the verdict of a rating; a rating without one is counted as unknown."""
        loader.add_value("verdict", rating)
        if verdict(rating) is None:
            self.stats.unknown("rating", rating)

    def instrument_path(self, href: str | None) -> InstrumentPath | None:
        """Return the instrument to whose page on this site a link leads."""
        url = self.absolute_url(href) if href else ""
        path = self.site.path_of(url) if url else None
        paper = instrument_path(unquote(path) if "%" in path else path) if path else None
        if paper and paper.kind in ("etf", "fund") and paper.isin is None:
            self.doubt("isin", "unreadable", paper.page)
        if paper and paper.kind == "currency" and not is_of_currencies(paper.page):
            self.stats.unknown("kind", paper.page)
        return with_type(paper, urlsplit(url).query) if paper and "?" in url else paper

    def instrument(self, href: str | None) -> dict[str, str]:
        """Return ``kind``, ``page`` and, if its path has one, the number of a link's instrument."""
        path = self.instrument_path(href)
        return {name: value for name, value in path._asdict().items() if value} if path else {}

    def from_path(self, group: str) -> str | None:
        """Return a group of the type's `path` in the URL of this page."""
        match = self.path.fullmatch(urlsplit(self.url).path)
        return match[group] if match else None

    def rejection(self, reason: str, missing: Iterable[str] = (), **item: Any) -> Rejection:
        """Return a rejection: why something on the page is not an item, and what it says."""
        values = {name: value for name, value in item.items() if value is not None}
        return Rejection(
            url=self.url, reason=reason, missing=list(missing) or None, item=values or None
        )

    def absolute_url(self, href: str) -> str:
        """Return the absolute URL of a link; an empty string if it is malformed.

        So is one that is too long, which is a doubt if it seems to lead to this site.
        """
        if len(href) > ADDRESS:
            if self.site.has(href[:ADDRESS]):
                self.doubt("url", "unreadable", href)
            return ""
        path = href.removeprefix(self.site.url)
        if PLAIN_PATH.fullmatch(path) and self.url.startswith(f"{self.site.url}/"):
            return self.site.url + path
        try:
            return urljoin(self.url, href.strip())
        except ValueError:
            return ""

    def link_url(self, href: str) -> str:
        """Return the absolute URL of a link without fragment; an empty string if it has none."""
        return urldefrag(self.absolute_url(href)).url if href.strip() else ""

    def links_to(self, hrefs: Iterable[str]) -> Iterator[Link]:
        """Yield the links to URLs of the page, without empty and malformed ones."""
        return (Link(url) for url in map(self.link_url, hrefs) if url)

    def _canonical_url(self) -> str:
        """Return the address that the page gives as its own, unless it is that of another page."""
        link = self.root.root.find(_CANONICAL)
        self.stats.count(_CANONICALS, found=link is not None)
        canonical = self.absolute_url("" if link is None else link.get("href", ""))
        url = self.site.own_address(without_query(canonical))
        if not self.site.has(url) or not self.recognises(url):
            return self.url
        if self.subject(url) == self.subject(self.url):
            return url
        self.doubt("url", "contradiction", url)
        return self.url

    def subject(self, url: str) -> str | None:
        """Return what an address of this page type is about: a number, or the name of a stock."""
        match = self.path.fullmatch(urlsplit(url).path)
        groups = match.groupdict() if match else {}
        name = next((groups[group] for group in _SUBJECTS if groups.get(group)), None)
        return name and name.lower().replace("-", "_")

    def _counted(
        self, language: str, rule: str, matches: SelectorList[Selector]
    ) -> SelectorList[Selector]:
        self.stats.count(Rule(PAGE, language, rule), found=bool(matches))
        return matches


def _selector(text: str, kind: str) -> Selector:
    try:
        return selector(text, kind)
    except TooDeep:
        raise BrokenPage("too-deep") from None
    except TooManyAttributes:
        raise BrokenPage("too-many-attributes") from None


def _matches(part: Selector, rule: str) -> SelectorList[Selector]:
    """Return the matches of a CSS selector; a simple one needs no XPath, which is slower.

    Of two simple ones XPath compares each match with all the others.
    """
    steps = _steps(rule)
    if not steps:
        return part.css(rule)
    elements: Iterable[_Element] = _simple_matches(part.root.iter(steps[0][0]), steps[0])
    for step in steps[1:]:
        below = (_simple_matches(each.iterdescendants(step[0]), step) for each in elements)
        elements = dict.fromkeys(chain.from_iterable(below))
    return SelectorList([Selector(root=each, type=part.type) for each in elements])


@kept(maxsize=512)
def _steps(rule: str) -> list[tuple[str, ...]]:
    """Return the parts of a CSS selector that is one or two simple ones; else an empty list."""
    simple = [_SIMPLE.fullmatch(step) for step in rule.split(" ")]
    return [step.groups("") for step in simple if step] if all(simple) and len(simple) < 3 else []


def _simple_matches(elements: Iterable[_Element], step: tuple[str, ...]) -> list[_Element]:
    _, class_name, identifier, attribute, text = step
    if class_name:
        named = [each for each in elements if class_name in each.get("class", "")]
        return [each for each in named if has_class(each, class_name)]
    if identifier:
        return [each for each in elements if each.get("id") == identifier]
    if attribute:
        return [each for each in elements if text in each.get(attribute, "")]
    return list(elements)


def canonical_link(text: str) -> str | None:
    """Return the address that the HTML of a page gives as its own.

    >>> canonical_link('<head><link rel="canonical" href="https://www.finanzen.net/analysen">')
    'https://www.finanzen.net/analysen'
    """
    link = Selector(text=text or " ", type="html").root.find(_CANONICAL)
    return None if link is None else str(link.get("href"))


def without_query(url: str) -> str:
    """Return a URL without query and fragment.

    >>> without_query("https://www.finanzen.net/analysen?p=2#top")
    'https://www.finanzen.net/analysen'
    """
    return urlsplit(url)._replace(query="", fragment="").geturl()


def json_object(text: str, start: int = 0) -> dict[str, Any]:
    """Return the JSON object that starts at a place in a text; an empty one if none does.

    Unlike JSON, its strings may contain line breaks.

    >>> json_object('{"article": {"is_sponsored": false}});</script>')
    {'article': {'is_sponsored': False}}
    """
    try:
        value, _ = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
