"""The CSV of Scrapy's feeds: a column for each field, an empty cell for what is unknown."""

import csv
from codecs import getincrementalencoder
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any, BinaryIO

from itemadapter import ItemAdapter

from finnews.archive.lines import encoded
from finnews.feeds.exporters import ValuesExporter
from finnews.printable import printable


class CsvExporter(ValuesExporter):
    """Writes a row of headings, even if there are no items, and a row for each item.

    A file that is appended to has its headings.
    """

    def __init__(
        self,
        file: BinaryIO,
        include_headers_line: bool = True,
        errors: str = "backslashreplace",
        **options: Any,
    ) -> None:
        names = ("encoding", "fields_to_export", "indent")
        given = {name: options.pop(name) for name in names if name in options}
        super().__init__(file, **given)
        self.dialect = options
        self.encoder = getincrementalencoder(self.encoding or "utf-8")(errors)
        self.has_headings = not include_headers_line
        if file.seekable() and file.tell():
            self.has_headings = True
            self.encoder.setstate(0)  # no byte order mark

    def start_exporting(self) -> None:
        if self.fields_to_export is not None:
            self._write_headings()

    def export_item(self, item: Any) -> None:
        if self.fields_to_export is None:
            self.fields_to_export = ItemAdapter(item).field_names()
            self._write_headings()
        self._write_row(map(cell, self.values(item).values()))

    def _write_headings(self) -> None:
        if not self.has_headings:
            columns = self.fields_to_export or ()
            self._write_row(columns.values() if isinstance(columns, Mapping) else columns)
            self.has_headings = True

    def _write_row(self, cells: Iterable[str]) -> None:
        row = StringIO(newline="")
        csv.writer(row, **self.dialect).writerow(cells)
        self.file.write(self.encoder.encode(row.getvalue()))


def cell(value: Any) -> str:
    """Return a value as a cell: numbers plain, texts as they are, lists and objects as JSON.

    >>> from decimal import Decimal
    >>> [cell(value) for value in (None, True, Decimal("1E-7"), "ä", ["so", "DP"])]
    ['', 'true', '0.0000001', 'ä', '["so","DP"]']
    """
    if value is None:
        return ""
    return printable(value if isinstance(value, str) else encoded(value).decode())
