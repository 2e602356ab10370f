"""The JSON Lines files: whole lines are appended and synced, torn ones moved aside."""

import logging
import os
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from finnews.items import ITEM_CLASSES, Item

logger = logging.getLogger(__name__)

ItemT = TypeVar("ItemT", bound=Item)

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODERS: dict[type[Item], msgspec.json.Decoder[Any]] = {
    item_class: msgspec.json.Decoder(item_class) for item_class in ITEM_CLASSES
}
_TAIL = 64  # bytes: what is remembered of a file's end, to tell growth from a change by hand


class ForeignLine(ValueError):
    """What stands in a file is no item of that file's kind."""


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
    if item.version is None or item.missing_fields():
        raise ForeignLine(f"no {item_class.__name__} without version and required fields")
    return item


def line_at(path: Path, start: int, length: int, item_class: type[ItemT]) -> ItemT:
    """Return the item of the line that stands at an offset of a file."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return read_line(os.pread(descriptor, length, start), item_class)
    finally:
        os.close(descriptor)


def file_of(item: Item) -> str:
    """Return the path of an item's file under the archive's directory."""
    if item.is_in_one_file:
        return f"{item.collection}.jsonl"
    return f"{item.collection}/{(item.fetched_at or '')[:10]}.jsonl"


def files_of(directory: Path, item_class: type[Item]) -> list[str]:
    """Return the files that hold a kind of item, oldest day first."""
    if item_class.is_in_one_file:
        found = [directory / f"{item_class.collection}.jsonl"]
        return [path.name for path in found if path.exists()]
    folder = directory / item_class.collection
    return sorted(f"{folder.name}/{path.name}" for path in folder.glob("*.jsonl"))


def _state_of(descriptor: int) -> FileState:
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
    """Yield each line from an offset on, with its own offset; the last one may lack its end."""
    with path.open("rb") as file:
        file.seek(offset)
        for raw in file:
            yield offset, raw
            offset += len(raw)


def make_whole(path: Path, item_class: type[Item]) -> FileState:
    """Let the file end in a whole line, sync it, and return how it is then.

    A crash can leave half a line or a run of NULs at its end: that goes to a file beside it. An
    item that lacks nothing but the end of its line gets it.
    """
    torn = _torn_tail(path)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND)
    try:
        if torn and _is_item(torn, item_class):
            os.write(descriptor, b"\n")
            logger.warning("%s: its last line had no end, and has one now", path)
        elif torn:
            aside = _set_aside(path, torn)
            os.ftruncate(descriptor, os.fstat(descriptor).st_size - len(torn))
            logger.warning("%s: torn line of %d bytes kept as %s", path, len(torn), aside.name)
        os.fsync(descriptor)
        return _state_of(descriptor)
    finally:
        os.close(descriptor)


def free_name(path: Path, ending: str) -> Path:
    """Return a name beside a file that no file has: ``2026-11-23.jsonl.torn-1``."""
    names = (path.with_name(f"{path.name}.{ending}-{number}") for number in count(1))
    return next(name for name in names if not name.exists())


def append(path: Path, added: Iterable[bytes]) -> FileState:
    """Add lines to the end of a file and sync them; on an error the file is as before.

    What a sync could not write is cut off and never synced again: the system may call it clean.
    """
    make_folder(path.parent)
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    before = os.fstat(descriptor)
    try:
        _write_all(descriptor, b"".join(added))
        os.fsync(descriptor)
        if is_new:
            _sync_directory(path.parent)
        return _state_of(descriptor)
    except OSError:
        os.ftruncate(descriptor, before.st_size)
        os.utime(descriptor, ns=(before.st_atime_ns, before.st_mtime_ns))
        raise
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, so that a power cut does not take them away."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        _sync_directory(path.parent)


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _set_aside(path: Path, torn: bytes) -> Path:
    aside = free_name(path, "torn")
    append(aside, [torn])
    return aside


def _is_item(raw: bytes, item_class: type[Item]) -> bool:
    try:
        read_line(raw, item_class)
    except ForeignLine:
        return False
    return True


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
