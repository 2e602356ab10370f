"""Parts of sources that are read elsewhere, as the tasks of workers, and what comes back.

A large WARC file is cut at offsets where nobody knows whether a record begins. The one who reads
such a part looks for the first record in it; the one who takes the parts in their order sees
whether that is where the part before has ended, and else has the part read again from there.
"""

import asyncio
import os
import pickle
import signal
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import Final, NamedTuple

from finnews.pages.budget import Budget
from finnews.pages.hung import HungPages
from finnews.pages.stats import PageStats
from finnews.saved.answers import End
from finnews.saved.readers import readers
from finnews.saved.reading import Part, Reader, Reading
from finnews.saved.sources import Source
from finnews.saved.stream import Place
from finnews.site import Site

_STEP: Final = 1024 * 1024  # bytes of a compressed file, some seventy pages
_PLAIN: Final = 8
_FILES: Final = 50  # small ones that are one task
_PAGES: Final = 2000  # that come back at once, from a file that cannot be cut


class Orders(NamedTuple):
    """How pages are read: as in the run that asks for them."""

    site: Site
    url: str | None
    seconds: float
    """Seconds of work for a page, and memory as a multiple of its size."""

    multiple: float

    hung: frozenset[bytes] = frozenset()
    """Pages that are left out, as the run's `HungPages` have them."""


@dataclass(slots=True)
class Batch:
    """What a part gave."""

    readings: list[Reading] = field(default_factory=list)
    """Those of its entries, without their counts; an `End` is the last, or none was reached."""

    stats: dict[str, PageStats] = field(default_factory=dict)
    """Page type → the counts of its pages."""

    error: str = ""
    """Why the file cannot be read."""

    @property
    def begin(self) -> Place | None:
        """Where the first entry begins; ``None`` if none does."""
        return self.readings[0].place if self.readings else None

    @property
    def end(self) -> Place | None:
        """Where the next part begins; ``None`` behind the end of the file, or an error."""
        last = self.readings[-1] if self.readings else None
        is_over = last is None or last.end is None or last.end.is_of_file
        return None if last is None or is_over else last.place


def tasks(parts: Iterable[Part], step: int = _STEP) -> Iterator[list[Part]]:
    """Yield the tasks of workers: a slice of a large file, or some small files.

    A slice has `step` bytes, one of a file that is not compressed eight times as many.
    """
    small: list[Part] = []
    for part in parts:
        slices = list(_slices(part, step))
        is_small = len(slices) == 1 and part.source.size < step
        if small and (not is_small or len(small) == _FILES):
            yield small
            small = []
        if is_small:
            small.append(part)
        else:
            yield from ([each] for each in slices)
    if small:
        yield small


def _slices(part: Part, step: int) -> Iterator[Part]:
    """Yield a part of a WARC file cut at offsets; anything else as it is."""
    source = part.source
    step *= _PLAIN if source.path.suffix.lower() == ".warc" else 1
    start, is_exact = part.start, True
    while source.kind == "warc" and source.size - start.offset > 1.5 * step:
        stop = start.offset + step
        yield Part(source, start, stop, is_exact)
        start, is_exact = Place(stop), False
    yield Part(source, start, None, is_exact)


async def joined(
    read_ahead: AsyncIterator[tuple[Part, Batch]], read: Callable[[Part], Awaitable[Batch]]
) -> AsyncIterator[tuple[Source, Batch]]:
    """Yield what the parts of sources gave, with each of their entries once.

    A part that did not begin where the one before ended is read again, from there.
    """
    source: Source | None = None
    place: Place | None = None
    async for part, batch_ahead in read_ahead:
        if part.source is not source:
            source, place = part.source, part.start
        batch: Batch | None = batch_ahead
        while place is not None and (part.stop is None or place.offset < part.stop):
            if batch is None or not _begins_at(batch, place, part):
                batch = await read(part._replace(start=place, is_exact=True))
            yield part.source, batch
            place, batch = batch.end, None


def _begins_at(batch: Batch, place: Place, part: Part) -> bool:
    """Return whether a batch has what a part has from a place on."""
    if batch.begin is None:
        return part.is_exact and place == part.start
    return batch.begin == place


async def read_task(parts: list[Part], orders: Orders) -> bytes:
    """Return the pickled batches of a task's parts; other tasks of a worker have their turns.

    It runs in the main thread of a worker's process, where the reading of a page can be ended.
    """
    hung = HungPages(_notes())
    hung.lines |= orders.hung
    budget = Budget(orders.seconds, orders.multiple, hung)
    try:
        reader = Reader(orders.site, budget, orders.url)
        return pickle.dumps([await _batch(reader, part) for part in parts])
    finally:
        budget.close()


async def _batch(reader: Reader, part: Part) -> Batch:
    batch, stats = Batch(), defaultdict[str, PageStats](PageStats)
    pages = 0
    try:
        for reading in reader.readings(part):
            if pages == _PAGES and reading.end is None:
                batch.readings.append(Reading(reading.place, end=End(is_of_file=False)))
                break
            if reading.stats:
                stats[reading.page].add_page(reading.stats)
                reading.stats, pages = None, pages + 1
            batch.readings.append(reading)
            await asyncio.sleep(0)
    except OSError as error:
        batch.error = error.strerror or str(error)
    batch.stats = dict(stats)
    return batch


def readers_here() -> str:
    """Return by what a worker reads; from then on it leaves Ctrl-C to the run that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return readers()


def _notes() -> Path | None:
    """Return the folder of this machine in which workers note the page that they read.

    It is ``None`` if somebody else has made it.
    """
    folder = Path(gettempdir(), f"finnews-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder if folder.stat().st_uid == os.getuid() else None
