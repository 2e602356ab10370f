"""The lists of news that the site's menu names; the tree of a page is without the menu."""

import re
from collections.abc import Iterator
from html import unescape

from finnews.bounds import ADDRESS
from finnews.pages.menu import MENU_ITEM
from finnews.pages.news_list import is_of_site
from finnews.site import Site

_HREF = re.compile(
    rf"""[\s"']href[ \t\r\n]{{0,9}}=[ \t\r\n]{{0,9}}["']?+([^"'\s>]{{1,{ADDRESS}}})""",
    re.IGNORECASE,
)
_END = "</header>"
_NAMES = ("/nachrichten/", "/marktberichte")


def menu_lists(text: str, site: Site) -> list[str] | None:
    """Return the paths of the lists of news in the menu of a page's HTML, each once.

    ``/nachrichten/meistgelesene-nachrichten`` is none of them: it is not in the order of time.
    ``None`` if the page has no menu.
    """
    start = text.find(MENU_ITEM)
    if start < 0:
        return None
    end = text.find(_END, start)
    return list(dict.fromkeys(_paths(text[start : end if end >= 0 else len(text)], site)))


def _paths(menu: str, site: Site) -> Iterator[str]:
    for match in _HREF.finditer(menu):
        href = unescape(match[1])
        path = site.path_of(href) if any(name in href for name in _NAMES) else None
        name = (path or "").rstrip("/")
        if is_of_site(name):
            yield name
