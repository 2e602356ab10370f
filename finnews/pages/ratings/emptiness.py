"""Whether a page says in words that it has nothing: "Derzeit liegen keine Kursziele vor."."""

import re

from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.ratings.page_share import is_page_share
from finnews.pages.ratings.spellings import may_be_named
from finnews.pages.ratings.study_firms import title_in
from finnews.pages.texts.absences import absences

_STUDIES = '//a[contains(@href, "/analyse/")]'
_OF_SHARE = re.compile(
    r"\b(?:[zZ]ur?|[fF]ür|[vV]on) (?:(?:die|der|den) )?"
    r"(?P<name>[A-ZÄÖÜ0-9].*?)(?:[- ]Aktie)?(?: (?:liegen|gibt|sind|vor|haben|wurden)\b.*|[.!]?$)"
)


def says_none(page: Page, words: re.Pattern[str]) -> bool:
    """Return whether a short line of a page has the words, and no link leads to such a study.

    A line about another share says nothing; nor does one that does not say that there are none:
    "Keine Kursziele älter als ein Jahr".
    """
    if any(_may_be_row(page, link) for link in page.xpath(_STUDIES)):
        return False
    return any(_is_own(page, line) for line in absences(page, words))


def _may_be_row(page: Page, link: Selector) -> bool:
    """Return whether a link to a study may be of a list: in a table, or about the page's share."""
    name = page.from_path("page")
    title = title_in(link.attrib["href"]) or ""
    is_in_table = next(link.root.iterancestors("table"), None) is not None
    return is_in_table or name is None or may_be_named(title, name)


def _is_own(page: Page, line: str) -> bool:
    match = _OF_SHARE.search(line)
    return match is None or is_page_share(page, match["name"])
