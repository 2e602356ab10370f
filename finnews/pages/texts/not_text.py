"""What stands in an article's text without being text: boxes, advertising, captions, controls."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.etree import _Element

from finnews.instrument_paths import instrument_path
from finnews.pages.texts.box_names import Meaning, meaning_of
from finnews.pages.texts.labels import is_label
from finnews.pages.texts.sentences import own_words, sentence_in, structure_in
from finnews.pages.tree import has_class

_TAGS = frozenset(
    {"script", "style", "noscript", "iframe", "template", "svg", "video", "audio", "object"}
    | {"embed", "canvas", "map", "figcaption", "select", "textarea"}
)
_FORMS = frozenset({"form", "fieldset"})
_MAYBE_TAGS = frozenset({"article"}) | _FORMS
_CONTAINERS = frozenset(
    {"div", "section", "aside", "nav", "ul", "ol", "details", "header", "footer", "dl"}
)
_IN_FIGURE = ("table", "blockquote", "ul", "ol", "pre")  # a figure with one of them is text
_PICTURES = ("img", "picture", "svg", "video", "iframe", "canvas")
_CELL = "grid__item-"
_SPACED = re.compile(r"(?:^|\s)(?:page-content__item--space|carousel)(?:$|\s)")
_BOXED = re.compile(r"(?:^|\s)(?:ad|ad-hint|ad-container|page-content__ad|carousel__slide)(?:$|\s)")


class Part(NamedTuple):
    """What an element of a text is."""

    is_text: bool
    doubtful: str | None = None
    """A sentence in it, if that may be the other way round."""


_TEXT, _NO_TEXT = Part(is_text=True), Part(is_text=False)


def part_of(element: _Element) -> Part:
    """Return whether an element of a text is part of it, with all that it contains.

    Where a sentence is in an element that is a box by its name, that is doubtful. It is text if
    the name is only like that of a box.
    """
    tag = element.tag
    if tag in _TAGS:
        return _NO_TEXT
    if tag == "a" and has_class(element, "button"):
        return Part(is_text=False)
    if tag == "figure":
        return _figure(element)
    if tag == "button":  # the question of a FAQ opens and closes its answer
        is_question = "accordion" in element.get("class", "") or element.get("aria-expanded")
        return _TEXT if is_question else Part(is_text=False, doubtful=sentence_in(element))
    attributes = f"{element.get('class') or ''} {element.get('id') or ''}"
    meaning = meaning_of(attributes) if attributes != " " else Meaning()
    return _by_meaning(element, meaning)


def _by_meaning(element: _Element, meaning: Meaning) -> Part:
    is_container = element.tag in _CONTAINERS
    if meaning.is_own:
        return Part(is_text=False, doubtful=_stray_sentence(element))
    if meaning.is_caption:
        return Part(is_text=False, doubtful=structure_in(element))
    if meaning.is_grid and _is_price_box(element):
        return _NO_TEXT
    if meaning.is_box and is_container:
        return _box(element, is_known=meaning.is_known)
    if element.tag in _MAYBE_TAGS or (meaning.may_be_box and is_container):
        return _maybe_text(element)
    return _NO_TEXT if meaning.is_image and _is_picture(element) else _TEXT


def _stray_sentence(element: _Element) -> str | None:
    """Return a sentence in a box that is only spaced, or scrolls slides, and holds none of them."""
    if not _SPACED.search(element.get("class", "")):
        return None
    holds_box = any(_BOXED.search(part.get("class", "")) for part in element.iter("div", "span"))
    return None if holds_box or element.tag == "article" else sentence_in(element)


def _box(element: _Element, *, is_known: bool) -> Part:
    """Return that a box is no text; where it is none of the known kinds, its words are told."""
    words = sentence_in(element) or structure_in(element)
    if words is None and not is_known:
        words = _words(element)
    return Part(is_text=False, doubtful=words)


def _figure(element: _Element) -> Part:
    if any(element.find(f".//{part}") is not None for part in _IN_FIGURE):
        return _TEXT
    has_picture = any(element.find(f".//{part}") is not None for part in _PICTURES)
    if element.find(".//p") is None:
        is_words = not has_picture and bool((element.text or "").strip())
        return _TEXT if is_words else _NO_TEXT
    return _maybe_text(element) if has_picture else _TEXT


def _maybe_text(element: _Element) -> Part:
    """Return that a part with a sentence, list or table is text, which is doubtful."""
    if words := sentence_in(element) or structure_in(element):
        return Part(is_text=True, doubtful=words)
    return Part(is_text=False, doubtful=None if element.tag in _FORMS else _words(element))


def _words(element: _Element) -> str | None:
    """Return the words of a part that are no label, nor those of links and controls."""
    words = own_words(element)
    return None if words and is_label(words) else words


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
