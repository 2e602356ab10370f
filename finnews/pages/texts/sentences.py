"""Sentences in a part of a text that may be a box: they may be the article's own."""

import re

from lxml.etree import _Element

from finnews.pages.visible import text_of

_SENTENCE = re.compile(r"[A-ZÄÖÜ0-9„\"“»](?:[^.!?]|[.!?](?=\w)){34,}[.!?]")

_PARAGRAPHS = ("p", "li", "dd", "td", "blockquote")


def has_sentence(text: str) -> bool:
    """Return whether there is a sentence of some words in a text.

    >>> has_sentence("Der Umsatz stieg auf 1,2 Milliarden Euro."), has_sentence("Zum Kurs.")
    (True, False)
    """
    return bool(_SENTENCE.search(text))


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
        for link in paragraph.iter("a"):
            text = text.replace(text_of(link) or " ", " ", 1)
        if match := _SENTENCE.search(text):
            return match[0]
    return None
