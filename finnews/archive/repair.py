"""Brings the index up to date with the lines: after a crash, an edit, or if it is unusable."""

import logging
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from finnews.archive.index import Index, Location, Row
from finnews.archive.lines import (
    FileState,
    InvalidLine,
    files_of,
    line_at,
    lines_from,
    read_line,
    repair_last_line,
    rewrite_from,
    unused_name,
    was_appended_to,
)
from finnews.items import ITEM_CLASSES, Item, may_be_same

logger = logging.getLogger(__name__)

INDEX = "index.sqlite3"

_BATCH = 5000  # lines whose keys are looked up together


class _Entry(NamedTuple):
    item: Item
    keys: tuple[str, ...]
    start: int
    length: int


def opened_index(directory: Path) -> Index:
    """Return the index of an archive, up to date; one that is unusable is moved and rebuilt."""
    path = directory / INDEX
    try:
        return _current_index(directory, path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        move_unusable(path, error)
        return _current_index(directory, path)


def move_unusable(path: Path, error: Exception) -> None:
    """Rename an index that cannot be used, so that the archive rebuilds it when it is opened."""
    if not path.exists():
        return
    moved = path.rename(unused_name(path, "broken"))
    for companion in ("-wal", "-shm"):
        path.with_name(path.name + companion).unlink(missing_ok=True)
    logger.warning("%s cannot be used (%s): moved to %s", path, error, moved.name)


def catch_up(directory: Path, index: Index) -> bool:
    """Index what the files have and the index lacks; return whether there was anything.

    A file that was deleted or edited makes a rebuild of the whole index necessary.
    """
    indexed = index.files()
    present = {
        path: item_class for item_class in ITEM_CLASSES for path in files_of(directory, item_class)
    }
    changed = [path for path in present if _differs(directory / path, indexed.get(path))]
    deleted = [f"{path} was deleted" for path in indexed if path not in present]
    edited = [
        f"{path} was edited"
        for path in changed
        if path in indexed and not was_appended_to(directory / path, indexed[path])
    ]
    if present and not indexed:
        logger.warning("%s: no index, rebuilding it from the files", directory)
        rebuild(directory, index)
    elif deleted or edited:
        reasons = ", ".join(deleted + edited)
        logger.warning("%s: %s, rebuilding the index from the files", directory, reasons)
        rebuild(directory, index)
    elif changed:
        with index:
            for path in changed:
                end = indexed[path].size if path in indexed else 0
                rewrite_from(directory / path, end)
                _index_file(directory, index, path, present[path], end)
    return bool(deleted or changed)


def rebuild(directory: Path, index: Index) -> int:
    """Rebuild the index from all files, and return how many lines they have."""
    with index.in_bulk(), index:
        index.clear()
        return sum(
            _index_file(directory, index, path, item_class, 0)
            for item_class in ITEM_CLASSES
            for path in files_of(directory, item_class)
        )


def _current_index(directory: Path, path: Path) -> Index:
    index = Index(path)
    try:
        catch_up(directory, index)
    except BaseException:
        index.close()
        raise
    return index


def _index_file(
    directory: Path, index: Index, path: str, item_class: type[Item], start: int
) -> int:
    """Index a file's lines from an offset on, and return their number.

    Lines that are not items of the class stay in the file; one warning counts them.
    """
    file = index.put_file(path, repair_last_line(directory / path, item_class))
    lines = lines_from(directory / path, start)
    number = 0
    invalid: list[int] = []
    while batch := list(islice(lines, _BATCH)):
        number += len(batch)
        _index_batch(directory, index, (path, file), list(_entries(item_class, batch, invalid)))
    if invalid:
        message = "%s: skipped invalid lines: %d, the first at byte %d; run scrapy archive check"
        logger.warning(message, directory / path, len(invalid), invalid[0])
    return number


def _entries(
    item_class: type[Item], lines: list[tuple[int, bytes]], invalid: list[int]
) -> Iterator[_Entry]:
    """Yield the items of lines; the offsets of lines that are none are added to `invalid`."""
    for start, raw in lines:
        try:
            item = read_line(raw, item_class)
        except InvalidLine:
            invalid.append(start)
        else:
            yield _Entry(item, item.known_keys, start, len(raw))


def _index_batch(
    directory: Path, index: Index, path_and_file: tuple[str, int], entries: list[_Entry]
) -> None:
    """Index lines of one class; looking up their keys one by one would take twice the time."""
    if not entries:
        return
    path, file = path_and_file
    collection = entries[0].item.collection
    locations = index.locations(collection, {key for entry in entries for key in entry.keys})
    last = {location.record: location for location in locations.values()}
    records = {key: location.record for key, location in locations.items()}
    rows: list[Row] = []
    next_record = index.next_record()
    for item, keys, start, length in entries:
        record = _matching_record(directory, last, records, item, keys)
        if record is None:
            record, next_record = next_record, next_record + 1
        version = item.version or 0
        if record not in last or version >= last[record].version:
            last[record] = Location(record, version, path, start, length)
            rows.append(Row(record, collection, version, file, start, length, item.instrument()))
        for key in keys:
            records.setdefault(key, record)
    index.put(rows, ((collection, key, record) for key, record in records.items()))


def _matching_record(
    directory: Path,
    last: dict[int, Location],
    records: dict[str, int],
    item: Item,
    keys: tuple[str, ...],
) -> int | None:
    """Return the record that a line is a version of.

    A weaker key decides only if the primary keys of the two do not differ.
    """
    for key in keys:
        if key in records:
            location = last[records[key]]
            if key == keys[0] or _may_be_same(directory, location, item):
                return location.record
    return None


def _may_be_same(directory: Path, location: Location, item: Item) -> bool:
    path = directory / location.path
    return may_be_same(line_at(path, location.start, location.length, type(item)), item)


def _differs(path: Path, indexed: FileState | None) -> bool:
    status = path.stat()
    return indexed is None or (status.st_size, status.st_mtime_ns) != indexed[:2]
