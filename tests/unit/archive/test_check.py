"""What is wrong with an archive is found, line by line."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from finnews.archive import Archive
from finnews.archive.check import Check
from finnews.archive.lines import line
from tests.support.archive_items import as_archived, quote, small_archive

DAY = "2026-11-23.jsonl"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An archive of some records, one of which has two versions."""
    return small_archive(tmp_path / "output")


def _edited(path: Path, edit: Callable[[list[bytes]], list[bytes]]) -> None:
    path.write_bytes(b"".join(edit(path.read_bytes().splitlines(keepends=True))))
    with Archive(path.parent.parent):
        pass


def _torn(output: Path) -> None:
    os.truncate(output / "articles" / DAY, 100)


def _nuls(output: Path) -> None:
    with (output / "ratings" / DAY).open("ab") as file:
        file.write(b"\0" * 100)


def _foreign(output: Path) -> None:
    _edited(output / "quotes" / DAY, lambda raw: [*raw[:1], b'{"price":1}\n', *raw[1:]])


def _doubled(output: Path) -> None:
    _edited(output / "quotes" / DAY, lambda raw: [*raw, raw[0]])


def _gap(output: Path) -> None:
    _edited(output / "quotes" / DAY, lambda raw: raw[1:])


def _same_again(output: Path) -> None:
    again = line(as_archived(quote(2), version=2))
    _edited(output / "quotes" / DAY, lambda raw: [*raw, again])


def _another_key(output: Path) -> None:
    _edited(
        output / "quotes" / DAY,
        lambda raw: [*raw[:2], raw[2].replace(b'"key":"stock:', b'"key":"index:')],
    )


def _wrong_field(output: Path) -> None:
    _edited(
        output / "articles" / DAY,
        lambda raw: [raw[0].replace(b'"id":"1"', b'"id":"A1"')],
    )


def _wrong_day(output: Path) -> None:
    (output / "ratings" / DAY).rename(output / "ratings" / "2026-11-22.jsonl")
    with Archive(output):
        pass


def _not_indexed(output: Path) -> None:
    with (output / "quotes" / DAY).open("ab") as file:
        file.write(line(as_archived(quote(3))))


def _wrong_index(output: Path) -> None:
    with sqlite3.connect(output / "index.sqlite3") as database:
        database.execute("UPDATE records SET start = start + 1 WHERE collection = 'articles'")
        database.execute("DELETE FROM keys WHERE collection = 'ratings'")
    database.close()


def _no_index(output: Path) -> None:
    (output / "index.sqlite3").unlink()


def _garbage(output: Path) -> None:
    (output / "index.sqlite3").write_bytes(b"no database " * 1000)


@pytest.mark.parametrize(
    ("spoiled", "expected"),
    [
        (_torn, [f"articles/{DAY}:1: no newline at the end"]),
        (_nuls, [f"ratings/{DAY}:2: no newline at the end"]),
        (_foreign, [f"quotes/{DAY}:2: line: "]),
        (_doubled, [f"quotes/{DAY}:4: version 1 of stock:muster_1"]),
        (_gap, [f"quotes/{DAY}:2: version 2 of stock:muster_1"]),
        (_same_again, [f"quotes/{DAY}:4: version 2 of stock:muster_2", "repeats version 1"]),
        (
            _another_key,
            [f"quotes/{DAY}:3: key index:muster_1|", "stuttgart|2026-11-23T10:00:00+01:00 as in"],
        ),
        (_wrong_field, [f"articles/{DAY}:1: id: "]),
        (_wrong_day, [f"ratings/2026-11-22.jsonl:1: belongs in ratings/{DAY}"]),
        (_not_indexed, [f"quotes/{DAY}: changed or deleted since it was indexed"]),
        (
            _wrong_index,
            ["index.sqlite3: wrong for id:1 in articles", "id:7 is not indexed"],
        ),
        (_no_index, ["index.sqlite3: unable to open"]),
        (_garbage, ["index.sqlite3: file is not a database"]),
    ],
)
def test_check_names_each_problem_with_its_line_and_changes_nothing(
    output: Path, spoiled: Callable[[Path], None], expected: list[str]
) -> None:
    """It reports the problems of that line and of the index, and no others."""
    assert list(Check(output).problems()) == []
    spoiled(output)
    before = {path: path.read_bytes() for path in output.rglob("*.jsonl*")}
    problems = list(Check(output).problems())
    for expectation in expected:
        assert any(expectation in problem for problem in problems), problems
    assert {path: path.read_bytes() for path in output.rglob("*.jsonl*")} == before
