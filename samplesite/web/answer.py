"""What the sample site answers, before HTTP."""

from typing import NamedTuple


class Answer(NamedTuple):
    """An answer to one request."""

    status: int
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    location: str | None = None
