"""The slides of a ranking, which are its text: ``Platz 2: Chainlink``."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.texts.labels import is_noise
from finnews.pages.texts.prose import Block, blocks
from finnews.pages.visible import text_of

_SOURCE = re.compile(r"(?:Bild)?[Qq]uellen?:.*", re.DOTALL)
_RANK = re.compile(r"Platz (\d{1,4})\b", re.ASCII)
_CLONE = re.compile(r"clone|duplicate", re.IGNORECASE)

Slide = tuple[Block, ...]


def slides(page: Page, elements: Iterable[Selector]) -> list[Slide]:
    """Return the slides in the order in which they are shown, each once.

    An endless carousel repeats its last slide before the first, and its first after the last.
    """
    outer: dict[_Element, Selector] = {}
    for element in elements:
        if outer.keys().isdisjoint(element.root.iterancestors()):
            outer[element.root] = element
    shown = [slide for slide in (_slide(page, element) for element in outer.values()) if slide]
    unique = list(dict.fromkeys(shown))
    return unique if len(unique) == len(shown) else _by_rank(shown, unique)


def _slide(page: Page, element: Selector) -> Slide:
    if _CLONE.search(element.root.get("class", "")):
        return ()
    title = " ".join(map(text_of, page.css("p.font-weight-bold", element)[:1]))
    return tuple(block._replace(is_heading=block.text == title) for block in _blocks(page, element))


def _blocks(page: Page, element: Selector) -> Iterator[Block]:
    for block in blocks(element):
        if not (_SOURCE.fullmatch(block.text) or is_noise(block.text, page.site.name)):
            yield block


def _by_rank(shown: list[Slide], unique: list[Slide]) -> list[Slide]:
    """Return the slides sorted by rank, in the direction in which most of them are shown."""
    ranks = [rank for slide in shown if (rank := _rank(slide)) is not None]
    if any(_rank(slide) is None for slide in unique):
        return unique
    falling = sum(rank > following for rank, following in pairwise(ranks))
    is_falling = falling * 2 >= len(ranks) - 1
    return sorted(unique, key=lambda slide: _rank(slide) or 0, reverse=is_falling)


def _rank(slide: Slide) -> int | None:
    match = _RANK.match(slide[0].text)
    return int(match[1]) if match else None
