"""The archive under faults: torn lines, failing disks, directories that cannot be written."""

import errno
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from finnews.archive import Archive, ArchiveError
from finnews.items import Article, Quote
from tests.support.archive_items import article, pages, quote, write
from tests.support.crawling import lines
from tests.support.whole_archive import PAGES, is_whole


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


def test_lines_whose_sync_failed_are_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second sync could succeed although they are lost, and the kill came before they were cut.

    Lines that are indexed are left alone.
    """
    with Archive(tmp_path) as archive:
        archive.add(quote(1))
    (path,) = tmp_path.glob("quotes/*.jsonl")
    known = path.stat().st_size

    def failing(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    child = os.fork()
    if not child:
        archive = Archive(tmp_path)
        archive.add(quote(3))
        archive.add(quote(4))
        monkeypatch.setattr("finnews.archive.lines.os.fsync", failing)
        monkeypatch.setattr("finnews.archive.lines.os.ftruncate", lambda *_: os._exit(9))
        archive.commit()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    rewritten: list[tuple[int, bytes]] = []
    pwrite = os.pwrite

    def noted(descriptor: int, part: bytes, offset: int) -> int:
        rewritten.append((offset, part))
        return pwrite(descriptor, part, offset)

    monkeypatch.setattr("finnews.archive.lines.os.pwrite", noted)
    with Archive(tmp_path) as archive:
        assert archive.add(quote(3)) is None
    assert rewritten == [(known, path.read_bytes()[known:])]
    assert rewritten[0][1].count(b"\n") == 2


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
