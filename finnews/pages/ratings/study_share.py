"""Which share a study is about: the row of its box and the link to its price targets tell."""

import re
from collections.abc import Iterable, Sequence

from finnews.items import instrument_key
from finnews.loaders import RatingLoader
from finnews.pages.base import Page
from finnews.pages.parts.box import BoxRow
from finnews.pages.parts.shares import has_common_word, is_any_share

_PRICE_TARGETS_LINKS = '//td[starts-with(normalize-space(), "Ø Kursziel")]//a/@href'
_PRICE_TARGETS_PATH = re.compile(r"/kursziele/([^/]+)/?")


def add_share(page: Page, loader: RatingLoader, rows: list[BoxRow], names: list[str]) -> None:
    """Add the page name and ISIN of the share that has the names.

    The box can show a rival, too. A box and a link that lead to two shares are a doubt.
    """
    linked = _linked_page(page)
    row = _own_row(page, rows, names, linked)
    shown = page.instrument(row.href).get("page") if row else None
    if shown and linked and not _is_same_page(shown, linked):
        page.doubt("page", "contradiction", f"{shown}, {linked}")
        return
    loader.add_value("page", shown or linked)
    if row:
        loader.add_value("name", row.name)
        loader.add_value("isin", row.buy_link)


def _linked_page(page: Page) -> str | None:
    urls = map(page.absolute_url, page.xpath(_PRICE_TARGETS_LINKS).getall())
    paths = (page.site.path_of(url) or "" for url in urls)
    matches = map(_PRICE_TARGETS_PATH.fullmatch, paths)
    pages = {instrument_key("stock", match[1]): match[1] for match in matches if match}
    return next(iter(pages.values())) if len(pages) == 1 else None


def _own_row(
    page: Page, rows: list[BoxRow], names: Sequence[str], linked: str | None
) -> BoxRow | None:
    """Return the row of the share; without names the only one.

    Its name is that of the share, or has a word of it and is the page that the study links to, or
    is the only one with such a word.
    """
    own = [row for row in rows if page.site.has(page.absolute_url(row.href))]
    shares = [row for row in own if page.instrument(row.href).get("kind") == "stock"]
    related = [row for row in shares if _is_related(row.name, names)]
    choices = (
        [row for row in shares if is_any_share(row.name, names)],
        [row for row in related if _is_same_page(page.instrument(row.href)["page"], linked)],
        related,
    )
    for choice in choices:
        if len({instrument_key("stock", page.instrument(row.href)["page"]) for row in choice}) == 1:
            return choice[0]
    if shares and not linked:
        page.doubt("page", "contradiction", ", ".join(row.name for row in shares))
    return None


def _is_related(name: str, names: Iterable[str]) -> bool:
    names = list(names)
    return not names or any(has_common_word(name, other) for other in names)


def _is_same_page(page: str, other: str | None) -> bool:
    return instrument_key("stock", page) == instrument_key("stock", other)
