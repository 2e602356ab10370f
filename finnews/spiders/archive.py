"""The archive that a spider writes to; a failed read or write ends the run."""

from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from finnews.archive.store import Archive, ArchiveError, ItemT
from finnews.middlewares.stop import stop
from finnews.outcome import FinishReason


class SpiderArchive(Archive):
    """Ignores items after a failed write: the next run reads again what was not saved."""

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
            message = "Archive write failed: %s; %d items not saved, the next run reads them again"
            stop(self.crawler, FinishReason.ARCHIVE, message, error, len(self._lines))

    def item_error(self, failure: Failure) -> None:
        """End the run if a pipeline could not read the archive."""
        if isinstance(failure.value, ArchiveError):
            stop(self.crawler, FinishReason.ARCHIVE, "Archive unusable: %s", failure.value)
