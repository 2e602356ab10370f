"""Locks by name that processes hold in a directory: on a run, on a page that is requested."""

import fcntl
import hashlib
import os
from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary, finalize

LOCKS: Final = "crawls.lock"
"""An empty file under ``OUTPUT_DIR``; each name is a byte of it."""

_OFFSETS: Final = 2**62
_OPEN: WeakValueDictionary[Path, "NamedLocks"] = WeakValueDictionary()


class NamedLocks:
    """Locks of this process; the system releases them if it dies.

    One object for each directory and process, by `named_locks`: the system drops all locks of a
    process on a file as soon as the process closes it once.
    """

    def __init__(self, directory: Path) -> None:
        self._descriptor = os.open(directory / LOCKS, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        finalize(self, os.close, self._descriptor)

    def acquire(self, name: str) -> bool:
        """Return whether this process holds the lock now: no other process does."""
        try:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _offset(name))
        except (BlockingIOError, PermissionError):
            return False
        return True

    def release(self, name: str) -> None:
        """Let other processes have the lock."""
        fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, _offset(name))


def named_locks(directory: Path) -> NamedLocks:
    """Return the locks of a directory that exists."""
    path = directory.resolve()
    locks = _OPEN.get(path) or NamedLocks(path)
    _OPEN[path] = locks
    return locks


def _offset(name: str) -> int:
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:8], "big") % _OFFSETS
