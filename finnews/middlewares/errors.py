"""Why a page could not be fetched: one short name for each cause, whatever the transport."""

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
"""The page was never asked for: robots.txt keeps it from us, or it is not on the site."""

_CAUSES: Final[dict[type[Exception], str]] = {
    CannotResolveHostError: "dns",
    DownloadCancelledError: "too-large",
    DownloadConnectionRefusedError: "connection-refused",
    DownloadTimeoutError: "timeout",
    ResponseDataLossError: "cut-short",
    WrongCertificate: "certificate",
}

_SAID: Final[dict[str, str]] = {
    r"redirect loop|max redirections": "redirect-loop",
    r"during decompression": "too-large",
    r"certificate|VerificationError": "certificate",
    r"SSL routines|\(libcurl 35\)": "tls",
    r"ParseError|\(libcurl (1|8|100)\)": "garbage",
    r"Connection\w*(Lost|Done)|\(libcurl (16|52|55|56|92)\)": "reset",
}
"""What Scrapy, Twisted and libcurl say in other errors → the cause; the first that is met."""


def cause(error: BaseException | None) -> str:
    """Return why a request failed, as the ``reason`` of its rejection.

    >>> cause(DownloadTimeoutError("Getting a page took longer than 30 seconds."))
    'timeout'
    >>> cause(OSError("Recv failure: Connection reset by peer (libcurl 56)"))
    'reset'
    >>> cause(IgnoreRequest("Forbidden by robots.txt")), cause(ValueError("no idea"))
    ('not-asked', 'not-fetched')
    """
    named = next((name for kind, name in _CAUSES.items() if isinstance(error, kind)), None)
    said = next((name for words, name in _SAID.items() if re.search(words, str(error))), None)
    unknown = NOT_ASKED if isinstance(error, IgnoreRequest) else "not-fetched"
    return named or said or unknown
