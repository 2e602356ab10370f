"""The text that a reader sees of a part of a page, on one line."""

from collections.abc import Iterator

from lxml.etree import _Element, iterwalk
from parsel import Selector, SelectorList

from finnews.processors import line

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""The elements that are headings"""

SEPARATE = HEADINGS | frozenset(
    {"br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "section", "aside"}
    | {"header", "footer", "article", "table", "caption", "tr", "td", "th", "hr", "option"}
)
"""The elements that separate words"""

_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "canvas", "video", "audio", "object"}
    | {"iframe", "noframes", "rp"}
)


def text_of(part: Selector | SelectorList[Selector] | _Element) -> str:
    """Return the text of an element, or of the first in a list, on one line.

    Line breaks and blocks separate words: ``<b>Muster</b><br>AG`` is "Muster AG".
    """
    if isinstance(part, SelectorList):
        if not part:
            return ""
        part = part[0]
    root = part.root if isinstance(part, Selector) else part
    return line("".join(_pieces(root)) if len(root) else root.text or "")


def _pieces(root: _Element) -> Iterator[str]:
    walker = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if element.tag in SEPARATE:
            yield " "
        if event == "start":
            if element.tag in _SILENT:
                walker.skip_subtree()
            else:
                yield element.text or ""
        elif element is not root:
            yield element.tail or ""
