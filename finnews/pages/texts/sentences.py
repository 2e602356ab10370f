"""What can be the article's own in a part that may be a box: a sentence, a list, a table."""

import re

from lxml.etree import _Element

from finnews.pages.visible import text_of
from finnews.processors.texts import without_parts

_PIECE = re.compile(r"(?:[^.!?]|[.!?](?=\w))++[.!?]?")
_BEGINNING = re.compile(r"[A-ZÄÖÜ0-9„\"“»]")
_SHORTEST = 36  # characters, with the mark at its end

_STRUCTURES = ("table", "blockquote", "ul", "ol", "dl")
_CONTROLS = ("input", "select", "textarea", "button", "label", "iframe", "video", "audio", "img")
_PARAGRAPHS = ("p", "li", "dd", "td", "blockquote")


def has_sentence(text: str) -> bool:
    """Return whether there is a sentence of some words in a text.

    >>> has_sentence("Der Umsatz stieg auf 1,2 Milliarden Euro."), has_sentence("Zum Kurs.")
    (True, False)
    """
    return _sentence(text) is not None


def sentence_in(element: _Element, label: str = "") -> str | None:
    """Return a sentence below the label of an element, of some words and not all a link.

    >>> from lxml.html import fromstring
    >>> sentence_in(fromstring("<p>Der Umsatz stieg auf 1,2 Milliarden Euro.</p>"))
    'Der Umsatz stieg auf 1,2 Milliarden Euro.'
    >>> sentence_in(fromstring("<p>Jeden Morgen im Postfach.</p>"))
    """
    paragraphs = list(element.iter(*_PARAGRAPHS)) or [element]
    for paragraph in paragraphs:
        text = text_of(paragraph).removeprefix(label)
        text = without_parts(text, map(text_of, paragraph.iter("a")))
        if sentence := _sentence(text):
            return sentence
    return None


def _sentence(text: str) -> str | None:
    """Return the first sentence of some words, from its first capital or digit to its end.

    >>> _sentence("So. der Umsatz: Er stieg auf 1,2 Milliarden Euro und mehr.")
    'Umsatz: Er stieg auf 1,2 Milliarden Euro und mehr.'
    """
    for piece in _PIECE.findall(text):
        first = _BEGINNING.search(piece)
        end = max(map(piece.rfind, ".!?")) + 1
        if first and end - first.start() >= _SHORTEST:
            sentence: str = piece[first.start() : end]
            return sentence
    return None


def structure_in(element: _Element) -> str | None:
    """Return the text of a list, table or quotation in an element; not one of links or controls.

    >>> from lxml.html import fromstring
    >>> structure_in(fromstring("<div><ul><li>Umsatz: 1,2 Mrd. Euro</li></ul></div>"))
    'Umsatz: 1,2 Mrd. Euro'
    >>> structure_in(fromstring("<div><ul><li><a href='/x'>Muster AG</a></li></ul></div>"))
    """
    for structure in element.iter(*_STRUCTURES):
        if words := own_words(structure):
            return words
    return None


def own_words(element: _Element) -> str | None:
    """Return the text of an element, unless links or controls stand in it.

    >>> from lxml.html import fromstring
    >>> own_words(fromstring("<p>Wir wachsen.</p>"))
    'Wir wachsen.'
    >>> own_words(fromstring("<p><button>Ja</button></p>"))
    """
    has_controls = next(element.iter("a", *_CONTROLS), None) is not None
    return None if has_controls else text_of(element) or None
