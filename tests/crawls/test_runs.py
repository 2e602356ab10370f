"""``scrapy runs`` in a process of its own: after a crawl, and among damaged files."""

from pathlib import Path

from finnews.reporting.model import Report
from finnews.reporting.runs import write
from tests.support.crawling import crawl, scrapy


def test_runs_lists_what_a_crawl_wrote(site: str, tmp_path: Path) -> None:
    """``scrapy runs`` reads the report that ``scrapy crawl`` writes."""
    assert crawl("news", site, tmp_path, "-a", "limit=2").returncode == 0
    done = scrapy("runs", "-s", f"OUTPUT_DIR={tmp_path}")
    assert (done.returncode, done.stderr) == (0, "")
    assert " limit=2 " in done.stdout


def test_runs_names_damaged_reports_and_lists_the_others(tmp_path: Path) -> None:
    """The command does not fail because of damaged files."""
    write(tmp_path, Report("news", "2026-11-24T06:00:00+00:00", "finished", 0))
    (tmp_path / "runs" / "20261124T090000Z-news-1.json").write_text("{")
    (tmp_path / "runs" / "a-strange-name.json").mkdir()
    done = scrapy("runs", "-s", f"OUTPUT_DIR={tmp_path}")
    assert done.returncode == 0
    assert done.stderr.count(", which is not a run report: ") == done.stderr.count("\n") == 2
    assert len(done.stdout.splitlines()) == 2
