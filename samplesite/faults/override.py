"""What replaces the response to a request."""

from collections.abc import Callable
from dataclasses import dataclass


def empty(_: bytes) -> bytes:
    """Return no body."""
    return b""


def unchanged(body: bytes) -> bytes:
    """Return the body as it is."""
    return body


@dataclass(frozen=True)
class Override:
    """The status, the body and the ``Location`` that are sent; `body` gets the intact one."""

    status: int = 200
    body: Callable[[bytes], bytes] = empty
    location: str | None = None
