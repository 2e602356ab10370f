"""The items of the site's menu, the same on page after page: what was read once is cut out.

The menu is most of a page's elements, and the parser takes longer for it than for all the rest.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeVar

from lxml.etree import HTMLParser, fromstring, iterwalk

ValueT = TypeVar("ValueT")

MENU_ITEM: Final = "menu__item"

NO_MENU_CLASSES: Final = ("quote-ticker", "suggest-search", "grid__item-", "snapshot")
"""Parts of classes; an element that has one is no part of the menu"""

MARK: Final = "data-cut-out"

EMPTY_ITEM: Final = [("class", MENU_ITEM), (MARK, "")]
"""The attributes of the empty item that takes the place of one"""

DEEPEST: Final = 20
"""Elements in one another in an item that is cut out"""

_START: Final = f'<li class="{MENU_ITEM}'
_EMPTY: Final = f'{_START}" {MARK}></li>'
_SHORTEST: Final = 100  # characters of an item, by which it is told from most others
_LONGEST: Final = 100_000  # characters of an item
_MOST: Final = 200  # items that are remembered; a menu has dozens
_TAG = re.compile(
    r"[^<>\0]*+<(/?)(li|ul|ol|div|span|nav|a|b|i|em|strong)"
    r"(?:[ \t\r\n]++[a-z0-9-]++(?:=\"[^\"<>\0]*+\")?+)*+[ \t\r\n]*+>"
)


class Shortened(NamedTuple):
    """A page without the known items of its menu."""

    text: str
    cut_out: int
    """How many items have an empty one in their place."""

    has_unknown: bool = False
    """Whether it has items that were not met before."""


class MenuItems:
    """The items of menus that were met on the last pages, each under its first characters."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}
        self._odd: dict[str, None] = {}
        """First characters of what is not cut out"""

    def cut_out_of(self, text: str) -> Shortened:
        """Return a page with an empty item in place of each that is known, to its last character.

        It reads as the page did, with these items emptied, if the parser takes each for an element:
        in a comment, it would not.
        """
        if MARK in text:
            return Shortened(text, 0)
        pieces: list[str] = []
        end, has_unknown = 0, False
        for at, item in self._items(text):
            if item:
                pieces += text[end:at], _EMPTY
                end = at + len(item)
            has_unknown |= item is None and text[at : at + _SHORTEST] not in self._odd
        return Shortened("".join((*pieces, text[end:])), len(pieces) // 2, has_unknown)

    def learn(self, text: str) -> None:
        """Take note of the items of a page that can be cut out, and of those that cannot."""
        for at, known in self._items(text):
            start = text[at : at + _SHORTEST]
            if known or start in self._odd:
                continue
            item = _plain_item(text[at : at + _LONGEST])
            if item and len(item) >= _SHORTEST:
                _put(self._known, start, [*self._known.get(start, [])[-_MOST:], item])
            else:
                _put(self._odd, start, None)

    def leave_in(self, text: str) -> None:
        """Cut the items of a page out of no other one: they are not in its menu alone."""
        for at, known in list(self._items(text)):
            if known:
                start = text[at : at + _SHORTEST]
                self._known.pop(start, None)
                _put(self._odd, start, None)

    def _items(self, text: str) -> Iterator[tuple[int, str | None]]:
        """Yield where items begin, and the known one there, if one is."""
        at = text.find(_START)
        while at >= 0:
            items = self._known.get(text[at : at + _SHORTEST], ())
            item = next((item for item in items if text.startswith(item, at)), None)
            yield at, item
            at = text.find(_START, at + len(item or _START))


def _put(kept: dict[str, ValueT], start: str, value: ValueT) -> None:
    """Remember something, and forget what was remembered first."""
    if start not in kept and len(kept) >= _MOST:
        del kept[next(iter(kept))]
    kept[start] = value


def _plain_item(html: str) -> str | None:
    """Return the item at the start of a text, if its tags are plain, and each has its end tag.

    The parser must take them as they stand: it closes no element of itself, and adds none.
    """
    tags: list[tuple[str, str]] = []
    depth = deepest = 0
    for tag in _tags(html):
        tags.append(("end" if tag[1] else "start", tag[2]))
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
        if not depth:
            item = html[: tag.end()]
            is_plain = deepest <= DEEPEST and _has_links_alone(item) and _parsed(item) == tags
            return item if is_plain else None
    return None


def _tags(html: str) -> Iterator[re.Match[str]]:
    """Yield the tags, each with the text before it, up to one that is not plain."""
    at = 0
    while match := _TAG.match(html, at):
        yield match
        at = match.end()


def _has_links_alone(item: str) -> bool:
    is_item = item[len(_START)] in '" '
    return is_item and not any(name in item for name in NO_MENU_CLASSES)


def _parsed(item: str) -> list[tuple[str, str]]:
    """Return the tags of an item as the parser has them, also those that it adds."""
    root = fromstring(f"<ul>{item}</ul>", HTMLParser(encoding="utf-8"))
    walker = iterwalk(root.find("body/ul/li"), events=("start", "end"))
    return [(event, element.tag) for event, element in walker]
