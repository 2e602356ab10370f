"""Scrapy's own feeds (``-O new.jsonl``) with the lines of the archive: exact decimals."""

from typing import Any, BinaryIO

from scrapy.exporters import BaseItemExporter

from finnews.archive.lines import line


class LineExporter(BaseItemExporter):
    """Writes each item as the archive does."""

    def __init__(self, file: BinaryIO, **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self.file = file

    def export_item(self, item: Any) -> None:
        self.file.write(line(item))
