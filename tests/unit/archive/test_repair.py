"""The archive repaired when it is opened: torn lines, edited files, a lost or broken index."""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from finnews.archive import Archive, ArchiveError, DamagedIndex
from finnews.archive.check import Check
from finnews.archive.lines import line
from finnews.items import Article, Quote
from tests.support.archive_items import article, as_archived, damaged_pages, quote, write
from tests.support.crawling import lines
from tests.support.whole_archive import PAGES, is_whole

DAY = "quotes/2026-11-23.jsonl"


@pytest.mark.parametrize(
    "tail",
    [b'{"url":"https://www.fin', b"\0" * 5000, b"\xff\xfe"],
    ids=["half a line", "NULs", "no text"],
)
def test_a_torn_line_is_moved_to_a_file_beside_it(
    tmp_path: Path, tail: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """The bytes are kept unchanged, and one line of the log says so."""
    write(tmp_path, 1, PAGES + 1)
    with (tmp_path / DAY).open("ab") as file:
        file.write(tail)
    Archive(tmp_path).close()
    is_whole(tmp_path)
    assert [path.read_bytes() for path in tmp_path.rglob("*.torn-*")] == [tail]
    assert len(caplog.messages) == 1
    assert f"incomplete last line ({len(tail)} bytes) moved to" in caplog.text


def test_a_last_line_without_its_newline_is_kept(tmp_path: Path) -> None:
    """The line is a whole item, so it gets its newline and stays."""
    write(tmp_path, 1, PAGES + 1)
    path = tmp_path / DAY
    os.truncate(path, path.stat().st_size - 1)
    is_whole(tmp_path)
    assert path.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("foreign", [b"# a remark\n", b"{}\n", b'{"version":1}\n', b"\xff\xfe\n"])
def test_a_line_that_is_no_item_stays_and_is_logged(
    tmp_path: Path, foreign: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """The lines that follow it are read."""
    write(tmp_path, 1, PAGES + 1)
    path = tmp_path / "articles" / "2026-11-23.jsonl"
    before = path.read_bytes()
    path.write_bytes(foreign + before)
    with Archive(tmp_path) as archive:
        assert archive.knows(Article, f"id:{PAGES}")
    assert "skipped invalid lines: 1, the first at byte 0" in caplog.text
    assert path.read_bytes() == foreign + before


def test_a_deleted_day_is_forgotten_and_read_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The index forgets the lines of a deleted file, and the next run writes them again."""
    write(tmp_path, 1, PAGES + 1)
    (tmp_path / "articles" / "2026-11-23.jsonl").unlink()
    with Archive(tmp_path) as archive:
        assert not archive.knows(Article, "id:1")
        assert archive.knows(Quote, quote(1).keys[0])
    assert "articles/2026-11-23.jsonl was deleted" in caplog.text
    write(tmp_path, 1, PAGES + 1)
    is_whole(tmp_path)


@pytest.mark.parametrize("edit", [lambda raw: raw[1:], lambda raw: raw[100:] + raw[:100]])
def test_a_file_edited_by_hand_is_indexed_anew(
    tmp_path: Path, edit: Callable[[list[bytes]], list[bytes]]
) -> None:
    """Lines that were removed are forgotten, and lines that moved are found."""
    write(tmp_path, 1, PAGES + 1)
    path = tmp_path / "articles" / "2026-11-23.jsonl"
    written = path.stat().st_mtime_ns
    edited = edit(path.read_bytes().splitlines(keepends=True))
    path.write_bytes(b"".join(edited))
    os.utime(path, ns=(written, written + 10**9))  # a write in the same tick has the same time
    with Archive(tmp_path) as archive:
        assert archive.knows(Article, "id:1") == (len(edited) == PAGES)
        assert archive.find(Article, "id:90") == as_archived(article(90))


def test_a_file_edited_while_the_archive_is_open_is_never_misread(tmp_path: Path) -> None:
    """A look-up raises an error, and the next commit indexes the file anew."""
    write(tmp_path, 1, PAGES + 1)
    path = tmp_path / "articles" / "2026-11-23.jsonl"
    with Archive(tmp_path) as archive:
        path.write_bytes(path.read_bytes()[1:])
        with pytest.raises(ArchiveError):
            archive.find(Article, "id:2")
        archive.add(quote(PAGES + 1))
        archive.commit()
        assert archive.find(Article, "id:2") == as_archived(article(2))


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
def test_a_lost_or_broken_index_is_rebuilt(
    tmp_path: Path, broken: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    """It is rebuilt from the lines, and the log says so; a broken one is moved aside."""
    write(tmp_path, 1, PAGES + 1)
    broken(tmp_path / "index.sqlite3")
    is_whole(tmp_path)
    assert len(list(tmp_path.glob("index.sqlite3.broken-*"))) == (
        broken not in (Path.unlink, _emptied)
    )
    assert "rebuilding" in caplog.text


def test_a_line_that_became_unreadable_is_left_out_when_the_archive_is_opened_again(
    tmp_path: Path,
) -> None:
    """The file has its size and time, so that only reading the line shows it."""
    with Archive(tmp_path) as archive:
        first, second = (archive.add(article(number)) for number in (1, 2))
    assert first
    assert second
    (path,) = (tmp_path / "articles").iterdir()
    status, content = path.stat(), path.read_bytes()
    path.write_bytes(b"\0" + content[1:])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(DamagedIndex, match=path.name), Archive(tmp_path) as archive:
        archive.find(Article, str(first.key))
    with Archive(tmp_path) as archive:
        assert archive.find(Article, str(first.key)) is None
        assert archive.find(Article, str(second.key)) is not None


def test_an_index_found_damaged_in_use_is_moved_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The run ends with a clear error, and the next one rebuilds the index."""
    write(tmp_path, 1, PAGES + 1)
    index = tmp_path / "index.sqlite3"
    damaged_pages(index, "keys")
    with pytest.raises(DamagedIndex, match="malformed"), Archive(tmp_path) as archive:
        archive.knows(Article, "id:1")
    assert caplog.text.count("moved to index.sqlite3.broken-1") == 1
    write(tmp_path, 1, PAGES + 1)
    is_whole(tmp_path)


def test_an_index_behind_the_lines_catches_up(tmp_path: Path) -> None:
    """A power cut may undo the last commits of the index; their lines are indexed again."""
    write(tmp_path, 1, 11)
    index = tmp_path / "index.sqlite3"
    before = index.read_bytes()
    write(tmp_path, 11, PAGES + 1)
    index.write_bytes(before)
    write(tmp_path, 1, PAGES + 1)
    is_whole(tmp_path)


def test_an_index_ahead_of_the_lines_forgets_missing_lines(tmp_path: Path) -> None:
    """A disk may lose lines that it said it synced; a shorter file is noticed and indexed anew."""
    write(tmp_path, 1, 11)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.jsonl")}
    write(tmp_path, 11, PAGES + 1)
    for path, content in before.items():
        path.write_bytes(content)
    write(tmp_path, 1, PAGES + 1)
    is_whole(tmp_path)


def _paris(directory: Path, *, is_keyed: bool, versions: tuple[int, ...] = (1, 1)) -> None:
    """Write quotes of one exchange under two names in turns, as when these were two records."""
    names = ("Euronext Paris", "Paris")
    (directory / "quotes").mkdir()
    raw = b""
    for at, version in enumerate(versions):
        name = names[at % 2]
        item = replace(quote(1), exchange=name, mic="XPAR", volume=version, version=version)
        item.key = f"stock:muster_1|{name.lower()}|{item.quoted_at}"
        raw += line(item) if is_keyed else line(item).replace(f'"key":"{item.key}",'.encode(), b"")
    (directory / DAY).write_bytes(raw)


@pytest.mark.parametrize(
    ("is_keyed", "versions"), [(True, (1, 1)), (False, (1, 1)), (False, (1, 1, 2, 2))]
)
def test_two_records_that_are_one_now_are_no_fault(
    tmp_path: Path, is_keyed: bool, versions: tuple[int, ...]
) -> None:
    """Exchanges were told apart by name; now the last line of one MIC and time is the record."""
    _paris(tmp_path, is_keyed=is_keyed, versions=versions)
    for number in (0, 1):
        with Archive(tmp_path) as archive:
            assert archive.rebuild() == len(versions) + number
            (found,) = archive.about(Quote, "stock:muster_1")
            assert found.exchange == "Paris"
            assert found.version == versions[-1] + number
        assert list(Check(tmp_path).problems()) == []
        with Archive(tmp_path) as archive:
            archive.add(replace(found, isin="DE0001234563", key=None))
    assert [row["version"] for row in lines(tmp_path, "quotes")] == [*versions, versions[-1] + 1]
