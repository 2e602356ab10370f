"""What was read by hand on captured pages, whose texts are never part of the project.

A text is written as the place where the capture prints it, so that its words can be compared, and
nobody can read them here: ``@39:10-24`` is line 39, columns 10 to 24; ``@47`` a whole line; a plus
joins the pieces of a paragraph, a slash its paragraphs. A digest says whether it is the same file.
"""

from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

from benchmarks.accuracy.comparing import Row
from tests.support.plain_capture import PlainCapture

Page = dict[str, Any]
"""``url``, ``sha256``, ``noise`` and ``groups`` of items: columns, rows, and what all have"""


def hand_read(path: Path, page: Page) -> tuple[str, list[Row], list[str]] | None:
    """Return the HTML of a capture, its items and noise; ``None`` if it is not the file read."""
    if not path.is_file() or digest(path) != page["sha256"]:
        return None
    text = path.read_bytes().decode()
    items = [_resolved(row, text) for row in rows(page)]
    noise = [pointed(place, text) for place in page.get("noise", ())]
    html = PlainCapture(text).page() if path.suffix == ".txt" else text
    return html, items, noise


def digest(path: Path) -> str:
    """Return the first 16 digits of a file's SHA-256."""
    return sha256(path.read_bytes()).hexdigest()[:16]


def rows(page: Page) -> Iterator[Row]:
    """Yield the items of a page, with texts as places; what is not given was not printed."""
    for group in page["groups"]:
        for values in group["rows"]:
            row = dict(zip(group["columns"], values, strict=True))
            given = {name: value for name, value in row.items() if value is not None}
            yield {"type": group["type"]} | group["common"] | given


def pointed(places: str, text: str) -> str:
    """Return the text at places of a capture.

    >>> pointed("1 / 2:1-3+2:8-9", "Erste\\nDer<br>DAX &amp; Co.")
    'Erste\\n\\nDerDA'
    """
    paragraphs = (place.split("+") for place in places.split(" / "))
    return "\n\n".join("".join(_piece(place, text) for place in pieces) for pieces in paragraphs)


def _piece(place: str, text: str) -> str:
    line, _, columns = place.partition(":")
    printed = text.split("\n")[int(line) - 1]
    first, _, last = columns.partition("-")
    return unescape(printed[int(first) - 1 : int(last)] if columns else printed)


def _resolved(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {name: _resolved(part, text) for name, part in value.items()}
    if isinstance(value, list):
        return [_resolved(part, text) for part in value]
    if isinstance(value, str) and value.startswith("@"):
        return pointed(value[1:], text)
    return value
