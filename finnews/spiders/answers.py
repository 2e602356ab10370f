"""What the answer to a request for a list's page, or for a listed page, says of that page."""

from typing import Final

from scrapy import Request
from scrapy.http import Response

from finnews.spiders.base import GONE
from finnews.spiders.paging import list_url, page_number
from finnews.spiders.pending import MOVED

OK: Final = 200
NOT_MODIFIED: Final = 304
UNEXPECTED_ADDRESS: Final = "unexpected-address"
_MOVED_FOR_GOOD: Final = frozenset({301, 308})
_CONDITIONS: Final = ("If-None-Match", "If-Modified-Since")


def reason(response: Response) -> str | None:
    """Return why an answer gives nothing of the page that was requested; ``None`` if it may."""
    if response.status in _MOVED_FOR_GOOD:
        return MOVED
    if response.status in GONE:
        return f"gone-{response.status}"
    return None if response.status == OK else f"status-{response.status}"


def leads_elsewhere(request: Request) -> str:
    """Return why a page whose redirects led to this request, for another page, gives nothing."""
    is_for_good = _MOVED_FOR_GOOD.issuperset(request.meta.get("redirect_reasons", [None]))
    return MOVED if is_for_good else UNEXPECTED_ADDRESS


def is_unmodified(response: Response) -> bool:
    """Return whether the answer says that a page is as it was, if it was asked for that."""
    headers = response.request.headers if response.request else {}
    return response.status == NOT_MODIFIED and any(name in headers for name in _CONDITIONS)


def is_same_page(url: str, asked: str) -> bool:
    """Return whether two addresses are those of the same page of a list."""
    return list_url(url) == list_url(asked) and page_number(url) == page_number(asked)
