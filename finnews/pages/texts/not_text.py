"""What stands in an article's text without being text: boxes, advertising, captions, controls."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.etree import _Element

from finnews.instrument_paths import instrument_path
from finnews.pages.texts.sentences import sentence_in

_TAGS = frozenset(
    {"script", "style", "noscript", "iframe", "template", "svg", "video", "audio", "object"}
    | {"embed", "canvas", "map", "figcaption", "select", "textarea"}
)
_MAYBE_TAGS = frozenset({"article", "form", "fieldset"})
_CONTAINERS = frozenset(
    {"div", "section", "aside", "nav", "ul", "ol", "details", "header", "footer", "dl"}
)
_CLASSES = frozenset(
    {"ad", "ad-container", "ad-hint", "page-content__ad", "native-content-ad-container"}
    | {"ai-summary-button", "ai-summary-box", "carousel", "page-content__item--space"}
)
_BOX_WORDS = frozenset(
    {"newsletter", "related", "recommendation", "recommendations", "teaser", "poll", "umfrage"}
    | {"survey", "paywall", "video", "player", "podcast", "promo", "promotion", "advert"}
    | {"advertisement", "advertorial", "anzeige", "werbung", "sponsored", "share", "sharing"}
    | {"social", "comments", "pagination", "pager", "subscribe", "subscription"}
)
_CAPTION_WORDS = frozenset({"caption", "figcaption", "credit", "credits", "copyright"})
_IMAGE_WORDS = frozenset({"image", "img", "picture", "photo", "foto", "bild", "media"})
_NEUTRAL_WORDS = frozenset(
    {"box", "container", "wrapper", "content", "text", "inner", "list", "item", "items", "block"}
    | {"line", "bar", "buttons", "widget", "module", "section", "area", "kasten"}
)
_IN_FIGURE = ("table", "blockquote", "ul", "ol", "pre")  # a figure with one of them is text
_PICTURES = ("img", "picture", "svg", "video", "iframe", "canvas")
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_CELL = "grid__item-"


class Part(NamedTuple):
    """What an element of a text is."""

    is_text: bool
    doubtful: str | None = None
    """A sentence in it, if that may be the other way round."""


_TEXT, _NO_TEXT = Part(is_text=True), Part(is_text=False)


class _Meaning(NamedTuple):
    """What the names in an element's class and id say."""

    is_own: bool = False
    """A box by one of the site's own names."""
    is_box: bool = False
    """A box: the last word says so, as in ``article-newsletter``."""
    may_be_box: bool = False
    """Another word says so, as in ``share-price``."""
    is_caption: bool = False
    is_image: bool = False
    is_grid: bool = False


def part_of(element: _Element) -> Part:
    """Return whether an element of a text is part of it, with all that it contains.

    Where a sentence is in an element that is a box by its name, that is doubtful. It is text if
    the name is only like that of a box.
    """
    tag = element.tag
    if tag in _TAGS:
        return _NO_TEXT
    if tag == "figure":
        return _figure(element)
    if tag == "button":  # the question of a FAQ opens and closes its answer
        is_question = "accordion" in element.get("class", "") or element.get("aria-expanded")
        return _TEXT if is_question else _NO_TEXT
    attributes = f"{element.get('class') or ''} {element.get('id') or ''}"
    meaning = _meaning(attributes) if attributes != " " else _Meaning()
    return _by_meaning(element, meaning)


def _by_meaning(element: _Element, meaning: _Meaning) -> Part:
    is_container = element.tag in _CONTAINERS
    if meaning.is_own or meaning.is_caption:
        return _NO_TEXT
    if meaning.is_grid and _is_price_box(element):
        return _NO_TEXT
    if meaning.is_box and is_container:
        return Part(is_text=False, doubtful=sentence_in(element))
    if element.tag in _MAYBE_TAGS or (meaning.may_be_box and is_container):
        return _text_if_sentences(element)
    return _NO_TEXT if meaning.is_image and _is_picture(element) else _TEXT


def _figure(element: _Element) -> Part:
    if any(element.find(f".//{part}") is not None for part in _IN_FIGURE):
        return _TEXT
    if element.find(".//p") is None:
        return _NO_TEXT
    has_picture = any(element.find(f".//{part}") is not None for part in _PICTURES)
    return _text_if_sentences(element) if has_picture else _TEXT


def _text_if_sentences(element: _Element) -> Part:
    sentence = sentence_in(element)
    return Part(is_text=sentence is not None, doubtful=sentence)


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
def _meaning(attributes: str) -> _Meaning:
    names = attributes.lower().split()
    last_words = {_last_word(name) for name in names}
    words = set(filter(None, _BETWEEN_WORDS.split(attributes.lower())))
    return _Meaning(
        is_own=not _CLASSES.isdisjoint(names),
        is_box=not _BOX_WORDS.isdisjoint(last_words),
        may_be_box=not _BOX_WORDS.isdisjoint(words),
        is_caption=not _CAPTION_WORDS.isdisjoint(last_words),
        is_image=not _IMAGE_WORDS.isdisjoint(words),
        is_grid="accordion" in names or "grid" in names,
    )


def _last_word(name: str) -> str | None:
    """Return the last word of a class that says something.

    >>> _last_word("article__newsletter-box"), _last_word("share-price")
    ('newsletter', 'price')
    """
    words = filter(None, reversed(_BETWEEN_WORDS.split(name)))
    return next((word for word in words if word not in _NEUTRAL_WORDS), None)
