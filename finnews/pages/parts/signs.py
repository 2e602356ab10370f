"""The sign of a number, which its colour or an icon beside it can show as well as a character."""

import re

from parsel import Selector

from finnews.bounds import kept

_WORDS = re.compile(r"[A-ZÄÖÜ]?[a-zäöü]+|[A-ZÄÖÜ]+")
_LOSS = frozenset(
    {"red", "rot", "negative", "negativ", "minus", "down", "loss", "danger", "fallend", "verlust"}
    | {"gefallen", "gesunken", "abwärts", "runter"}
)
_GAIN = frozenset(
    {"green", "grün", "gruen", "positive", "positiv", "plus", "up", "gain", "success", "steigend"}
    | {"gewinn", "gestiegen", "aufwärts"}
)
_ATTRIBUTES = frozenset({"class", "style", "alt", "aria-label", "title"})
_DIGIT_ABOVE_ZERO = re.compile(r"[1-9]")
_MINUS = re.compile(r"^\W*[-\u2212\u2013]")


def is_of_other_sign(cell: Selector, printed: str, *others: Selector) -> bool:
    """Return whether a class or picture in its cells shows another sign than a number has, or both.

    Zero has none: the site colours ``+0,0%`` as a loss (seen 2026-09).
    """
    if not _DIGIT_ABOVE_ZERO.search(printed):
        return False
    words = {word for each in (cell, *others) for word in _words_in(each)}
    shows_loss, shows_gain = bool(words & _LOSS), bool(words & _GAIN)
    is_loss = bool(_MINUS.match(printed))
    return (shows_loss and shows_gain) or shows_loss not in (shows_gain, is_loss)


def _words_in(cell: Selector) -> set[str]:
    """Return the words of the attributes in a cell, and of the class of its row."""
    words: set[str] = set()
    for element in cell.root.iter("*"):
        for name, value in element.items():
            if name in _ATTRIBUTES:
                words |= _words(value)
    row = cell.root.getparent()
    if row is not None and row.tag == "tr":
        words |= _words(row.get("class", ""))
    if any(_MINUS.match(image.get("alt") or "") for image in cell.root.iter("img")):
        words.add("minus")
    return words


@kept(maxsize=256)
def _words(value: str) -> frozenset[str]:
    """Return the words of an attribute; classes are the same on all pages."""
    return frozenset(word.lower() for word in _WORDS.findall(value))
