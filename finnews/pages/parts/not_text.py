"""What stands in an article's text without being text: boxes, advertising, captions, controls."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.etree import _Element

from finnews.instrument_paths import instrument_path

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
_CELL = "grid__item-"


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
    is_classed, is_box, is_caption, is_image, is_grid = _meaning(attributes)
    return (
        is_classed
        or is_caption
        or (is_box and tag in _CONTAINERS)
        or (is_image and _is_picture(element))
        or (is_grid and _is_price_box(element))
    )


def _is_picture(element: _Element) -> bool:
    return element.find(".//img") is not None and element.find(".//p") is None


def _is_price_box(element: _Element) -> bool:
    """Return whether a cell of a grid leads to a security, however wide it is; a FAQ's does not."""
    links = (link for cell in element.iter("div") if _is_cell(cell) for link in cell.iter("a"))
    return any(_is_of_security(link.get("href", "")) for link in links)


def _is_cell(element: _Element) -> bool:
    return _CELL in element.get("class", "") and element.find(".//p") is None


def _is_of_security(href: str) -> bool:
    try:
        return instrument_path(urlsplit(href.strip()).path) is not None
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _meaning(attributes: str) -> tuple[bool, bool, bool, bool, bool]:
    """Return whether class and id are the site's, a box's, a caption's, an image's, a grid's."""
    names = attributes.lower().split()
    words = set(filter(None, _BETWEEN_WORDS.split(attributes.lower())))
    return (
        not _CLASSES.isdisjoint(names),
        not _BOX_WORDS.isdisjoint(words),
        not _CAPTION_WORDS.isdisjoint(words),
        not _IMAGE_WORDS.isdisjoint(words),
        "accordion" in names or "grid" in names,
    )
