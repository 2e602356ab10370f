"""The parts of a golden page, and the page as what stands before, in and behind each of them."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

from lxml import etree

from tests.alterations.sheets import Sheet, Source, sources

_HOLE = "\ue500"


class Part(NamedTuple):
    """A part of a page: an element, a value of JSON, or the cells of a table's column."""

    source: Source
    name: str
    """The element and the one around it, by tags and classes: ``div.accordion > h2``."""

    pieces: tuple[str, ...]
    """What stands around its places, which are one, or one in each row of a table."""

    opening: str
    """The tag that begins it."""

    content: str
    closing: str

    @property
    def whole(self) -> str:
        """It as it stands in the page."""
        return self.opening + self.content + self.closing

    @property
    def places(self) -> int:
        """How many places it has."""
        return len(self.pieces) - 1

    def page(self, *grown: str) -> str:
        """Return the page with one text, or one for each place, instead of it."""
        texts = grown * self.places if len(grown) == 1 else grown
        pairs = zip(self.pieces, (*texts, ""), strict=True)
        return "".join(text for pair in pairs for text in pair)


def parts() -> Iterator[Part]:
    """Yield each kind of part that the pages of a type have, of the first page that has it.

    A kind is told by the tags and classes of an element and of the one around it.
    """
    known: set[tuple[str, str]] = set()
    for source in sorted(sources(), key=lambda each: (-len(each.text), each.name)):
        if not source.name.startswith("captures/"):
            yield from _new_parts(source, known)


def _new_parts(source: Source, known: set[tuple[str, str]]) -> Iterator[Part]:
    sheet = Sheet(source)
    of_page = _values(source, sheet.root) if sheet.format == "json" else _elements(source, sheet)
    for part in of_page:
        kind = source.page_type, part.name
        if kind not in known:
            known.add(kind)
            yield part


def _elements(source: Source, sheet: Sheet) -> Iterator[Part]:
    """Yield the elements of a page; each is cut out of the tree's text, and put back."""
    for element in list(sheet.root.iter("*")):
        parent = element.getparent()
        if parent is None or element.tag in ("head", "body", "channel"):
            continue
        name = f"{_name(parent)} > {_name(element)}"
        opening, content, closing = _pieces(element, sheet.format)
        pieces = _around(sheet, [element])
        yield Part(source, name, pieces, opening, content, closing)
        if element.tag in ("td", "th"):
            yield from _column(source, sheet, element, name)


def _column(source: Source, sheet: Sheet, cell: etree._Element, name: str) -> Iterator[Part]:
    """Yield the cells that stand in the rows of a table where one does."""
    row = cell.getparent()
    table = next(cell.iterancestors("table"), None)
    if row is None or table is None:
        return
    at = list(row).index(cell)
    cells = [list(each)[at] for each in table.iter("tr") if len(each) > at]
    if len(cells) > 1:
        pieces = _pieces(cell, sheet.format)
        yield Part(source, f"column {name}", _around(sheet, cells), *pieces)


def _around(sheet: Sheet, elements: list[etree._Element]) -> tuple[str, ...]:
    """Return the texts of a page around elements."""
    holes = []
    for element in elements:
        hole, parent = etree.Element("b"), element.getparent()
        assert parent is not None
        hole.text, hole.tail, element.tail = _HOLE, element.tail, None
        parent.replace(element, hole)
        holes.append(hole)
    text = sheet.text()
    for element, hole in zip(elements, holes, strict=True):
        element.tail = hole.tail
        hole.getparent().replace(hole, element)
    return tuple(text.split(f"<b>{_HOLE}</b>"))


def _pieces(element: etree._Element, kind: str) -> tuple[str, str, str]:
    """Return the tag that opens an element, its content, and the tag that closes it."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.items())
    text = etree.tostring(element, encoding="unicode", method=kind, with_tail=False)
    closing = f"</{element.tag}>"
    if not text.endswith(closing):
        return f"<{element.tag}{attributes}>", "", closing if kind == "xml" else ""
    bare = etree.tostring(_emptied(element), encoding="unicode", method=kind)
    return f"<{element.tag}{attributes}>", text[len(bare) - len(closing) : -len(closing)], closing


def _emptied(element: etree._Element) -> etree._Element:
    empty = etree.Element(element.tag, dict(element.items()))
    empty.text = ""
    return empty


def _name(element: etree._Element) -> str:
    return ".".join([str(element.tag), *sorted((element.get("class") or "").split())])


def _values(source: Source, root: Any) -> Iterator[Part]:
    """Yield the values of JSON, named by their path without the places in lists."""
    for path, value in _paths(root, ()):
        name = "/".join("*" if isinstance(step, int) else step for step in path)
        yield Part(source, name, _json_around(root, path), "", json.dumps(value), "")


def _paths(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for step, part in inner if isinstance(value, dict | list) else ():
        yield (*path, step), part
        if isinstance(part, dict | list):
            yield from _paths(part, (*path, step))


def _json_around(root: Any, path: tuple[Any, ...]) -> tuple[str, ...]:
    copy = json.loads(json.dumps(root))
    around = copy
    for step in path[:-1]:
        around = around[step]
    around[path[-1]] = _HOLE
    return tuple(json.dumps(copy).split(json.dumps(_HOLE)))
