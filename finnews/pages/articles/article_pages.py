"""The further pages of an article, and the lines and links of a text that lead to them."""

import re
from urllib.parse import parse_qs, urlsplit

from lxml.etree import _Element

from finnews.pages.base import Page, without_query
from finnews.pages.rules import PAGE, Rule
from finnews.pages.visible import text_of

_PAGES = Rule(
    PAGE, "xpath", '//a[contains(@href, $number)][not(ancestor::aside)] | //link[@rel="next"]'
)
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


def later_pages(page: Page, links: list[_Element]) -> list[str]:
    """Return the addresses of the pages on which the article goes on, of its `page_links`."""
    urls = (_address(page, link) for link in links)
    later = dict.fromkeys(url for url in urls if _is_of(page, url) and article_page_number(url) > 1)
    return list(later)


def leads_on(page: Page, links: list[_Element]) -> bool:
    """Return whether one of the `page_links` is named like a further page, and leads to one."""
    named = (link for link in links if _MORE.fullmatch(text_of(link)))
    urls = [page.site.own_address(_address(page, link)) for link in named]
    return any(url != page.url and url.startswith(page.url) for url in urls)


def page_links(page: Page) -> list[_Element]:
    """Return the links that have the article's address with a query or a page."""
    own = page.from_path("id")
    query, below = f"{own}?", f"{own}/"
    links = [
        link
        for link in page.root.root.iter("link", "a")
        if (href := link.get("href")) and (href[0] == "?" or query in href or below in href)
    ]
    pages = [link for link in links if _is_of_pages(link)]
    page.stats.count(_PAGES, found=bool(pages))
    return pages


def _is_of_pages(link: _Element) -> bool:
    if link.tag == "link":
        return bool(link.get("rel") == "next")
    return next(link.iterancestors("aside"), None) is None


def _address(page: Page, link: _Element) -> str:
    return page.link_url(link.get("href", ""))


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
