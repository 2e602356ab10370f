"""The exporter of Scrapy's feeds (``-O new.jsonl``): the same lines as in the archive."""

from typing import Any, BinaryIO

from scrapy.exporters import BaseItemExporter

from finnews.archive.lines import line


class LineExporter(BaseItemExporter):
    """Writes each item as the archive does, with exact decimals."""

    def __init__(self, file: BinaryIO, **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self.file = file

    def export_item(self, item: Any) -> None:
        self.file.write(line(item))
