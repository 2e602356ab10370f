"""Lines in which a page says that it has nothing: "Derzeit liegen keine Kursziele vor."."""

import re

from finnews.pages.base import Page
from finnews.pages.visible import text_of

_LEAVES = '//*[not(*)][contains(., "eine ")]'
_LONGEST = 120  # characters; longer texts are articles
_FEW = 3  # words: "Keine Kursziele."
_ABSENT = re.compile(r"\b(?:liegen|gibt|sind|haben|wurden|vorhanden|verfügbar|gefunden|bekannt)\b")


def absences(page: Page, words: re.Pattern[str]) -> list[str]:
    """Return the short lines of a page that have the words, and say that there are none."""
    lines = [text_of(leaf) for leaf in page.xpath(_LEAVES)]
    short = [line for line in lines if len(line) <= _LONGEST and words.search(line)]
    return [line for line in short if _is_absence(line)]


def _is_absence(line: str) -> bool:
    return len(line.split()) <= _FEW or _ABSENT.search(line) is not None
