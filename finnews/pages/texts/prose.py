"""Running text: the paragraphs and sub-headings of an element in reading order."""

import re
from collections import deque
from collections.abc import Container, Iterator
from typing import NamedTuple

from lxml.etree import _Element, iterwalk
from parsel import Selector

from finnews.pages.texts.not_text import part_of
from finnews.pages.tree import has_class
from finnews.pages.visible import HEADINGS
from finnews.processors import line, paragraph
from finnews.processors.texts import without_parts

_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data"}
    | {"del", "dfn", "em", "font", "i", "iframe", "img", "input", "ins", "kbd", "label", "mark"}
    | {"nobr", "noscript", "output", "picture", "q", "s", "samp", "script", "small", "source"}
    | {"span", "strike", "strong", "style", "sub", "sup", "svg", "td", "template", "th", "time"}
    | {"tt", "u", "var", "wbr"}
)
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
_BLOCK_STYLE = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid|table|list-item)\b")
_BLANKS = re.compile(r"\s+")


class Anchor(NamedTuple):
    """A link in a text."""

    text: str
    href: str


class Block(NamedTuple):
    """A paragraph or a sub-heading; its lines are separated by line breaks."""

    text: str
    is_heading: bool = False
    links: tuple[Anchor, ...] = ()
    """The links in it."""
    tag: str = "p"
    """The element that it stands in."""

    @property
    def outside_links(self) -> str:
        """Its text without the words of its links."""
        text = " ".join(self.text.split())
        return " ".join(without_parts(text, (link.text for link in self.links)).split())


class _Break(NamedTuple):
    """Where a block starts, or the block around it goes on."""

    tag: str


def blocks(
    part: Selector, boxes: Container[_Element] = (), doubtful: list[str] | None = None
) -> Iterator[Block]:
    """Yield the blocks of text in an element, without `boxes`, scripts and advertising.

    To `doubtful` a sentence is added of each part that may be text and is left out, or the other
    way round.
    """
    pieces: list[str] = []
    links: deque[Anchor] = deque()
    tag = part.root.tag
    for piece in _pieces(part.root, boxes, [] if doubtful is None else doubtful):
        if isinstance(piece, str):
            pieces.append(piece)
        elif isinstance(piece, Anchor):
            links.append(piece)
        else:
            yield from _finished(pieces, links, tag)
            tag = piece.tag
    yield from _finished(pieces, links, tag)


def _pieces(
    root: _Element, boxes: Container[_Element], doubtful: list[str]
) -> Iterator[str | Anchor | _Break]:
    """Yield text, links, and where blocks start.

    A row of a table is one block; what its cells contain is separated by blanks.
    """
    rows = 0
    walker = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        is_block = _is_block(element)
        if event == "start":
            rows += element.tag == "tr"
            yield from _start_of(element, is_block, is_in_row=rows > 0)
            if element is not root and (element in boxes or not _is_text(element, doubtful)):
                walker.skip_subtree()
            else:
                yield _BLANKS.sub(" ", element.text or "")
        else:
            if is_block and element is not root:
                is_cell = rows and element.tag != "tr"
                yield " " if is_cell else _Break(element.getparent().tag)
            rows -= element.tag == "tr"
            if element is not root:
                yield _BLANKS.sub(" ", element.tail or "")


def _is_text(element: _Element, doubtful: list[str]) -> bool:
    part = part_of(element)
    if part.doubtful:
        doubtful.append(part.doubtful)
    return part.is_text


def _is_block(element: _Element) -> bool:
    """Return whether an element starts a line of its own; custom elements do not."""
    tag = element.tag
    if not isinstance(tag, str):  # a comment
        return False
    is_block = tag not in _INLINE and "-" not in tag
    return is_block or (tag == "span" and _is_shown_as_block(element))


def _is_shown_as_block(element: _Element) -> bool:
    is_styled = _BLOCK_STYLE.search(element.get("style", ""))
    return is_styled is not None or has_class(element, "display-block")


def _start_of(
    element: _Element, is_block: bool, *, is_in_row: bool
) -> Iterator[str | Anchor | _Break]:
    if is_block:
        yield " " if is_in_row and element.tag != "tr" else _Break(element.tag)
    elif element.tag == "br":
        yield " " if is_in_row else "\n"
    elif element.tag in ("td", "th"):
        yield " "
    elif element.tag == "a" and (href := element.get("href")):
        yield Anchor(line("".join(element.itertext())), href)


def _finished(pieces: list[str], links: deque[Anchor], tag: str) -> Iterator[Block]:
    printed = map(paragraph, _PARAGRAPH_BREAK.split("".join(pieces)))
    texts = [text for text in printed if text]
    for text in texts[:-1]:
        yield Block(text, tag in HEADINGS, tuple(_links_in(text, links)), tag)
    for text in texts[-1:]:
        yield Block(text, tag in HEADINGS, tuple(links), tag)
    pieces.clear()
    links.clear()


def _links_in(text: str, links: deque[Anchor]) -> Iterator[Anchor]:
    """Take the links of a paragraph from those that are left of its element, and yield them."""
    printed, at = " ".join(text.split()), 0
    while links and (found := printed.find(links[0].text, at)) >= 0:
        at = found + len(links[0].text)
        yield links.popleft()
