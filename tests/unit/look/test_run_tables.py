"""The tables of runs: what they have of each report, and how they follow the files."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from finnews.look.run_queries import TABLES
from finnews.look.run_tables import RunTables
from finnews.reporting.model import Doubted, Doubts, Filled, Report, Slow
from finnews.reporting.runs import write
from finnews.sql.engine import duckdb
from tests.support.reports import run

BERLIN: Final = ZoneInfo("Europe/Berlin")

WHOLE: Final = run(
    arguments={"sections": "aktien", "limit": "5"},
    ended="2026-11-24T06:01:30+00:00",
    seconds=90.5,
    status=4,
    unusual=["kicker in articles: 0 of 9, baseline 100%", "a second line"],
    errors=['it\'s "broken"\n<b>'],
    items={"articles": {"written": 3, "updated": 1}, "quotes": {"written": 4, "unchanged": 9}},
    rejected={"truncated": 2, "empty": 1},
    pending={"not-requested": 7},
    refused=2,
    requests={"article": {"200": 4, "503": 1}, "feed": {"200": 1}},
    pages={"article": 4, "feed": 1},
    filled={"article/articles": Filled(4, {"headline": 4, "kicker": 0}), "ticker": Filled(0, {})},
    vocabulary={"rating": {"Solid": 2}},
    doubts={
        "article": Doubts(4, {"price": {"unit": Doubted(3, 2, "https://x.test/a", "61,40 Mio.")}}),
        "feed": Doubts(1),
    },
    slowest=[Slow("https://x.test/b", 1.5)],
    requests_per_new=1.5,
    memory_mb=114,
    cpu_ms_per_page=9.4,
    counts={"finnews/new": 4, "finnews/share": 0.5},
)


class Followed:
    """A folder's reports as tables."""

    def __init__(self, directory: Path) -> None:
        self.connection = duckdb().connect(config={"threads": 1})
        self.tables = RunTables(directory, BERLIN)

    def refresh(self) -> bool:
        """Bring the tables up to the files."""
        return self.tables.refresh(self.connection.cursor())

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        rows: list[tuple[Any, ...]] = self.connection.execute(query).fetchall()
        return rows

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all rows of all tables."""
        return {table: sorted(self.rows(f"FROM {table}"), key=str) for table in TABLES}


def loaded(directory: Path) -> Followed:
    """Return the tables of a folder as it is."""
    followed = Followed(directory)
    assert followed.refresh()
    return followed


def test_a_run_has_the_values_of_its_report(tmp_path: Path) -> None:
    """Numbers are those of the report, added up where it has them by kind, reason or page type."""
    name = write(tmp_path, WHOLE).stem
    cursor = loaded(tmp_path).connection.execute("FROM runs")
    row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
    asked = ("spider", "seconds", "finish_reason", "status", "refused", "unusual", "errors")
    same = {key: asdict(WHOLE)[key] for key in (*asked, "requests_per_new", "memory_mb")}
    assert same.items() <= row.items()
    assert row["name"] == name
    assert row["arguments"] == "sections=aktien limit=5"
    assert row["meaning"] == "below baseline"
    assert (row["written"], row["updated"], row["unchanged"]) == (7, 1, 9)
    assert (row["rejected"], row["pending"], row["pages"], row["requests"]) == (3, 7, 5, 6)
    assert row["started"].isoformat(" ", "seconds").startswith("2026-11-24 06:00:00")
    assert (row["ended"] - row["started"]).total_seconds() == 90
    assert f"{row['local']}" == "2026-11-24 07:00:00"
    assert row["cpu_ms_per_page"] == 9.4


def test_parts_of_a_report_are_tables(tmp_path: Path) -> None:
    """What a report has by kind, reason, page type, field or word is a row each."""
    name = write(tmp_path, WHOLE).stem
    tables = loaded(tmp_path).everything()
    assert tables["run_items"] == [
        (name, "articles", "updated", 1),
        (name, "articles", "written", 3),
        (name, "quotes", "unchanged", 9),
        (name, "quotes", "written", 4),
    ]
    assert tables["run_rejections"] == [(name, "empty", 1), (name, "truncated", 2)]
    assert tables["run_pending"] == [(name, "not-requested", 7)]
    assert tables["run_requests"] == [
        (name, "article", "200", 4),
        (name, "article", "503", 1),
        (name, "feed", "200", 1),
    ]
    assert tables["run_fields"] == [
        (name, "article/articles", "headline", 4, 4),
        (name, "article/articles", "kicker", 0, 4),
    ]
    doubt = (name, "article", "price", "unit", 3, 2, "https://x.test/a", "61,40 Mio.")
    assert tables["run_doubts"] == [doubt]
    assert tables["run_words"] == [(name, "rating", "Solid", 2)]
    assert tables["run_slowest"] == [(name, "https://x.test/b", 1.5)]
    assert tables["run_counts"] == [(name, "finnews/new", 4), (name, "finnews/share", 0.5)]


@pytest.mark.parametrize("has_folder", [True, False])
def test_no_run_gives_empty_tables(tmp_path: Path, has_folder: bool) -> None:
    """An archive whose crawls never reported has all tables, and nothing to tell."""
    if has_folder:
        (tmp_path / "runs").mkdir()
    followed = loaded(tmp_path)
    assert set(map(len, followed.everything().values())) == {0}
    assert followed.tables.problems == []
    assert not followed.refresh()


def test_a_refresh_gives_what_a_fresh_load_gives(tmp_path: Path) -> None:
    """New runs come, removed ones go, and a look at unchanged files changes nothing."""
    gone = write(tmp_path, run(5, spider="stocks", rejected={"empty": 1}, counts={"a": 1}))
    write(tmp_path, WHOLE)
    followed = loaded(tmp_path)
    write(tmp_path, run(3, vocabulary={"exchange": {"Beispiel": 1}}))
    assert followed.refresh()
    gone.unlink()
    write(tmp_path, run(2, status=3))
    assert followed.refresh()
    assert not followed.refresh()
    assert followed.everything() == loaded(tmp_path).everything()
    assert followed.rows("SELECT count(*) FROM runs") == [(3,)]


def test_all_runs_can_be_removed(tmp_path: Path) -> None:
    """Without its folder, an archive has no runs."""
    path = write(tmp_path, WHOLE)
    followed = loaded(tmp_path)
    path.unlink()
    path.parent.rmdir()
    assert followed.refresh()
    assert set(map(len, followed.everything().values())) == {0}


@pytest.mark.parametrize(
    "damage",
    [
        "",
        '{"spider": "news"',
        '{"spider": 5}',
        '{"spider":"n","started":"soon","finish_reason":"finished","status":0}',
        '{"spider":"n","started":"0001-01-01T00:00:00+09:00","finish_reason":"x","status":0}',
        '{"spider":"n","started":"2026-11-24","ended":"later","finish_reason":"x","status":0}',
    ],
)
def test_a_damaged_report_is_left_out_and_named(tmp_path: Path, damage: str) -> None:
    """All others are there; the problem is told until the file is removed."""
    write(tmp_path, WHOLE)
    path = tmp_path / "runs" / "20261124T090000Z-news-1.json"
    path.write_text(damage)
    followed = loaded(tmp_path)
    (problem,) = followed.tables.problems
    assert str(path) in problem
    assert followed.rows("SELECT count(*) FROM runs") == [(1,)]
    assert not followed.refresh()
    path.unlink()
    assert followed.refresh()
    assert followed.tables.problems == []


def test_a_damaged_report_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    """One that was copied only in part is whole later."""
    whole = write(tmp_path, WHOLE)
    text = whole.read_bytes()
    whole.write_bytes(text[:100])
    followed = loaded(tmp_path)
    assert followed.rows("SELECT count(*) FROM runs") == [(0,)]
    whole.write_bytes(text)
    assert followed.refresh()
    assert followed.tables.problems == []
    assert followed.everything() == loaded(tmp_path).everything()
    assert not followed.refresh()


@pytest.mark.parametrize("number", [2**63, 2**64 - 1, 2**64, -(2**63) - 1, 10**30])
def test_a_number_that_no_table_holds_is_missing(tmp_path: Path, number: int) -> None:
    """A single absurd number hides neither its run nor others."""
    path = write(tmp_path, run(refused=77, seconds=4.5))
    path.write_text(path.read_text().replace("77", str(number)))
    assert loaded(tmp_path).rows("SELECT refused, seconds FROM runs") == [(None, 4.5)]


def test_a_report_that_is_being_written_is_no_run(tmp_path: Path) -> None:
    """Its file has another suffix, and becomes a run when it is whole."""
    path = write(tmp_path, WHOLE)
    part = path.rename(path.with_suffix(".part"))
    followed = loaded(tmp_path)
    assert followed.rows("FROM runs") == []
    part.rename(path)
    assert followed.refresh()
    assert followed.rows("SELECT name FROM runs") == [(path.stem,)]


def test_a_status_of_a_later_version_is_an_error(tmp_path: Path) -> None:
    """What it means is not known here, but 0 it is not."""
    write(tmp_path, Report("news", "2026-11-24T06:00:00+00:00", "finished", 77))
    assert loaded(tmp_path).rows("SELECT status, meaning FROM runs") == [(77, "errors")]


@pytest.mark.parametrize("text", ["\x00", "'; DROP TABLE runs; --", "\U0001f4c8 \u202e", "a\nb\r"])
def test_texts_are_kept_as_they_are(tmp_path: Path, text: str) -> None:
    """Whatever a page prints, the tables have it."""
    write(tmp_path, run(vocabulary={text: {text: 1}}, errors=[text]))
    followed = loaded(tmp_path)
    assert followed.rows("SELECT vocabulary, word FROM run_words") == [(text, text)]
    assert followed.rows("SELECT errors FROM runs") == [([text],)]
