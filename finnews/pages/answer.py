"""From the body of a response, or of a saved file, to its text and page."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from finnews.pages import page_type
from finnews.pages.base import BrokenPage, Page
from finnews.pages.rules import PAGE
from finnews.processors.texts import LOST
from finnews.site import Site

_BOM: Final = "\ufeff"
_LOST_AND_AROUND: Final = re.compile(f".{{0,40}}{LOST}.{{0,40}}")
_FEW: Final = 3


@dataclass
class _Last:
    """The last body that was decoded: whether it is a refusal is asked before it is read."""

    body: bytes = b""
    content_type: str = ""
    text: str = ""


_LAST: Final = _Last()


def page_of(
    url: str,
    body: bytes,
    *,
    status: int = 200,
    content_type: str = "",
    site: Site,
    now: datetime | None = None,
) -> Page:
    """Return the page in a response, of the type that its URL has; `now` is when it was fetched.

    Raises `BrokenPage`: ``undecodable``, ``status-503``, ``unexpected-address``, ``empty``,
    ``truncated``, ``too-deep``, ``too-many-attributes``; of a feed ``not-a-feed``, of suggestions
    ``not-json``.
    """
    text = decoded(body, content_type)
    if status != 200:
        raise BrokenPage(f"status-{status}")
    page_class = page_type(url, site)
    if page_class is None:
        raise BrokenPage("unexpected-address")
    page = page_class(url, text, site, now)
    if text.count(LOST) > body.count(LOST.encode()):
        for printed in _LOST_AND_AROUND.findall(text):
            page.doubt(PAGE, "unreadable", printed)
    return page


def decoded(body: bytes, content_type: str = "") -> str:
    """Return the text of a body: UTF-8 if it is valid, else in the declared encoding.

    A few broken bytes in UTF-8 are U+FFFD. Raises `BrokenPage` ``undecodable`` if it is in neither;
    no encoding is guessed.

    >>> decoded("München".encode()), decoded("München".encode("latin-1"), "text/html; charset=l1")
    ('München', 'München')
    >>> decoded("München".encode("latin-1"), "text/html; charset=utf-8")
    'M�nchen'
    """
    if _LAST.body is body and _LAST.content_type == content_type:
        return _LAST.text
    _LAST.body, _LAST.content_type, _LAST.text = b"", "", ""
    text = _decoded(body, content_type)
    _LAST.body, _LAST.content_type, _LAST.text = body, content_type, text
    return text


def _decoded(body: bytes, content_type: str) -> str:
    try:
        return body.decode().removeprefix(_BOM)
    except UnicodeError:
        declared = declared_encoding(body, content_type)
    damaged = body.decode("utf-8", "replace").removeprefix(_BOM)
    if _is_utf_8(damaged, is_declared=declared == "utf-8"):
        return damaged
    try:
        if declared:
            return body.decode(declared)
    except (UnicodeError, LookupError):
        pass
    raise BrokenPage("undecodable")


def legible(body: bytes, content_type: str = "") -> str:
    """Return the text of a body, with U+FFFD for bytes that cannot be decoded.

    >>> legible("<title>Ein Stück".encode("latin-1"))
    '<title>Ein St�ck'
    """
    try:
        return decoded(body, content_type)
    except BrokenPage:
        return body.decode("utf-8", "replace")


def declared_encoding(body: bytes, content_type: str = "") -> str | None:
    """Return the encoding declared by the byte order mark, the header or the HTML, in this order.

    >>> declared_encoding(b'<meta charset="iso-8859-1">'), declared_encoding(b"<html>")
    ('cp1252', None)
    """
    return (
        read_bom(body)[0]
        or http_content_type_encoding(content_type)
        or html_body_declared_encoding(body)
    )


def _is_utf_8(text: str, *, is_declared: bool) -> bool:
    """Return whether a text was UTF-8, by how many of its characters beyond ASCII are lost."""
    lost = text.count(LOST)
    others = sum(character > "\x7f" for character in text) - lost
    return lost * 10 <= others or (is_declared and lost <= _FEW)
