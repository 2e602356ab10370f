"""Which module has the page of an address, by the first name in it."""

from collections.abc import Iterator
from typing import Final, Protocol
from urllib.parse import unquote

from finnews.look import (
    crawls_page,
    day_page,
    days_page,
    paper_page,
    papers_page,
    run_page,
    search_page,
    verdicts_page,
)
from finnews.look.live_tables import LiveTables
from finnews.look.model import Answer, Missing
from finnews.look.reading import Arguments
from finnews.look.sources import SECTIONS


class PageModule(Protocol):
    """What a module of a page has."""

    def page(self, tables: LiveTables, names: tuple[str, ...], arguments: Arguments, /) -> Answer:
        """Return the page with these names behind the first."""
        ...

    def addresses(self, tables: LiveTables, /) -> Iterator[str]:
        """Yield the addresses of all its pages."""
        ...


PAGES: Final[dict[str, PageModule]] = {
    "index": day_page,
    "days": days_page,
    "papers": papers_page,
    **dict.fromkeys(SECTIONS.values(), paper_page),
    "verdicts": verdicts_page,
    "crawls": crawls_page,
    "runs": run_page,
    "search": search_page,
}
"""First name in an address → the module of its page. A new page is said here."""


SINGLE: Final = ("index", "verdicts", "crawls", "search")
"""Those that are one page."""


def answer(tables: LiveTables, address: str, arguments: Arguments) -> Answer:
    """Return what is at an address, its names quoted as in a URL."""
    first, *names = map(unquote, address.split("/"))
    module = PAGES.get(first)
    if module is None:
        return Missing(f"{first}: no such page. There are {', '.join(PAGES)}.")
    if names and first in SINGLE:
        return Missing(f"{'/'.join(names)}: no page of {first}.", ((first, first),))
    return module.page(tables, (first, *names), arguments)


def is_of_page(link: str) -> bool:
    """Return whether a link is the address of a page, or could be.

    >>> is_of_page("days/2026-11-27"), is_of_page("javascript:alert(1)"), is_of_page("//x.test/a")
    (True, False, False)
    """
    return link.partition("/")[0] in PAGES


def addresses(tables: LiveTables) -> Iterator[str]:
    """Yield the address of each page that there is."""
    for module in dict.fromkeys(PAGES.values()):
        yield from module.addresses(tables)
