"""Writes the WARC files of a run, so that a crash leaves whole records but for the last."""

import fcntl
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Final

from finnews.saved.records import Exchange, exchange_records, warcinfo_record

MOST_BYTES: Final = 1_000_000_000
"""The size after which the next file begins."""

SYNC_AFTER: Final = 1.0
"""Seconds that a power cut makes a run lose at most, as of the archive's items."""


class WarcWriter:
    """The files of one run: ``<name>.warc.gz``, ``<name>-2.warc.gz``, …

    The first is created for the first exchange. Each is locked while it is written, and never one
    that was there before. Records are written at once, with no buffer between, and cut off again if
    that fails. Methods raise `OSError`.
    """

    def __init__(self, folder: Path, name: str, fields: Mapping[str, str]) -> None:
        self.folder = folder
        self.name = name
        self.fields = fields
        self._descriptor: int | None = None
        self._size = 0
        self._synced = 0.0

    def add(self, exchange: Exchange) -> None:
        """Write the records of an exchange."""
        if self._descriptor is None or self._size >= MOST_BYTES:
            self.close()
            self._descriptor = self._begun()
        self._size += _write(self._descriptor, exchange_records(exchange), self._size)
        if monotonic() - self._synced > SYNC_AFTER:
            os.fsync(self._descriptor)
            self._synced = monotonic()

    def close(self) -> None:
        """Sync the file and release it. Closing again does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _begun(self) -> int:
        """Create the next file with its first record."""
        path, descriptor = self._created()
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            first = warcinfo_record(path.name, self.fields, datetime.now(UTC))
            self._size = _write(descriptor, first, 0)
            _sync_folder(self.folder)
        except OSError:
            path.unlink()
            os.close(descriptor)
            raise
        return descriptor

    def _created(self) -> tuple[Path, int]:
        """Create a file under the first name that no run has taken."""
        for number in count(1):
            suffix = "" if number == 1 else f"-{number}"
            path = self.folder / f"{self.name}{suffix}.warc.gz"
            try:
                flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL
                return path, os.open(path, flags, 0o644)
            except FileExistsError:
                continue
        raise AssertionError


def _write(descriptor: int, records: bytes, offset: int) -> int:
    """Append records at the end of a file, which is at `offset`, and return their length."""
    rest = memoryview(records)
    try:
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except OSError:
        os.ftruncate(descriptor, offset)
        raise
    return len(records)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
