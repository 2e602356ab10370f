"""Which share a study is about: the row of its box and the link to its price targets tell."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.etree import XPath, _Element

from finnews.items import instrument_key
from finnews.loaders import RatingLoader
from finnews.pages.base import Page
from finnews.pages.parts.box import BoxRow
from finnews.pages.parts.shares import (
    LEGAL_FORMS,
    has_common_word,
    is_any_share,
    is_same_share,
    words,
)
from finnews.pages.ratings.page_share import is_page_of, is_sibling
from finnews.pages.ratings.spellings import is_spelled_alike, variants
from finnews.pages.ratings.study_firms import is_like_firm_of, verdicts_in
from finnews.pages.ratings.study_words import StudyWords
from finnews.pages.rules import PAGE, Rule
from finnews.pages.visible import text_of
from finnews.processors import is_given

_MEAN_TARGET = "Ø Kursziel"
_MEAN_TARGETS = Rule(
    PAGE, "xpath", '//table[.//td[starts-with(., "Kursziel")]]//a[starts-with(., "Ø Kursziel")]'
)
_TO_TARGETS = XPath('descendant::a[contains(@href, "/kursziele/")]')
_SUMMARY_LABELS = ("Unternehmen", "Kursziel")
_PRICE_TARGETS_PATH = re.compile(r"/kursziele/([^/]+)/?")


def add_share(
    page: Page,
    loader: RatingLoader,
    rows: list[BoxRow],
    names: list[str],
    targets: Sequence[_Element],
) -> None:
    """Add the page name and ISIN of the share that has the names; `targets` are `mean_targets`.

    The box can show a rival, too. A box and a link that lead to two shares are a doubt; so is one
    that leads to a share of another name, if the other does not lead there.
    """
    linked = _linked_page(page, targets)
    row = _own_row(page, rows, names, linked)
    shown = page.instrument(row.href).get("page") if row else None
    is_one = bool(shown and linked) and _is_same_page(shown or "", linked)
    if shown and linked and not is_one:
        page.doubt("page", "contradiction", f"{shown}, {linked}")
        return
    stock = shown or linked
    if stock and not _is_named(stock, names, is_told_twice=is_one):
        page.doubt("page", "contradiction", ", ".join((stock, *names)))
        return
    loader.add_value("page", stock)
    if row:
        loader.add_value("name", row.name)
        loader.add_value("isin", row.buy_link)


def mean_targets(page: Page) -> list[_Element]:
    """Return the links "Ø Kursziel" in the tables that have the labels of a summary."""
    links = _TO_TARGETS(page.root.root)
    named = [link for link in links if text_of(link).startswith(_MEAN_TARGET)]
    tables = {table for link in named for table in link.iterancestors("table")}
    outermost = (table for table in tables if tables.isdisjoint(table.iterancestors("table")))
    cells = (cell for table in outermost for cell in table.iter("td"))
    labels = (cell for cell in cells if text_of(cell).startswith(_SUMMARY_LABELS))
    summaries = {table for label in labels for table in label.iterancestors("table")}
    means = [link for link in named if not summaries.isdisjoint(link.iterancestors("table"))]
    page.stats.count(_MEAN_TARGETS, found=bool(means))
    return means


def agreed_company(
    page: Page,
    company: str,
    rows: list[BoxRow],
    others: Sequence[str],
    targets: Sequence[_Element],
) -> str | None:
    """Return the company in the summary; ``None`` if headline, path, box and link name another.

    The `others` are the names in headline and path. One of all these with the company's name is
    enough: each spells it in its own way.
    """
    named = [row for row in rows if is_any_share(row.name, others)] or rows
    pages = (_linked_page(page, targets), *(page.instrument(row.href).get("page") for row in named))
    names = [*others, *(row.name for row in named), *filter(None, pages)]
    if not names or not is_given(company):
        return company
    if is_any_share(company, names) or any(is_spelled_alike(company, name) for name in names):
        return company
    if not any(has_common_word(company, name) for name in others):
        return company
    page.doubt("name", "contradiction", ", ".join((company, *others)))
    return None


def check_address(page: Page, title: str, agreed: StudyWords, firm: str | None) -> None:
    """Tell where a study's address names another share, verdict or firm than its page.

    An address is made of the headline and the firm (seen 2026-08).
    """
    in_path = path_name(title, agreed.rating) or title
    if agreed.name and not _is_in_address(agreed.name, in_path):
        page.doubt("name", "contradiction", f"{agreed.name}, {in_path}")
    if agreed.verdict and not verdicts_in(title) <= {agreed.verdict}:
        page.doubt("verdict", "contradiction", f"{agreed.verdict}, {title}")
    if firm and not is_like_firm_of(page.url, firm):
        page.doubt("firm", "contradiction", f"{firm}, {title}")


def path_name(path: str, rating: str | None) -> str | None:
    """Return the share's name in the path of a study, which stands before the rating.

    >>> path_name("muster_ag_equal_weight-beispiel_bank_", "Equal Weight")
    'muster ag'
    """
    parts, ends = words(path.replace("-", "_")), words(rating or "")
    starts = range(1, len(parts) - len(ends) + 1) if ends else ()
    places = (at for at in starts if parts[at : at + len(ends)] == ends)
    at = next(places, None)
    return " ".join(parts[:at]) if at else None


def _linked_page(page: Page, targets: Sequence[_Element]) -> str | None:
    """Return the stock to whose price targets the mean target in a summary leads."""
    urls = (page.absolute_url(link.get("href", "")) for link in targets)
    paths = (page.site.path_of(url) or "" for url in urls)
    matches = map(_PRICE_TARGETS_PATH.fullmatch, paths)
    pages = {instrument_key("stock", match[1]): match[1] for match in matches if match}
    return next(iter(pages.values())) if len(pages) == 1 else None


def _own_row(
    page: Page, rows: list[BoxRow], names: Sequence[str], linked: str | None
) -> BoxRow | None:
    """Return the row of the share; without names the only one.

    Its name is that of the share, or has a word of it and its page is that which the study links
    to, or which has the share's name.
    """
    on_site = [row for row in rows if page.site.has(page.absolute_url(row.href))]
    papers = [(row, page.instrument(row.href)) for row in on_site]
    shares = [(row, paper["page"]) for row, paper in papers if paper.get("kind") == "stock"]
    for choice in _choices(shares, names, linked):
        if len({instrument_key("stock", stock) for _, stock in choice}) == 1:
            return choice[0][0]
    if shares:
        page.doubt("page", "contradiction", ", ".join(row.name for row, _ in shares))
    return None


def _choices(
    shares: list[tuple[BoxRow, str]], names: Sequence[str], linked: str | None
) -> Iterator[list[tuple[BoxRow, str]]]:
    """Yield the rows that can be the share's, each with its page name, the most certain first."""
    yield [(row, stock) for row, stock in shares if is_any_share(row.name, names)]
    related = [(row, stock) for row, stock in shares if _is_related(row.name, names)]
    yield [(row, stock) for row, stock in related if _is_same_page(stock, linked)]
    yield [(row, stock) for row, stock in related if _is_named(stock, names)]


def _is_named(stock: str, names: Sequence[str], *, is_told_twice: bool = False) -> bool:
    """Return whether a page name is that of a share with the names.

    One that box and link have need not be spelled as them, but is not that of another class.
    """
    if not names or any(is_page_of(stock, name) for name in names):
        return True
    return is_told_twice and not any(is_sibling(name, stock) for name in names)


def _is_in_address(name: str, in_path: str) -> bool:
    """Return whether a name has no word that is not in an address, but for legal forms."""
    if is_spelled_alike(name, in_path) or is_same_share(name, in_path):
        return True
    others = {*words(in_path.replace("-", "_"))}
    return any({*words(way)} - LEGAL_FORMS <= others for way in variants(name))


def _is_related(name: str, names: Iterable[str]) -> bool:
    names = list(names)
    return not names or any(has_common_word(name, other) for other in names)


def _is_same_page(page: str, other: str | None) -> bool:
    return instrument_key("stock", page) == instrument_key("stock", other)
