"""The sign of a number, which its colour or an icon beside it can show as well as a character."""

import re

from lxml.etree import _Element
from parsel import Selector

_WORDS = re.compile(r"[a-z]+")
_LOSS = frozenset({"red", "negative", "minus", "down", "loss"})
_GAIN = frozenset({"green", "positive", "plus", "up", "gain"})
_DIGIT_ABOVE_ZERO = re.compile(r"[1-9]")
_MINUS = re.compile(r"^\W*[-\u2212\u2013]")


def is_of_other_sign(cell: Selector, printed: str) -> bool:
    """Return whether the classes in a cell show another sign than its number has.

    Zero has none: the site colours ``+0,0%`` as a loss (seen 2026-09).
    """
    if not _DIGIT_ABOVE_ZERO.search(printed):
        return False
    words = {word for element in cell.root.iter() for word in _words(element)}
    shows_loss, shows_gain = bool(words & _LOSS), bool(words & _GAIN)
    is_loss = bool(_MINUS.match(printed))
    return shows_loss not in (shows_gain, is_loss)


def _words(element: _Element) -> list[str]:
    return _WORDS.findall(element.get("class") or "")
