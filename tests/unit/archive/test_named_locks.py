"""Locks by name that processes hold in a directory."""

import subprocess
import sys
from pathlib import Path

from finnews.archive.named_locks import named_locks
from tests.support import ROOT, TIMEOUT

_HOLD = """
import sys
from pathlib import Path
from finnews.archive.named_locks import named_locks
locks = named_locks(Path(sys.argv[1]))
print(*[locks.acquire(name) for name in sys.argv[2:]], flush=True)
sys.stdin.read()
"""


def test_another_process_cannot_take_a_lock_until_its_holder_dies(tmp_path: Path) -> None:
    """Locks with other names are free; a killed process holds none."""
    words = [sys.executable, "-c", _HOLD, str(tmp_path), "run news"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(words, cwd=ROOT, text=True, **pipes) as holder:  # type: ignore[call-overload]
        assert holder.stdout.readline() == "True\n"
        locks = named_locks(tmp_path)
        assert not locks.acquire("run news")
        assert locks.acquire("run ratings")
        holder.kill()
        holder.wait(TIMEOUT)
        assert locks.acquire("run news")


def test_a_released_lock_can_be_taken_by_another_process(tmp_path: Path) -> None:
    """The other locks of the process stay, however often the directory is asked for its locks."""
    locks = named_locks(tmp_path)
    assert locks.acquire("a")
    assert locks.acquire("b")
    named_locks(tmp_path).release("a")
    words = [sys.executable, "-c", _HOLD, str(tmp_path), "a", "b"]
    done = subprocess.run(words, cwd=ROOT, input="", text=True, capture_output=True, check=True)
    assert done.stdout == "True False\n"


def test_the_same_process_can_take_a_lock_again(tmp_path: Path) -> None:
    """The command takes the lock on a run before Scrapy starts, then the spider does."""
    assert named_locks(tmp_path).acquire("run news")
    assert named_locks(tmp_path).acquire("run news")


def test_of_two_owners_in_a_process_one_has_a_lock(tmp_path: Path) -> None:
    """The owner takes over what the process has; another can have it when the owner has left."""
    locks, first, second = named_locks(tmp_path), object(), object()
    assert locks.acquire("run news")
    assert locks.acquire("run news", first)
    assert not locks.acquire("run news", second)
    locks.release("run news", second)
    assert not locks.acquire("run news", second)
    locks.release_all(first)
    assert locks.acquire("run news", second)
