"""The JSON Lines files: lines are appended and synced, incomplete ones moved to another file."""

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from finnews.items import ITEM_CLASSES, Item
from finnews.printable import printable_json

logger = logging.getLogger(__name__)

ItemT = TypeVar("ItemT", bound=Item)

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODERS: dict[type[Item], msgspec.json.Decoder[Any]] = {
    item_class: msgspec.json.Decoder(item_class) for item_class in ITEM_CLASSES
}
_PART = 1024 * 1024  # bytes that are written again at once
_TAIL = 64  # bytes at the end of a file by which an appended line is told from an edit


class InvalidLine(ValueError):
    """A line that is not an item of its file's class."""


class FileState(NamedTuple):
    """By what a file is compared with the one that was indexed: size, time, last bytes."""

    size: int
    modified: int
    tail: bytes


def line(item: Item) -> bytes:
    """Return an item as a line: UTF-8, keys in the order of its fields, exact decimals."""
    return encoded(item) + b"\n"


def encoded(value: Any) -> bytes:
    """Return a value as JSON; a number has the digits of its decimal, and no exponent.

    What a terminal must not get is escaped.

    >>> encoded({"price": Decimal("0.0000005"), "change": Decimal("0.0000000")})
    b'{"price":0.0000005,"change":0.0000000}'
    """
    raw = _ENCODER.encode(value)
    return printable_json(_ENCODER.encode(_without_exponents(value)) if b"E-" in raw else raw)


def _without_exponents(value: Any) -> Any:
    match value:
        case Decimal():
            return msgspec.Raw(f"{value:f}".encode())
        case dict():
            return {name: _without_exponents(part) for name, part in value.items()}
        case list() | tuple():
            return [_without_exponents(part) for part in value]
        case _ if is_dataclass(value):
            return {
                field.name: _without_exponents(getattr(value, field.name))
                for field in fields(value)
            }
    return value


def read_line(raw: bytes, item_class: type[ItemT]) -> ItemT:
    """Return the item of a line; raise `InvalidLine` if the line is not an item of the class."""
    try:
        item: ItemT = _DECODERS[item_class].decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InvalidLine(str(error)) from error
    if item.version is None or item.missing_fields():
        raise InvalidLine(f"{item_class.__name__} without version or a required field")
    return item


def line_at(path: Path, start: int, length: int, item_class: type[ItemT]) -> ItemT:
    """Return the item of the line at an offset of a file."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return read_line(os.pread(descriptor, length, start), item_class)
    except InvalidLine as error:
        raise InvalidLine(f"{path.name}: {error}") from error
    finally:
        os.close(descriptor)


def file_of(item: Item) -> str:
    """Return the path of an item's file, relative to the archive's directory."""
    if item.is_in_one_file:
        return f"{item.collection}.jsonl"
    return f"{item.collection}/{(item.fetched_at or '')[:10]}.jsonl"


def files_of(directory: Path, item_class: type[Item]) -> list[str]:
    """Return the files of an item class, relative to the directory, oldest day first."""
    if item_class.is_in_one_file:
        path = directory / f"{item_class.collection}.jsonl"
        return [path.name] if path.exists() else []
    folder = directory / item_class.collection
    return sorted(f"{folder.name}/{path.name}" for path in folder.glob("*.jsonl"))


def _state_of(descriptor: int) -> FileState:
    status = os.fstat(descriptor)
    start = max(0, status.st_size - _TAIL)
    return FileState(status.st_size, status.st_mtime_ns, os.pread(descriptor, _TAIL, start))


def was_appended_to(path: Path, indexed: FileState) -> bool:
    """Return whether lines were only appended to a file since it was indexed."""
    with path.open("rb") as file:
        file.seek(max(0, indexed.size - _TAIL))
        tail = file.read(min(_TAIL, indexed.size))
        return tail == indexed.tail and os.fstat(file.fileno()).st_size > indexed.size


def lines_from(path: Path, offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield offset and bytes of each line from an offset on; the last may lack its newline."""
    with path.open("rb") as file:
        file.seek(offset)
        for raw in file:
            yield offset, raw
            offset += len(raw)


def repair_last_line(path: Path, item_class: type[Item]) -> FileState:
    """Make the file end with a complete line, sync it, and return its state.

    A crash can leave part of a line or NULs at the end: they are moved to a file beside it. A line
    that lacks only its newline gets one.
    """
    torn = torn_tail(path)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND)
    try:
        if torn and _is_item(torn, item_class):
            os.write(descriptor, b"\n")
            logger.warning("%s: added the missing newline of the last line", path)
        elif torn:
            copy = _saved_copy(path, torn)
            os.ftruncate(descriptor, os.fstat(descriptor).st_size - len(torn))
            message = "%s: incomplete last line (%d bytes) moved to %s"
            logger.warning(message, path, len(torn), copy.name)
        os.fsync(descriptor)
        return _state_of(descriptor)
    finally:
        os.close(descriptor)


def rewrite_from(path: Path, offset: int) -> None:
    """Write the end of a file once more, from an offset on, so that the next sync covers it.

    After a failed sync the system takes lines for synced that are not on the disk.
    """
    descriptor = os.open(path, os.O_RDWR)
    try:
        while part := os.pread(descriptor, _PART, offset):
            offset += os.pwrite(descriptor, part, offset)
    finally:
        os.close(descriptor)


def unused_name(path: Path, ending: str) -> Path:
    """Return an unused name beside a file: ``2026-11-23.jsonl.torn-1``."""
    names = (path.with_name(f"{path.name}.{ending}-{number}") for number in count(1))
    return next(name for name in names if not name.exists())


def append(path: Path, added: Iterable[bytes]) -> FileState:
    """Append lines to a file and sync it; after an error the file is as before.

    After a failed sync the lines are cut off, not synced again: a second sync can succeed although
    they are lost.
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
    """Create a folder and its parents, and sync them, so that a power cut does not remove them."""
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


def _saved_copy(path: Path, torn: bytes) -> Path:
    copy = unused_name(path, "torn")
    append(copy, [torn])
    return copy


def _is_item(raw: bytes, item_class: type[Item]) -> bool:
    try:
        read_line(raw, item_class)
    except InvalidLine:
        return False
    return True


def torn_tail(path: Path, end: int | None = None) -> bytes:
    """Return what stands behind the last newline of a file, or of its bytes before an offset."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END) if end is None else end
        tail = b""
        while end and b"\n" not in tail:
            start = max(0, end - 65_536)
            file.seek(start)
            tail = file.read(end - start) + tail
            end = start
    return tail[tail.rfind(b"\n") + 1 :]
