"""What a site sends, fit for a terminal: what cannot be seen becomes an escape.

Control characters move the cursor or set the window's title, marks of direction turn a line round,
and both come from pages.
"""

import json
import re
import unicodedata
from typing import Final

_KEPT: Final = "\n\t\N{ZERO WIDTH JOINER}"
_UNSEEN: Final = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\ufffb\U00010000-\U0010ffff]"
)
"""At least all of them but the ASCII ones, which JSON escapes by itself"""


def printable(text: str) -> str:
    r"""Return a text with escapes for what cannot be seen, but for line breaks and tabs.

    These are control characters, marks of direction and of width, line and paragraph separators,
    and what is no character. Spaces of all widths stay, and what joins two emojis to one.

    >>> print(printable("Muster\x1b]0;AG\x07 \u202e\u2066 \x9b1m ä"))
    Muster\x1b]0;AG\x07 \u202e\u2066 \x9b1m ä
    """
    if text.isprintable():
        return text
    return "".join(character if _is_seen(character) else _escape(character) for character in text)


def decodable(text: str) -> str:
    r"""Return a text in which what is no UTF-8, as in names of files, is escaped.

    >>> decodable("m\xfcster-\udcff.warc")
    'müster-\\udcff.warc'
    """
    return text.encode("utf-8", "backslashreplace").decode()


def printable_json(raw: bytes) -> bytes:
    r"""Return JSON with escapes for what cannot be seen; it means the same.

    >>> printable_json('{"name":"Muster\u202e\x7f\U000e0001 ä"}'.encode()).decode()
    '{"name":"Muster\\u202e\\u007f\\udb40\\udc01 ä"}'
    """
    if raw.isascii() and b"\x7f" not in raw:
        return raw
    text = raw.decode()
    return _UNSEEN.sub(_json_escape, text).encode() if _UNSEEN.search(text) else raw


def _is_seen(character: str) -> bool:
    is_kept = character in _KEPT or unicodedata.category(character) == "Zs"
    return is_kept or character.isprintable()


def _escape(character: str) -> str:
    return ascii(character)[1:-1]


def _json_escape(match: re.Match[str]) -> str:
    return match[0] if _is_seen(match[0]) else json.dumps(match[0])[1:-1]
