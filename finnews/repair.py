"""Brings the index up to the lines: after a crash, a change by hand, a lost or broken index."""

import logging
import sqlite3
from pathlib import Path

from finnews.index import Index, Place
from finnews.items import ITEM_CLASSES, Item, may_be_same
from finnews.lines import (
    FileState,
    ForeignLine,
    files_of,
    free_name,
    is_continued,
    line_at,
    lines_from,
    move_torn_tail_aside,
    read_line,
    state,
)

logger = logging.getLogger(__name__)


def opened_index(directory: Path) -> Index:
    """Return the index of an archive; one that is broken or of another schema is set aside."""
    path = directory / "index.sqlite3"
    try:
        return Index(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        aside = path.rename(free_name(path, "broken"))
        for companion in ("-wal", "-shm"):
            path.with_name(path.name + companion).unlink(missing_ok=True)
        logger.warning("%s is no index (%s): kept as %s, made anew", path, error, aside.name)
        return Index(path)


def catch_up(directory: Path, index: Index) -> bool:
    """Read what was added to the files behind the index's back; return whether anything was.

    A file that is gone or was changed by hand makes the whole index anew.
    """
    known = index.files()
    present = {path: kind for kind in ITEM_CLASSES for path in files_of(directory, kind)}
    changed = [path for path in present if _differs(directory / path, known.get(path))]
    if present and not known:
        logger.warning("%s has no index: it is made from the lines", directory)
    lost = [f"{path} is gone" for path in known if path not in present]
    edited = [
        f"{path} was changed"
        for path in changed
        if path in known and not is_continued(directory / path, known[path])
    ]
    if lost or edited:
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
    with index:
        index.clear()
        return sum(
            _absorb(directory, index, path, kind, 0)
            for kind in ITEM_CLASSES
            for path in files_of(directory, kind)
        )


def _absorb(directory: Path, index: Index, path: str, kind: type[Item], start: int) -> int:
    """Index a file's lines from an offset on; return their number.

    What is no line of its kind stays in the file, and is told of once.
    """
    move_torn_tail_aside(directory / path)
    file = index.put_file(path, state(directory / path))
    number = foreign = 0
    for offset, raw in lines_from(directory / path, start):
        number += 1
        try:
            item = read_line(raw, kind)
        except ForeignLine:
            foreign += 1
            continue
        place = _same(directory, index, item)
        if place is None or (item.version or 0) > place.version:
            index.put(item, file, offset, len(raw), place.thing if place else None)
        else:
            index.name(item.collection, item.identities(), place.thing)
    if foreign:
        logger.warning("%s: %d lines are no items; they stay there unread", path, foreign)
    return number


def _same(directory: Path, index: Index, item: Item) -> Place | None:
    names = item.identities()
    for name in names:
        place = index.place(item.collection, name)
        if place and (name == names[0] or _may_be_same(directory, place, item)):
            return place
    return None


def _may_be_same(directory: Path, place: Place, item: Item) -> bool:
    known = line_at(directory / place.path, place.start, place.length, type(item))
    return may_be_same(known, item)


def _differs(path: Path, before: FileState | None) -> bool:
    status = path.stat()
    return before is None or (status.st_size, status.st_mtime_ns) != before[:2]
