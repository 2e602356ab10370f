"""How far a run has read files, and how much of that is archived: a kill forgets nothing."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from finnews.archive import Archive
from finnews.items import Checkpoint, FileReading, Item
from finnews.saved.reading import Part
from finnews.saved.sources import Source
from finnews.saved.stream import Place


@dataclass(slots=True)
class Reached:
    """A place in a file, and how many items the run had given before it."""

    given: int
    checkpoint: Checkpoint


class FileProgress:
    """Records how far files were read, once the items before are archived.

    `readers` says by what they are read; `stamped` gives a record its time.
    """

    def __init__(
        self, archive: Archive, readers: str, stamped: Callable[[Checkpoint], Item]
    ) -> None:
        self.archive = archive
        self.readers = readers
        self.stamped = stamped
        self.given = self.processed = 0
        self.held: int | None = None
        """How many items had been processed when one failed; nothing behind it is recorded."""
        self.total = self.done = 0
        """Bytes of all files, and of those that were read."""
        self.here = 0
        """Bytes of the file that is being read."""
        self.started = time.monotonic()
        self._before = 0
        self._reached: deque[Reached] = deque()

    def unread(self, sources: Iterable[Source]) -> Iterator[Part]:
        """Yield what earlier runs have not read of some files, each once."""
        for source in {source.path: source for source in sources}.values():
            self.total += source.size
            earlier = self.archive.find(Checkpoint, source.path.as_uri())
            file = earlier.file if earlier else None
            if file is None or not self._is_of(file, source):
                yield Part(source)
            elif file.is_read:
                self._before += source.size
                self.done += source.size
            else:
                self._before += file.offset
                yield Part(source, Place(file.offset, file.within))

    def reach(self, source: Source, place: Place, *, is_end: bool = False) -> None:
        """Note that all items of a file before a place were given."""
        file = FileReading(
            source.size, str(source.modified), self.readers, place.offset, place.within, is_end
        )
        checkpoint = Checkpoint(url=source.path.as_uri(), file=file)
        last = self._reached[-1] if self._reached else None
        if last and last.given == self.given and last.checkpoint.url == checkpoint.url:
            self._reached.pop()
        self._reached.append(Reached(self.given, checkpoint))
        self.here = 0 if is_end else place.offset
        self.done += source.size if is_end else 0

    def hold(self) -> None:
        """Record no place behind the item that is being processed, so that it is read again."""
        self.held = self.processed if self.held is None else self.held

    def record(self) -> None:
        """Record the places before which a commit has archived all items."""
        records: dict[str | None, Checkpoint] = {}
        archived = self.processed if self.held is None else self.held
        while self._reached and self._reached[0].given <= archived:
            checkpoint = self._reached.popleft().checkpoint
            records[checkpoint.url] = checkpoint
        for checkpoint in records.values():
            self.archive.add(self.stamped(checkpoint))

    @property
    def line(self) -> str:
        """How much is read, and the time left: ``1.2 of 3.4 GB, 35 %, 4 min left``."""
        read, seconds = self.done + self.here, time.monotonic() - self.started
        speed = (read - self._before) / seconds if seconds else 0
        left = f", {_duration((self.total - read) / speed)} left" if speed > 0 else ""
        unit, name = next(((u, n) for u, n in _UNITS if self.total >= u), _UNITS[-1])
        share = read / self.total if self.total else 1
        return f"{read / unit:.1f} of {self.total / unit:.1f} {name}, {share:.0%}{left}"

    def _is_of(self, file: FileReading, source: Source) -> bool:
        """Return whether a record is of the file as it is now, and of the same readers."""
        now = (source.size, str(source.modified), self.readers)
        return (file.size, file.modified, file.readers) == now


_UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B"))


def _duration(seconds: float) -> str:
    """Return a time as a person says it.

    >>> _duration(42), _duration(600), _duration(10_000)
    ('42 s', '10 min', '2.8 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
