"""Brings the index up to the lines: after a crash, a change by hand, a lost or broken index."""

import logging
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from finnews.archive.index import Index, Place, Row
from finnews.archive.lines import (
    FileState,
    ForeignLine,
    files_of,
    free_name,
    is_continued,
    line_at,
    lines_from,
    make_whole,
    read_line,
)
from finnews.items import ITEM_CLASSES, Item, may_be_same

logger = logging.getLogger(__name__)

INDEX = "index.sqlite3"

_BATCH = 5000  # lines whose names are looked up together


class _Entry(NamedTuple):
    item: Item
    names: tuple[str, ...]
    start: int
    length: int


def opened_index(directory: Path) -> Index:
    """Return the index of an archive, caught up; one that is broken is set aside and made anew."""
    path = directory / INDEX
    try:
        return _caught_up(directory, path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        set_aside(path, error)
        return _caught_up(directory, path)


def set_aside(path: Path, error: sqlite3.DatabaseError) -> None:
    """Rename an index that cannot be read, so that the next opening makes it anew."""
    if not path.exists():
        return
    aside = path.rename(free_name(path, "broken"))
    for companion in ("-wal", "-shm"):
        path.with_name(path.name + companion).unlink(missing_ok=True)
    logger.warning("%s is no index (%s): kept as %s, made anew", path, error, aside.name)


def catch_up(directory: Path, index: Index) -> bool:
    """Read what was added to the files behind the index's back; return whether anything was.

    A file that is gone or was changed by hand makes the whole index anew.
    """
    known = index.files()
    present = {path: kind for kind in ITEM_CLASSES for path in files_of(directory, kind)}
    changed = [path for path in present if _differs(directory / path, known.get(path))]
    lost = [f"{path} is gone" for path in known if path not in present]
    edited = [
        f"{path} was changed"
        for path in changed
        if path in known and not is_continued(directory / path, known[path])
    ]
    if present and not known:
        logger.warning("%s has no index: it is made from the lines", directory)
        rebuild(directory, index)
    elif lost or edited:
        logger.warning("%s: the index is made anew from the lines", ", ".join(lost + edited))
        rebuild(directory, index)
    elif changed:
        with index:
            for path in changed:
                before = known[path].size if path in known else 0
                _absorb(directory, index, path, present[path], before)
    return bool(lost or changed)


def rebuild(directory: Path, index: Index) -> int:
    """Make the index anew from all lines, and return how many there are."""
    with index.in_bulk(), index:
        index.clear()
        return sum(
            _absorb(directory, index, path, kind, 0)
            for kind in ITEM_CLASSES
            for path in files_of(directory, kind)
        )


def _caught_up(directory: Path, path: Path) -> Index:
    index = Index(path)
    try:
        catch_up(directory, index)
    except BaseException:
        index.close()
        raise
    return index


def _absorb(directory: Path, index: Index, path: str, kind: type[Item], start: int) -> int:
    """Index a file's lines from an offset on; return their number.

    What is no line of its kind stays in the file, and is told of once.
    """
    file = index.put_file(path, make_whole(directory / path, kind))
    lines = lines_from(directory / path, start)
    read = 0
    foreign: list[int] = []
    while batch := list(islice(lines, _BATCH)):
        read += len(batch)
        _absorb_batch(directory, index, (path, file), list(_entries(kind, batch, foreign)))
    if foreign:
        said = "%s: %d lines are no items and stay there unread, the first at byte %d"
        logger.warning(said, path, len(foreign), foreign[0])
    return read


def _entries(
    kind: type[Item], lines: list[tuple[int, bytes]], foreign: list[int]
) -> Iterator[_Entry]:
    for start, raw in lines:
        try:
            item = read_line(raw, kind)
        except ForeignLine:
            foreign.append(start)
        else:
            yield _Entry(item, item.keys, start, len(raw))


def _absorb_batch(
    directory: Path, index: Index, where: tuple[str, int], entries: list[_Entry]
) -> None:
    """Index lines of one kind; a look-up for each of them would take twice the time."""
    if not entries:
        return
    path, file = where
    collection = entries[0].item.collection
    found = index.places(collection, {name for entry in entries for name in entry.names})
    last = {place.record: place for place in found.values()}
    records = {name: place.record for name, place in found.items()}
    rows: list[Row] = []
    new = index.next_record()
    for item, names, start, length in entries:
        record = _same(directory, last, records, item, names)
        if record is None:
            record, new = new, new + 1
        version = item.version or 0
        if record not in last or version > last[record].version:
            last[record] = Place(record, version, path, start, length)
            rows.append(Row(record, collection, version, file, start, length, item.instrument()))
        for name in names:
            records.setdefault(name, record)
    index.put(rows, ((collection, name, record) for name, record in records.items()))


def _same(
    directory: Path,
    last: dict[int, Place],
    records: dict[str, int],
    item: Item,
    names: tuple[str, ...],
) -> int | None:
    """Return the record of which a line is a version; by a weaker name if no surer parts them."""
    for name in names:
        if name in records:
            place = last[records[name]]
            if name == names[0] or _may_be_same(directory, place, item):
                return place.record
    return None


def _may_be_same(directory: Path, place: Place, item: Item) -> bool:
    known = line_at(directory / place.path, place.start, place.length, type(item))
    return may_be_same(known, item)


def _differs(path: Path, before: FileState | None) -> bool:
    status = path.stat()
    return before is None or (status.st_size, status.st_mtime_ns) != before[:2]
