"""The JSON Lines files: whole lines are appended and synced, torn ones moved aside."""

import logging
import os
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from finnews.items import ITEM_CLASSES, Instrument, Item

logger = logging.getLogger(__name__)

ItemT = TypeVar("ItemT", bound=Item)

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODERS: dict[type[Item], msgspec.json.Decoder[Any]] = {
    item_class: msgspec.json.Decoder(item_class) for item_class in ITEM_CLASSES
}
_TAIL = 64  # bytes: what is remembered of a file's end, to tell growth from a change by hand


class ForeignLine(ValueError):
    """A line in a file that is no item of that file's kind."""


class FileState(NamedTuple):
    """What tells whether a file is still the one that was read."""

    size: int
    modified: int
    tail: bytes


def line(item: Item) -> bytes:
    """Return the item as one line: UTF-8, keys in the order of its fields, exact decimals."""
    return _ENCODER.encode(item) + b"\n"


def read_line(raw: bytes, item_class: type[ItemT]) -> ItemT:
    """Return the item of a line; `ForeignLine` if it holds none."""
    try:
        item: ItemT = _DECODERS[item_class].decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ForeignLine(str(error)) from error
    return item


def line_at(path: Path, start: int, length: int, item_class: type[ItemT]) -> ItemT:
    """Return the item of the line that stands at an offset of a file."""
    with path.open("rb") as file:
        return read_line(os.pread(file.fileno(), length, start), item_class)


def file_of(item: Item) -> str:
    """Return the path of an item's file under the archive's directory."""
    if isinstance(item, Instrument):
        return f"{item.collection}.jsonl"
    return f"{item.collection}/{(item.fetched_at or '')[:10]}.jsonl"


def files_of(directory: Path, item_class: type[Item]) -> list[str]:
    """Return the files that hold a kind of item, oldest day first."""
    if item_class is Instrument:
        found = [directory / f"{item_class.collection}.jsonl"]
        return [path.name for path in found if path.exists()]
    folder = directory / item_class.collection
    return sorted(f"{folder.name}/{path.name}" for path in folder.glob("*.jsonl"))


def state(path: Path) -> FileState:
    """Return how the file is now."""
    with path.open("rb") as file:
        return state_of(file.fileno())


def state_of(descriptor: int) -> FileState:
    """Return how an open file is now."""
    status = os.fstat(descriptor)
    start = max(0, status.st_size - _TAIL)
    return FileState(status.st_size, status.st_mtime_ns, os.pread(descriptor, _TAIL, start))


def is_continued(path: Path, before: FileState) -> bool:
    """Return whether the file has grown at its end and is otherwise as it was."""
    with path.open("rb") as file:
        file.seek(max(0, before.size - _TAIL))
        tail = file.read(min(_TAIL, before.size))
        return tail == before.tail and os.fstat(file.fileno()).st_size > before.size


def lines_from(path: Path, offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield each whole line from an offset on, with its own offset."""
    with path.open("rb") as file:
        file.seek(offset)
        for raw in file:
            if raw.endswith(b"\n"):
                yield offset, raw
            offset += len(raw)


def move_torn_tail_aside(path: Path) -> None:
    """Keep only whole lines in the file; what is behind the last one goes to a file beside it.

    A power cut can leave half a line, or a run of NULs.
    """
    torn = _torn_tail(path)
    if not torn:
        return
    aside = free_name(path, "torn")
    _write_synced(aside, torn)
    os.truncate(path, path.stat().st_size - len(torn))
    logger.warning("%s ended in a torn line of %d bytes, kept as %s", path, len(torn), aside.name)


def free_name(path: Path, ending: str) -> Path:
    """Return a name beside a file that no file has: ``2026-11-23.jsonl.torn-1``."""
    names = (path.with_name(f"{path.name}.{ending}-{number}") for number in count(1))
    return next(name for name in names if not name.exists())


def append(path: Path, added: Iterable[bytes]) -> FileState:
    """Add lines to the end of a file and sync them; on an error the file is as before."""
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    before = os.fstat(descriptor).st_size
    try:
        _write_all(descriptor, b"".join(added))
        os.fsync(descriptor)
        if is_new:
            sync_directory(path.parent)
            sync_directory(path.parent.parent)
        return state_of(descriptor)
    except OSError:
        os.ftruncate(descriptor, before)
        raise
    finally:
        os.close(descriptor)


def sync_directory(path: Path) -> None:
    """Make the names of new files in a directory durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_directory(path.parent)


def _torn_tail(path: Path) -> bytes:
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        tail = b""
        while end and b"\n" not in tail:
            start = max(0, end - 65_536)
            file.seek(start)
            tail = file.read(end - start) + tail
            end = start
    return tail[tail.rfind(b"\n") + 1 :]
