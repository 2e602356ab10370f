"""Crawls with ``JOBDIR``: the queue is kept, and pages are requested again in each run."""

import signal
from pathlib import Path

import pytest

from tests.support import TIMEOUT
from tests.support.crash_runs import Crawl, is_whole
from tests.support.crawling import PATIENT, crawl, held, until
from tests.support.scripted import WORLD, report, scripted_site
from tests.support.sites import LONG_SITE


@pytest.mark.parametrize(
    ("spider", "arguments"), [("news", ()), ("stocks", ("-a", f"stocks={WORLD.stocks[0].page}"))]
)
def test_a_second_run_requests_its_pages_again(
    spider: str, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    """It does not call itself finished without having asked the site."""
    job = ("-s", f"JOBDIR={tmp_path / 'job'}")
    asked = []
    with scripted_site(lambda *_: None) as site:
        for _ in range(2):
            done = crawl(spider, site.address, tmp_path, *arguments, *job)
            assert done.returncode == 0, done.stderr
            asked.append(sorted(path for path in site.paths if "/nachricht/" not in path))
            site.asked.clear()
    assert asked[0] == asked[1] != []


def test_a_job_that_was_interrupted_goes_on(long_site: str, tmp_path: Path) -> None:
    """What was queued is requested, the lists are read from their beginning, nothing is lost."""
    job = ("-s", f"JOBDIR={tmp_path / 'job'}")
    crawl = Crawl("news", long_site, tmp_path, 0.05, (*PATIENT, *job))
    with held(long_site, 30) as gate, crawl.started() as process:
        until(lambda: gate.waiting, process)
        process.send_signal(signal.SIGINT)
        gate.open()
        process.communicate(timeout=TIMEOUT)
    assert report(tmp_path)["finish_reason"] == "sigint"
    crawl.through()
    is_whole(tmp_path, LONG_SITE, long_site, "news")
