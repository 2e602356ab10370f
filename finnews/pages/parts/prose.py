"""Running text: the paragraphs and sub-headings of an element in reading order."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element, iterwalk
from parsel import Selector

from finnews.processors import paragraph

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre"}
_BLOCKS |= {"section", "aside", "header", "footer", "table", "tr", "hr"}
_NOT_TEXT = frozenset(
    {"script", "style", "noscript", "iframe", "figure", "article", "template", "svg", "form"}
    | {"button"}
)
_NOT_TEXT_CLASSES = frozenset(
    {"ad", "ad-container", "ad-hint", "page-content__ad", "native-content-ad-container"}
    | {"accordion", "ai-summary-button", "ai-summary-box"}
)
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
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
    """The links in its element; if the element has several paragraphs, the first has all links."""


def blocks(part: Selector) -> Iterator[Block]:
    """Yield the blocks of text in an element, without boxes, scripts and advertising."""
    pieces: list[str] = []
    links: list[Anchor] = []
    is_heading = False
    for piece in _pieces(part.root):
        if isinstance(piece, str):
            pieces.append(piece)
        elif isinstance(piece, Anchor):
            links.append(piece)
        else:
            yield from _finished(pieces, links, is_heading)
            is_heading = piece
    yield from _finished(pieces, links, is_heading)


def _pieces(root: _Element) -> Iterator[str | Anchor | bool]:
    """Yield text and links, and where a block starts or ends, whether a sub-heading starts."""
    walker = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            yield from _start_of(element)
            if _is_not_text(element):
                walker.skip_subtree()
            else:
                yield _BLANKS.sub(" ", element.text or "")
        else:
            if element.tag in _BLOCKS:
                yield False
            if element is not root:
                yield _BLANKS.sub(" ", element.tail or "")


def _start_of(element: _Element) -> Iterator[str | Anchor | bool]:
    if element.tag in _BLOCKS:
        yield element.tag in _HEADINGS
    elif element.tag == "br":
        yield "\n"
    elif element.tag in ("td", "th"):
        yield " "
    elif element.tag == "a" and (href := element.get("href")):
        yield Anchor(" ".join("".join(element.itertext()).split()), href)


def _is_not_text(element: _Element) -> bool:
    classes = (element.get("class") or "").split()
    return element.tag in _NOT_TEXT or not _NOT_TEXT_CLASSES.isdisjoint(classes)


def _finished(pieces: list[str], links: list[Anchor], is_heading: bool) -> Iterator[Block]:
    texts = filter(None, map(paragraph, _PARAGRAPH_BREAK.split("".join(pieces))))
    for index, text in enumerate(texts):
        yield Block(text, is_heading, () if index else tuple(links))
    pieces.clear()
    links.clear()
