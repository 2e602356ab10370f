"""Golden pages: small pages with the site's structure and invented content, and what they say.

A case is ``golden/<page type>/<case>.html`` (a feed: ``.xml``, JSON: ``.txt``) with the page's
address in a comment on its first line (in XML the second), and a ``.json`` of the same name
beside it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from finnews.archive.lines import encoded
from finnews.items import Item
from finnews.pages import page_type
from finnews.pages.base import BrokenPage, Page

_ADDRESS = re.compile(r"<!-- (https://\S+) -->\n")
_OF_THE_READING = frozenset({"key", "fetched_at", "version"})


class Case(NamedTuple):
    """One golden page."""

    path: Path

    @property
    def name(self) -> str:
        """``article/ranking``."""
        return f"{self.folder}/{self.path.stem}"

    @property
    def folder(self) -> str:
        """The name of the page type it is to be read with."""
        return self.path.parent.name

    @property
    def expected(self) -> Path:
        """The file that says what the page says."""
        return self.path.with_suffix(".json")

    @property
    def url(self) -> str:
        """The address in the page's comment."""
        address = _ADDRESS.search(self.source)
        assert address, f"{self.path} names no address"
        return address[1]

    @property
    def text(self) -> str:
        """The page without the comment."""
        return _ADDRESS.sub("", self.source, count=1)

    @property
    def source(self) -> str:
        """The file's text."""
        return self.path.read_bytes().decode()


def golden_cases() -> list[Case]:
    """Return all golden pages on disk."""
    files = sorted((Path(__file__).parents[1] / "golden").glob("*/*"))
    return [Case(file) for file in files if file.suffix in (".html", ".xml", ".txt")]


def type_of(url: str) -> type[Page]:
    """Return the page type of an address that has one."""
    kind = page_type(url)
    assert kind, f"no page type reads {url}"
    return kind


def reading(url: str, text: str) -> dict[str, Any]:
    """Return what a page says, in the form of a golden file."""
    try:
        page = type_of(url)(url, text)
    except BrokenPage as broken:
        return {"url": url, "broken": str(broken)}
    items = [{"type": type(item).__name__} | _given(item) for item in page.items()]
    found = {"url": url, "items": items, "links": list(page.links())}
    doubts = {str(doubt): example.printed for doubt, example in page.stats.examples.items()}
    return found | ({"doubts": doubts} if doubts else {})


def read_pages(cases: Iterable[Case]) -> Iterator[Page]:
    """Yield the page of each case after it was read; none of one that is broken."""
    for case in cases:
        try:
            page = type_of(case.url)(case.url, case.text)
        except BrokenPage:
            continue
        for _ in (*page.items(), *page.links()):
            pass
        yield page


def rendered(reading: dict[str, Any]) -> str:
    """Return a golden file's text: numbers have the digits that the page printed."""
    return msgspec.json.format(encoded(reading), indent=2).decode() + "\n"


def _given(item: Item) -> dict[str, Any]:
    return {
        field.name: _without_nulls(value)
        for field in fields(item)
        if field.name not in _OF_THE_READING and (value := getattr(item, field.name)) is not None
    }


def _without_nulls(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_nulls(part) for part in value]
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, dict):
        return {name: _without_nulls(part) for name, part in value.items() if part is not None}
    return value
