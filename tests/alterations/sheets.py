"""Pages that can be altered: golden and captured ones, as trees."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree, html

from finnews.pages import page_type
from finnews.pages.base import BrokenPage, canonical_link
from tests.support.captures import CAPTURES
from tests.support.cases import golden_cases, type_of

SITE = "https://www.finanzen.net"
PAPERS = ("stock", "etf", "fund", "index", "currency", "commodity", "bond", "certificate")
"""Page types of one paper, with a snapshot of its price"""

_CAPTURED = {
    "analysis-2026-08-02-saint-gobain.html": (
        "/analyse/saint_gobain_outperform-rbc_capital_markets_1096443"
    ),
    "article-2026-10-01-ranking.html": "/nachricht/devisen/ranking-15932372",
    "events-2026-08-02-sap.html": "/termine/sap",
    "price-targets-2026-08-02-sap.html": "/kursziele/sap",
    "venues-2026-08-02-sap.html": "/boersenplaetze/sap",
    "feed-2026-08-02-sap.xml": "/rss/sap-rss-feed",
    "feed-2026-08-02-news.xml": "/rss/news",
    "feed-2026-08-02-analyses.xml": "/rss/analysen",
    "etf-2026-09-23-ishares-core-msci-world.html": (
        "/etf/ishares-core-msci-world-etf-ie00b4l5y983"
    ),
    "etf-2026-09-23-ishares-msci-world-dist.html": "/etf/ishares-msci-world-etf-ie00b0m62q58",
    "fund-2026-09-23-amundi-msci-world-climate.html": (
        "/fonds/amundi-msci-world-climate-transition-xe-c-lu1437020735"
    ),
    "suggest-2026-09-23-isin.json": "/suggest/finde/jsonv2?query=IE00B4L5Y983",
    "suggest-2026-09-23-query.json": "/suggest/finde/jsonv2?query=msci",
}
"""File in the folder of captured pages → path of its page"""

_ENTITY = re.compile("[\ue000-\ue3ff]")
END_OF_PAGE = "\ue400"
"""A text that is written into the page as the end tags of its body and root"""
_END_TAGS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)  # which may stand too early
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def as_entities(text: str) -> str:
    """Return a text for a tree that is written into the page as numeric character references."""
    return "".join(chr(0xE000 + ord(character)) for character in text if ord(character) < 0x400)


class Source(NamedTuple):
    """A page as it is, golden or captured."""

    name: str
    """``venues/full``, ``captures/venues-2026-08-02-sap.html``"""

    url: str
    text: str

    @property
    def page_type(self) -> str:
        """The name of its page type."""
        return type_of(self.url).name()


class Sheet:
    """A page whose tree can be changed: HTML or XML elements, or the value of a JSON text."""

    def __init__(self, source: Source) -> None:
        self.page_type = source.page_type
        self.url = source.url
        self.format = type_of(source.url).format
        if self.format == "json":
            self.root: Any = json.loads(source.text)
        elif self.format == "xml":
            self.root = etree.fromstring(_DECLARATION.sub("", source.text))
        else:
            self.root = html.document_fromstring(_END_TAGS.sub("", source.text))

    def xpath(self, expression: str, **variables: Any) -> list[Any]:
        """Return the matches of an XPath expression; none in JSON."""
        if self.format == "json":
            return []
        matches: list[Any] = self.root.xpath(expression, **variables)
        return matches

    def text(self) -> str:
        """Return the page's text."""
        if self.format == "json":
            return json.dumps(self.root, ensure_ascii=False)
        if self.format == "xml":
            return str(etree.tostring(self.root, encoding="unicode"))
        text = html.tostring(self.root, encoding="unicode", doctype="<!DOCTYPE html>")
        text = text.replace(END_OF_PAGE, "</body></html>")
        return _ENTITY.sub(lambda match: f"&#{ord(match[0]) - 0xE000};", text)


def sources() -> Iterator[Source]:
    """Yield the golden pages that are no broken ones, then the captured pages, if present."""
    for case in golden_cases():
        if _is_whole(case.url, case.text):
            yield Source(case.name, case.url, case.text)
    yield from captured_sources()


def captured_sources() -> Iterator[Source]:
    """Yield the captured pages that have a page type; none where there are no captures."""
    for name, path in _CAPTURED.items():
        if (CAPTURES / name).is_file() and page_type(SITE + path):
            text = (CAPTURES / name).read_text("utf-8")
            address = canonical_link(text) if name.endswith(".html") else None
            yield Source(f"captures/{name}", address or SITE + path, text)


def _is_whole(url: str, text: str) -> bool:
    try:
        Sheet(Source("", url, text))
        type_of(url)(url, text)
    except (BrokenPage, ValueError, etree.LxmlError):
        return False
    return True
