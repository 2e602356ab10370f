"""What stands in an article's text without being text: boxes, advertising, captions, controls."""

import re
from functools import lru_cache

from lxml.etree import _Element

_TAGS = frozenset(
    {"script", "style", "noscript", "iframe", "article", "template", "svg", "form", "fieldset"}
    | {"video", "audio", "object", "embed", "canvas", "map", "figcaption", "select", "textarea"}
)
_CONTAINERS = frozenset(
    {"div", "section", "aside", "nav", "ul", "ol", "details", "header", "footer", "dl"}
)
_CLASSES = frozenset(
    {"ad", "ad-container", "ad-hint", "page-content__ad", "native-content-ad-container"}
    | {"ai-summary-button", "ai-summary-box", "carousel"}
)
_BOX_WORDS = frozenset(
    {"newsletter", "related", "recommendation", "recommendations", "teaser", "poll", "umfrage"}
    | {"survey", "paywall", "video", "player", "podcast", "promo", "promotion", "advert"}
    | {"advertisement", "advertorial", "anzeige", "werbung", "sponsored", "share", "sharing"}
    | {"social", "comments", "pagination", "pager", "subscribe", "subscription"}
)
_CAPTION_WORDS = frozenset({"caption", "figcaption", "credit", "credits", "copyright"})
_IMAGE_WORDS = frozenset({"image", "img", "picture", "photo", "foto", "bild", "media"})
_IN_FIGURE = ("table", "blockquote", "ul", "ol", "pre")  # a figure with one of them is text
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_PRICE_CELL = "grid__item-5"


def is_not_text(element: _Element) -> bool:
    """Return whether an element of a text is none of its text, with all that it contains."""
    tag = element.tag
    if tag in _TAGS or tag == "figure":
        return tag != "figure" or all(element.find(f".//{part}") is None for part in _IN_FIGURE)
    if tag == "button":  # the question of a FAQ opens and closes its answer
        return element.get("aria-expanded") is None and "accordion" not in element.get("class", "")
    attributes = f"{element.get('class') or ''} {element.get('id') or ''}"
    if attributes == " ":
        return False
    is_classed, is_box, is_caption, is_image, is_accordion = _meaning(attributes)
    return (
        is_classed
        or is_caption
        or (is_box and tag in _CONTAINERS)
        or (is_image and _is_picture(element))
        or (is_accordion and _is_price_box(element))
    )


def _is_picture(element: _Element) -> bool:
    return element.find(".//img") is not None and element.find(".//p") is None


def _is_price_box(element: _Element) -> bool:
    cells = (cell.get("class", "").split() for cell in element.iter("div"))
    return any(_PRICE_CELL in classes for classes in cells)


@lru_cache(maxsize=4096)
def _meaning(attributes: str) -> tuple[bool, bool, bool, bool, bool]:
    """Return whether class and id are the site's own, a box's, a caption's, an image's, a FAQ's."""
    names = attributes.lower().split()
    words = set(filter(None, _BETWEEN_WORDS.split(attributes.lower())))
    return (
        not _CLASSES.isdisjoint(names),
        not _BOX_WORDS.isdisjoint(words),
        not _CAPTION_WORDS.isdisjoint(words),
        not _IMAGE_WORDS.isdisjoint(words),
        "accordion" in names,
    )
