"""Recognises refusals: responses that deny a request, or ask who it is that requests."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from finnews.pages import block_pages
from finnews.site import FINANZEN_NET, Site

_REFUSING: Final = frozenset({401, 403, 429, 451})
_MAX_LENGTH: Final = 300  # characters of a description
HEADERS: Final = ("Server", "Location", "Retry-After", "cf-mitigated")
"""What a refusal is told by, besides status and text"""


class Refusal(NamedTuple):
    """A response that refuses a request."""

    kind: str
    """One word: ``denied``, ``challenge``, ``consent``, ``no-rules``; else ``status-403``."""

    seen: str
    """Its status, title and server, in one line."""


def refusal(
    status: int,
    text: str,
    headers: Mapping[str, str] | None = None,
    site: Site = FINANZEN_NET,
) -> Refusal | None:
    """Return the refusal that a response is; ``None`` if it is none.

    A 503 is one if its ``Retry-After`` was waited for in vain.

    >>> refusal(200, "<HTML><HEAD>\\n<TITLE>Access Denied</TITLE>", {"Server": "AkamaiGHost"})
    Refusal(kind='denied', seen='status 200, page "Access Denied", Server AkamaiGHost')
    >>> refusal(403, ""), refusal(404, "<title>Nicht gefunden</title>")
    (Refusal(kind='status-403', seen='status 403'), None)
    """
    given = {name: value for name in HEADERS if (value := (headers or {}).get(name))}
    kind = block_pages.block_kind(text, site) or _kind(status, given)
    if kind is None:
        return None
    title = block_pages.page_title(text)
    phrases = [f"status {status}", *([f'page "{title}"'] if title else [])]
    return Refusal(kind, one_line([*phrases, *(" ".join(pair) for pair in given.items())]))


def _kind(status: int, headers: Mapping[str, str]) -> str | None:
    target = headers.get("Location", "") if 300 <= status < 400 else ""
    if block_pages.ADDRESS.search(target) or "cf-mitigated" in headers:
        return "challenge"
    is_refusing = status in _REFUSING or (status == 503 and "Retry-After" in headers)
    return f"status-{status}" if is_refusing else None


def one_line(phrases: Sequence[str]) -> str:
    """Return phrases without what a server may put in: line breaks, commands of a terminal."""
    return "".join(char for char in ", ".join(phrases) if char.isprintable())[:_MAX_LENGTH]
