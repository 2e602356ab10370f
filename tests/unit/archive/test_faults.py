"""The archive under faults: killed writers, full and failing disks."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from finnews.archive import Archive, ArchiveError
from finnews.items import Article, Quote
from tests.support import TIMEOUT
from tests.support.archive_items import COMMITTED, article, pages, quote, write
from tests.support.crawling import Process, archived, lines, started, whole_lines
from tests.support.whole_archive import PAGES, is_whole


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


@pytest.mark.parametrize("length", [1, 700, -1], ids=["one byte", "some lines", "all but one byte"])
def test_a_line_torn_by_a_kill_is_moved_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    """Whatever part of the lines reached the file, the next run appends behind a whole line."""
    written = os.write

    def killed(descriptor: int, content: bytes) -> int:
        written(descriptor, content[:length])
        os._exit(9)

    child = os.fork()
    if not child:
        archive = Archive(tmp_path)
        for number in range(1, 6):
            archive.add(quote(number))
        monkeypatch.setattr("finnews.archive.lines.os.write", killed)
        archive.commit()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    write(tmp_path, 1, PAGES + 1)
    is_whole(tmp_path)


def test_a_page_whose_commit_was_cut_short_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its quotes are kept and not doubled; its article is unknown, so the page is read again."""
    with Archive(tmp_path) as archive:
        archive.add(quote(1))
    archive = Archive(tmp_path)
    for item in next(pages(1, 2)):
        archive.add(item)
    monkeypatch.setattr(Archive, "_write", _only_quotes(Archive._write))
    with pytest.raises(ArchiveError, match="power"):
        archive.commit()
    monkeypatch.undo()
    with Archive(tmp_path) as archive:
        assert archive.knows(Quote, quote(1, day="2026-11-24").keys[0])
        assert not archive.knows(Article, "id:1")
    write(tmp_path, 1, PAGES + 1)
    is_whole(tmp_path)


def _only_quotes(write_lines: Callable[..., None]) -> Callable[..., None]:
    def stopped(archive: Archive, pairs: list[tuple[object, object]]) -> None:
        if any(isinstance(item, Article) for item, _ in pairs):
            raise OSError("no power")
        write_lines(archive, pairs)

    return stopped


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


@pytest.mark.parametrize("call", ["write", "fsync", "ftruncate+fsync"])
def test_a_commit_after_a_failed_one_stores_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A failed commit raises, and what was added waits for the next one."""

    def failing(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    with Archive(tmp_path) as archive:
        archive.add(quote(1))
        archive.commit()
        archive.add(quote(2))
        archive.add(article(1))
        with monkeypatch.context() as disk:
            for name in call.split("+"):
                disk.setattr(f"finnews.archive.lines.os.{name}", failing)
            with pytest.raises(ArchiveError, match="Input/output error"):
                archive.commit()
        archive.add(replace(quote(2), isin="DE0001234563"))
    assert len(lines(tmp_path, "articles")) == 1
    assert [row["version"] for row in lines(tmp_path, "quotes")] == [1, 1, 2]
    with Archive(tmp_path) as archive:
        assert archive.add(quote(1)) is None
        assert archive.add(quote(2)) is None
    assert "was edited" not in caplog.text


def test_a_directory_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    """The error is one line with the name of the directory."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="file/output"):
        Archive(tmp_path / "file" / "output")


def test_a_read_only_directory_is_an_error(tmp_path: Path) -> None:
    """Opening the archive or adding to it raises an error with the name of the directory."""
    write(tmp_path, 1, 3)
    mounted = ["mount", "--bind", str(tmp_path), str(tmp_path)]
    if subprocess.run(mounted, check=False, capture_output=True).returncode:
        pytest.skip("mounting needs the rights for it")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(tmp_path)], check=True)
        with pytest.raises(ArchiveError, match=str(tmp_path)), Archive(tmp_path) as archive:
            archive.add(quote(5))
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
