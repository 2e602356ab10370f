"""The archive: JSON Lines files under a directory and their index; durable, each record once.

The lines are the truth. What is added is decided at once and kept in memory; `Archive.commit`
appends it, syncs it, and only then tells the index. Whatever is missing there after a crash is
read again from the lines.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TypeVar, cast

from finnews.archive.index import Place, Row
from finnews.archive.lines import ForeignLine, append, file_of, line, line_at, make_folder
from finnews.archive.lock import Lock
from finnews.archive.merging import merged, says_the_same
from finnews.archive.origin import origin
from finnews.archive.repair import INDEX, catch_up, opened_index, rebuild, set_aside
from finnews.items import ITEM_CLASSES, Item, may_be_same

ItemT = TypeVar("ItemT", bound=Item)

COMMIT_AFTER = 1.0  # seconds: the most work that a crash makes a run do again
UNDECIDED = -1  # no revision of an index


class ArchiveError(Exception):
    """Nothing can be stored: disk full, directory read-only, another crawl stuck."""


class DamagedIndex(ArchiveError):
    """The index cannot be read; it is set aside, and whoever opens the archive makes it anew."""


class OtherSite(ArchiveError):
    """The archive is of another site, whose articles and ratings have the same ids."""


@dataclass(slots=True)
class _Record:
    """A record as it is now: its last version, and its number in the index once it has one."""

    item: Item
    number: int | None = None


class Archive:
    """All that is archived in a directory.

    Opening repairs what a crash or a hand has left, with one line in the log for each repair.
    Whoever writes names the `site`, by its host: an archive of another raises `OtherSite`. `host`
    is that of the site that it is of, ``None`` while it is empty.
    Raises `ArchiveError`; what was added and is not committed then waits for the next commit.
    `has_failed` is for those who give up then, and say so.
    """

    def __init__(self, directory: Path, site: str | None = None) -> None:
        self.directory = directory
        self.site = site
        self.is_closed = False
        self.has_failed = False
        self._oldest = 0.0
        self._readings: list[Item] = []
        self._lines: list[tuple[Item, _Record]] = []
        self._pending: dict[tuple[str, str], _Record] = {}
        with _explained(directory):
            make_folder(directory)
            self._lock = Lock(directory)
            try:
                with self._lock.held():
                    self.host = self._checked_origin()
                    self._index = opened_index(directory)
            except BaseException:
                self._lock.close()
                raise
        self._revision = self._index.revision()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, item: ItemT) -> ItemT | None:
        """Return the line to be, or ``None`` if the item says nothing new of its record.

        Commits when a second has passed since the first item that is not committed. If another
        crawl has stored the same record by then, the line gets a later version, or none. A class
        that is not in `ITEM_CLASSES` is refused: no later run would find its lines.
        """
        if type(item) not in ITEM_CLASSES:
            raise ArchiveError(f"{type(item).__name__} is no kind of item that finnews.items knows")
        if not self._readings:
            self._oldest = time.monotonic()
        with _explained(self.directory):
            decided = self._decide(item)
        self._readings.append(item)
        if time.monotonic() - self._oldest > COMMIT_AFTER:
            self.commit()
        return decided

    def knows(self, item_class: type[Item], key: str) -> bool:
        """Return whether a record of that name is archived or about to be."""
        name = (item_class.collection, key)
        with _explained(self.directory):
            return name in self._pending or self._index.place(*name) is not None

    def find(self, item_class: type[ItemT], key: str) -> ItemT | None:
        """Return the last version of a record."""
        with _explained(self.directory):
            record = self._record(item_class, key)
        return cast("ItemT", record.item) if record else None

    def about(self, item_class: type[ItemT], instrument: str) -> Iterator[ItemT]:
        """Yield the last versions of all that is known of an instrument, newest first."""
        pending = {id(record): record for record in self._pending.values()}
        for record in reversed(pending.values()):
            if isinstance(record.item, item_class) and record.item.instrument() == instrument:
                yield record.item
        shown = {record.number for record in pending.values()}
        with _explained(self.directory):
            for place in self._index.places_of(item_class.collection, instrument):
                if place.record not in shown:
                    yield self._read(place, item_class)

    def commit(self) -> None:
        """Put what was added on the disk, then in the index.

        What a page is known by comes last: if it is archived, so is all else of the page.
        """
        if not self._readings:
            return
        with _explained(self.directory), self._lock.held():
            self.host = self.host or self._checked_origin()
            if catch_up(self.directory, self._index) or self._index.revision() != self._revision:
                self._decide_again()
            self._revision = UNDECIDED
            with self._index:
                self._write([pair for pair in self._lines if not pair[0].is_stored_last])
                self._write([pair for pair in self._lines if pair[0].is_stored_last])
            self._revision = self._index.revision()
        self._readings.clear()
        self._lines.clear()
        self._pending.clear()

    def close(self) -> None:
        """Commit and close; a second time does nothing."""
        if self.is_closed:
            return
        self.is_closed = True
        try:
            self.commit()
        finally:
            self._index.close()
            self._lock.close()

    def all_of(self, item_class: type[ItemT]) -> Iterator[ItemT]:
        """Yield the last version of each committed record of a kind, in the order of the lines."""
        with _explained(self.directory):
            for place in self._index.all_places(item_class.collection):
                yield self._read(place, item_class)

    def rebuild(self) -> int:
        """Make the index anew from the lines, and return their number."""
        with _explained(self.directory), self._lock.held():
            return rebuild(self.directory, self._index)

    def _checked_origin(self) -> str | None:
        """Return which site the archive is of, if it is not empty; `OtherSite` if not of ours."""
        archived = origin(self.directory)
        if self.site and archived and archived != self.site:
            advice = f"crawl {self.site} into another directory (-s OUTPUT_DIR=…)"
            raise OtherSite(f"{self.directory} is an archive of {archived}; {advice}")
        return archived

    def _decide(self, item: ItemT) -> ItemT | None:
        record = self._same(item)
        if record is None:
            decided = replace(item, version=1)
            record = _Record(decided)
        else:
            known = cast("ItemT", record.item)
            decided = merged(known, item)
            if says_the_same(decided, known):
                return None
            decided.version = (known.version or 0) + 1
            record.item = decided
        self._lines.append((decided, record))
        self._name(decided, record)
        return decided

    def _decide_again(self) -> None:
        self._lines.clear()
        self._pending.clear()
        for item in self._readings:
            self._decide(item)

    def _same(self, item: Item) -> _Record | None:
        """Return the record that an item is a reading of, by its surest name."""
        found = (self._record(type(item), name) for name in item.keys)
        return next((record for record in found if record and may_be_same(record.item, item)), None)

    def _record(self, item_class: type[Item], key: str) -> _Record | None:
        name = (item_class.collection, key)
        if name in self._pending:
            return self._pending[name]
        place = self._index.place(*name)
        return _Record(self._read(place, item_class), place.record) if place else None

    def _name(self, item: Item, record: _Record) -> None:
        for key in item.keys:
            place = self._index.place(item.collection, key)
            if place is None or place.record == record.number:
                self._pending.setdefault((item.collection, key), record)

    def _read(self, place: Place, item_class: type[ItemT]) -> ItemT:
        return line_at(self.directory / place.path, place.start, place.length, item_class)

    def _write(self, pairs: list[tuple[Item, _Record]]) -> None:
        """Append lines to their files, sync each file, and tell the index."""
        by_file: dict[str, list[tuple[bytes, Item, _Record]]] = {}
        for item, record in pairs:
            by_file.setdefault(file_of(item), []).append((line(item), item, record))
        for path, entries in sorted(by_file.items()):
            after = append(self.directory / path, [raw for raw, _, _ in entries])
            start = after.size - sum(len(raw) for raw, _, _ in entries)
            self._register(self._index.put_file(path, after), start, entries)

    def _register(self, file: int, start: int, entries: list[tuple[bytes, Item, _Record]]) -> None:
        rows: list[Row] = []
        names: list[tuple[str, str, int]] = []
        new = self._index.next_record()
        for raw, item, record in entries:
            if record.number is None:
                record.number, new = new, new + 1
            where = (file, start, len(raw), item.instrument())
            rows.append(Row(record.number, item.collection, item.version or 0, *where))
            names.extend((item.collection, name, record.number) for name in item.keys)
            start += len(raw)
        self._index.put(rows, names)


@contextmanager
def _explained(directory: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ForeignLine, sqlite3.OperationalError) as error:
        raise ArchiveError(f"{directory}: {error}") from error
    except sqlite3.DatabaseError as error:
        set_aside(directory / INDEX, error)
        raise DamagedIndex(f"{directory}: {INDEX}: {error}") from error
