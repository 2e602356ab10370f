"""Which objects of a page's JSON-LD are about its article, and what all of them say."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from finnews.pages.articles.headlines import agree
from finnews.pages.articles.json_ld import strings, term, types_of
from finnews.pages.articles.machine_times import zone_of
from finnews.pages.articles.statements import common
from finnews.pages.base import Page

_ADVERTISER_CONTENT = "advertisercontentarticle"
_FIELDS = {
    "headline": "headline",
    "description": "description",
    "datePublished": "date_published",
    "dateModified": "date_modified",
    "image": "image_url",
    "author": "authors",
    "isAccessibleForFree": "is_complete",
    "hasPart": "is_complete",
}
_NO = frozenset({"false", "no", "0", "nein"})


class Visible(NamedTuple):
    """What readers see of an article, to compare with what only machines do."""

    number: str | None
    """The article's number in the page's address."""

    headline: str | None

    published: str | None
    """Time of publication, or of the last update."""


def named(page: Page, articles: list[dict[str, Any]], number: str | None) -> list[dict[str, Any]]:
    """Return the objects that give the address of the article with a number."""
    return [article for article in articles if number in article_numbers(page, article)]


def of_article(page: Page, articles: list[dict[str, Any]], visible: Visible) -> dict[str, Any]:
    """Return what JSON-LD says of this article; an empty object if it says nothing.

    Those of its objects count that name the article's address, else those with its headline, else
    the only one. One of another article is not used; if there is no other, that is a doubt.
    """
    unnamed = [candidate for candidate in articles if not article_numbers(page, candidate)]
    objects = named(page, articles, visible.number)
    objects = objects or [each for each in unnamed if agree(headline_of(each), visible.headline)]
    if len(articles) == 1 and not _contradicts(page, articles[0], visible):
        objects = objects or unnamed
    if articles and not objects:
        page.doubt("json_ld", "contradiction", headline_of(articles[0]) or "NewsArticle")
    types = [name for each in objects for name in strings(each.get("@type"))]
    return common(page, objects, _FIELDS) | ({"@type": types} if types else {})


def is_advertiser_content(article: dict[str, Any]) -> bool:
    """Return whether the object has the type of advertising in the form of an article."""
    return _ADVERTISER_CONTENT in types_of(article)


def headline_of(article: dict[str, Any]) -> str | None:
    """Return the headline of an object."""
    return next(iter(strings(article.get("headline"))), None)


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
        if term(str(printed)).strip() in _NO:
            return False
    return True


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
