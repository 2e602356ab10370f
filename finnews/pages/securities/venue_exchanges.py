"""The exchange in a row of the exchanges of a share: its name, and the code in its link."""

import re

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.parts.box_cells import name_in
from finnews.vocabulary import exchange_of_code, is_exchange, mic

_CODE = re.compile(r"@stBoerse_([^/?#]+)")


def code_in(href: str | None) -> str:
    """Return the code of an exchange in a link; empty if it has none.

    >>> code_in("/aktien/muster-aktie@stBoerse_XETRA"), code_in("/aktien/muster-aktie")
    ('XETRA', '')
    """
    match = _CODE.search(href or "")
    return match[1] if match else ""


def exchange_of_cell(page: Page, cell: _Element, href: str | None) -> str:
    """Return the name of an exchange, without the badges in its cell and what is below it.

    A name with other words, ``Hamburg 1``, where the cell's link names an exchange is a doubt.
    """
    printed, code = name_in(cell), code_in(href)
    linked = exchange_of_code(code) if code else None
    if linked is None or is_exchange(printed):
        return printed
    links = page.css("a", Selector(root=cell))
    linked_names = [name for name in map(name_in, links) if is_exchange(name)]
    names = [name for name in linked_names if mic(name) == mic(linked)]
    if not names:
        page.doubt("exchange", "unreadable", printed)
    return next(iter(names), "")


def agreed_exchange(page: Page, printed: str, code: str) -> str:
    """Return the exchange whose MIC a row has: the printed, or that of the code in its link.

    It is empty if both have one and these differ.
    """
    linked = exchange_of_code(code) or ""
    own = mic(printed)
    if own and mic(linked) not in (None, own):
        page.doubt("mic", "contradiction", f"{own}, {code}")
        return ""
    return printed if own else linked
