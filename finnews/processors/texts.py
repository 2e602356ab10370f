"""Texts: on one line, or with their line breaks; ``None`` where nothing is given."""

import re
from functools import lru_cache
from typing import Final

NOT_GIVEN: Final = frozenset(
    {"", "-", "–", "—", "−", "--", "n/a", "n.a.", "n. a.", "k.a.", "k. a.", "n.v.", "n. v."}
    | {"ausgesetzt", "- / -", "-/-", "..."}
)
"""What the site, or another like it, prints where it has no value, in small letters"""

LOST: Final = "\ufffd"
"""What stands for a byte that could not be decoded"""

_BLANKS = re.compile(r"[^\S\n]+")

# Soft hyphen, zero-width space, word joiner, byte order mark
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff"))
_NOT_TEXT = re.compile("[\u00ad\u200b\u2060\ufeff\ud800-\udfff]")


@lru_cache(maxsize=64)  # a cell's text is asked for several times
def line(value: str) -> str:
    """Return the text on one line, without invisible characters.

    >>> line("  Tesla \\n Ak\\u00adtie ")
    'Tesla Aktie'
    """
    if value.isascii() or not _NOT_TEXT.search(value):
        return " ".join(value.split())
    valid = value.encode("utf-8", "ignore").decode()  # JSON can hold lone surrogates
    return " ".join(valid.translate(_INVISIBLE).split())


def is_given(value: str) -> bool:
    """Return whether a text is a value, and not a placeholder such as ``-`` or ``k. A.``.

    >>> is_given("Muster"), is_given(" k. A. "), is_given("--")
    (True, False, False)
    """
    return line(value).lower() not in NOT_GIVEN


def text(value: str) -> str | None:
    """Return the text on one line; ``None`` if it is empty or a placeholder such as ``-``.

    >>> text("  Tesla \\n Aktie ")
    'Tesla Aktie'
    >>> text(" - ") is None, text("k. A.") is None
    (True, True)
    """
    printed = line(value)
    return None if printed.lower() in NOT_GIVEN else printed


def paragraph(value: str) -> str | None:
    """Return the text with its line breaks, without empty lines and repeated blanks.

    >>> paragraph(" one  two \\n  three ")
    'one two\\nthree'
    """
    lines = value.translate(_INVISIBLE).split("\n")
    stripped = (_BLANKS.sub(" ", line).strip() for line in lines)
    return "\n".join(filter(None, stripped)) or None
