"""The archive: JSON Lines files in a directory and an index of them; each record is stored once.

The files are authoritative; the index is a cache of them. `Archive.add` keeps new versions in
memory; `Archive.commit` appends them to the files, syncs the files, then updates the index. What
the index misses after a crash is indexed again from the files.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TypeVar, cast

from finnews.archive.fetches import Fetches
from finnews.archive.index import Location, Row
from finnews.archive.layout import check_layout
from finnews.archive.lines import InvalidLine, append, file_of, line, line_at, make_folder
from finnews.archive.lock import Lock
from finnews.archive.merging import merged, says_the_same
from finnews.archive.origin import origin
from finnews.archive.repair import INDEX, catch_up, move_unusable, opened_index, rebuild
from finnews.items import ITEM_CLASSES, Item, may_be_same
from finnews.site import is_same_host

ItemT = TypeVar("ItemT", bound=Item)

COMMIT_AFTER = 1.0  # seconds of work, waits apart, that a crash makes a run do again at most
STALE = -1  # equals no revision of an index, so that staged items are compared with it again


class ArchiveError(Exception):
    """The archive cannot be read or written: disk full, directory read-only, lock not released."""


class DamagedIndex(ArchiveError):
    """The index cannot be read. It was renamed; opening the archive again rebuilds it."""


class OtherSite(ArchiveError):
    """The archive holds another site, whose articles and ratings have the same ids."""


@dataclass(slots=True)
class _Record:
    """The last version of a record, and the record's number if the index has it."""

    item: Item
    number: int | None = None


class Archive:
    """The archive in a directory.

    Opening it repairs what a crash or an edit left behind, and logs a line for each repair.
    A writer passes the `site`, as a host: if the archive holds another site, `OtherSite` is raised.
    `host` is the site that the archive holds, ``None`` while it is empty.
    Methods raise `ArchiveError`; items added since the last commit then wait for the next one.
    `has_failed` is for a subclass that stops after a failed commit.
    """

    def __init__(self, directory: Path, site: str | None = None) -> None:
        self.directory = directory
        self.site = site
        self.is_closed = False
        self.has_failed = False
        self._first_added = 0.0
        self._readings: list[Item] = []
        self._lines: list[tuple[Item, _Record]] = []
        self._staged: dict[tuple[str, str], _Record] = {}
        self._fetches = Fetches()
        self._read_since_commit: dict[Location, Item] = {}
        with _archive_errors(directory):
            make_folder(directory)
            check_layout(directory)
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
        """Return the version to be written, or ``None`` if the item adds nothing to its record.

        Commits when a second has passed since the first uncommitted item. If another crawl has
        stored the record by then, the item becomes a later version or is not written. An item
        whose class is not in `ITEM_CLASSES` is refused: no later run would find its lines.
        """
        if type(item) not in ITEM_CLASSES:
            raise ArchiveError(f"{type(item).__name__} is not an item class of finnews.items")
        if not self._readings:
            self._first_added = time.monotonic()
        with _archive_errors(self.directory):
            version = self._stage(item)
        self._readings.append(item)
        self.commit_if_due()
        return version

    def commit_if_due(self) -> None:
        """Commit if a second has passed since the first uncommitted item."""
        if self._readings and time.monotonic() - self._first_added > COMMIT_AFTER:
            self.commit()

    def knows(self, item_class: type[Item], key: str) -> bool:
        """Return whether a record with that key is archived or waits for the next commit."""
        collection_key = (item_class.collection, key)
        with _archive_errors(self.directory):
            return (
                collection_key in self._staged or self._index.location(*collection_key) is not None
            )

    def find(self, item_class: type[ItemT], key: str) -> ItemT | None:
        """Return the last version of a record."""
        with _archive_errors(self.directory):
            record = self._record(item_class, key)
        return cast("ItemT", record.item) if record else None

    def merged(self, item: ItemT) -> ItemT:
        """Return what the record of an item would be with the item added to it; add nothing."""
        with _archive_errors(self.directory):
            record = self._matching_record(item, item.known_keys)
        if record is None:
            return item
        archived = cast("ItemT", record.item)
        return merged(archived, self._fetches.combined(str(archived.key), item))

    def about(self, item_class: type[ItemT], instrument: str) -> Iterator[ItemT]:
        """Yield the last version of each record about an instrument, newest first."""
        staged = {id(record): record for record in self._staged.values()}
        for record in reversed(staged.values()):
            if isinstance(record.item, item_class) and record.item.instrument() == instrument:
                yield record.item
        staged_numbers = {record.number for record in staged.values()}
        with _archive_errors(self.directory):
            for location in self._index.locations_about(item_class.collection, instrument):
                if location.record not in staged_numbers:
                    yield self._read(location, item_class)

    def commit(self) -> None:
        """Write the added items to the disk, then to the index.

        The item by which a page is known is written last: if it is archived, so is the whole page.
        """
        if not self._readings:
            return
        with _archive_errors(self.directory), self._lock.held():
            self._read_since_commit.clear()
            self._index.roll_back()  # what a commit that Ctrl-C interrupted left open
            self.host = self.host or self._checked_origin()
            if catch_up(self.directory, self._index) or self._index.revision() != self._revision:
                self._stage_again()
            self._revision = STALE
            with self._index:
                self._write([pair for pair in self._lines if not pair[0].is_stored_last])
                self._write([pair for pair in self._lines if pair[0].is_stored_last])
            self._readings.clear()
            self._lines.clear()
            self._staged.clear()  # before the next line: until then, an interrupt stages all again
            self._revision = self._index.revision()

    def close(self) -> None:
        """Commit and close. Closing again does nothing."""
        if self.is_closed:
            return
        self.is_closed = True
        try:
            self.commit()
        finally:
            self._index.close()
            self._lock.close()

    def all_of(self, item_class: type[ItemT]) -> Iterator[ItemT]:
        """Yield the last committed version of each record of a class, in the order of the lines."""
        with _archive_errors(self.directory):
            for location in self._index.all_locations(item_class.collection):
                yield self._read(location, item_class)

    def rebuild(self) -> int:
        """Rebuild the index from the files, and return how many lines they have."""
        with _archive_errors(self.directory), self._lock.held():
            return rebuild(self.directory, self._index)

    def _checked_origin(self) -> str | None:
        """Return the site that the archive holds; raise `OtherSite` if it is not `site`."""
        archived = origin(self.directory)
        if self.site and archived and not is_same_host(archived, self.site):
            advice = f"crawl {self.site} into another directory (-s OUTPUT_DIR=…)"
            raise OtherSite(f"{self.directory} is an archive of {archived}; {advice}")
        return archived

    def _stage(self, item: ItemT) -> ItemT | None:
        """Return the next version of the item's record, which waits for the commit."""
        keys = item.known_keys
        record = self._matching_record(item, keys)
        if record is None:
            version = replace(item, key=item.key or keys[0], version=1)
            record = _Record(version)
            self._fetches.add(str(version.key), item)
        else:
            archived = cast("ItemT", record.item)
            reading = self._fetches.combined(str(archived.key), item)
            self._fetches.add(str(archived.key), reading)
            version = merged(archived, reading)
            if says_the_same(version, archived):
                return None
            version.version = (archived.version or 0) + 1
            record.item = version
            keys = version.known_keys
        self._lines.append((version, record))
        self._stage_keys(version, keys, record)
        return version

    def _stage_again(self) -> None:
        self._lines.clear()
        self._staged.clear()
        for item in self._readings:
            self._stage(item)

    def _matching_record(self, item: Item, keys: tuple[str, ...]) -> _Record | None:
        """Return the record that the item is a reading of, by the strongest key they share."""
        records = (self._record(type(item), key) for key in keys)
        return next(
            (record for record in records if record and may_be_same(record.item, item)), None
        )

    def _record(self, item_class: type[Item], key: str) -> _Record | None:
        collection_key = (item_class.collection, key)
        if collection_key in self._staged:
            return self._staged[collection_key]
        location = self._index.location(*collection_key)
        if location is None:
            return None
        if location not in self._read_since_commit:
            self._read_since_commit[location] = self._read(location, item_class)
        return _Record(self._read_since_commit[location], location.record)

    def _stage_keys(self, item: Item, keys: tuple[str, ...], record: _Record) -> None:
        """Let the record be found by each key of the item that no other record has."""
        for key in keys:
            location = self._index.location(item.collection, key)
            if location is None or location.record == record.number:
                self._staged.setdefault((item.collection, key), record)

    def _read(self, location: Location, item_class: type[ItemT]) -> ItemT:
        """Return the item of a line; one of an earlier version of finnews has no key yet."""
        path = self.directory / location.path
        item = line_at(path, location.start, location.length, item_class)
        item.key = item.key or item.keys[0]
        return item

    def _write(self, pairs: list[tuple[Item, _Record]]) -> None:
        """Append lines to their files, sync each file, and index the lines."""
        by_file: dict[str, list[tuple[bytes, Item, _Record]]] = {}
        for item, record in pairs:
            by_file.setdefault(file_of(item), []).append((line(item), item, record))
        for path, entries in sorted(by_file.items()):
            state = append(self.directory / path, [raw for raw, _, _ in entries])
            start = state.size - sum(len(raw) for raw, _, _ in entries)
            self._index_lines(self._index.put_file(path, state), start, entries)

    def _index_lines(
        self, file: int, start: int, entries: list[tuple[bytes, Item, _Record]]
    ) -> None:
        rows: list[Row] = []
        keys: list[tuple[str, str, int]] = []
        next_number = self._index.next_record()
        for raw, item, record in entries:
            if record.number is None:
                record.number, next_number = next_number, next_number + 1
            location = (file, start, len(raw), item.instrument())
            rows.append(Row(record.number, item.collection, item.version or 0, *location))
            keys.extend((item.collection, key, record.number) for key in item.known_keys)
            start += len(raw)
        self._index.put(rows, keys)


@contextmanager
def _archive_errors(directory: Path) -> Iterator[None]:
    """Raise errors of the file system and of SQLite as `ArchiveError`, with the directory."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise ArchiveError(f"{directory}: {error}") from error
    except (InvalidLine, sqlite3.DatabaseError) as error:  # an index of other lines, or none at all
        move_unusable(directory / INDEX, error)
        reason = f"{INDEX} cannot be read ({error}); the next run rebuilds it"
        raise DamagedIndex(f"{directory}: {reason}") from error
