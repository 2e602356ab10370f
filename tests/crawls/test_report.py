"""The report of a run: its file, its table in the log, its exit status, whatever ended it."""

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support import TIMEOUT
from tests.support.crash_runs import Crawl
from tests.support.crawling import (
    PATIENT,
    Gate,
    Process,
    as_options,
    crawl,
    held,
    scrapy,
    until,
)

Crawled = tuple[Path, "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def crawled(faulty_site: str, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A crawl of it."""
    output = tmp_path_factory.mktemp("output")
    return output, crawl("news", faulty_site, output)


def reports(output: Path) -> list[dict[str, Any]]:
    """Return the reports of a directory as a reader of their files sees them."""
    return [json.loads(path.read_text()) for path in sorted((output / "runs").iterdir())]


def test_a_report_counts_items_and_rejections(crawled: Crawled) -> None:
    """Items are counted by kind as written, updated and unchanged, rejections by reason."""
    (report,) = reports(crawled[0])
    assert report["items"]["articles"] == {"written": 14}
    assert report["rejected"]["incomplete-article, without date_published"] == 1
    assert report["rejected"]["truncated"] == 1
    assert report["refused"] == report["rejected"]["refused"] == 2


def test_a_report_counts_requests(crawled: Crawled) -> None:
    """Requests are counted by page type and status, and the slowest pages are listed."""
    (report,) = reports(crawled[0])
    assert report["requests"]["robots.txt"] == {"200": 1}
    assert report["requests"]["feed"] == {"200": 1}
    assert report["requests"]["article"] == {"200": 19, "302": 1, "403": 1, "404": 1, "410": 1}
    assert report["starts"]["/rss/news"] is True
    assert len(report["starts"]) == 6
    seconds = [page["seconds"] for page in report["slowest"]]
    assert len(seconds) == 5
    assert seconds == sorted(seconds, reverse=True)
    assert seconds[0] > 0
    assert report["requests_per_new"] == round(36 / 14, 2)
    assert report["memory_mb"] > 10
    assert report["cpu_ms_per_page"] > 0


def test_a_report_counts_fields_and_selectors(crawled: Crawled) -> None:
    """Fields are counted by kind and page type, selectors by page type."""
    (report,) = reports(crawled[0])
    articles = report["filled"]["article/articles"]
    assert articles["items"] == articles["fields"]["headline"] == report["pages"]["article"]
    assert 0 < articles["fields"]["kicker"] < articles["items"]
    assert report["leading"]["feed"] == [1, 1]
    assert report["holding"]["article"]["ticker"] == report["pages"]["article"]
    rules = report["selectors"]["article"]
    assert rules["page/css/article.news-container"] == [15, 15]
    assert rules["name/css/a.quote-ticker__label::text"] == [15, 15]
    assert not [name for name in report["counts"] if "parser" in name or "vocabulary" in name]


def test_the_log_ends_with_the_table_of_the_report(crawled: Crawled) -> None:
    """It follows the summary line, without colours and without the progress line."""
    log = crawled[1].stderr
    last = log[log.rindex("[finnews.reporting.report]") :]
    assert re.match(r".* INFO: news finished: articles 14 written 0 updated 0 unchanged, ", last)
    assert "│ requests article" in last
    assert "│ filled article/articles" in last
    assert last.endswith("┘\n")
    assert not {"\x1b", "\r"} & set(log)
    assert "pages/s" not in log


def test_an_exception_in_a_callback_is_exit_status_1(faulty_site: str, tmp_path: Path) -> None:
    """The log has one traceback, and the report has the error."""
    done = crawl(
        "broken", faulty_site, tmp_path, "-s", "SPIDER_MODULES=tests.support.broken_spider"
    )
    assert done.returncode == 1
    assert done.stderr.count("Traceback") == 1
    (report,) = reports(tmp_path)
    assert report["status"] == 1
    assert len(report["errors"]) == 1
    assert "ZeroDivisionError" in report["errors"][0]


def test_errors_count_at_any_log_level(faulty_site: str, tmp_path: Path) -> None:
    """With ``-L CRITICAL`` the log is empty and the exit status 1."""
    options = ("-s", "SPIDER_MODULES=tests.support.broken_spider", "-L", "CRITICAL")
    done = crawl("broken", faulty_site, tmp_path, *options)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("times", [1, 2])
def test_a_run_ended_by_a_signal_writes_its_report(
    times: int, faulty_site: str, tmp_path: Path
) -> None:
    """The first signal ends the run in order, the second at once."""
    with running(faulty_site, tmp_path) as (gate, process):
        process.send_signal(signal.SIGINT)
        if times == 2:
            assert process.stderr
            next(line for line in process.stderr if "SIGINT" in line)
            process.send_signal(signal.SIGINT)
        gate.open()
        process.communicate(timeout=TIMEOUT)
    assert process.returncode == 130
    (report,) = reports(tmp_path)
    assert (report["status"], report["finish_reason"]) == (130, "sigint")
    assert report["requests"]["robots.txt"] == {"200": 1}


def test_a_run_that_fails_at_its_start_writes_its_report(faulty_site: str, tmp_path: Path) -> None:
    """The report says that nothing was requested."""
    done = crawl("news", faulty_site, tmp_path, "-s", "SCHEDULER=scrapy.spiders.Spider")
    assert done.returncode == 1
    assert "does not fully implement the scheduler interface" in done.stderr
    (report,) = reports(tmp_path)
    assert (report["status"], report["finish_reason"]) == (1, "interrupted")
    assert report["requests"] == {}


def test_a_killed_run_leaves_no_report(faulty_site: str, tmp_path: Path) -> None:
    """It leaves no half-written file either."""
    with running(faulty_site, tmp_path) as (_, process):
        process.kill()
    assert not (tmp_path / "runs").exists()


def test_a_report_that_cannot_be_written_is_an_error(faulty_site: str, tmp_path: Path) -> None:
    """The log still has the table."""
    (tmp_path / "runs").symlink_to("/proc")  # a folder in which nothing can be written
    done = crawl("news", faulty_site, tmp_path, "-a", "limit=1")
    assert done.returncode == 1
    assert "Run report not written to " in done.stderr
    assert done.stderr.endswith("┘\n")


@contextmanager
def running(faulty_site: str, output: Path) -> Iterator[tuple[Gate, Process]]:
    """Give a crawl that has its first answer and waits for the second, and end it."""
    with (
        held(faulty_site, 1) as gate,
        Crawl("news", faulty_site, output, options=PATIENT).started() as process,
    ):
        until(lambda: gate.waiting, process)
        yield gate, process


def test_the_shell_archives_nothing_and_writes_no_report(faulty_site: str, tmp_path: Path) -> None:
    """``scrapy shell`` is no run, but it answers."""
    own = as_options({"SITE_URL": faulty_site, "OUTPUT_DIR": tmp_path / "output"})
    done = scrapy("shell", *own, f"{faulty_site}/rss/news", "-c", "response.status")
    assert done.stdout.strip() == "200"
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "output").exists()
