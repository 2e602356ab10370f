"""Cuts off the part of a record that a killed run or a power cut left at the end of a file."""

import fcntl
import logging
import mmap
import os
import zlib
from pathlib import Path
from typing import Final

logger = logging.getLogger(__name__)

_NAMES: Final = "????????T??????Z-*.warc.gz"
_MAGIC: Final = b"\x1f\x8b\x08"  # how a gzip member begins
_GZIP: Final = 31
_PART: Final = 64 * 1024


def mend(folder: Path) -> None:
    """Let each file of earlier runs end with a whole record; log what was cut off.

    Files of other names, and those that a living run writes, are left alone. A file that has no
    whole record is deleted.
    """
    for path in sorted(folder.glob(_NAMES)):
        if path.is_file() and not path.is_symlink():
            _mend_file(path)


def _mend_file(path: Path) -> None:
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # its writer lives
        size = os.fstat(file.fileno()).st_size
        end = end_of_records(file.fileno()) if size else 0
        if end == size:
            return
        if end:
            os.truncate(path, end)
        else:
            path.unlink()
        logger.warning("%s: incomplete last record (%d bytes) cut off", path, size - end)


def end_of_records(descriptor: int) -> int:
    """Return where the last whole record of a file ends; 0 if it has none.

    Searched from the end, so that a file of a gigabyte takes no longer than its last record.
    """
    with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as content:
        start = len(content)
        while (start := content.rfind(_MAGIC, 0, start)) >= 0:
            if end := _end_of_record(content, start):
                return end
    return 0


def _end_of_record(content: mmap.mmap, start: int) -> int:
    """Return where the record that begins at an offset ends; 0 if it is none, or not whole.

    A compressed page within a record begins alike, but does not unpack to a record.
    """
    decompressor = zlib.decompressobj(wbits=_GZIP)
    beginning = b""
    for offset in range(start, len(content), _PART):
        try:
            unpacked = decompressor.decompress(content[offset : offset + _PART])
        except zlib.error:
            return 0
        beginning = beginning or unpacked[:5]
        if beginning and beginning != b"WARC/":
            return 0
        if decompressor.eof:
            end = min(offset + _PART, len(content))
            return end - len(decompressor.unused_data)
    return 0
