"""Whether the page of a certificate or bond says that it has ended: ``ist abgelaufen``.

Such a page was not seen (2026-11); a price that it still prints is an old one.
"""

import re
from collections.abc import Iterator
from itertools import chain, takewhile
from typing import NamedTuple

from lxml.etree import _Element, iterwalk

from finnews.items import folded
from finnews.pages.securities.expiry_words import Said, said
from finnews.pages.securities.snapshot import VALUES, Snapshot
from finnews.pages.visible import HEADINGS, SEPARATE, text_of
from finnews.processors import line

_INSTEAD_OF_PRICE = frozenset(
    {"abgelaufen", "ausgelaufen", "ausgeknockt", "fällig", "verfallen"}
    | {"knock out", "knockout", "knocked out"}
)
_SENTENCES = re.compile(r"(?<!\b\d)(?<!\b\d\d)[.!?] ")
_APART = frozenset({"a", "h1", "table", "script", "style", "template"})
"""Elements whose words are not about the paper's state: links, its name, tables"""
_BOXES = ("article", "aside", "nav", "form", *HEADINGS)
"""Elements of boxes, in which words can be about another paper"""


class Sentence(NamedTuple):
    """Words about the end of a paper."""

    said: Said
    printed: str


def expiry(snapshot: Snapshot) -> list[Sentence]:
    """Return the words that say so, beside the snapshot or where its price stood."""
    values = [part for values in snapshot.parts(VALUES) for part in values.iterdescendants("*")]
    texts = (text_of(part) for part in values)
    instead = next((text for text in texts if folded(text) in _INSTEAD_OF_PRICE), None)
    section = _section(snapshot.heading)
    if instead or section is None:
        return [Sentence("expired", instead)] if instead else []
    lines = filter(None, chain.from_iterable(map(_lines, (*_above(section), section))))
    sentences = chain.from_iterable(map(_SENTENCES.split, lines))
    return [Sentence(what, sentence) for sentence in sentences if (what := said(sentence))]


def _section(heading: _Element | None) -> _Element | None:
    """Return the section of the page that the headline stands in, or what is around it."""
    if heading is None:
        return None
    sections = (around for around in heading.iterancestors() if around.tag == "section")
    return next(sections, heading.getparent())


def _above(section: _Element) -> Iterator[_Element]:
    """Yield what stands above a section in the page's main part, but for boxes of other things."""
    main = next(section.iterancestors("main"), None)
    around = (part for part in (section, *section.iterancestors()) if main is not None)
    for part in takewhile(lambda part: part is not main, around):
        before = part.itersiblings("div", "p", "section", "header", preceding=True)
        yield from (each for each in before if not any(True for _ in each.iter(*_BOXES)))


def _lines(part: _Element) -> Iterator[str]:
    """Yield the texts of the blocks in an element."""
    walker = iterwalk(part, events=("start", "end", "comment", "pi"))
    text = ""
    for event, element in walker:
        if element.tag in SEPARATE:
            yield line(text)
            text = ""
        if event == "start" and element.tag in _APART:
            walker.skip_subtree()
        elif event == "start":
            text += element.text or ""
        elif element is not part:
            text += element.tail or ""
    yield line(text)
