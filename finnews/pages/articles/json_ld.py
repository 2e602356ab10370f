"""The JSON-LD of an article, in any shape in which schema.org's objects are written."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from finnews.items import folded
from finnews.pages.articles.article_times import zone_of
from finnews.pages.base import Page

_SCRIPTS = '//script[contains(@type, "ld+json")]/text()'
_TYPES = frozenset(
    {"article", "newsarticle", "analysisnewsarticle", "askpublicnewsarticle", "blogposting"}
    | {"backgroundnewsarticle", "opinionnewsarticle", "reportagenewsarticle", "liveblogposting"}
    | {"reviewnewsarticle", "advertisercontentarticle", "satiricalarticle", "report"}
)
_ADVERTISING = "advertisercontentarticle"
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")
_WRAPPING = re.compile(r"^\s*(?:<!--|//|/\*|<!\[CDATA\[|\*/|\s)*")
_TYPE_NAME = re.compile(r"[/:#]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NO = frozenset({"false", "no", "0", "nein"})
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")
_CUT = 90  # letters; a headline may be cut at 110 characters


class Visible(NamedTuple):
    """What readers see of an article, to compare with what only machines do."""

    number: str | None
    """The article's number in the page's address."""

    headline: str | None

    published: str | None
    """Time of publication, or of the last update."""


def news_articles(page: Page) -> list[dict[str, Any]]:
    """Return the objects about articles, in the order of the page."""
    return list(_articles(page))


def named(page: Page, articles: list[dict[str, Any]], number: str | None) -> dict[str, Any] | None:
    """Return the object that gives the address of the article with a number."""
    named_ones = (article for article in articles if number in article_numbers(page, article))
    return next(named_ones, None)


def of_article(page: Page, articles: list[dict[str, Any]], visible: Visible) -> dict[str, Any]:
    """Return the object about this article; an empty one if there is none.

    That is the one that names the article's address, else one with its headline, else the only
    one. One of another article is not used; if there is no other, that is a doubt.
    """
    if candidate := named(page, articles, visible.number):
        return candidate
    unnamed = [candidate for candidate in articles if not article_numbers(page, candidate)]
    for candidate in unnamed:
        if agree(headline_of(candidate), visible.headline):
            return candidate
    if len(articles) == 1 and unnamed and not _contradicts(page, unnamed[0], visible):
        return unnamed[0]
    if articles:
        page.doubt("json_ld", "contradiction", headline_of(articles[0]) or "NewsArticle")
    return {}


def is_advertising(article: dict[str, Any]) -> bool:
    """Return whether the object has the type of advertising in the form of an article."""
    return _ADVERTISING in _types(article)


def headline_of(article: dict[str, Any]) -> str | None:
    """Return the headline of an object."""
    return next(iter(strings(article.get("headline"))), None)


def author_names(value: Any) -> Iterator[str]:
    """Yield the names in a value of ``author``, without those of organisations.

    An author without a name is an empty string.

    >>> list(author_names({"@list": [{"givenName": "Ada", "familyName": "Muster"}, {"@id": "#b"}]}))
    ['Ada Muster', '']
    """
    for author in value if isinstance(value, list) else [value]:
        types = _types(author) if isinstance(author, dict) else set()
        if isinstance(author, str):
            yield author
        elif isinstance(author, dict) and "@list" in author:
            yield from author_names(author["@list"])
        elif isinstance(author, dict) and (not types or "person" in types):
            yield from _names_of(author)


def _names_of(author: dict[str, Any]) -> list[str]:
    values = author.get("name", author.get("@value"))
    values = values if isinstance(values, list) else [values]
    names = strings([value.get("@value") if isinstance(value, dict) else value for value in values])
    parts = strings([author.get("givenName"), author.get("familyName")])
    return names or [" ".join(parts) if len(parts) == 2 else ""]


def is_free(article: dict[str, Any]) -> bool:
    """Return whether everybody can read the article, which is so unless the object denies it.

    A part of it that not everybody can read denies it too.

    >>> [is_free({"isAccessibleForFree": value}) for value in (None, True, "http://schema.org/True")]
    [True, True, True]
    >>> [is_free({"isAccessibleForFree": value}) for value in ("http://schema.org/False", 0, "no")]
    [False, False, False]
    >>> is_free({"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False"}})
    False
    """
    parts = article.get("hasPart")
    for part in (article, *(parts if isinstance(parts, list) else [parts])):
        printed = part.get("isAccessibleForFree") if isinstance(part, dict) else None
        if isinstance(printed, dict):
            printed = printed.get("@value")
        if _TYPE_NAME.split(str(printed))[-1].strip().lower() in _NO:
            return False
    return True


def strings(value: Any) -> list[str]:
    """Return the strings in a value that is one, or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str) and text.strip()]


def agree(headline: str | None, other: str | None) -> bool:
    """Return whether two headlines are one, although one of them may be cut.

    >>> agree("Muster AG hebt …", "Muster AG hebt die Prognose"), agree("Muster AG", "Probe AG")
    (True, False)
    """
    if not headline or not other:
        return False
    first, second = folded(headline), folded(other)
    if first == second:
        return True
    shorter, longer = sorted((headline, other), key=lambda text: len(folded(text)))
    is_cut = bool(_ELLIPSIS.search(shorter)) or len(shorter) >= _CUT
    return is_cut and folded(longer).startswith(folded(shorter))


def article_numbers(page: Page, article: dict[str, Any]) -> set[str]:
    """Return the numbers of the articles at the addresses that an object gives as its own."""
    entity = article.get("mainEntityOfPage")
    nested = [entity.get("@id"), entity.get("url")] if isinstance(entity, dict) else [entity]
    addresses = strings([article.get("@id"), article.get("url"), *nested])
    numbers = (_number(page, address) for address in addresses)
    return {number for number in numbers if number}


def _contradicts(page: Page, article: dict[str, Any], visible: Visible) -> bool:
    """Return whether neither headline nor time are the visible ones."""
    times = strings(article.get("datePublished"))
    return bool(
        visible.headline
        and headline_of(article)
        and visible.published
        and times
        and not zone_of(times[0], visible.published, page.site.zone)
    )


def _number(page: Page, address: str) -> str | None:
    url = page.absolute_url(address)
    match = page.path.fullmatch(urlsplit(url).path) if page.site.has(url) else None
    return match["id"] if match else None


def _articles(page: Page) -> Iterator[dict[str, Any]]:
    values = list(_values(page))
    for value in values:
        for article in _objects(value):
            authors = _with_references(article.get("author"), values)
            yield article if authors is None else article | {"author": authors}


def _values(page: Page) -> Iterator[Any]:
    for script in page.xpath(_SCRIPTS).getall():
        if not script.strip():
            continue
        try:
            yield json.JSONDecoder(strict=False).raw_decode(_WRAPPING.sub("", script))[0]
        except (ValueError, RecursionError):
            page.doubt("json_ld", "unreadable", script)


def _with_references(authors: Any, values: list[Any]) -> Any:
    """Return authors with the objects that their ``@id`` names; ``None`` if there are none."""
    every = authors if isinstance(authors, list) else [authors]
    if not any(isinstance(author, dict) and set(author) == {"@id"} for author in every):
        return None
    named = {node["@id"]: node for value in values for node in _nodes(value) if "name" in node}
    return [_referred(author, named) for author in every]


def _referred(author: Any, named: dict[str, Any]) -> Any:
    name = author.get("@id") if isinstance(author, dict) and set(author) == {"@id"} else None
    return without_html(named[name]) if isinstance(name, str) and name in named else author


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects with an ``@id`` in a script, or in its ``@graph``."""
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            if isinstance(node.get("@id"), str):
                yield node
            yield from _nodes(node.get("@graph") or [])


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 8:
        for part in value:
            yield from _objects(part, depth + 1)
    elif isinstance(value, dict) and depth < 8:
        if _types(value) & _TYPES:
            yield without_html(value)
        for name in _NESTED:
            yield from _objects(value.get(name), depth + 1)


def _types(value: dict[str, Any]) -> set[str]:
    return {_TYPE_NAME.split(name)[-1].lower() for name in strings(value.get("@type"))}


def without_html(value: Any, depth: int = 0) -> Any:
    """Return a value whose strings have no HTML, which some sites leave in them."""
    if isinstance(value, dict) and depth < 8:
        return {name: without_html(part, depth + 1) for name, part in value.items()}
    if isinstance(value, list) and depth < 8:
        return [without_html(part, depth + 1) for part in value]
    if isinstance(value, str) and ("&" in value or "<" in value):
        return _TAG.sub("", unescape(value))
    return value
