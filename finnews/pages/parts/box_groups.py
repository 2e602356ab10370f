"""The headings in a box of quotes: its own label, and those of its groups ("Aktien", "Indizes").

The rows under any other heading, such as "Wettbewerber" or "Anzeige", are not the article's.
"""

import re
from typing import Final

from lxml.etree import _Element

from finnews.pages.visible import HEADINGS, text_of
from finnews.processors import line

_PAPERS: Final = (
    r"Kurse?|Werte?|Aktien?|Wertpapiere?|Papiere?|Instrumente?|Titel|Index|Indizes|ETFs?|Fonds"
    r"|Anleihen?|Devisen|Rohstoffe?|Kryptowährungen"
)
_TEXTS: Final = (
    r"Artikels?|Texte?s?|Beitrags?|Berichts?|Meldung|Nachricht|News|Analyse|Studie|Themas?"
)
_LABEL: Final = re.compile(
    rf"(?:(?:{_PAPERS}|Erwähntes|Genanntes) (?:in|zu|aus) dies(?:em|er) \w+"
    rf"|(?:{_PAPERS}) (?:zu[mr]|im|in der|aus dem|aus der|des|der) (?:{_TEXTS})"
    rf"|(?:Erwähnte|Genannte|Besprochene|Behandelte)[rns]? (?:{_PAPERS})"
    r"|(?:Aktuelle |Die )?Kurse|Werte)(?: \(\d+\))?:?",
    re.IGNORECASE,
)
_GROUP: Final = re.compile(
    rf"(?:{_PAPERS}|Indices|Währungen|Kryptos?|ET[CNP]s?|Zertifikate?|Derivate|Sonstige)"
    r"(?: \(\d+\))?:?",
    re.IGNORECASE,
)
_TAGS: Final = HEADINGS | {"summary", "legend", "strong", "b"}
_SENTENCE: Final = re.compile(r"\d|[.!?]$")


def is_box_label(heading: str) -> bool:
    """Return whether a heading says that a box has the papers of its article.

    >>> is_box_label("Werte in diesem Artikel"), is_box_label("Werte im Blick")
    (True, False)
    >>> is_box_label("Aktien")
    False
    """
    return _LABEL.fullmatch(heading) is not None


def is_of_article(heading: str) -> bool:
    """Return whether the rows under a heading in a box are of the article.

    >>> is_of_article("Indizes"), is_of_article("Wettbewerber"), is_of_article("Produkte auf X")
    (True, False, False)
    """
    return is_box_label(heading) or _GROUP.fullmatch(heading) is not None


def is_heading(part: _Element) -> bool:
    """Return whether a part of a box is marked as a heading: ``div.grid__item-12.h4`` (2026-10)."""
    names = {str(part.tag), *(part.get("class") or "").split()}
    return not _TAGS.isdisjoint(names) or "accordion__label" in names


def is_caption(part: _Element | str) -> bool:
    """Return whether a part outside of the cells can be a heading by its words.

    A sentence, a number, such as that of a time, and a link are none.
    """
    if isinstance(part, str):
        return bool(line(part)) and not _SENTENCE.search(line(part))
    text = text_of(part)
    has_link = part.tag == "a" or next(part.iter("a", "button"), None) is not None
    return is_heading(part) or (bool(text) and not has_link and not _SENTENCE.search(text))
