"""The tree of a page as its reader sees it, without the menu and what is hidden or struck out."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from lxml.etree import (
    Comment,
    Element,
    ErrorTypes,
    HTMLParser,
    ProcessingInstruction,
    XMLParser,
    XPath,
    _Element,
    fromstring,
    strip_tags,
)
from parsel import Selector

from finnews.bounds import kept
from finnews.pages.large_tags import TooManyAttributes, refuse_large_tags
from finnews.pages.menu import DEEPEST, EMPTY_ITEM, MENU_ITEM, NO_MENU_CLASSES, MenuItems, Shortened
from finnews.pages.removal import Removal, remove_copies

_PARSER = HTMLParser(recover=True, encoding="utf-8", remove_comments=True, remove_pis=True)
_XML_PARSER = XMLParser(recover=True, encoding="utf-8", resolve_entities=False)
_UNSEEN_TAGS = ("template", "del", "s", "strike")
_MAYBE_UNSEEN_TAGS = ("sup", "dialog", "noscript")
_ATTRIBUTES = XPath("/descendant::*/@hidden | /descendant::*/@style | /descendant::*/@aria-hidden")
_CLASSES = XPath("/descendant::*/@class", smart_strings=False)
_CLASSES_OF_PARTS = XPath("descendant::div/@class", smart_strings=False)
_END = r"\s*(?:;|!|$)"
_UNSEEN_STYLE = re.compile(
    rf"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    rf"|opacity\s*:\s*[0.]+%?{_END}|font-size\s*:\s*[0.]+(?:[a-z]+|%)?{_END}"
    rf"|color\s*:\s*transparent|text-decoration[\w-]*\s*:[^;]*line-through"
    rf"|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    rf"|(?:left|right|top|text-indent|margin-left)\s*:\s*-[0-9]{{3,}})",
    re.IGNORECASE,
)
_NO_OVERFLOW = re.compile(r"(?:^|;)\s*overflow\s*:\s*hidden", re.IGNORECASE)
_NO_SIZE = re.compile(
    rf"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*[0.]+(?:[a-z]+|%)?{_END}", re.IGNORECASE
)
_BETWEEN_CLASSES = re.compile(r"[ \t\n\r\f]+")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_UNSEEN_CLASSES = frozenset(
    {"display-none", "d-none", "hidden", "is-hidden", "visually-hidden", "sr-only", "line-through"}
    | {"text-decoration-line-through", "visuallyhidden", "invisible", "hide", "screen-reader-text"}
    | {"screen-reader-only"}
)
_SHOWN_ON_SOME_SCREENS = re.compile(r"(?:display|d)-(?!print)(?!.*none)[\w-]+|visible-\w+")
_FOOTNOTE = re.compile(r"\s*(?:[0-9]{1,2}|[a-z]|\*{1,3}|[†‡§])\)?\s*")
_BASE_OF_POWER = re.compile(r"(?:\b[kcm]?m|[0-9])$")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DEEPEST = 200  # elements in one another; real pages have 17 (2026-10), browsers show 512
_IS_TOO_DEEP = XPath(f"boolean({'/*' * (_DEEPEST + 1)})")
_LAST_TAGS = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
_PIECES = 10  # of text; a footnote's mark has one or two
_MENU = MenuItems()
_NO_MENU_TAGS = ("main", "article", "section", "aside", "table", "p", "time", "script", "h1", "h2")
_TAB = "data-sg-tab-region-content"  # shown when its tab is opened
_ANSWER = "accordion__content"  # shown when its question is opened


class TooDeep(ValueError):
    """More elements stand in one another than on any real page, or a text is longer than 10 MB.

    The parser leaves out what is behind 255 in one another, or behind such a text.
    """


def has_class(element: _Element, name: str) -> bool:
    """Return whether an element has a class; a blank at which no line breaks is a part of one."""
    classes = element.get("class", "")
    if name not in classes:
        return False
    return name in (classes.split() if classes.isascii() else _BETWEEN_CLASSES.split(classes))


def ancestors(elements: Iterable[_Element]) -> set[_Element]:
    """Return all elements that some of the elements stand in."""
    around: set[_Element] = set()
    for element in elements:
        for ancestor in element.iterancestors():
            if ancestor in around:
                break
            around.add(ancestor)
    return around


def above_last(
    part: _Element, tag: str, is_end: Callable[[_Element], bool] = lambda _: True
) -> list[_Element]:
    """Return the children of an element that stand before the last of a tag."""
    children = list(part.iterchildren("*"))
    ends = (at for at in reversed(range(len(children))) if children[at].tag == tag)
    return children[: next((at for at in ends if is_end(children[at])), 0)]


def selector(text: str, kind: str) -> Selector:
    """Return the selector of a page, ``html``, ``xml`` or ``json``, without comments.

    HTML is without what its reader does not see, and without the menu of the site. Raises
    `TooDeep`, `TooManyAttributes`.
    """
    if kind == "html":
        return Selector(root=_html_tree(text), type=kind)
    if kind == "xml":
        return Selector(root=_xml_tree(text), type=kind)
    return Selector(text=text, type=kind)


def _xml_tree(text: str) -> _Element:
    xml = text.strip().encode().replace(b"\x00", b"")
    root = _parsed(xml, _XML_PARSER)
    if root is None:
        return Element("xml")
    strip_tags(root, Comment, ProcessingInstruction)
    return root


def _parsed(text: bytes, parser: HTMLParser | XMLParser) -> _Element | None:
    root: _Element | None = fromstring(text, parser)
    errors = parser.error_log
    if len(errors) and errors[len(errors) - 1].type == ErrorTypes.ERR_RESOURCE_LIMIT:
        raise TooDeep
    if root is not None and _IS_TOO_DEEP(root):
        raise TooDeep
    return root


def _html_tree(text: str) -> _Element:
    """Return the tree of HTML; its plain elements cost a quarter of those of ``lxml.html``."""
    refuse_large_tags(text)
    shortened = _MENU.cut_out_of(text)
    root = _shortened_tree(shortened)
    if root is None:
        root = _whole_tree(text)
        if root is None:
            return Element("html")
        if shortened.cut_out:
            _MENU.leave_in(text)
    if shortened.has_unknown:
        _MENU.learn(text)
    empty_menu(root)
    remove_unseen(root)
    return root


def _shortened_tree(shortened: Shortened) -> _Element | None:
    """Return the tree without the known items of the menu, if that is where they stand."""
    if not shortened.cut_out:
        return None
    try:
        root = _whole_tree(shortened.text)
    except (TooDeep, TooManyAttributes):
        return None
    items = [] if root is None else root.iter("li")
    empty = [item for item in items if item.items() == EMPTY_ITEM]
    lists = {item.getparent() for item in empty}
    if len(empty) != shortened.cut_out or not all(map(_is_menu, lists)):
        return None
    for item in empty:
        item.attrib.clear()
    return root


def _whole_tree(text: str) -> _Element | None:
    html = _bytes(text)
    root = _parsed(html, _PARSER)
    if root is None or not _is_torn(root):
        return root
    whole = _LAST_TAGS.sub(b"", html)
    refuse_large_tags(whole.decode())
    return _parsed(whole, _PARSER)


def _bytes(text: str) -> bytes:
    return text.encode().replace(b"\x00", b"")


def _is_torn(root: _Element) -> bool:
    """Return whether a page goes on behind the end of its body.

    Browsers ignore an end tag there; libxml2 closes all that is open, the article too.
    """
    body = root.find("body")
    return root.getnext() is not None or (body is not None and body.getnext() is not None)


def empty_menu(root: _Element) -> None:
    """Empty the menu of the site, ``li.menu__item`` in the page's header.

    It is half of a page's characters (by what stands in a capture of 2026-09 in its place), and
    nothing in it is about the page. An item with more than links stays: in broken HTML, the rest of
    the page can be in it.
    """
    for item in list(_menu_items(root)):
        item.clear(keep_tail=True)


def _menu_items(root: _Element) -> Iterator[_Element]:
    outer: set[_Element] = set()
    for item in root.iter("li"):
        around = list(item.iterancestors()) if has_class(item, MENU_ITEM) else []
        if _is_header(around) and outer.isdisjoint(around):
            outer.add(item)
            if _has_links_alone(item):
                yield item


def _is_header(around: Iterable[_Element]) -> bool:
    tags = {part.tag for part in around}
    return "header" in tags and tags.isdisjoint(("article", "main"))


def _is_menu(items: _Element) -> bool:
    """Return whether a list whose items were cut out is in the header, and in no other item."""
    around = [items, *items.iterancestors()]
    is_outer = not any(has_class(part, MENU_ITEM) for part in around if part.tag == "li")
    return is_outer and len(around) + DEEPEST <= _DEEPEST and _is_header(around)


def _has_links_alone(item: _Element) -> bool:
    classes = " ".join(_CLASSES_OF_PARTS(item))
    has_part = any(name in classes for name in NO_MENU_CLASSES)
    return not has_part and next(item.iter(*_NO_MENU_TAGS), None) is None


def remove_unseen(root: _Element) -> None:
    """Remove from a tree what its reader does not see; boxes stay that a reader can open.

    An element that some screens show is seen (``display-none display-block-md``, 2026-09).
    """
    with_attributes = [attribute.getparent() for attribute in _ATTRIBUTES(root)]
    of_tags = root.iter(*_UNSEEN_TAGS, *_MAYBE_UNSEEN_TAGS)
    removal = Removal()
    for element in (*of_tags, *_of_hiding_classes(root), *with_attributes):
        if element.tag == "sup":
            _flatten(element, removal)
        elif element is not root and _is_unseen(element):
            removal.remove(element)
    removal.finish()
    remove_copies(root, [each for each in with_attributes if each.get("aria-hidden") == "true"])


def _of_hiding_classes(root: _Element) -> list[_Element]:
    hiding = set(filter(_hides, set(_CLASSES(root))))
    return [each for each in root.iter("*") if each.get("class") in hiding] if hiding else []


@kept(maxsize=512)  # the classes of a site are the same on all its pages
def _hides(classes: str) -> bool:
    names = classes.split()
    is_hidden = not _UNSEEN_CLASSES.isdisjoint(names)
    return is_hidden and not any(map(_SHOWN_ON_SOME_SCREENS.fullmatch, names))


def _is_unseen(element: _Element) -> bool:
    if element.tag in _UNSEEN_TAGS or (element.tag == "dialog" and element.get("open") is None):
        return True
    if element.tag == "noscript":
        return element.find(".//img") is None
    if element.tag in ("body", "script") or element.get(_TAB) is not None:
        return False
    if has_class(element, _ANSWER):
        return False
    is_hidden = element.get("hidden") is not None or _hides(element.get("class", ""))
    return is_hidden or _is_unseen_by(element.get("style") or "")


def _is_unseen_by(style: str) -> bool:
    """Return whether a style hides its element; a comment without an end goes to that of the style.

    >>> _is_unseen_by("display:/**/none"), _is_unseen_by("height:0; overflow:hidden")
    (True, True)
    >>> _is_unseen_by("color:red /* display:none"), _is_unseen_by("height:0")
    (False, False)
    """
    printed = _COMMENT.sub("", style)
    has_no_size = _NO_OVERFLOW.search(printed) and _NO_SIZE.search(printed)
    return bool(_UNSEEN_STYLE.search(printed) or has_no_size)


def _flatten(element: _Element, removal: Removal) -> None:
    """Remove a footnote's mark; keep what may be a part of the number or unit before it.

    So ``61<sup>2</sup>`` is ``61²``, and ``m<sup>2</sup>`` a square metre.
    """
    text = "".join(islice(element.itertext(), _PIECES)).strip()
    is_number = text.isascii() and text.isdecimal()
    if is_number and _BASE_OF_POWER.search(removal.text_before(element)):
        element.text = text.translate(_POWERS)
    elif _FOOTNOTE.fullmatch(text):
        removal.remove(element)
