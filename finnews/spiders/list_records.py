"""What a run records of lists and of the pages that they lead to: a kill forgets nothing."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from finnews.archive import Archive
from finnews.items import Checkpoint, Item
from finnews.spiders.checkpoint import ListProgress
from finnews.spiders.listed_pages import ListedPages


class ListRecords:
    """Writes checkpoints, pending pages and dates in lists; `stamped` gives an item its time."""

    def __init__(
        self, archive: Archive, listed: ListedPages, stamped: Callable[[Item], Item]
    ) -> None:
        self.archive = archive
        self.listed = listed
        self.stamped = stamped

    def record(self, progress: ListProgress, ids: list[str]) -> None:
        """Record pages that were found in a list, before they are requested."""
        self.archive.commit()
        self._add(self.listed.outcomes(is_over=False))
        self.listed.find(progress.url, ids)
        self._save(progress, progress.last)

    def save(self, lists: Iterable[ListProgress], *, is_finished: bool) -> None:
        """Record what is pending and the dates in lists, then how far the lists were read.

        In this order: what a list's record no longer has is in the others when it is written.
        """
        self.archive.commit()
        self._add(self.listed.outcomes(is_over=True))
        self._add(self.listed.listings())
        for page in self.listed.shown_pending():
            self.archive.add(page)
        for progress in lists:
            self._save(progress, progress.checkpoint() if is_finished else progress.last)

    def _save(self, progress: ListProgress, checkpoint: Checkpoint | None) -> None:
        found = self.listed.unanswered(progress.url)
        if checkpoint or found:
            record = replace(checkpoint or Checkpoint(url=progress.url), pending=found or None)
            self._add([record])

    def _add(self, items: Iterable[Item]) -> None:
        for item in items:
            self.archive.add(self.stamped(item))
        self.archive.commit()
