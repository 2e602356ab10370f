"""Crawls that are ended by a signal, or by two."""

import signal
from pathlib import Path

import pytest

from finnews.archive.check import Check
from tests.support import TIMEOUT
from tests.support.crash_runs import Crawl, is_whole
from tests.support.crawling import PATIENT, held, lines, until
from tests.support.scripted import report
from tests.support.sites import LONG_SITE

DELAY, ANSWERS = 0.05, 40
"""A crawl takes more than a second for so many answers, and so has archived some of them."""


@pytest.mark.parametrize(
    ("stop", "reason", "status"),
    [(signal.SIGINT, "sigint", 130), (signal.SIGTERM, "sigterm", 143)],
    ids=str,
)
def test_a_signal_ends_a_crawl_after_its_items_are_written(
    long_site: str, tmp_path: Path, stop: signal.Signals, reason: str, status: int
) -> None:
    """Exit status and finish reason are the signal's own, and the next run does the rest."""
    crawl = Crawl("news", long_site, tmp_path, DELAY, PATIENT)
    with held(long_site, ANSWERS) as gate, crawl.started() as process:
        until(lambda: gate.waiting, process)
        process.send_signal(stop)
        gate.open()
        process.communicate(timeout=TIMEOUT)
    assert process.returncode == status
    last_run = report(tmp_path)
    assert (last_run["finish_reason"], last_run["status"]) == (reason, status)
    articles = lines(tmp_path, "articles")
    assert len(articles) == last_run["counts"]["finnews/pages/article"]
    assert 0 < len(articles) < len(LONG_SITE.articles)
    assert list(Check(tmp_path).problems()) == []
    Crawl("news", long_site, tmp_path).through()
    is_whole(tmp_path, LONG_SITE, long_site, "news")


@pytest.mark.parametrize("is_closing", [False, True], ids=["while it waits", "while it closes"])
def test_a_second_signal_leaves_whole_lines(
    is_closing: bool, long_site: str, tmp_path: Path
) -> None:
    """What is counted as stored is stored, and the next run does the rest."""
    crawl = Crawl("news", long_site, tmp_path, DELAY, PATIENT)
    with held(long_site, ANSWERS) as gate, crawl.started() as process:
        assert process.stderr
        until(lambda: gate.waiting, process)
        process.send_signal(signal.SIGINT)
        next(line for line in process.stderr if "SIGINT" in line)
        if is_closing:
            gate.open()
        process.send_signal(signal.SIGINT)
        _, logged = process.communicate(timeout=TIMEOUT)
    if not is_closing:
        assert "twice" in logged
        assert process.returncode == 130
    assert list(Check(tmp_path).problems()) == []
    crawl.through()
    is_whole(tmp_path, LONG_SITE, long_site, "news")
