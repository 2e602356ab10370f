"""The XML of Scrapy's feeds: an element for each known value."""

from codecs import getincrementalencoder
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import to_builtins

from finnews.feeds.exporters import PLAIN, ValuesExporter
from finnews.feeds.sheets import cell


class XmlExporter(ValuesExporter):
    """Writes ``<items><item><price>95.55</price>…``; what is unknown has no element.

    What cannot be seen becomes an escape: XML cannot say control characters.
    """

    def __init__(
        self,
        file: BinaryIO,
        item_element: str = "item",
        root_element: str = "items",
        **options: Any,
    ) -> None:
        super().__init__(file, **options)
        self.encoding = self.encoding or "utf-8"
        self.encoder = getincrementalencoder(self.encoding)("xmlcharrefreplace")
        self.item_element, self.root_element = item_element, root_element

    def start_exporting(self) -> None:
        self._write(f'<?xml version="1.0" encoding="{self.encoding}"?>\n<{self.root_element}>\n')

    def export_item(self, item: Any) -> None:
        element = Element(self.item_element)
        add_values(element, to_builtins(self.values(item), builtin_types=PLAIN))
        if self.indent:
            indent(element, " " * self.indent)
        self._write(tostring(element, encoding="unicode") + "\n")

    def finish_exporting(self) -> None:
        self._write(f"</{self.root_element}>\n")

    def _write(self, text: str) -> None:
        self.file.write(self.encoder.encode(text))


def add_values(element: Element, value: Any) -> None:
    """Add to an element what it has: the fields of an object, the values of a list, or a text.

    >>> item = Element("item")
    >>> add_values(item, {"price": 95.55, "wkn": None, "authors": ["A & B"], "is_sponsored": False})
    >>> tostring(item, encoding="unicode").partition("<authors>")[2]
    '<value>A &amp; B</value></authors><is_sponsored>false</is_sponsored></item>'
    """
    match value:
        case dict():
            parts = list(value.items())
        case list():
            parts = [("value", part) for part in value]
        case _:
            element.text = cell(value)
            return
    for name, part in parts:
        if part is not None:
            add_values(SubElement(element, name), part)
