"""A signal ends a query or an export, and what it has copied so far is removed."""

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

_SIGNALS: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
_GRACE: Final = 2.0  # seconds for DuckDB to heed an interrupt
_TICK: Final = 0.1

T = TypeVar("T")


class Stopped(Exception):
    """Work was interrupted, and goes no further."""


class Work:
    """What ends with a query or an export: DuckDB's connection, and folders."""

    def __init__(self) -> None:
        self._is_interrupted = False
        self._lock = threading.Lock()
        self._connection: Any = None
        self._folders: list[Path] = []

    @contextmanager
    def temporary_folder(self, prefix: str, parent: Path | None) -> Iterator[Path]:
        """Give a new folder, and remove it."""
        with TemporaryDirectory(prefix=prefix, dir=parent) as name:
            self._folders.append(Path(name))
            yield Path(name)

    def watch(self, connection: Any) -> None:
        """Name the connection to interrupt; ``None`` before it is closed."""
        with self._lock:
            self._connection = connection

    def go_on(self) -> None:
        """Raise `Stopped` if the work was interrupted."""
        if self._is_interrupted:
            raise Stopped

    def interrupt(self) -> None:
        """Let DuckDB end its query, and let no other begin."""
        self._is_interrupted = True
        with self._lock:
            if self._connection is not None:
                self._connection.interrupt()

    def remove_folders(self) -> None:
        """Remove what the work itself has not."""
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)


def stoppable(function: Callable[[Work], T]) -> T:
    """Return what a function returns; exit with 129, 130 or 143 after a signal, as a shell says it.

    It runs in a thread of its own: one that waits for DuckDB heeds no signal.
    """
    received: list[int] = []
    heeded = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    previous = {n: signal.signal(n, lambda number, _: received.append(number)) for n in heeded}
    work = Work()
    try:
        future = _started(lambda: function(work))
        while not received and not wait([future], _TICK).done:
            pass
        if received:
            _stop(future, work, received)
        return future.result()
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _started(function: Callable[[], T]) -> Future[T]:
    """Start a thread that nobody waits for, and return what it will return or raise."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(function())
        except BaseException as error:  # noqa: BLE001, raised again where the result is used
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def _stop(future: Future[Any], work: Work, received: list[int]) -> None:
    """Exit when the work has ended, or without it after a while or another signal."""
    limit = time.monotonic() + _GRACE
    status = 128 + received[0]
    while time.monotonic() < limit and len(received) == 1:
        work.interrupt()
        if wait([future], _TICK).done:
            sys.exit(status)
    work.remove_folders()
    os._exit(status)
