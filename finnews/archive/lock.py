"""The lock of an archive's directory: one process at a time writes there."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_WITHIN = 300.0  # seconds: a rebuild of a large archive by another process takes minutes


class Lock:
    """Held with ``with lock.held():``; the system gives it back if the process dies."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._descriptor = os.open(directory, os.O_RDONLY)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the lock and hold it; `TimeoutError` if another process does not give it."""
        deadline = time.monotonic() + LOCK_WITHIN
        while not self._taken():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.directory}: another crawl holds it for too long")
            time.sleep(0.005)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._descriptor)

    def _taken(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
