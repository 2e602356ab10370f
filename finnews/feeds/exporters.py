"""The exporters of Scrapy's feeds: the values of the archive's lines, with exact decimals."""

import pickle
from decimal import Decimal
from typing import Any, BinaryIO, Final

import msgspec
from scrapy.exporters import BaseItemExporter

from finnews.archive.lines import encoded, line

PLAIN: Final = (Decimal,)
"""What stays as it is where objects become dicts."""


class ValuesExporter(BaseItemExporter):
    """Takes the options of a feed, and gives the values that it asks for."""

    def __init__(self, file: BinaryIO, **options: Any) -> None:
        super().__init__(**options)
        self.file = file

    def values(self, item: Any) -> dict[str, Any]:
        """Return an item's values by the names of its columns; what it lacks is ``None``."""
        return dict(self.get_serialized_fields(item, None, include_empty=True))

    def export_item(self, item: Any) -> None:
        raise NotImplementedError


class LineExporter(ValuesExporter):
    """Writes each item as a line, as the archive does."""

    def export_item(self, item: Any) -> None:
        is_whole = self.fields_to_export is None
        self.file.write(line(item) if is_whole else encoded(self.values(item)) + b"\n")


class JsonExporter(ValuesExporter):
    """Writes all items as one array; an indent of 0 gives each a line of its own."""

    def __init__(self, file: BinaryIO, **options: Any) -> None:
        super().__init__(file, **options)
        self.line_break = b"" if self.indent is None else b"\n"
        self.separator = b""

    def start_exporting(self) -> None:
        self.file.write(b"[" + self.line_break)

    def export_item(self, item: Any) -> None:
        raw = encoded(self.values(item))
        if self.indent:
            raw = msgspec.json.format(raw, indent=self.indent)
        self.file.write(self.separator + raw)
        self.separator = b"," + self.line_break

    def finish_exporting(self) -> None:
        self.file.write(self.line_break + b"]")


class PickleExporter(ValuesExporter):
    """Pickles each item as a dict of plain values, to be read where there is no finnews."""

    def export_item(self, item: Any) -> None:
        plain = msgspec.to_builtins(self.values(item), builtin_types=PLAIN)
        pickle.dump(plain, self.file)
