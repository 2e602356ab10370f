"""What a run meets in one file of saved pages: pages, failures, what is passed over, faults."""

import logging
from collections import Counter
from collections.abc import Iterator
from typing import Final

from finnews.pages.budget import SKIPPED
from finnews.saved.reading import Reading
from finnews.saved.sources import Source
from finnews.saved.stream import Place
from finnews.site import Site

logger = logging.getLogger(__name__)

_FAULTS: Final = 5  # that are told of a file, one by one
_WAITED: Final = 64 * 1024 * 1024  # bytes of a file in which a failed page can come after all


class FileTally:
    """Counts what is met in a file.

    An answer that is no page has failed only if no later answer at its address is one: a crawl has
    tried again.
    """

    def __init__(self) -> None:
        self.pages = self.faults = 0
        self.passed: Counter[str] = Counter()
        self.held: Place | None = None
        """Where the first page is that is left out for some days, and to be read after them"""
        self._failures: dict[str, Reading] = {}

    def note(self, reading: Reading) -> None:
        """Note a page, an answer that is none, or what is passed over."""
        if reading.failure or reading.page:
            self._failures.pop(reading.url, None)
        if reading.failure:
            self._failures[reading.url] = reading
            if reading.failure.reason == SKIPPED:
                self.held = min(self.held or reading.place, reading.place)
        elif reading.page:
            self.pages += 1
        elif reading.passed:
            self.passed[reading.passed] += 1

    def resuming(self, place: Place) -> Place:
        """Return where a run that is stopped at a place has to go on: at the first failure."""
        first = next(iter(self._failures.values()), None)
        return min(place, first.place if first else place, self.held or place)

    def given_up(self, place: Place) -> Iterator[Reading]:
        """Yield the failures so far before a place that no later answer is waited for."""
        while first := next(iter(self._failures.values()), None):
            if max(place.offset - first.place.offset, place.within - first.place.within) < _WAITED:
                return
            yield self._failures.pop(first.url)

    def failures(self) -> Iterator[Reading]:
        """Yield the failures at the end of the file."""
        yield from self._failures.values()

    def tell(self, source: Source, site: Site) -> None:
        """Log what a WARC file had."""
        if source.kind != "warc":
            return
        passed = ", ".join(f"{number} {why}" for why, number in sorted(self.passed.items()))
        level = logging.INFO if self.pages or self._failures else logging.WARNING
        message = "%s: %d pages of %s; passed over: %s"
        logger.log(level, message, source.path, self.pages, site.host, passed or "-")

    def tell_fault(self, fault: str) -> None:
        """Log what cannot be read; of many such things, the first ones."""
        self.faults += 1
        if self.faults <= _FAULTS:
            logger.error("%s", fault)
        if self.faults == _FAULTS:
            logger.error("More of this kind in the file are only counted")
