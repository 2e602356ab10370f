"""What a reader of a page sees: not what is hidden or struck out, nor the mark of a footnote."""

import re
from collections.abc import Iterator

from lxml.etree import XPath, _Element, iterwalk
from parsel import Selector, SelectorList

from finnews.processors import line

SEPARATE = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "section", "aside"}
    | {"header", "footer", "article", "table", "caption", "tr", "td", "th", "hr", "option"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
"""The elements that separate words"""

_SILENT = frozenset({"script", "style", "noscript", "template"})
_CANDIDATES = XPath(
    "//template | //del | //s | //strike | //sup | //dialog | //noscript | //*[@hidden]"
    " | //*[@style]"
    ' | //*[contains(@class, "none") or contains(@class, "hidden") or contains(@class, "through")]'
)
_COPIES = XPath('//*[@aria-hidden="true"]')
_UNSEEN_TAGS = frozenset({"template", "del", "s", "strike"})
_UNSEEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0\s*(?:;|$)"
    r"|font-size\s*:\s*0(?:[a-z]|\s*(?:;|$))|text-decoration[\w-]*\s*:[^;]*line-through)",
    re.IGNORECASE,
)
_UNSEEN_CLASSES = frozenset(
    {"display-none", "d-none", "hidden", "is-hidden", "visually-hidden", "sr-only", "line-through"}
    | {"text-decoration-line-through"}
)
_SHOWN_ON_SOME_SCREENS = re.compile(r"(?:display|d)-(?!none)[\w-]+|visible-\w+")
_FOOTNOTE = re.compile(r"\s*(?:[0-9]{1,2}|[a-z]|\*{1,3}|[†‡§])\)?\s*")
_LENGTH = re.compile(r"\b[kcm]?m$")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TAB = "data-sg-tab-region-content"  # shown when its tab is opened


def text_of(part: Selector | SelectorList[Selector]) -> str:
    """Return the text of an element, or of the first in a list, on one line.

    Line breaks and blocks separate words: ``<b>Muster</b><br>AG`` is "Muster AG".
    """
    element = part if isinstance(part, Selector) else next(iter(part), None)
    if element is None:
        return ""
    root = element.root
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


def remove_unseen(root: _Element) -> None:
    """Remove from a tree what its reader does not see.

    An element that some screens show stays (``display-none display-block-md``, seen 2026-09), and
    so do boxes that a reader can open.
    """
    for element in _CANDIDATES(root):
        if element.tag == "sup":
            _flatten(element)
        elif element is not root and _is_unseen(element):
            _remove(element)
    for element in _COPIES(root):
        if _is_copy(element):
            _remove(element)


def _is_copy(element: _Element) -> bool:
    """Return whether the text of an element stands beside it again, as in a carousel's clones."""
    parent, text = element.getparent(), _text(element)
    return bool(text) and parent is not None and _text(parent).count(text) > 1


def _text(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _is_unseen(element: _Element) -> bool:
    if element.tag in _UNSEEN_TAGS or (element.tag == "dialog" and element.get("open") is None):
        return True
    if element.tag == "noscript":
        return element.find(".//img") is None
    if element.tag in ("body", "script") or element.get(_TAB) is not None:
        return False
    if element.get("hidden") is not None:
        return True
    return _has_unseen_class(element) or bool(_UNSEEN_STYLE.search(element.get("style") or ""))


def _has_unseen_class(element: _Element) -> bool:
    classes = (element.get("class") or "").split()
    if _UNSEEN_CLASSES.isdisjoint(classes):
        return False
    return not any(_SHOWN_ON_SOME_SCREENS.fullmatch(name) for name in classes)


def _flatten(element: _Element) -> None:
    """Remove a footnote's mark; keep a square metre."""
    text = "".join(element.itertext())
    if not _FOOTNOTE.fullmatch(text):
        return
    if _LENGTH.search(_text_before(element)) and text.strip() in ("2", "3"):
        element.text = text.strip().translate(_POWERS)
    else:
        _remove(element)


def _text_before(element: _Element) -> str:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return previous.tail or ""
    return (parent.text or "") if parent is not None else ""


def _remove(element: _Element) -> None:
    """Remove an element, not the text behind it, which lxml keeps in its ``tail``."""
    parent = element.getparent()
    if parent is None:
        return
    tail, previous = element.tail, element.getprevious()
    if tail and previous is not None:
        previous.tail = (previous.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
