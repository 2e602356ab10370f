"""What the answer to a request for a list's page, or for a listed page, says of that page."""

from collections.abc import Callable
from typing import Final

from scrapy.http import Response

from finnews.pages.base import without_query
from finnews.spiders.base import GONE
from finnews.spiders.paging import page_number
from finnews.spiders.pending import MOVED

OK: Final = 200
NOT_MODIFIED: Final = 304
_MOVED_FOR_GOOD: Final = frozenset({301, 308})
_CONDITIONS: Final = ("If-None-Match", "If-Modified-Since")


def reason(response: Response, id_: str, page_id: Callable[[str], str]) -> str | None:
    """Return why an answer gives nothing of the listed page with an id; ``None`` if it is whole.

    `page_id` returns the id in an address. A page that redirects for good to another one has moved.
    """
    redirects = {*response.meta.get("redirect_reasons", ())}
    is_another = page_id(response.url) not in ("", id_)
    leads_on = is_another and bool(redirects) and redirects <= _MOVED_FOR_GOOD
    if response.status in _MOVED_FOR_GOOD or leads_on:
        return MOVED
    if response.status in GONE:
        return f"gone-{response.status}"
    return None if response.status == OK else f"status-{response.status}"


def is_unmodified(response: Response) -> bool:
    """Return whether the answer says that a page is as it was, if it was asked for that."""
    headers = response.request.headers if response.request else {}
    return response.status == NOT_MODIFIED and any(name in headers for name in _CONDITIONS)


def is_same_page(url: str, asked: str) -> bool:
    """Return whether two addresses are those of the same page of a list."""
    return without_query(url) == without_query(asked) and page_number(url) == page_number(asked)
