"""Tells a refusal from a page: a wall of status 403 or 429, or "Access Denied" with any status."""

import re
from html import unescape

_STATUSES = frozenset({401, 403, 429, 451})
_WALL = re.compile(
    r"<title>\s*access denied\s*</title>|errors\.edgesuite\.net|you don't have permission to",
    re.IGNORECASE,
)
_HEAD = 2000  # characters: a wall is a short page (seen 2024-05: 384 bytes)


def refusal(status: int, text: str) -> str | None:
    """Return what was seen of a refusal, in one phrase, or ``None`` if the answer is none.

    >>> refusal(200, "<HTML><HEAD>\\n<TITLE>Access Denied</TITLE>")
    'status 200, page "Access Denied"'
    >>> refusal(403, ""), refusal(404, "<title>Nicht gefunden</title>")
    ('status 403', None)
    """
    if _WALL.search(unescape(text[:_HEAD])):
        return f'status {status}, page "Access Denied"'
    return f"status {status}" if status in _STATUSES else None
