"""The items of one saved page, in a line of Python: ``from finnews import read``."""

from finnews.items import Item
from finnews.pages.answer import page_of
from finnews.pages.base import BrokenPage
from finnews.site import FINANZEN_NET, SITES

__all__ = ["BrokenPage", "read"]


def read(url: str, html: str | bytes) -> list[Item]:
    """Return the items of a page from its address and what was served there, as text or bytes.

    What could not be read is a `Rejection` among them. `fetched_at`, `key` and `version` are
    ``None``: they say when a crawl fetched the page, and what the archive has of it.

    Raises `BrokenPage` if the page cannot be read: ``unexpected-address`` if no page of the site
    has such an address, or another reason that `page_of` names.

    >>> from pathlib import Path
    >>> page = Path("tests/golden/price_targets/full.html").read_text("utf-8")
    >>> quote, *ratings = read("https://www.finanzen.net/kursziele/muster_vz", page)
    >>> quote.price, len(ratings)
    (Decimal('4124'), 5)
    """
    body = html if isinstance(html, bytes) else html.encode("utf-8", "replace")
    site = next((known for known in SITES if known.has(url)), FINANZEN_NET)
    return list(page_of(url, body, site=site).items())
