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
    """Locks of this process and, in it, of their owners; the system releases them if it dies.

    One object for each directory and process, by `named_locks`: the system drops all locks of a
    process on a file as soon as the process closes it once.
    """

    def __init__(self, directory: Path) -> None:
        self._descriptor = os.open(directory / LOCKS, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        finalize(self, os.close, self._descriptor)
        self._owners: dict[str, object] = {}

    def acquire(self, name: str, owner: object = None) -> bool:
        """Return whether an owner has the lock now: no other process, and no other owner, has it.

        An owner takes over what the process as a whole (``None``) has.
        """
        if self._owners.get(name) not in (None, owner):
            return False
        try:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _offset(name))
        except (BlockingIOError, PermissionError):
            return False
        self._owners[name] = owner
        return True

    def release(self, name: str, owner: object = None) -> None:
        """Let others have the lock, if the owner has it."""
        if name in self._owners and self._owners[name] is owner:
            del self._owners[name]
            fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, _offset(name))

    def release_all(self, owner: object) -> None:
        """Let others have all locks of an owner."""
        for name in [name for name, holder in self._owners.items() if holder is owner]:
            self.release(name, owner)


def named_locks(directory: Path) -> NamedLocks:
    """Return the locks of a directory that exists."""
    path = directory.resolve()
    locks = _OPEN.get(path) or NamedLocks(path)
    _OPEN[path] = locks
    return locks


def _offset(name: str) -> int:
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:8], "big") % _OFFSETS
