"""``scrapy archive``: what is wrong is found, what is known is shown, history is left behind."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from scrapy.cmdline import execute

from finnews.archive import Archive
from finnews.archive.check import Check
from finnews.archive.lines import line
from finnews.items import NamedInstrument, Quote
from finnews.pipelines import instrument_of
from tests.support.archive_items import SITE, article, damaged_pages, quote, rating
from tests.support.crawling import last_versions, lines

DAY = "2026-11-23.jsonl"


Told = tuple[int, str, str]


@pytest.fixture
def archive_command(output: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """``scrapy archive`` in this process: exit status, standard output and error."""

    def done(*arguments: object, directory: Path = output) -> Told:
        setting = f"OUTPUT_DIR={directory}"
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", "archive", *map(str, arguments), "-s", setting])
        told, error = capfd.readouterr()
        return int(str(ended.value)), told, error

    return done


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An archive of some records, one of which has two versions."""
    directory = tmp_path / "output"
    named = NamedInstrument(name="Muster 1", kind="stock", page="muster-1")
    with Archive(directory) as archive:
        archive.add(quote(1))
        archive.add(quote(2))
        archive.add(rating("7", page="muster_1", price_target=Decimal("97.00"), currency="EUR"))
        archive.add(replace(article(1), instruments=[named]))
        archive.add(replace(instrument_of(quote(1)), isin="DE0001234563"))
        archive.commit()
        archive.add(replace(quote(1), volume=7))
    return directory


def _torn(output: Path) -> None:
    os.truncate(output / "articles" / DAY, 100)


def test_check_ends_with_1_where_there_are_problems(
    output: Path, archive_command: Callable[..., Told]
) -> None:
    """And prints a line for each of them, then their number."""
    _torn(output)
    status, told, _ = archive_command("check")
    assert status == 1
    assert told.splitlines()[-1] == f"{output}: 6 lines of 4 records, problems: 3"
    assert told.count("\n") == 4


def test_rebuild_makes_a_damaged_index_anew(
    output: Path, archive_command: Callable[..., Told]
) -> None:
    """Also where the damage shows only when it is read."""
    damaged_pages(output / "index.sqlite3", "records")
    status, told, _ = archive_command("rebuild")
    assert (status, told) == (0, f"{output}: the index is made of 6 lines\n")
    assert list(Check(output).problems()) == []


def test_compact_leaves_the_history_behind(
    output: Path, tmp_path: Path, archive_command: Callable[..., Told]
) -> None:
    """Each record is version 1 of an archive that is whole, and goes on from there."""
    target = tmp_path / "there" / "compacted"
    status, told, _ = archive_command("compact", target)
    assert (status, told) == (0, f"{target}: the last versions of 5 records\n")
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


def test_compact_does_not_write_over_anything(
    tmp_path: Path, archive_command: Callable[..., Told]
) -> None:
    """Neither over files nor over an archive; an empty directory is taken."""
    (tmp_path / "empty").mkdir()
    assert archive_command("compact", tmp_path / "empty")[0] == 0
    status, _, told = archive_command("compact", tmp_path / "empty")
    assert (status, told.count("\n")) == (2, 1)
    assert "there is something already" in told


@pytest.mark.parametrize("name", ["muster-1", "muster_1", "DE0001234563", "de0001234563"])
def test_show_tells_what_is_known_newest_first(
    name: str, archive_command: Callable[..., Told]
) -> None:
    """By any name of the instrument: its quotes, its ratings, the articles that name it."""
    status, told, _ = archive_command("show", name)
    assert status == 0
    assert told.splitlines() == [
        "Muster 1 AG  stock  muster-1  DE0001234563",
        "2026-11-23 10:00  quote    1.50 EUR  Stuttgart",
        f"2026-11-23 09:00  article  Muster AG wächst  {SITE}/nachricht/aktien/muster-1",
        "2026-11-20        rating   Musterbank  Buy  97.00 EUR",
    ]


def test_show_prints_the_lines_themselves(
    output: Path, archive_command: Callable[..., Told]
) -> None:
    """With ``--json``: the last version of each, for programs."""
    status, told, _ = archive_command("show", "muster-1", "--json")
    rows = [json.loads(row) for row in told.splitlines()]
    assert status == 0
    assert [row["version"] for row in rows] == [1, 2, 1, 1]
    with Archive(output) as archive:
        (last,) = archive.about(Quote, "stock:muster_1")
    assert line(last).decode() in told


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
def test_wrong_usage_is_told_in_one_line(
    arguments: tuple[str, ...], archive_command: Callable[..., Told]
) -> None:
    """With exit status 2."""
    status, told, error = archive_command(*arguments)
    assert (status, told, error.count("\n")) == (2, "", 1)


def test_where_there_is_no_archive_none_is_made(
    tmp_path: Path, archive_command: Callable[..., Told]
) -> None:
    """A directory that is missing is wrong usage."""
    for action in ("check", "rebuild", "show"):
        status, _, told = archive_command(action, "tesla", directory=tmp_path / "none")
        assert (status, told.count("\n")) == (2, 1)
    assert not (tmp_path / "none").exists()
