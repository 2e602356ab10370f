"""The sign of a number, which its colour or an icon beside it can show as well as a character."""

import re

from lxml.etree import _Element
from parsel import Selector

_WORDS = re.compile(r"[a-z]+")
_LOSS = frozenset({"red", "negative", "minus", "down", "loss"})
_GAIN = frozenset({"green", "positive", "plus", "up", "gain"})
_DIGIT_ABOVE_ZERO = re.compile(r"[1-9]")
_SIGN = re.compile(r"[-+\u2212\u2013]")
_MINUS = re.compile(r"^\W*[-\u2212\u2013]")


def is_of_other_sign(cell: Selector, printed: str) -> bool:
    """Return whether the classes in a cell show another sign than its number has.

    Zero has none: the site colours ``+0,0%`` as a loss (seen 2026-09).
    """
    if not _DIGIT_ABOVE_ZERO.search(printed):
        return False
    words = _words_in(cell)
    shows_loss, shows_gain = bool(words & _LOSS), bool(words & _GAIN)
    is_loss = bool(_MINUS.match(printed))
    return shows_loss not in (shows_gain, is_loss)


def is_loss_without_sign(cell: Selector, printed: str) -> bool:
    """Return whether a class or picture in a cell shows a loss whose numbers have no sign."""
    is_unsigned = not _SIGN.search(printed) and bool(_DIGIT_ABOVE_ZERO.search(printed))
    pictures = (element.get("alt") or "" for element in cell.root.iter("img"))
    is_shown = _words_in(cell) & _LOSS or any(map(_MINUS.match, pictures))
    return is_unsigned and bool(is_shown)


def _words_in(cell: Selector) -> set[str]:
    return {word for element in cell.root.iter("*") for word in _words(element)}


def _words(element: _Element) -> list[str]:
    return _WORDS.findall(f"{element.get('class', '')} {element.get('alt', '').lower()}")
