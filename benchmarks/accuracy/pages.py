"""The pages with their truth: captured, golden, and articles of the sample site."""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks.accuracy.comparing import Row
from benchmarks.accuracy.pointers import hand_read
from finnews.items import ITEM_CLASSES, Article, Instrument
from finnews.pages import page_type
from samplesite.content.truth import truth
from samplesite.content.world import World
from samplesite.web.site import Site
from tests.support.captures import CAPTURES
from tests.support.cases import Case, golden_cases, reading, rendered

BASE = "https://www.finanzen.net"
HERE = Path(__file__).parent
ARTICLES = 20  # of the sample site

_PROVENANCE = {
    item_class.__name__: item_class.provenance
    for item_class in ITEM_CLASSES
    if item_class.is_reported or item_class is Instrument
}
"""Items with values → their fields that say where and when they were read"""


class TruePage(NamedTuple):
    """A page, and what it says."""

    name: str
    url: str
    text: str
    items: list[Row]
    noise: list[str]
    """Texts on the page that are no part of the article's: advertising, captions, sign-offs"""

    @property
    def article(self) -> Row | None:
        """The article on it."""
        return article_of(self.items)


def article_of(items: list[Row]) -> Row | None:
    """Return the article among the items of a page."""
    return next((item for item in items if item["type"] == Article.__name__), None)


def read(url: str, text: str) -> list[Row]:
    """Return the items that finnews reads on a page, none of a type of page that it does not know.

    Numbers are texts with the digits that the page printed; rejections and provenance are left out.
    """
    return _items(rendered(reading(url, text))) if page_type(url) else []


def captured_pages() -> tuple[list[TruePage], list[str]]:
    """Return the captured pages, and the names of those that are not there as they were read.

    What they say was read off them by hand, and is not what finnews read.
    """
    pages, absent = [], []
    for name, page in oracle().items():
        found = hand_read(CAPTURES / name, page)
        if found:
            pages.append(TruePage(name, page["url"], *found))
        else:
            absent.append(name)
    return pages, absent


def oracle() -> dict[str, Any]:
    """Return what was read by hand on the captured pages, texts as places in them."""
    return loaded((HERE / "captures.json").read_text("utf-8"))


def golden_pages() -> Iterator[TruePage]:
    """Yield the golden pages. What they say is their JSON, and what it lacks by ``golden.json``."""
    by_hand = hand_written()
    for case in golden_cases():
        items = _with_unread(golden_items(case), by_hand["unread"].get(case.name))
        if items:
            yield TruePage(
                case.name, case.url, case.text, items, by_hand["noise"].get(case.name, [])
            )


def hand_written() -> dict[str, Any]:
    """Return what was written by hand of golden pages, each by its name.

    ``noise``: texts that are no part of the article's; ``unread``: values of the article that
    a person reads on it and finnews does not.
    """
    return loaded((HERE / "golden.json").read_text("utf-8"))


def golden_items(case: Case) -> list[Row]:
    """Return the items of a golden page's JSON, none of a page that is broken."""
    return _items(case.expected.read_text("utf-8"))


def sample_pages() -> Iterator[TruePage]:
    """Yield articles of the sample site, as long as real ones, and the content they are made of."""
    site = Site(World(articles=ARTICLES), BASE)
    encode = msgspec.json.Encoder(decimal_format="number").encode
    names = {field.name for field in fields(Article)} - Article.provenance
    for row in truth(site.world, BASE, ["news"])["articles"]:
        values = loaded(encode({name: row.get(name) for name in names}).decode())
        url = row["urls"][0]
        text = site.answer(url.removeprefix(BASE)).body.decode()
        yield TruePage(url, url, text, [{"type": Article.__name__} | values], [])


def loaded(text: str) -> dict[str, Any]:
    """Return a JSON object whose numbers are texts, so that their digits count."""
    value: dict[str, Any] = json.loads(text, parse_float=str, parse_int=str)
    return value


def _with_unread(items: list[Row], unread: Row | None) -> list[Row]:
    if not unread:
        return items
    article = article_of(items) or {"type": Article.__name__}
    return [*(item for item in items if item is not article), article | unread]


def _items(golden: str) -> list[Row]:
    items: list[Row] = loaded(golden).get("items", [])
    return [_printed_fields(item) for item in items if item["type"] in _PROVENANCE]


def _printed_fields(item: Row) -> Row:
    return {name: value for name, value in item.items() if name not in _PROVENANCE[item["type"]]}
