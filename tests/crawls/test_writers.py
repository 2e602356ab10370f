"""Archives that processes write: killed, interrupted, two at once, on a full disk."""

import random
import signal
import subprocess
import sys
import time
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from tests.support import TIMEOUT
from tests.support.archive_items import COMMITTED, write
from tests.support.crawling import Process, archived, last_versions, lines, started, whole_lines
from tests.support.whole_archive import is_whole


def writing(directory: Path, *before: str) -> AbstractContextManager[Process]:
    """Start a process that archives pages, more than it comes to before a test ends it."""
    command = (*before, sys.executable, "-m", "tests.support.archive_items", directory, 1, 100_000)
    return started(*command, stderr=subprocess.PIPE)


def test_a_writer_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """After twelve kills at random moments there are whole lines, and each record once."""
    chance = random.Random(4)
    for _ in range(12):
        with writing(tmp_path) as writer:
            has_grown(tmp_path, writer, chance.randrange(60_000))
            writer.kill()
        assert writer.returncode == -signal.SIGKILL
    goes_on(tmp_path)


def has_grown(directory: Path, writer: Process, by: int) -> None:
    """Wait until some more bytes are archived, or the writer has ended."""
    enough = archived(directory) + by
    while archived(directory) < enough and writer.poll() is None:
        time.sleep(0.001)


def goes_on(directory: Path) -> None:
    """Archive some pages more than a process has come to, and check that all are there."""
    last = len(whole_lines(directory, "articles")) + 2 * COMMITTED
    write(directory, 1, last + 1)
    is_whole(directory, last)


@pytest.mark.parametrize("stopped_by", [signal.SIGTERM, signal.SIGINT])
def test_a_run_after_a_signal_finishes_the_work(tmp_path: Path, stopped_by: int) -> None:
    """Whichever signal ended the writer, the next one completes the archive."""
    with writing(tmp_path) as writer:
        has_grown(tmp_path, writer, 1)
        writer.send_signal(stopped_by)
        writer.communicate(timeout=TIMEOUT)
    assert writer.returncode
    goes_on(tmp_path)


def test_a_full_disk_is_an_error_and_leaves_whole_lines(tmp_path: Path) -> None:
    """The process ends with one clear line, and what is missing is archived later."""
    with writing(tmp_path, "prlimit", "--fsize=100000") as writer:
        _, log = writer.communicate(timeout=TIMEOUT)
    assert writer.returncode == 1
    assert "ArchiveError" in log.splitlines()[-1]
    assert all(path.read_bytes().endswith(b"\n") for path in tmp_path.rglob("*.jsonl"))
    goes_on(tmp_path)


@pytest.mark.parametrize("shift", [0, 150], ids=["the same pages", "partly the same pages"])
def test_two_processes_write_each_item_once(tmp_path: Path, shift: int) -> None:
    """Two writers at full speed leave whole lines, and each version once."""
    starts = (1, 1 + shift)
    command = (sys.executable, "-m", "tests.support.archive_items", tmp_path)
    with ExitStack() as stack:
        writers = [stack.enter_context(started(*command, start, start + 600)) for start in starts]
        assert [writer.wait(timeout=TIMEOUT) for writer in writers] == [0, 0]
    assert len(lines(tmp_path, "articles")) == len(last_versions(tmp_path, "articles"))
    assert len(lines(tmp_path, "articles")) == 600 + shift
    assert len(lines(tmp_path, "quotes")) == len(last_versions(tmp_path, "quotes"))
    assert len(lines(tmp_path, "quotes")) == 2 * (600 + shift)
