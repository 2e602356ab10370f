"""What an article's text says "In eigener Sache": advertising of the site, and no text."""

from collections import deque
from collections.abc import Iterable

from finnews.pages.base import Page
from finnews.pages.texts.advertising import is_advertising
from finnews.pages.texts.agency import without_byline
from finnews.pages.texts.labels import is_own_interest
from finnews.pages.texts.prose import Block
from finnews.pages.texts.sentences import has_sentence


def without_own_interest(page: Page, text: list[Block]) -> list[Block]:
    """Return a text without "In eigener Sache" and the paragraph under it.

    Below the sign-off of the text, everything under that label is left out.
    """
    above: list[Block] = []
    below = deque(text)
    while below:
        block = below.popleft()
        if not is_own_interest(block.text):
            above.append(block)
            continue
        if without_byline(above, page.site.name)[0][-1:] != above[-1:]:
            _tell_of_sentences(page, below)
            return above
        if below:
            _tell_of_sentences(page, [below.popleft()], certain=not below)
        while below and _advertises(below[0]):
            below.popleft()
    return above


def _tell_of_sentences(page: Page, left_out: Iterable[Block], *, certain: bool = True) -> None:
    """Doubt what is left out and does not advertise; where it is `certain`, only sentences."""
    for block in left_out:
        if not _advertises(block) and (not certain or has_sentence(block.text)):
            page.doubt("article_body", "ambiguous", block.text)


def _advertises(block: Block) -> bool:
    return is_advertising(block.text, [link.href for link in block.links])
