"""Texts: on one line, or with their line breaks; ``None`` where nothing is given."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

NOT_GIVEN: Final = frozenset(
    {"", "-", "–", "—", "−", "--", "n/a", "n.a.", "n. a.", "k.a.", "k. a.", "n.v.", "n. v."}
    | {"ausgesetzt", "- / -", "-/-", "..."}
)
"""What the site, or another like it, prints where it has no value, in small letters"""

LOST: Final = "\ufffd"
"""What stands for a byte that could not be decoded"""

_ORNAMENTS: Final = "*†‡⁰¹²³⁴⁵⁶⁷⁸⁹▲▼△▽▴▾►▶◄◀↑↓→←↗↘•●○■\N{VARIATION SELECTOR-16} "
"""What stands beside a name and is no part of it: footnotes, arrows, dots"""

_MAX_ENCODED = 2
_DIGIT = re.compile(r"\d")

_MARKS = "\u00ad\u200b\u200c\u2060\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Soft hyphen, zero-width space and non-joiner, word joiner, byte order mark, marks of direction"""

_INVISIBLE = re.compile(f"[{_MARKS}]")
_NOT_TEXT = re.compile(f"[{_MARKS}\u200d\ud800-\udfff]")
_JOINER = re.compile("(?<=\\w)\u200d|\u200d(?=\\w)|\u200d$")  # it also joins two emojis to one
_REFERENCE = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{2,6}|#x[0-9a-fA-F]{2,5});")
_TWICE_ENCODED = re.compile("Ã[\u0080-\u00bf„–œŸ]|â€[œž\u009d™¦“]|\ufffd")


def line(value: str) -> str:
    """Return the text on one line, without invisible characters.

    A character that was written as a reference twice is one: ``&amp;amp;``.

    >>> line("  Tesla \\n Ak\\u00adtie "), line("Muster &amp; Co")
    ('Tesla Aktie', 'Muster & Co')
    """
    value = resolved(value) if "&" in value else value
    if value.isascii() or not _NOT_TEXT.search(value):
        return " ".join(value.split())
    valid = value.encode("utf-8", "ignore").decode()  # JSON can hold lone surrogates
    return " ".join(_visible(valid).split())


def resolved(value: str) -> str:
    """Return a text without references to characters: ``&uuml;``."""
    for _ in range(_MAX_ENCODED):
        value = _REFERENCE.sub(lambda match: unescape(match[0]), value)
    return value


def _visible(value: str) -> str:
    shown = _INVISIBLE.sub("", value)
    return _JOINER.sub("", shown) if "\u200d" in shown else shown


def is_legible(value: str) -> bool:
    """Return whether no character of a text was lost, or decoded wrongly.

    >>> is_legible("Für Öl"), is_legible("FÃ¼r"), is_legible("F\\ufffdr")
    (True, False, False)
    """
    return value.isascii() or not _TWICE_ENCODED.search(value)


def is_given(value: str) -> bool:
    """Return whether a text is a value, and not a placeholder such as ``-`` or ``k. A.``.

    >>> is_given("Muster"), is_given(" k. A. "), is_given("--")
    (True, False, False)
    """
    return line(value).lower() not in NOT_GIVEN


def has_digit(value: str) -> bool:
    """Return whether a text has a digit, as each number and time does.

    >>> has_digit("61,40 EUR"), has_digit("k. A.")
    (True, False)
    """
    return bool(_DIGIT.search(value))


def without_ornaments(value: str) -> str:
    """Return a name without the footnotes, arrows and dots at its ends.

    >>> without_ornaments("Muster AG*"), without_ornaments("▲ Probe AG¹"), without_ornaments("*")
    ('Muster AG', 'Probe AG', '')
    """
    return value.strip(_ORNAMENTS)


def without_parts(value: str, parts: Iterable[str]) -> str:
    """Return a text with a blank instead of each part, of which each stands behind the one before.

    >>> without_parts("Zur Muster AG und zur Probe AG.", ["Muster AG", "Probe AG"])
    'Zur   und zur  .'
    """
    pieces, at = [], 0
    for part in filter(None, parts):
        found = value.find(part, at)
        if found >= 0:
            pieces += [value[at:found], " "]
            at = found + len(part)
    return "".join((*pieces, value[at:]))


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
    lines = _visible(resolved(value) if "&" in value else value).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines))) or None
