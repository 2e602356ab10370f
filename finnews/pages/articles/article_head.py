"""Which part of a page is the article, and which of its headings is the headline."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from parsel import Selector

from finnews.instrument_paths import UMLAUTS
from finnews.items import folded
from finnews.pages.articles.article_object import article_numbers, headline_of, named
from finnews.pages.articles.article_text import is_own
from finnews.pages.articles.headlines import agree, ends_cut, headline_in, whole, without_site_name
from finnews.pages.articles.json_ld import news_articles, strings
from finnews.pages.articles.page_context import page_context
from finnews.pages.base import Page
from finnews.pages.rules import PAGE, Rule
from finnews.pages.tree import above_last
from finnews.pages.visible import text_of

_SLOGANS = frozenset(
    {"nachrichten", "news", "nachricht", "aktuelle nachrichten", "börsennews", "aktien", "börse"}
    | {"analysen", "devisen", "etf", "fonds", "rohstoffe"}
)
_LESSER = Rule(
    PAGE,
    "xpath",
    """./h2[contains(@class, "headline")]
    [following-sibling::div[contains(@class, "news-container__text")]]""",
)
_TEXT = "news-container__text"
_LETTERS = re.compile(r"[a-z0-9]{3,}")


class Witnesses(NamedTuple):
    """What a page says of its article for machines."""

    number: str | None
    """The article's number in the page's address."""

    context: dict[str, Any]
    """The page context of the article."""

    json_ld: list[dict[str, Any]]
    """The objects about this article and others."""

    headlines: tuple[str, ...]
    """The headlines in page context and in the object that names this article."""

    title: str
    """Title of the HTML page, often another one for search engines."""


def witnesses(page: Page) -> Witnesses:
    """Return what a page says of its article for machines."""
    number = page.from_path("id")
    context, json_ld = page_context(page, number), news_articles(page)
    objects = [context, *named(page, json_ld, number)]
    printed = [text for value in objects for text in strings(value.get("headline"))]
    headlines = tuple(without_site_name(text, page.site.name) for text in printed)
    titles = (part for part in page.css("title") if part.root.getparent().tag == "head")
    return Witnesses(number, context, json_ld, headlines, next(map(text_of, titles), ""))


def main_article(page: Page, machines: Witnesses) -> Selector | None:
    """Return the element of the page's article, or the whole page if there is none.

    Of several, one can be a teaser or the next article of an endless page. The one is taken whose
    headline is that of JSON-LD, page context or title, or has most words of the address; ``None``
    if that is not decided.
    """
    articles = page.css("article.news-container") or page.css("div.news-container")
    elements = {part.root for part in articles}
    outer = [part for part in articles if elements.isdisjoint(part.root.iterancestors())]
    if len(outer) < 2:
        return outer[0] if outer else page.root
    headlines = [headlines_in(page, part) for part in outer]
    agreeing = [at for at, of_part in enumerate(headlines) if _any_agrees(of_part, machines)]
    if agreeing and len({tuple(headlines[at]) for at in agreeing}) == 1:
        return outer[agreeing[0]]
    if len({tuple(of_part) for of_part in headlines}) == 1:
        return outer[0]
    common = [_words_in_address(page, of_part) for of_part in headlines]
    best = max(common)
    return outer[common.index(best)] if best and common.count(best) == 1 else None


def visible_headline(page: Page, article: Selector, machines: Witnesses) -> str | None:
    """Return the headline that readers see; none if it could be any of several headings."""
    headlines = list(dict.fromkeys(headlines_in(page, article)))
    if len(headlines) > 1:
        agreeing = [text for text in headlines if _any_agrees([text], machines)]
        agreeing = agreeing or [text for text in headlines if _is_of_unnamed(page, text, machines)]
        headlines = agreeing or [text for text in headlines if folded(text) not in _SLOGANS]
    if len(headlines) > 1:
        page.doubt("headline", "ambiguous", " / ".join(headlines))
    if headlines and ends_cut(headlines[0]):
        page.doubt("headline", "ambiguous", headlines[0])
    return whole(headlines[0], machines.headlines) if len(headlines) == 1 else None


def headlines_in(page: Page, article: Selector) -> list[str]:
    """Return the texts of the main headings in the article itself."""
    named = page.css("h1.headline", article)
    headings = [heading for heading in named if is_own(heading, article)]
    if not headings:
        headings = [heading for heading in page.css("h1", article) if is_own(heading, article)]
    texts = (headline_in(heading, page.site.name) for heading in headings)
    return [text for text in texts if text]


def lesser_heading(page: Page, article: Selector) -> str | None:
    """Return the first heading of second order above the text, where there is no other."""
    above = above_last(article.root, "div", lambda part: _TEXT in part.get("class", ""))
    headings = [part for part in above if part.tag == "h2" and "headline" in part.get("class", "")]
    page.stats.count(_LESSER, found=bool(headings))
    return next(map(text_of, headings), None)


def _any_agrees(headlines: Iterable[str], machines: Witnesses) -> bool:
    title = folded(machines.title)
    return any(
        any(agree(text, other) for other in machines.headlines) or title.startswith(folded(text))
        for text in headlines
        if folded(text) not in _SLOGANS
    )


def _is_of_unnamed(page: Page, text: str, machines: Witnesses) -> bool:
    """Return whether a heading is the headline of an object that names no article."""
    unnamed = (value for value in machines.json_ld if not article_numbers(page, value))
    headlines = map(headline_of, unnamed)
    return folded(text) not in _SLOGANS and any(agree(other, text) for other in headlines)


def _words_in_address(page: Page, headlines: Iterable[str]) -> int:
    address = set(_LETTERS.findall(page.url.rpartition("/")[2].lower()))
    text = " ".join(headlines).lower().translate(UMLAUTS)
    return len(address & set(_LETTERS.findall(text)))
