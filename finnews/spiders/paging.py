"""Lists of several pages: their numbers (``?p=2``) and the links between them."""

from collections.abc import Collection, Iterable, Set
from typing import Final
from urllib.parse import parse_qs, urlsplit

from finnews.pages.base import Link, without_query

MAX_REPEATED_PAGES: Final = 2
"""Pages in a row without a new entry, after which a list is left."""

LARGER: Final = 1.5
"""How much larger than the pages before it a page of a list can be; beyond it, the page size has
grown, and entries between two pages were not shown. The first page can have fewer entries."""

_MOST_DIGITS: Final = 6


def page_number(url: str) -> int:
    """Return the number of a list's page, which its address has unless it is the first.

    An address with what is no such number is none of a list's pages: 0.

    >>> page_number("https://www.finanzen.net/analysen?p=12"), page_number("/analysen")
    (12, 1)
    >>> page_number("/analysen?p=²"), page_number("/analysen?p=0")
    (0, 0)
    """
    number = parse_qs(urlsplit(url).query).get("p", ["1"])[0]
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    return int(number) if is_number else 0


def list_url(address: str) -> str:
    """Return the address by which a list is known, whichever of its pages an address is of.

    >>> list_url("https://www.finanzen.net/index/dax/marktberichte/?p=2")
    'https://www.finanzen.net/index/dax/marktberichte'
    """
    return without_query(address).rstrip("/")


def list_pages(links: Iterable[Link], address: str) -> dict[int, Link]:
    """Return the links to the pages of the list at `address`, by number."""
    path = urlsplit(list_url(address)).path
    of_list = (link for link in links if urlsplit(list_url(link.url)).path == path)
    return {number: link for link in of_list if (number := page_number(link.url))}


class Paging:
    """The pages of a list that were read, the first `read` ones, and whether there are more."""

    def __init__(self) -> None:
        self.read = 0
        self.last_linked = 1
        self.has_next = False
        self._largest = 0
        self._repeated = 0

    @property
    def is_at_end(self) -> bool:
        """Whether no page that was linked is still to be read."""
        return 0 < self.read == self.last_linked

    @property
    def has_several(self) -> bool:
        """Whether the list has more than one page."""
        return self.last_linked > 1

    @property
    def is_repeating(self) -> bool:
        """Whether the list is to be left, since its pages show nothing new."""
        return self._repeated == MAX_REPEATED_PAGES

    def add_page(self, ids: Set[str], seen: Set[str], linked: Collection[int]) -> str | None:
        """Add the next page; return why it does not go on where the last one ended.

        `seen` are the ids on the pages before it, `linked` the numbers of the pages that it links.
        """
        self.read += 1
        self.last_linked = max(self.last_linked, *linked, self.read)
        self.has_next = self.read + 1 in linked
        self._repeated = self._repeated + 1 if ids <= seen else 0
        is_larger = self.read > 2 and len(ids) > self._largest * LARGER
        self._largest = max(self._largest, len(ids))
        if self.read > 1 and ids <= seen:
            return f"page {self.read} shows nothing that the pages before it do not"
        return f"page {self.read} is larger than those before it" if is_larger else None
