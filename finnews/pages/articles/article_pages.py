"""The further pages of an article, and the lines and links of a text that lead to them."""

import re
from urllib.parse import parse_qs, urlsplit

from parsel import Selector

from finnews.pages.base import Page, without_query
from finnews.pages.visible import text_of

_PAGES = """//a[starts-with(@href, "?") or contains(@href, $own) or contains(@href, $slashed)]
    [not(ancestor::aside)] | //link[@rel="next"]"""
_NEXT_PAGE = re.compile(
    r"(?:(?:Lesen Sie )?[Ww]eiter (?:zu|auf) |Nächste |Auf |Fortsetzung auf )Seite(?: \d+)?"
    r"(?: ?[:–-] .{1,60})?\W*"
    r"|(?:(?:Lesen Sie )?[Ww]eiter |Lesen Sie )?[Aa]uf der nächsten Seite\b.{0,60}"
    r"|Fortsetzung folgt\W*|(?:Lesen Sie )?[Ii]m zweiten Teil\b.{0,60}"
    r"|Teil 2\b.{0,20}\b(?:hier|lesen)\W*"
)
_OF_PAGES = re.compile(r"Seite \d{1,2} ?(?:von|/) ?(\d{1,2})", re.ASCII)
_PAGE_LINE = re.compile(
    r"Seite(?: \d+(?: ?(?:von|/) ?\d+| \d+)*)?|1(?:(?: ?[|/·•] ?| )\d{1,2})+", re.ASCII
)
_MORE = re.compile(
    r"(?:[Ss]eite |[Tt]eil )?[2-9]|(?:nächste|weiter)\b.{0,20}|[»›>]+", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(r"\d{1,4}", re.ASCII)


def says_next_page(line: str) -> bool:
    """Return whether a line says that a part of the text is on another page.

    >>> says_next_page("Weiter auf Seite 2"), says_next_page("Seite 1 von 2")
    (True, True)
    >>> says_next_page("Seite 1 von 1"), says_next_page("Auf Seite 2 steht es.")
    (False, False)
    """
    if of_all := _OF_PAGES.fullmatch(line):
        return int(of_all[1]) > 1
    is_row_of_pages = line.startswith("1") and _PAGE_LINE.fullmatch(line)
    return bool(_NEXT_PAGE.fullmatch(line) or is_row_of_pages)


def is_about_pages(line: str) -> bool:
    """Return whether a line only counts pages, or leads to the next one."""
    return bool(_NEXT_PAGE.fullmatch(line) or _PAGE_LINE.fullmatch(line))


def later_pages(page: Page) -> list[str]:
    """Return the addresses of the pages on which the article goes on."""
    urls = (_address(page, link) for link in _links(page))
    later = dict.fromkeys(url for url in urls if _is_of(page, url) and article_page_number(url) > 1)
    return list(later)


def leads_on(page: Page) -> bool:
    """Return whether a link named like a further page has the article's address and more."""
    links = [link for link in _links(page) if _MORE.fullmatch(text_of(link))]
    urls = [page.site.own_address(_address(page, link)) for link in links]
    return any(url != page.url and url.startswith(page.url) for url in urls)


def _links(page: Page) -> list[Selector]:
    """Return the links that have the article's address with a query or a page."""
    own = page.from_path("id")
    query, below = f"{own}?", f"{own}/"
    hrefs = "\n".join(("", *page.hrefs))
    if not any(mark in hrefs for mark in ("\n?", query, below)):
        return []
    return list(page.xpath(_PAGES, own=query, slashed=below))


def _address(page: Page, link: Selector) -> str:
    return page.link_url(link.root.get("href", ""))


def _is_of(page: Page, url: str) -> bool:
    return without_query(url).rstrip("/") == page.url.rstrip("/")


def article_page_number(url: str) -> int:
    """Return the number of an article's page, which its address has unless it is the first.

    >>> article_page_number("https://www.finanzen.net/nachricht/aktien/muster-16100001?p=2")
    2
    """
    try:
        query = parse_qs(urlsplit(url).query)
    except ValueError:
        return 1
    numbers = [query[name][0] for name in ("p", "page", "seite") if name in query]
    return next((int(number) for number in numbers if _PAGE_NUMBER.fullmatch(number)), 1)
