"""``scrapy archive``: it finds problems, shows items, and copies without history."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from finnews.archive import Archive
from finnews.archive.check import Check
from finnews.archive.lines import line
from finnews.items import Quote
from tests.support.archive_items import SITE, damaged_pages, quote, small_archive
from tests.support.crawling import last_versions, lines
from tests.unit.commands.conftest import Ended

DAY = "2026-11-23.jsonl"


@pytest.fixture
def archive_command(output: Path, scrapy_command: Callable[..., Ended]) -> Callable[..., Ended]:
    """Run ``scrapy archive`` on the archive of `output`, or on another one."""

    def ended(*arguments: object, directory: Path = output) -> Ended:
        return scrapy_command("archive", *arguments, "-s", f"OUTPUT_DIR={directory}")

    return ended


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An archive of some records, one of which has two versions."""
    return small_archive(tmp_path / "output")


def _torn(output: Path) -> None:
    os.truncate(output / "articles" / DAY, 100)


def test_check_exits_with_1_if_there_are_problems(
    output: Path, archive_command: Callable[..., Ended]
) -> None:
    """It prints a line for each problem, then their number."""
    _torn(output)
    status, printed, _ = archive_command("check")
    assert status == 1
    counts = "6 lines, 4 records of www.finanzen.net"
    assert printed.splitlines()[-1] == f"{output}: {counts}, problems: 3"
    assert printed.count("\n") == 4


def test_rebuild_makes_a_new_index(output: Path, archive_command: Callable[..., Ended]) -> None:
    """It does so even if the damage shows only when the index is read."""
    damaged_pages(output / "index.sqlite3", "records")
    status, printed, _ = archive_command("rebuild")
    assert (status, printed) == (0, f"{output}: index rebuilt from 6 lines\n")
    assert list(Check(output).problems()) == []


def test_compact_copies_last_versions_only(
    output: Path, tmp_path: Path, archive_command: Callable[..., Ended]
) -> None:
    """Each record is version 1 of a whole archive, and goes on from there."""
    target = tmp_path / "there" / "compacted"
    status, printed, _ = archive_command("compact", target)
    assert (status, printed) == (0, f"{target}: copied the last versions of 5 records\n")
    assert list(target.parent.iterdir()) == [target]
    assert list(Check(target).problems()) == []
    for kind in ("articles", "quotes", "ratings", "instruments"):
        last = [row | {"version": 1} for row in last_versions(output, kind)]
        assert sorted(map(str, lines(target, kind))) == sorted(map(str, last))
    with Archive(target) as archive:
        assert archive.add(quote(2)) is None
        changed = archive.add(replace(quote(1), volume=8))
    assert changed
    assert changed.version == 2
    assert list(Check(target).problems()) == []


def test_compact_refuses_a_target_that_is_not_empty(
    tmp_path: Path, archive_command: Callable[..., Ended]
) -> None:
    """An empty directory is taken; files or an archive are not overwritten."""
    (tmp_path / "empty").mkdir()
    assert archive_command("compact", tmp_path / "empty")[0] == 0
    status, _, error = archive_command("compact", tmp_path / "empty")
    assert (status, error.count("\n")) == (2, 1)
    assert "exists and is not an empty directory" in error


@pytest.mark.parametrize("name", ["muster-1", "muster_1", "DE0001234563", "de0001234563"])
def test_show_prints_quotes_ratings_and_articles_newest_first(
    name: str, archive_command: Callable[..., Ended]
) -> None:
    """Any page name or number of the instrument finds them."""
    status, printed, _ = archive_command("show", name)
    assert status == 0
    assert printed.splitlines() == [
        "Muster 1 AG  stock  muster-1  DE0001234563",
        "2026-11-23 09:00 UTC   quote    1.50 EUR  Stuttgart",
        f"2026-11-23 08:00 UTC   article  Muster AG wächst  {SITE}/nachricht/aktien/muster-1",
        "2026-11-20             rating   Musterbank  Buy  97.00 EUR",
    ]


def test_show_json_prints_the_archived_lines(
    output: Path, archive_command: Callable[..., Ended]
) -> None:
    """``--json`` prints the last version of each record as its line."""
    status, printed, _ = archive_command("show", "muster-1", "--json")
    rows = [json.loads(row) for row in printed.splitlines()]
    assert status == 0
    assert [row["version"] for row in rows] == [1, 2, 1, 1]
    with Archive(output) as archive:
        (last,) = archive.about(Quote, "stock:muster_1")
    assert line(last).decode() in printed


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("repair",),
        ("check", "more"),
        ("compact",),
        ("show",),
        ("show", "unknown"),
        ("show", "-x"),
    ],
)
def test_wrong_usage_of_scrapy_archive_is_one_line(
    arguments: tuple[str, ...], archive_command: Callable[..., Ended]
) -> None:
    """The exit status is 2, and nothing is printed to standard output."""
    status, printed, error = archive_command(*arguments)
    assert (status, printed, error.count("\n")) == (2, "", 1)


def test_a_missing_archive_is_wrong_usage_and_is_not_made(
    tmp_path: Path, archive_command: Callable[..., Ended]
) -> None:
    """No action creates the directory that it does not find."""
    for action in ("check", "rebuild", "show"):
        status, _, error = archive_command(action, "tesla", directory=tmp_path / "none")
        assert (status, error.count("\n")) == (2, 1)
    assert not (tmp_path / "none").exists()
