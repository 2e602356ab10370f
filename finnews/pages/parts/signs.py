"""The sign of a number, which its colour or an icon beside it can show as well as a character."""

import re

from lxml.etree import _Element
from parsel import Selector

from finnews.bounds import kept

_WORDS = re.compile(r"[A-ZÄÖÜ]?[a-zäöü]+|[A-ZÄÖÜ]+")
_LOSS, _GAIN = "loss", "gain"
_LOSSES = frozenset(
    {"red", "rot", "negative", "negativ", "minus", "down", "loss", "danger", "fallend", "verlust"}
    | {"gefallen", "gesunken", "abwärts", "runter"}
)
_GAINS = frozenset(
    {"green", "grün", "gruen", "positive", "positiv", "plus", "up", "gain", "success", "steigend"}
    | {"gewinn", "gestiegen", "aufwärts"}
)
_SIGNS = {_LOSS: _LOSSES, _GAIN: _GAINS}
_ATTRIBUTES = frozenset({"class", "style", "alt", "aria-label", "title"})
_DIGIT_ABOVE_ZERO = re.compile(r"[1-9]")
_MINUS = re.compile(r"^\W*[-\u2212\u2013]")


def is_of_other_sign(cell: Selector | _Element, printed: str, *others: Selector | _Element) -> bool:
    """Return whether a class or picture in its cells shows another sign than a number has, or both.

    Zero has none: the site colours ``+0,0%`` as a loss (seen 2026-09).
    """
    if not _DIGIT_ABOVE_ZERO.search(printed):
        return False
    sign = _LOSS if _MINUS.match(printed) else _GAIN
    return any(not _signs_in(each) <= {sign} for each in (cell, *others))


def _signs_in(part: Selector | _Element) -> set[str]:
    """Return what the attributes in a cell show, and the class of its row: gain, loss, or both."""
    cell = part.root if isinstance(part, Selector) else part
    signs: set[str] = set()
    for element in cell.iter("*"):
        for name, value in element.items():
            if name in _ATTRIBUTES:
                signs |= _signs(value)
        if element.tag == "img" and _MINUS.match(element.get("alt") or ""):
            signs.add(_LOSS)
    row = cell.getparent()
    if row is not None and row.tag == "tr":
        signs |= _signs(row.get("class", ""))
    return signs


@kept(maxsize=256)
def _signs(value: str) -> frozenset[str]:
    """Return what an attribute shows; classes are the same on all pages."""
    words = {word.lower() for word in _WORDS.findall(value)}
    return frozenset(sign for sign, known in _SIGNS.items() if not words.isdisjoint(known))
