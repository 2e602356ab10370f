"""Limits the time and the memory that reading a page takes.

A timer's signal ends a reading wherever Python or a regular expression runs. A call into C that
does not return ends the process instead, and its page is noted among the `HungPages`.
"""

import faulthandler
import resource
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import process_time, thread_time
from types import FrameType
from typing import Final, TypeVar

from finnews.pages.base import BrokenPage
from finnews.pages.hung import HungPages

T = TypeVar("T")

TIMED_OUT: Final = "reading-timeout"
TOO_LARGE: Final = "reading-memory"
SKIPPED: Final = "reading-skipped"
"""Reasons of rejections."""

_FREE: Final = 128 * 1024 * 1024  # bytes that reading may take, however small the page is
_TICK: Final = 0.25  # seconds after which memory is looked at, again and again
_WAITING: Final = 6  # times the limit by its ticks: a busy machine has little time for a page
_LEAST: Final = 0.001  # seconds of a timer; less could be none
_AGAIN: Final = 1.0  # seconds after which a reading that went on is ended once more
_MEMORY: Final = Path("/proc/self/statm")  # only on Linux
_UNIT: Final = 1 if sys.platform == "darwin" else 1024  # bytes in which others tell the most of it


class OverBudget(BaseException):
    """A reading is to end; no `Exception`, so that nothing on its way takes it for a fault."""


class Budget:
    """What reading a page may take: seconds of work, and memory as a multiple of the page's size.

    Signals reach only the main thread: in any other, readings are not limited. The work of other
    threads is not counted, nor is the time in which the process is stopped. A process whose reading
    cannot be ended prints where that is, and ends by SIGVTALRM, once it has taken twice the time of
    a processor, all threads together, in one call into C. With 0 seconds nothing is limited.
    """

    def __init__(self, seconds: float, multiple: float, hung: HungPages) -> None:
        self.seconds = seconds
        self.multiple = multiple
        self.hung = hung
        self._is_reading = False
        self._ticks = 0
        self._own_before = self._work_before = 0.0
        self._memory_limit = 0.0

    def read(self, url: str, size: int, read: Callable[[], T]) -> T:
        """Return what a function reads on a page of so many bytes.

        Raises `BrokenPage`: ``reading-timeout``, ``reading-memory``; ``reading-skipped`` if an
        earlier process had to be ended while it read the page.
        """
        if not self.seconds or threading.current_thread() is not threading.main_thread():
            return read()
        if self.hung.has(url):
            raise BrokenPage(SKIPPED)
        reason = TIMED_OUT
        try:
            self._start(url, size)
            try:
                return read()
            finally:
                self._is_reading = False
        except OverBudget as over:
            self._is_reading = False
            reason = str(over)
        except MemoryError:
            reason = TOO_LARGE
        finally:
            self._stop()
        raise BrokenPage(reason)

    def close(self) -> None:
        """Delete the note of the last page."""
        self.hung.close()

    def _start(self, url: str, size: int) -> None:
        """Let a signal end the reading, and be noted even if it meets a call into C."""
        self.hung.note(url)
        signal.signal(signal.SIGALRM, self._check)
        signal.signal(signal.SIGPROF, self._check)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
        if self.hung.descriptor is not None:
            faulthandler.register(signal.SIGPROF, self.hung.descriptor, chain=True)
        if sys.__stderr__ is not None and not sys.__stderr__.closed:
            faulthandler.register(signal.SIGVTALRM, sys.__stderr__, chain=True)
        self._ticks, self._own_before, self._work_before = 0, thread_time(), process_time()
        self._memory_limit = _memory() + _FREE + self.multiple * size
        self._is_reading = True
        signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
        self._wind(self.seconds)

    def _wind(self, seconds: float) -> None:
        """Start the timers that count the work of all threads."""
        signal.setitimer(signal.ITIMER_PROF, max(seconds, _LEAST), _AGAIN)
        signal.setitimer(signal.ITIMER_VIRTUAL, 2 * self.seconds)

    def _stop(self) -> None:
        """Stop the timers; the handler stays, for a late signal would end the process."""
        for timer in (signal.ITIMER_VIRTUAL, signal.ITIMER_REAL, signal.ITIMER_PROF):
            signal.setitimer(timer, 0)
        faulthandler.unregister(signal.SIGPROF)
        faulthandler.unregister(signal.SIGVTALRM)
        if process_time() - self._work_before >= self.seconds / 2:  # clocks differ a little
            self.hung.clear()

    def _check(self, number: int, _frame: FrameType | None) -> None:
        if not self._is_reading:
            return
        self._ticks += number == signal.SIGALRM
        left = self.seconds - (thread_time() - self._own_before)
        if left <= 0 or self._ticks * _TICK >= _WAITING * self.seconds:
            raise OverBudget(TIMED_OUT)
        if _memory() > self._memory_limit:
            raise OverBudget(TOO_LARGE)
        self._wind(left)
        if number == signal.SIGPROF:
            self.hung.clear()


def _memory() -> int:
    """Return the bytes of memory that the process has; elsewhere than on Linux, the most it had."""
    try:
        return int(_MEMORY.read_bytes().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
