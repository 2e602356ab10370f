"""Runs by a program of one's own, with Scrapy's ``CrawlerProcess``."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.support import ROOT, TIMEOUT
from tests.support.crash_runs import Crawl
from tests.support.crawling import PATIENT, held, lines, started, until
from tests.support.scripted import report

PROGRAM = (sys.executable, "-m", "tests.support.own_program")


def run(*words: object) -> int:
    """Run the program to its end, and return its exit status."""
    command = [*PROGRAM, *map(str, words)]
    return subprocess.run(command, cwd=ROOT, timeout=TIMEOUT, check=False).returncode


def test_a_run_that_is_done_gives_0(site: str, tmp_path: Path) -> None:
    """And has a report as any other."""
    assert run(site, tmp_path, "news", "limit=3") == 0
    assert (report(tmp_path)["finish_reason"], report(tmp_path)["status"]) == ("limit", 0)
    assert len(lines(tmp_path, "articles")) == 3


def test_a_run_with_errors_gives_1(faulty_site: str, tmp_path: Path) -> None:
    """As it gives to the command."""
    assert run(faulty_site, tmp_path, "news") == 1


def test_a_run_that_cannot_start_gives_1(site: str, tmp_path: Path) -> None:
    """Where its directory is a file."""
    (tmp_path / "file").touch()
    assert run(site, tmp_path / "file", "news") == 1


def test_a_run_of_what_is_running_gives_0(site: str, tmp_path: Path) -> None:
    """It requests nothing, and leaves no report."""
    first = Crawl("ratings", site, tmp_path, options=PATIENT)
    with held(site, 3) as gate, first.started() as process:
        until(lambda: gate.waiting, process)
        assert run(site, tmp_path, "ratings") == 0
        gate.open()
        process.communicate(timeout=TIMEOUT)
    assert len(list((tmp_path / "runs").iterdir())) == 1


def test_a_run_that_a_signal_stops_gives_the_signal_s(long_site: str, tmp_path: Path) -> None:
    """143 for SIGTERM."""
    with held(long_site, 3) as gate, started(*PROGRAM, long_site, tmp_path, "news") as process:
        until(lambda: gate.waiting, process)
        process.send_signal(signal.SIGTERM)
        gate.open()
        assert process.wait(TIMEOUT) == 143
    assert report(tmp_path)["finish_reason"] == "sigterm"
