"""Lists of several pages: their numbers (``?p=2``) and the links between them."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qs, urlsplit

from finnews.pages.base import Link

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


def list_pages(links: Iterable[Link], address: str) -> dict[int, Link]:
    """Return the links to the pages of the list at `address`, by number."""
    path = urlsplit(address).path
    of_list = (link for link in links if urlsplit(link.url).path == path)
    return {number: link for link in of_list if (number := page_number(link.url))}
