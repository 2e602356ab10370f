"""The lock on an archive's directory: one process at a time writes to it."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_TIMEOUT = 300.0  # seconds: another process may need minutes to rebuild a large archive


class Lock:
    """A lock on a directory; the system releases it if the process dies."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._descriptor = os.open(directory, os.O_RDONLY)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the lock and hold it; `TimeoutError` if another process does not release it."""
        deadline = time.monotonic() + LOCK_TIMEOUT
        while not self._is_acquired():
            if time.monotonic() > deadline:
                waited = f"not released for {LOCK_TIMEOUT:.0f} s"
                raise TimeoutError(f"lock of {self.directory}, held by another process, {waited}")
            time.sleep(0.005)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._descriptor)

    def _is_acquired(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
