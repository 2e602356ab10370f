"""A run far below the baseline ends with exit status 4; a quiet one does not."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.crawling import crawl, reserved_port, sample_site


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A port of its own: runs are compared only with runs on the same site."""
    with reserved_port() as number:
        yield number


SITE = ("--articles", "30", "--stocks", "21")
ARGUMENTS = {"news": (), "stocks": ("-a", "index=dax")}


@pytest.fixture(scope="module")
def history(port: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of three runs of the news spider and one of the stocks spider, nothing known."""
    runs = tmp_path_factory.mktemp("history")
    with sample_site(*SITE, "--port", str(port)) as site:
        for spider in ("news", "news", "news", "stocks"):
            output = tmp_path_factory.mktemp("output")
            shutil.copytree(runs, output / "runs")
            done = crawl(spider, site, output, *ARGUMENTS[spider])
            assert done.returncode == 0, done.stderr
            shutil.copytree(output / "runs", runs, dirs_exist_ok=True)
    return runs


@pytest.fixture
def output(history: Path, tmp_path: Path) -> Path:
    """A directory that has the reports of these runs, and no items."""
    shutil.copytree(history, tmp_path / "runs")
    return tmp_path


@pytest.mark.parametrize(
    ("spider", "redesign", "warning"),
    [
        ("news", "kicker", "kicker in articles of article pages: 0 of 30, baseline 87%"),
        ("news", "teaser", "news_list pages with links: 0 of 11, baseline 100%"),
        ("news", "feed", "feed pages with links: 0 of 1, baseline 100%"),
        ("stocks", "price", "venues pages with quotes: 0 of 21, baseline 100%"),
    ],
)
def test_a_redesign_is_exit_status_4(
    spider: str, redesign: str, warning: str, port: int, output: Path
) -> None:
    """The log names what is missing, with the count and the baseline."""
    with sample_site(*SITE, "--port", str(port), "--redesign", redesign) as site:
        done = crawl(spider, site, output, *ARGUMENTS[spider])
    assert done.returncode == 4, done.stderr
    assert f"WARNING: {warning}; run scrapy probe\n" in done.stderr


def test_doubts_are_told_and_no_error(tmp_path: Path) -> None:
    """Without earlier runs the exit status is 0; the report has the doubts with an example."""
    with sample_site(*SITE, "--redesign", "percent") as site:
        done = crawl("stocks", site, tmp_path, *ARGUMENTS["stocks"])
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "runs").iterdir()
    doubts = json.loads(path.read_text())["doubts"]["price_targets"]
    doubted = doubts["fields"]["upside_percent"]["unreadable"]
    assert doubts["pages"] == 21 >= doubted["pages"]
    assert doubted["values"] > doubted["pages"] > 0
    assert doubted["url"].startswith(f"{site}/kursziele/")
    assert doubted["printed"].endswith("% p.a.")
    assert f'{doubted["values"]} upside_percent unreadable: "{doubted["printed"]}"' in done.stderr


def test_doubts_on_many_pages_are_exit_status_4(port: int, output: Path) -> None:
    """No earlier run met them; the log names page type, field and reason."""
    with sample_site(*SITE, "--port", str(port), "--redesign", "percent") as site:
        done = crawl("stocks", site, output, *ARGUMENTS["stocks"])
    assert done.returncode == 4, done.stderr
    warning = "WARNING: price_targets pages without doubt of upside_percent (unreadable): "
    assert warning in done.stderr


def test_an_unchanged_site_is_not_unusual(port: int, output: Path) -> None:
    """Neither is a first run nor the next one, which finds nothing new."""
    with sample_site(*SITE, "--port", str(port)) as site:
        runs = [crawl("news", site, output) for _ in range(2)]
    assert [run.returncode for run in runs] == [0, 0]


def test_runs_on_another_site_are_not_compared(output: Path) -> None:
    """A field that another site lacks is not missed."""
    with sample_site(*SITE, "--redesign", "kicker") as site:
        done = crawl("news", site, output)
    assert done.returncode == 0, done.stderr
