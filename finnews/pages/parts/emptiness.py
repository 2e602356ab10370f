"""Whether a page says in words that it has nothing: "Derzeit liegen keine Kursziele vor."."""

import re

from finnews.pages.base import Page
from finnews.pages.visible import text_of

_LEAVES = '//*[not(*)][contains(., "eine ")]'
_LONGEST = 120  # characters; longer texts are articles


def says_none(page: Page, words: re.Pattern[str]) -> bool:
    """Return whether a short line of a page has the words."""
    lines = map(text_of, page.xpath(_LEAVES))
    return any(len(line) <= _LONGEST and words.search(line) for line in lines)
