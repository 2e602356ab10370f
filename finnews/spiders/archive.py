"""The archive that a spider writes to; a failed read or write ends the run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scrapy.crawler import Crawler

from finnews.archive.store import Archive, ArchiveError, ItemT
from finnews.middlewares.stop import stop
from finnews.outcome import FinishReason


class SpiderArchive(Archive):
    """Ignores items after a failed read or write: the next run reads again what was not saved.

    A failed read finds nothing, and whatever the run makes of that is not saved either.
    `on_committed` is called after each commit.
    """

    def __init__(
        self,
        directory: Path,
        crawler: Crawler,
        site: str,
        on_committed: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(directory, site)
        self.crawler = crawler
        self.on_committed = on_committed

    def add(self, item: ItemT) -> ItemT | None:
        with self._ending_run("read"):
            return None if self.has_failed else super().add(item)
        return None

    def find(self, item_class: type[ItemT], key: str) -> ItemT | None:
        with self._ending_run("read"):
            return super().find(item_class, key)
        return None

    def all_of(self, item_class: type[ItemT]) -> Iterator[ItemT]:
        with self._ending_run("read"):
            yield from super().all_of(item_class)

    def merged(self, item: ItemT) -> ItemT:
        with self._ending_run("read"):
            return super().merged(item)
        return item

    def about(self, item_class: type[ItemT], instrument: str) -> Iterator[ItemT]:
        with self._ending_run("read"):
            yield from super().about(item_class, instrument)

    def commit(self) -> None:
        if not self.has_failed:
            with self._ending_run("write"):
                super().commit()
            self.on_committed()

    @contextmanager
    def _ending_run(self, what: str) -> Iterator[None]:
        """End the run if the archive fails."""
        try:
            yield
        except ArchiveError as error:
            message = "Archive %s failed: %s; %d items not saved, the next run reads them again"
            if not self.has_failed:
                self.has_failed = True
                stop(self.crawler, FinishReason.ARCHIVE, message, what, error, len(self._lines))
