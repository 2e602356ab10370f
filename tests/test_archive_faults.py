"""The archive under faults: killed writers, full and failing disks, files changed by hand."""

import errno
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from finnews.archive import Archive, ArchiveError, DamagedIndex
from finnews.items import Article, Quote
from tests.archive_items import COMMITTED, article, damaged_pages, pages, quote, write
from tests.crawling import (
    TIMEOUT,
    Process,
    archived,
    last_versions,
    lines,
    started,
    whole_lines,
)

PAGES = 400
DAY = "quotes/2026-11-23.jsonl"


def writing(directory: Path, *before: str) -> AbstractContextManager[Process]:
    """Start a process that archives pages, more than it comes to before a test ends it."""
    command = (*before, sys.executable, "-m", "tests.archive_items", directory, 1, 100_000)
    return started(*command, stderr=subprocess.PIPE)


def is_whole(directory: Path, last: int = PAGES) -> None:
    """Check that all pages are there, each record once, and that index and lines agree."""
    assert len(lines(directory, "articles")) == len(last_versions(directory, "articles")) == last
    assert len(lines(directory, "quotes")) == len(last_versions(directory, "quotes")) == 2 * last
    with Archive(directory) as archive:
        for items in pages(1, last + 1):
            for item in items:
                assert archive.find(type(item), item.keys[0]) == replace(item, version=1)


def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """SIGKILL at random moments, again and again: whole lines, each record once."""
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
def test_killed_inside_a_write_the_torn_line_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    """Whatever part of the lines has reached the file, the next run goes on behind a whole line."""
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


def test_killed_between_quotes_and_article_the_page_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its quotes are kept and not doubled; its article is not known, so it is asked for."""
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
def test_a_second_run_after_a_signal_finishes_the_work(tmp_path: Path, stopped_by: int) -> None:
    """However the process ended."""
    with writing(tmp_path) as writer:
        has_grown(tmp_path, writer, 1)
        writer.send_signal(stopped_by)
        writer.communicate(timeout=TIMEOUT)
    assert writer.returncode
    goes_on(tmp_path)


def test_a_full_disk_is_an_error_and_leaves_whole_lines(tmp_path: Path) -> None:
    """A file that may not grow: the process ends with one clear line; later all is made good."""
    with writing(tmp_path, "prlimit", "--fsize=100000") as writer:
        _, told = writer.communicate(timeout=TIMEOUT)
    assert writer.returncode == 1
    assert "ArchiveError" in told.splitlines()[-1]
    assert all(path.read_bytes().endswith(b"\n") for path in tmp_path.rglob("*.jsonl"))
    goes_on(tmp_path)


@pytest.mark.parametrize("call", ["write", "fsync", "ftruncate+fsync"])
def test_after_a_failed_commit_the_next_one_stores_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A disk that fails is never said to have stored; what was added waits."""

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
    assert "was changed" not in caplog.text


def test_a_directory_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    """Said in one line with the directory's name."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="file/output"):
        Archive(tmp_path / "file" / "output")


def test_a_read_only_directory_is_an_error(tmp_path: Path) -> None:
    """Nothing can be archived there, and the archive says so when it is opened."""
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


@pytest.mark.parametrize(
    "tail",
    [b'{"url":"https://www.fin', b"\0" * 5000, b"\xff\xfe"],
    ids=["half a line", "NULs", "no text"],
)
def test_what_a_power_cut_leaves_at_a_files_end_is_moved_aside(
    tmp_path: Path, tail: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """Into a file beside it, unchanged, and one line of the log tells of it."""
    write(tmp_path, 1, PAGES + 1)
    with (tmp_path / DAY).open("ab") as file:
        file.write(tail)
    Archive(tmp_path).close()
    is_whole(tmp_path)
    assert [path.read_bytes() for path in tmp_path.rglob("*.torn-*")] == [tail]
    assert len(caplog.messages) == 1
    assert f"torn line of {len(tail)} bytes" in caplog.text


def test_a_last_line_without_its_end_is_kept(tmp_path: Path) -> None:
    """It is a whole item: nothing that can be kept is dropped."""
    write(tmp_path, 1, PAGES + 1)
    path = tmp_path / DAY
    os.truncate(path, path.stat().st_size - 1)
    is_whole(tmp_path)
    assert path.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("foreign", [b"# a remark\n", b"{}\n", b'{"version":1}\n', b"\xff\xfe\n"])
def test_a_foreign_line_stays_and_is_told_of(
    tmp_path: Path, foreign: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """What follows it is read."""
    write(tmp_path, 1, PAGES + 1)
    path = tmp_path / "articles" / "2026-11-23.jsonl"
    before = path.read_bytes()
    path.write_bytes(foreign + before)
    with Archive(tmp_path) as archive:
        assert archive.knows(Article, f"id:{PAGES}")
    assert "1 lines are no items and stay there unread, the first at byte 0" in caplog.text
    assert path.read_bytes() == foreign + before


def test_a_deleted_day_is_forgotten_and_read_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The index does not speak of lines that are not there."""
    write(tmp_path, 1, PAGES + 1)
    (tmp_path / "articles" / "2026-11-23.jsonl").unlink()
    with Archive(tmp_path) as archive:
        assert not archive.knows(Article, "id:1")
        assert archive.knows(Quote, quote(1).keys[0])
    assert "articles/2026-11-23.jsonl is gone" in caplog.text
    write(tmp_path, 1, PAGES + 1)
    is_whole(tmp_path)


@pytest.mark.parametrize("edit", [lambda raw: raw[1:], lambda raw: raw[100:] + raw[:100]])
def test_a_file_edited_by_hand_is_read_anew(
    tmp_path: Path, edit: Callable[[list[bytes]], list[bytes]]
) -> None:
    """Lines taken out are forgotten, lines moved are found."""
    write(tmp_path, 1, PAGES + 1)
    path = tmp_path / "articles" / "2026-11-23.jsonl"
    written = path.stat().st_mtime_ns
    edited = edit(path.read_bytes().splitlines(keepends=True))
    path.write_bytes(b"".join(edited))
    os.utime(path, ns=(written, written + 10**9))  # a write in the same tick has the same time
    with Archive(tmp_path) as archive:
        assert archive.knows(Article, "id:1") == (len(edited) == PAGES)
        assert archive.find(Article, "id:300") == replace(article(300), version=1)


def test_a_file_edited_while_the_archive_is_open_is_never_misread(tmp_path: Path) -> None:
    """A look-up says that the line is not there; the next commit reads the file anew."""
    write(tmp_path, 1, PAGES + 1)
    path = tmp_path / "articles" / "2026-11-23.jsonl"
    with Archive(tmp_path) as archive:
        path.write_bytes(path.read_bytes()[1:])
        with pytest.raises(ArchiveError):
            archive.find(Article, "id:2")
        archive.add(quote(PAGES + 1))
        archive.commit()
        assert archive.find(Article, "id:2") == replace(article(2), version=1)


def _emptied(index: Path) -> None:
    index.write_bytes(b"")


def _garbage(index: Path) -> None:
    index.write_bytes(b"no database " * 1000)


def _older(index: Path) -> None:
    with sqlite3.connect(index) as database:
        database.execute("DROP TABLE keys")
        database.execute("PRAGMA user_version = 0")
    database.close()


def _malformed(index: Path) -> None:
    size = index.stat().st_size
    with index.open("r+b") as file:
        file.seek(4096)
        file.write(b"\x99" * (size - 4096))


@pytest.mark.parametrize("broken", [Path.unlink, _emptied, _garbage, _older, _malformed])
def test_a_lost_or_broken_index_is_made_anew(
    tmp_path: Path, broken: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    """From the lines, with one line of the log; a broken one is set aside."""
    write(tmp_path, 1, PAGES + 1)
    broken(tmp_path / "index.sqlite3")
    is_whole(tmp_path)
    assert len(list(tmp_path.glob("index.sqlite3.broken-*"))) == (
        broken not in (Path.unlink, _emptied)
    )
    assert "made" in caplog.text


def test_an_index_whose_damage_shows_late_is_set_aside_then(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The run ends with a clear error, and the next one makes the index anew."""
    write(tmp_path, 1, PAGES + 1)
    index = tmp_path / "index.sqlite3"
    damaged_pages(index, "keys")
    with pytest.raises(DamagedIndex, match="malformed"), Archive(tmp_path) as archive:
        archive.knows(Article, "id:1")
    assert caplog.text.count("kept as index.sqlite3.broken-1") == 1
    write(tmp_path, 1, PAGES + 1)
    is_whole(tmp_path)


def test_an_index_that_lags_behind_the_lines_is_caught_up(tmp_path: Path) -> None:
    """As after a power cut, which may undo the index's last commits."""
    write(tmp_path, 1, 11)
    index = tmp_path / "index.sqlite3"
    before = index.read_bytes()
    write(tmp_path, 11, PAGES + 1)
    index.write_bytes(before)
    write(tmp_path, 1, PAGES + 1)
    is_whole(tmp_path)


def test_an_index_ahead_of_the_lines_forgets_what_is_not_there(tmp_path: Path) -> None:
    """As on a disk that lies about syncing: shorter files are noticed, and read anew."""
    write(tmp_path, 1, 11)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.jsonl")}
    write(tmp_path, 11, PAGES + 1)
    for path, content in before.items():
        path.write_bytes(content)
    write(tmp_path, 1, PAGES + 1)
    is_whole(tmp_path)
