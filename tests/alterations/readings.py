"""What a page says, item by item, as the archive's lines would have it, with all that it told."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from finnews.archive.lines import line
from finnews.items import Item, Rejection
from finnews.pages.base import BrokenPage, Link, Page
from tests.support.cases import type_of

Values = dict[str, Any]
"""Fields of an item that have a value, and its ``type``."""

_WORDS = {"exchange": "mic", "rating": "verdict", "kind": "kind"}
"""A table of the vocabulary → the field that stays empty for a word that is in none"""
_UNCLEAR = frozenset({"ambiguous", "contradiction", "missing-column", "unit", "expired"})


@dataclass
class Reading:
    """What was read of a page."""

    items: list[Values] = field(default_factory=list)
    """Items and links; a link is an item of type ``Link``."""

    rejections: Counter[str] = field(default_factory=Counter)
    """Reason → number"""

    doubts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Field with a value that was not read, and why with an example → number"""

    broken: str | None = None
    """Why it is no readable page."""

    is_unclear: bool = False
    """Whether the page said contradictory or ambiguous things, or that no price of it counts."""


def reading(url: str, text: str) -> Reading:
    """Return what is read of a page."""
    try:
        page = type_of(url)(url, text)
    except BrokenPage as broken:
        return Reading(broken=str(broken))
    items, links = list(page.items()), list(page.links())
    rejected = [str(item.reason) for item in items if isinstance(item, Rejection)]
    read = (_values(item) for item in items if not isinstance(item, Rejection))
    reasons = {doubt.reason for doubt in page.stats.doubts}.union(rejected)
    is_unclear = bool(reasons & _UNCLEAR)
    values = [*read, *map(_link_values, links)]
    return Reading(values, Counter(rejected), Counter(_told(page)), is_unclear=is_unclear)


def _told(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the field of each value that was not read, and why, with the first example."""
    for doubt, number in page.stats.doubts.items():
        example = page.stats.examples[doubt].printed
        yield from [(doubt.field, f"{doubt.reason} {example}")] * number
    for word, number in page.stats.words.items():
        yield from [(_WORDS[word.table], word.word)] * number


def _values(item: Item) -> Values:
    values = json.loads(
        line(item), parse_float=_number, parse_int=_number, object_hook=_with_plain_address
    )
    return {"type": type(item).__name__} | _given(values)


def _number(printed: str) -> Decimal | str:
    """Return a number; one that is not written with plain digits stays text and equals none."""
    return f"exponent {printed}" if "e" in printed.lower() else Decimal(printed)


def _link_values(link: Link) -> Values:
    return _given(_with_plain_address({"type": "Link", "url": link.url, "date": link.date}))


def _with_plain_address(values: Values) -> Values:
    """Return values whose address is written as the standards compare it, and without ``www.``."""
    if isinstance(values.get("url"), str):
        parts = urlsplit(values["url"])
        host = parts.netloc.lower().removeprefix("www.").removesuffix(":443")
        values["url"] = parts._replace(scheme="https", netloc=host).geturl()
    return values


def _given(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}
