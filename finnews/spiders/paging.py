"""Lists of several pages: their numbers (``?p=2``) and the link to the next."""

from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from finnews.pages.base import Link


def page_number(url: str) -> int:
    """Return the number of a list's page, which its address has unless it is the first.

    >>> page_number("https://www.finanzen.net/analysen?p=12"), page_number("/analysen")
    (12, 1)
    """
    number = parse_qs(urlsplit(url).query).get("p", ["1"])[0]
    return int(number) if number.isdigit() else 1


def next_page(links: Iterable[Link], address: str) -> Link | None:
    """Return the link to the page of a list after the one at `address`; ``None`` at its end."""
    path, number = urlsplit(address).path, page_number(address) + 1
    same_list = (link for link in links if urlsplit(link.url).path == path)
    return next((link for link in same_list if page_number(link.url) == number), None)
