"""The archive of a crawl: where it fails the run ends at once, with one line that says why."""

import asyncio
import logging
from pathlib import Path

from scrapy.crawler import Crawler

from finnews.archive.store import Archive, ArchiveError, ItemT

logger = logging.getLogger(__name__)

FAILED = "archive"
"""The finish reason of a run that could not store what it read."""


class CrawlArchive(Archive):
    """Takes nothing more after a failure: what was not stored is read again by the next run."""

    def __init__(self, directory: Path, crawler: Crawler) -> None:
        super().__init__(directory)
        self.crawler = crawler

    def add(self, item: ItemT) -> ItemT | None:
        return None if self.has_failed else super().add(item)

    def commit(self) -> None:
        if self.has_failed:
            return
        try:
            super().commit()
        except ArchiveError as error:
            self._end(error)

    def _end(self, error: ArchiveError) -> None:
        self.has_failed = True
        said = "Nothing more can be stored, nor were the last %d lines: %s"
        logger.critical(said, len(self._lines), error)
        if self.crawler.engine:
            closing = self.crawler.engine.close_spider_async(reason=FAILED)
            self._closing = asyncio.ensure_future(closing)
