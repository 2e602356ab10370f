"""The files of runs' reports: written whole, read if they are some, and which are compared."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from finnews.reporting.model import Doubted, Doubts, Report
from finnews.reporting.runs import comparable, read, write
from tests.support import ROOT
from tests.support.reports import NOW, run, write_reports


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A directory with the reports of four runs."""
    write_reports(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"spider": "news"}', '"x"', "\x00\x00", '{"spider": 5}']
)
def test_a_damaged_file_is_no_report(damage: str, tmp_path: Path, caplog: Any) -> None:
    """A damaged file is logged with its name, in one line."""
    path = tmp_path / "20261124T090000Z-news-1.json"
    path.write_text(damage)
    assert read(path) is None
    (record,) = caplog.records
    assert f"Skipping {path}, which is not a run report" in record.getMessage()


def test_unknown_keys_of_a_report_are_ignored(output: Path) -> None:
    """A report that a later version wrote is read."""
    path = next((output / "runs").glob("*T080000Z-*"))
    path.write_text(json.dumps(json.loads(path.read_text()) | {"new": {"a": 1}}))
    report = read(path)
    assert report is not None
    assert report.finish_reason == "refused"


def test_a_report_without_doubts_is_read(tmp_path: Path) -> None:
    """Version 1.0 wrote none; a report with doubts is read as it was written."""
    doubted = Doubted(3, 2, "https://www.finanzen.net/aktien/muster-aktie", "61,40 Mio.")
    doubts = {"stock": Doubts(20, {"price": {"unit": doubted}})}
    path = write(tmp_path, run(doubts=doubts))
    assert read(path) == run(doubts=doubts)
    keys = json.loads(path.read_text())
    assert keys.pop("doubts")["stock"]["fields"]["price"]["unit"]["printed"] == "61,40 Mio."
    path.write_text(json.dumps(keys))
    assert read(path) == run()


def test_no_report_replaces_another(tmp_path: Path) -> None:
    """Three runs with the same start, spider and process id are three files."""
    run = Report("news", "2026-11-24T06:00:00+00:00", "finished", 0)
    written = {write(tmp_path, run) for _ in range(3)}
    assert len(written) == 3
    assert [read(path) for path in written] == [run, run, run]
    assert set((tmp_path / "runs").iterdir()) == written


def test_a_report_that_does_not_fit_leaves_no_file(tmp_path: Path) -> None:
    """A report that cannot be written whole is not written."""
    run = Report("news", "2026-11-24T06:00:00+00:00", "finished", 0, site="x" * 200_000)
    script = (
        "import resource, sys, pathlib; from finnews.reporting.runs import *;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"write(pathlib.Path({str(tmp_path)!r}), read(pathlib.Path(sys.argv[1])))"
    )
    whole = write(tmp_path / "whole", run)
    command = [sys.executable, "-c", script, str(whole)]
    failed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "File too large" in failed.stderr
    assert list((tmp_path / "runs").iterdir()) == []


@pytest.mark.usefixtures("_quiet_log")
def test_runs_are_compared_with_similar_runs(tmp_path: Path) -> None:
    """Spider, site, shares and texts are the same, and the run was whole and not unusual."""
    like = [run(5), run(4, arguments={"limit": "5"}, finish_reason="limit"), run(3, status=1)]
    unlike = [
        run(5, spider="stocks"),
        run(5, site="http://other"),
        run(5, article_body="none"),
        run(5, arguments={"stocks": "muster"}),
        run(5, finish_reason="shutdown"),
        run(5, unusual=["kicker"]),
    ]
    for report in (*like, *unlike):
        write(tmp_path, report)
    assert comparable(tmp_path, run()) == like[::-1]


@pytest.mark.usefixtures("_quiet_log")
def test_comparable_runs_are_spread_over_days(tmp_path: Path) -> None:
    """The last ten runs count, and one of each quarter of a day before them."""
    for minutes in range(5, 3 * 24 * 60, 5):
        write(tmp_path, run(minutes / 60))
    ages = [NOW - report.start for report in comparable(tmp_path, run())]
    assert len(ages) == 10 + 11
    assert ages[:10] == [timedelta(minutes=5 * number) for number in range(1, 11)]
    assert ages[-1] > timedelta(hours=66)


@pytest.mark.usefixtures("_quiet_log")
def test_the_last_ten_runs_are_comparable_at_any_age(tmp_path: Path) -> None:
    """Older runs count for two weeks."""
    for days in range(100, 120):
        write(tmp_path, run(24 * days))
    assert len(comparable(tmp_path, run())) == 10


@pytest.fixture
def _quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Every report can be read, so nothing is logged."""
    yield
    assert not caplog.get_records("call")
