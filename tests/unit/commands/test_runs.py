"""``scrapy runs``: the last runs as a table or as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.reports import write_reports
from tests.unit.commands.conftest import Ended


@pytest.fixture
def runs(scrapy_command: Callable[..., Ended]) -> Callable[..., Ended]:
    """Run ``scrapy runs`` on a directory."""

    def ended(directory: Path, *options: str) -> Ended:
        return scrapy_command("runs", "-s", f"OUTPUT_DIR={directory}", *options)

    return ended


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A directory with the reports of four runs."""
    write_reports(tmp_path)
    return tmp_path


def test_runs_prints_a_table_of_runs(runs: Callable[..., Ended], output: Path) -> None:
    """The newest run is last, its status is in words, and arguments are printed as they are."""
    status, printed, errors = runs(output)
    assert (status, errors) == (0, "")
    rows = [" ".join(line.split()) for line in printed.splitlines()]
    assert rows == [
        "started (UTC) spider arguments took status ended by written updated rejected",
        "2026-11-24 06:00:00 news 61 s 0 done finished 7 1 3",
        "2026-11-24 07:00:00 news 61 s 4 below baseline finished 7 1 3",
        "2026-11-24 07:30:00 stocks stocks=muster,[b]x limit=5 0 s 0 done limit 0 0 0",
        "2026-11-24 08:00:00 news 61 s 3 refused refused 7 1 3",
    ]


def test_runs_json_prints_the_last_report(runs: Callable[..., Ended], output: Path) -> None:
    """``--last 1 --json`` prints one line that is the whole report."""
    status, printed, errors = runs(output, "--last", "1", "--json")
    assert (status, errors) == (0, "")
    (line,) = printed.splitlines()
    assert json.loads(line)["started"] == "2026-11-24T08:00:00+00:00"
    assert json.loads(line)["rejected"] == {"truncated": 2, "empty": 1}


def test_runs_without_reports_says_where_it_looked(
    runs: Callable[..., Ended], tmp_path: Path
) -> None:
    """The exit status is 0."""
    assert runs(tmp_path) == (0, f"No runs in {tmp_path / 'runs'}\n", "")


@pytest.mark.parametrize("wrong", [["--last", "0"], ["--last", "x"], ["news"]])
def test_runs_rejects_wrong_arguments(
    runs: Callable[..., Ended], wrong: list[str], tmp_path: Path
) -> None:
    """The exit status is 2."""
    assert runs(tmp_path, *wrong)[0] == 2
