"""What a reading may take: it is ended, the reason is told, and the next one is as before."""

import hashlib
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from finnews.pages import budget as budget_module
from finnews.pages.base import BrokenPage
from finnews.pages.budget import Budget
from finnews.pages.hung import HungPages

URL = "https://www.finanzen.net/nachricht/aktien/muster-1"


def endless() -> None:
    """Compute, and take every fault for a small one."""
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001, S112
            continue


def exponential() -> None:
    """Search with a pattern that takes exponential time."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def large() -> None:
    """Take more and more memory."""
    taken: list[bytes] = []
    while True:
        taken.append(b"x" * 2**20)


def memory_error() -> None:
    """Meet the system's own limit."""
    raise MemoryError


@pytest.mark.parametrize(
    ("read", "seconds", "reason"),
    [
        (endless, 0.3, "reading-timeout"),
        (exponential, 0.3, "reading-timeout"),
        (large, 60.0, "reading-memory"),
        (memory_error, 60.0, "reading-memory"),
    ],
)
def test_a_reading_that_takes_too_much_is_ended(
    read: Callable[[], None], seconds: float, reason: str, tmp_path: Path
) -> None:
    """The page can be read again, other pages too, and no timer goes on."""
    budget = Budget(seconds, 200, HungPages(tmp_path))
    for _ in range(2):
        with pytest.raises(BrokenPage, match=reason):
            budget.read(URL, 1000, read)
    assert budget.read(URL, 1000, lambda: "read") == "read"
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert HungPages(tmp_path).lines == set()
    budget.close()
    assert not list(tmp_path.iterdir())


def test_a_fault_in_a_reading_is_that_fault() -> None:
    """It is no matter of the budget."""
    budget = Budget(60, 200, HungPages())
    with pytest.raises(ZeroDivisionError):
        budget.read(URL, 1000, lambda: 1 / 0)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize("seconds", [0.0, 60.0])
def test_without_a_limit_or_in_another_thread_pages_are_read(seconds: float) -> None:
    """Signals reach only the main thread."""
    budget = Budget(seconds, 200, HungPages())
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(budget.read, URL, 1000, lambda: "read").result() == "read"
    assert Budget(0, 200, HungPages()).read(URL, 1000, lambda: "read") == "read"


def test_pages_are_read_where_stderr_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a process without a terminal may have it; nothing can be told there then."""
    closed = (tmp_path / "stderr").open("w")
    closed.close()
    monkeypatch.setattr(sys, "__stderr__", closed)
    assert Budget(10, 200, HungPages(tmp_path)).read(URL, 1000, lambda: 1) == 1


def test_the_work_of_other_threads_is_not_counted(tmp_path: Path) -> None:
    """A page that is read beside them is read, and its note says nothing of it."""
    is_read = Event()

    def work() -> float:
        while not is_read.is_set():
            hashlib.sha256(bytes(2**20))
        return time.thread_time()

    def wait() -> None:
        before, until = time.process_time(), time.monotonic() + 9
        while time.process_time() - before < 2.5 and time.monotonic() < until:
            time.sleep(0.1)

    budget = Budget(2.0, 200, HungPages(tmp_path))
    with ThreadPoolExecutor(2) as pool:
        works = [pool.submit(work) for _ in range(2)]
        try:
            budget.read(URL, 1000, wait)
            assert [path.read_text().strip() for path in tmp_path.iterdir()] == [URL]
        finally:
            is_read.set()
    if sum(each.result() for each in works) < 2.0:
        pytest.skip("the machine was too busy for the other threads")


STOPPED = f"""
import time
from finnews.pages.budget import Budget
from finnews.pages.hung import HungPages
def read():
    print("reading", flush=True)
    time.sleep(1)
    return "read"
print(Budget(0.3, 200, HungPages()).read({URL!r}, 1000, read))
"""


def test_the_time_in_which_the_process_is_stopped_is_not_counted() -> None:
    """As with Ctrl+Z, or while the machine sleeps."""
    with subprocess.Popen([sys.executable, "-c", STOPPED], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        time.sleep(2.5)
        process.send_signal(signal.SIGCONT)
        assert process.stdout.read() == b"read\n"


def test_a_reading_that_waits_for_ever_is_ended() -> None:
    """Though it does no work."""
    with pytest.raises(BrokenPage, match="reading-timeout"):
        Budget(0.2, 200, HungPages()).read(URL, 1000, lambda: time.sleep(60))


def test_without_proc_more_memory_than_ever_before_is_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As on macOS."""
    monkeypatch.setattr(budget_module, "_MEMORY", tmp_path / "statm")
    with pytest.raises(BrokenPage, match="reading-memory"):
        Budget(60, 200, HungPages()).read(URL, 1000, large)
