"""What stands around an article's headline: the line above it, its lead, its picture."""

import re
from collections.abc import Iterable
from typing import Any

from parsel import Selector

from finnews.loaders import ArticleLoader
from finnews.pages.articles.article_text import is_own
from finnews.pages.articles.headlines import agree
from finnews.pages.articles.images import image_addresses, images_in
from finnews.pages.articles.json_ld import strings
from finnews.pages.base import Page
from finnews.pages.rules import PAGE, Rule
from finnews.pages.texts.labels import is_call, is_label
from finnews.pages.tree import above_last
from finnews.pages.visible import text_of

_WEB = re.compile("https?://")
_CREDITS = re.compile(r"(?:Bild(?:quellen?|nachweise?|rechte|credits?)|Fotos?): (.+)")
_CREDIT_LINES = (
    """./p[contains(@class, "font-color-gray") or starts-with(normalize-space(), "Bild")]"""
)
_ABOVE = Rule(PAGE, "xpath", "./h1/preceding-sibling::*[self::span or self::div or self::p]")
_KICKER = "./span[contains(@class, 'font-color-de-azure-blue')]"
_LEAD = './p[contains(concat(" ", normalize-space(@class), " "), " h3 ")]'


def add_head(page: Page, loader: ArticleLoader, article: Selector, json_ld: dict[str, Any]) -> None:
    """Add kicker, lead, image and its credit to an article; JSON-LD can give its image, too."""
    kickers = page.xpath(_KICKER, article)
    loader.add_value("kicker", _only(page, "kicker", kickers))
    if not kickers and (line := _line_above(page, article)):
        page.doubt("kicker", "unreadable", line)
    leads = (part for part in page.xpath(_LEAD, article) if _is_lead(text_of(part)))
    _add_lead(page, loader, _only(page, "description", leads), json_ld)
    known = [url for url in map(page.absolute_url, images_in(json_ld)) if _WEB.match(url)]
    loader.add_value("image_url", [*image_addresses(page, article, known), *known])
    lines = (part for part in page.xpath(_CREDIT_LINES, article) if is_own(part, article))
    credits_of = (part for part in lines if _CREDITS.match(text_of(part)))
    loader.add_value("image_credit", _only(page, "image_credit", credits_of), re=_CREDITS)


def _add_lead(page: Page, loader: ArticleLoader, lead: str | None, json_ld: dict[str, Any]) -> None:
    """Add the lead that readers see, which JSON-LD may contradict."""
    loader.add_value("description", lead)
    for other in strings(json_ld.get("description")):
        if lead and not agree(lead, other):
            page.doubt("description", "contradiction", other)


def _line_above(page: Page, article: Selector) -> str | None:
    """Return the line above the headline that is neither advertising nor says that it is."""
    above = [part for part in above_last(article.root, "h1") if part.tag in ("span", "div", "p")]
    page.stats.count(_ABOVE, found=bool(above))
    lines = map(text_of, above)
    return next((line for line in lines if line and not is_label(line)), None)


def _is_lead(text: str) -> bool:
    """Return whether a line is neither a label of a box nor a link's call to follow it."""
    return not is_label(text) and not is_call(text)


def _only(page: Page, field: str, parts: Iterable[Selector]) -> str | None:
    """Return the text of the parts that can be a field; if they differ, that is a doubt."""
    texts = list(dict.fromkeys(filter(None, map(text_of, parts))))
    if len(texts) > 1:
        page.doubt(field, "ambiguous", " / ".join(texts))
    return texts[0] if len(texts) == 1 else None
