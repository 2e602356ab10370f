"""Whether an article is advertising, by what its page says above the headline and to machines."""

import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.articles.article_object import is_advertiser_content
from finnews.pages.base import Page
from finnews.pages.rules import PAGE, Rule
from finnews.pages.tree import above_last
from finnews.pages.visible import text_of

PROMOTION = re.compile(r".*/(?:in-eigener-sache|ratgeber)-[^/]*/?")
"""An address of advertising"""

_MARK = re.compile(  # "Anzeige | Muster Bank", "Gastbeitrag (Anzeige)"
    r"\W*+(?:(?:bezahlte |bezahlter )?anzeigen?|werbung|werbemitteilung|advertorial|sponsored"
    r"|promotion|gesponsert(?:er)?|partner-?(?:beitrag|inhalt)|bezahlter (?:inhalt|beitrag|partner)"
    r"|paid (?:post|content)|in eigener sache|(?:anzeigen-?\s?)?sonderveröffentlichung"
    r"|marktanzeige|pr-(?:beitrag|anzeige)|brand ?story|(?:enthält )?affiliate(?:-links?)?)"
    r"(?:\W*+|\W*[|:/–-].*| (?:by|von|der|durch|mit|post|content|beitrag|inhalt)\b.*)"
    r"|\W*+(?:im auftrag|in (?:bezahlter )?kooperation|mit (?:freundlicher )?unterstützung"
    r"|präsentiert|unterstützt|presented|powered|brought to you) (?:von|vom|mit|durch|der|by)\b.*"
    r"|.*\((?:anzeige|werbung|sponsored|advertorial)\)\W*",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:^|[\s_-])(?:sponsored|advertorial|anzeige)(?:$|[\s_-])", re.IGNORECASE)
_ABOVE = Rule(
    PAGE, "xpath", "./h1/preceding-sibling::*[not(self::script or self::style)] | ./h1//span"
)


def is_sponsored(
    page: Page, article: Selector, json_ld: dict[str, Any], context: dict[str, Any]
) -> bool | None:
    """Return whether it is advertising; ``None`` if the page does not say."""
    in_context = context.get("is_sponsored")
    if PROMOTION.fullmatch(page.url) or is_advertiser_content(json_ld):
        return True
    if mark := _mark(page, article):
        if in_context is False:
            page.doubt("is_sponsored", "contradiction", mark)
        return True
    if in_context is not None and not isinstance(in_context, bool):
        page.doubt("is_sponsored", "unreadable", str(in_context))
    return in_context if isinstance(in_context, bool) else None


def _mark(page: Page, article: Selector) -> str | None:
    """Return what says so above the headline, or in the class of the article."""
    above = list(_above(article.root))
    page.stats.count(_ABOVE, found=bool(above))
    lines = list(map(text_of, above))
    names = article.root.get("class", "")
    named = [names] if _NAMED.search(names) else []
    return next(filter(_MARK.fullmatch, lines), None) or next(iter(named), None)


def _above(article: _Element) -> Iterator[_Element]:
    """Yield what stands above the last headline, and the parts of the headlines."""
    yield from (part for part in above_last(article, "h1") if part.tag not in ("script", "style"))
    for headline in article.iterchildren("h1"):
        yield from headline.iter("span")
