"""What has changed in an archive's files since they were read."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

from finnews.archive.lines import torn_tail
from finnews.items import Item

_TAIL: Final = 64  # bytes before the end by which an appended line is told from an edit


class Stamp(NamedTuple):
    """By what a file that has changed is recognised."""

    inode: int
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read, up to the end of its last whole line."""

    stamp: Stamp
    end: int
    tail: bytes

    @classmethod
    def of(cls, path: Path, stamp: Stamp) -> Self:
        """Return the state of a file whose whole lines are read."""
        end = stamp.size
        if end and _read(path, end - 1, end) != b"\n":
            end -= len(torn_tail(path, end))
        return cls(stamp, end, _read(path, max(0, end - _TAIL), end))

    @classmethod
    def unread(cls, stamp: Stamp) -> Self:
        """Return the state of a file of which nothing has been read."""
        return cls(stamp._replace(size=-1), 0, b"")

    def added(self, path: Path, stamp: Stamp) -> bytes | None:
        """Return the whole lines that were appended; ``None`` if it is not the file that was read.

        A writer can also have cut off what stood behind the last whole line.
        """
        if stamp.inode != self.stamp.inode or stamp.size < self.end:
            return None
        if stamp.size == self.stamp.size:  # it was written to, and has not grown
            return None
        start = max(0, self.end - _TAIL)
        content = _read(path, start, stamp.size)
        tail, added = content[: self.end - start], content[self.end - start :]
        return added[: added.rfind(b"\n") + 1] if tail == self.tail else None

    def followed_by(self, added: bytes, stamp: Stamp) -> Self:
        """Return the state of the file when these lines are read, too."""
        return type(self)(stamp, self.end + len(added), (self.tail + added)[-_TAIL:])


def stamps(directory: Path, item_class: type[Item]) -> dict[str, Stamp]:
    """Return the files of an item class, relative to the directory.

    Raises `FileNotFoundError` if one of them is removed meanwhile.
    """
    kind = item_class.collection
    try:
        if item_class.is_in_one_file:
            return {f"{kind}.jsonl": _stamp((directory / f"{kind}.jsonl").stat())}
        entries = os.scandir(directory / kind)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    with entries:
        files = [entry for entry in entries if entry.name.endswith(".jsonl")]
    return {f"{kind}/{entry.name}": _stamp(entry.stat()) for entry in files}


def number_of_lines(path: Path, end: int) -> int:
    """Return how many lines a file has before an offset."""
    return _read(path, 0, end).count(b"\n")


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns)


def _read(path: Path, start: int, end: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(end - start)
