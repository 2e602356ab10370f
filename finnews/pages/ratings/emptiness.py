"""Whether a page says in words that it has nothing: "Derzeit liegen keine Kursziele vor."."""

import re

from finnews.pages.base import Page
from finnews.pages.ratings.page_share import is_page_share
from finnews.pages.visible import text_of

_LEAVES = '//*[not(*)][contains(., "eine ")]'
_STUDIES = '//table//a[contains(@href, "/analyse/")]'
_LONGEST = 120  # characters; longer texts are articles
_OF_SHARE = re.compile(
    r"\b(?:[zZ]ur?|[fF]ür|[vV]on) (?:(?:die|der|den) )?"
    r"(?P<name>[A-ZÄÖÜ0-9].*?)(?:[- ]Aktie)?(?: (?:liegen|gibt|sind|vor|haben|wurden)\b.*|[.!]?$)"
)


def says_none(page: Page, words: re.Pattern[str]) -> bool:
    """Return whether a short line of a page has the words, and no table of it leads to studies.

    A line about another share says nothing.
    """
    if page.xpath(_STUDIES):
        return False
    lines = map(text_of, page.xpath(_LEAVES))
    return any(
        len(line) <= _LONGEST and words.search(line) and _is_own(page, line) for line in lines
    )


def _is_own(page: Page, line: str) -> bool:
    match = _OF_SHARE.search(line)
    return match is None or is_page_share(page, match["name"])
