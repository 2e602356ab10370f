"""A piece of a text around the first word that was searched for, with the words marked."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from finnews.look.words import WORD, Term, is_found

_BEFORE: Final = 80
_LENGTH: Final = 240
_SPACE: Final = re.compile(r"\s+")

Pieces = list[tuple[str, bool]]
"""Parts of a text, each with whether it is a hit."""


def snippet(texts: Iterable[str | None], wanted: Iterable[Term]) -> Pieces:
    """Return a piece of the first of several texts that has a word; else the beginning.

    >>> snippet(["Der DAX stieg."], [Term(("dax",))])
    [('Der ', False), ('DAX', True), (' stieg.', False)]
    """
    given = [_SPACE.sub(" ", text) for text in texts if text]
    included = [term for term in wanted if not term.is_excluded]
    hits = ((text, next(_hits(text, included), None)) for text in given)
    text, first = next(
        ((text, hit) for text, hit in hits if hit), (given[0] if given else "", None)
    )
    start, end = _around(text, first.start() if first else 0)
    parts = list(_marked(text[start:end], included))
    return [
        *([("… ", False)] if start else []),
        *parts,
        *([(" …", False)] if end < len(text) else []),
    ]


def _hits(text: str, wanted: list[Term]) -> Iterator[re.Match[str]]:
    if wanted:
        yield from (match for match in WORD.finditer(text) if is_found(match[0].lower(), wanted))


def _around(text: str, place: int) -> tuple[int, int]:
    """Return where whole words around a place begin and end."""
    start = text.find(" ", place - _BEFORE, place) + 1 if place > _BEFORE else 0
    if place > _BEFORE and not start:
        start = place
    end = len(text) if len(text) - start <= _LENGTH else text.rfind(" ", start, start + _LENGTH)
    return start, end if end > place else min(len(text), start + _LENGTH)


def _marked(text: str, wanted: list[Term]) -> Iterator[tuple[str, bool]]:
    place = 0
    for hit in _hits(text, wanted):
        if hit.start() > place:
            yield text[place : hit.start()], False
        yield hit[0], True
        place = hit.end()
    if place < len(text):
        yield text[place:], False
