"""Why a page could not be fetched: one short name for each cause, with any transport."""

import re
from typing import Final

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from finnews.middlewares.transport import WrongCertificate

NOT_ASKED: Final = "not-asked"
"""The page was not requested: robots.txt disallows it, or it is not on the site."""

_CAUSES: Final[dict[type[Exception], str]] = {
    CannotResolveHostError: "dns",
    DownloadCancelledError: "too-large",
    DownloadConnectionRefusedError: "connection-refused",
    DownloadTimeoutError: "timeout",
    ResponseDataLossError: "cut-short",
    WrongCertificate: "certificate",
}

_MESSAGES: Final = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"redirect loop|max redirections", "redirect-loop"),
        (r"malformed redirect", "malformed-redirect"),
        (r"during decompression", "too-large"),
        (r"certificate|VerificationError", "certificate"),
        (r"SSL routines|\(libcurl 35\)", "tls"),
        (r"ParseError|\(libcurl (1|8|100)\)", "garbage"),
        (r"Connection\w{0,20}(Lost|Done)|\(libcurl (16|52|55|56|92)\)", "reset"),
    )
)
"""Patterns in the message of other errors, each with its cause; the first that matches counts."""


def cause(error: BaseException | None) -> str:
    """Return why a request failed, as the ``reason`` of its rejection.

    >>> cause(DownloadTimeoutError("Getting a page took longer than 30 seconds."))
    'timeout'
    >>> cause(OSError("Recv failure: Connection reset by peer (libcurl 56)"))
    'reset'
    >>> cause(IgnoreRequest("Forbidden by robots.txt")), cause(ValueError("no idea"))
    ('not-asked', 'not-fetched')
    """
    by_class = next((name for kind, name in _CAUSES.items() if isinstance(error, kind)), None)
    message = str(error)
    by_message = next((name for pattern, name in _MESSAGES if pattern.search(message)), None)
    other = NOT_ASKED if isinstance(error, IgnoreRequest) else "not-fetched"
    return by_class or by_message or other
