"""The archive that a spider writes to: where it fails, the run ends."""

from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from finnews.archive.store import Archive, ArchiveError, ItemT
from finnews.middlewares.stop import stop
from finnews.outcome import FinishReason


class SpiderArchive(Archive):
    """Takes nothing more after a failed write: the next run reads again what was not saved."""

    def __init__(self, directory: Path, crawler: Crawler, site: str) -> None:
        super().__init__(directory, site)
        self.crawler = crawler
        crawler.signals.connect(self.item_error, signals.item_error)

    def add(self, item: ItemT) -> ItemT | None:
        return None if self.has_failed else super().add(item)

    def commit(self) -> None:
        if self.has_failed:
            return
        try:
            super().commit()
        except ArchiveError as error:
            self.has_failed = True
            message = "Archive write failed; the last %d items were not saved: %s"
            stop(self.crawler, FinishReason.ARCHIVE, message, len(self._lines), error)

    def item_error(self, failure: Failure) -> None:
        """End the run where a pipeline could not read the archive."""
        if isinstance(failure.value, ArchiveError):
            stop(self.crawler, FinishReason.ARCHIVE, "Archive read failed: %s", failure.value)
