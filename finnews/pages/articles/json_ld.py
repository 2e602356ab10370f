"""The objects of JSON-LD about articles, in any shape in which schema.org's objects are written."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from finnews.pages.base import Page

_SCRIPTS = 'script[type*="ld+json"]'
_TYPES = frozenset(
    {"article", "newsarticle", "analysisnewsarticle", "askpublicnewsarticle", "blogposting"}
    | {"backgroundnewsarticle", "opinionnewsarticle", "reportagenewsarticle", "liveblogposting"}
    | {"reviewnewsarticle", "advertisercontentarticle", "satiricalarticle", "report"}
)
_DEEPEST = 8  # values in one another
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")
_WRAPPING = re.compile(r"^\s*(?:<!--|//|/\*|<!\[CDATA\[|\*/|\s)*")
_BEFORE_TERM = re.compile(r"[/:#]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def news_articles(page: Page) -> list[dict[str, Any]]:
    """Return the objects about articles, in the order of the page."""
    return list(_articles(page))


def strings(value: Any) -> list[str]:
    """Return the strings in a value that is one, or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str) and text.strip()]


def _articles(page: Page) -> Iterator[dict[str, Any]]:
    values = list(_values(page))
    named: dict[str, Any] | None = None
    for article in (article for value in values for article in _objects(value)):
        authors = article.get("author")
        if _refers(authors):
            named = _named(values) if named is None else named
            yield article | {"author": [_referred(author, named) for author in _listed(authors)]}
        else:
            yield article


def _values(page: Page) -> Iterator[Any]:
    for script in (element.root.text or "" for element in page.css(_SCRIPTS)):
        if not script.strip():
            continue
        try:
            yield json.JSONDecoder(strict=False).raw_decode(_WRAPPING.sub("", script))[0]
        except (ValueError, RecursionError):
            page.doubt("json_ld", "unreadable", script)


def _refers(authors: Any) -> bool:
    """Return whether an author is only named by the ``@id`` of another object."""
    return any(isinstance(author, dict) and set(author) == {"@id"} for author in _listed(authors))


def _listed(authors: Any) -> list[Any]:
    return authors if isinstance(authors, list) else [authors]


def _named(values: list[Any]) -> dict[str, Any]:
    """Return the objects that have a name, by their ``@id``."""
    nodes = (node for value in values for node in _nodes(value))
    return {node["@id"]: without_html(node) for node in nodes if "name" in node}


def _referred(author: Any, named: dict[str, Any]) -> Any:
    """Return the object that an author's ``@id`` names; the author if there is none."""
    name = author.get("@id") if _refers(author) else None
    return named.get(name, author) if isinstance(name, str) else author


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects with an ``@id`` in a script, or in its ``@graph``."""
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            if isinstance(node.get("@id"), str):
                yield node
            if depth < _DEEPEST:
                yield from _nodes(node.get("@graph") or [], depth + 1)


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < _DEEPEST:
        for part in value:
            yield from _objects(part, depth + 1)
    elif isinstance(value, dict) and depth < _DEEPEST:
        if types_of(value) & _TYPES:
            yield without_html(value)
        for name in _NESTED:
            yield from _objects(value.get(name), depth + 1)


def types_of(value: dict[str, Any]) -> set[str]:
    """Return the types of an object by their names in small letters, without that of schema.org."""
    return {term(name) for name in strings(value.get("@type"))}


def term(name: str) -> str:
    """Return a term of schema.org in small letters, without its vocabulary.

    >>> term("http://schema.org/True"), term("schema:NewsArticle")
    ('true', 'newsarticle')
    """
    return _BEFORE_TERM.split(name)[-1].lower()


def without_html(value: Any, depth: int = 0) -> Any:
    """Return a value whose strings have no HTML, which some sites leave in them."""
    if isinstance(value, dict) and depth < _DEEPEST:
        return {name: without_html(part, depth + 1) for name, part in value.items()}
    if isinstance(value, list) and depth < _DEEPEST:
        return [without_html(part, depth + 1) for part in value]
    if isinstance(value, str) and ("&" in value or "<" in value):
        return _TAG.sub("", unescape(unescape(value)))
    return value
