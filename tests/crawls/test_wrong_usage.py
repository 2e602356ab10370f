"""Wrong usage of the commands: one line that names it, and status 2, before anything starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, TIMEOUT
from tests.support.crawling import scrapy

WRONG = [
    ("crawl",),
    ("crawl", "news", "ratings"),
    ("crawl", "nws"),
    ("crawl", "news", "--foo"),
    ("crawl", "news", "-a", "self=1"),
    ("crawl", "news", "-a", "name=evil"),
    ("crawl", "news", "-a", "stocks=etf/suche"),
    ("crawl", "news", "-a", "stocks=@no-such-file.txt"),
    ("crawl", "news", "-a", "files=news.warc"),
    ("crawl", "ratings", "-a", "sections=etf"),
    ("crawl", "ratings", "-a", "since=2026-11-02", "-a", "until=2026-11-01"),
    ("crawl", "news", "-a", "limit=" + "9" * 5000),
    ("crawl", "news", "-a", "limit"),
    ("crawl", "stocks"),
    ("crawl", "news", "-s", "SITE_URL=http://["),
    ("crawl", "news", "-s", "SITE_URL=http://127.0.0.1:99999"),
    ("crawl", "news", "-s", "ALERT_WEBHOOK=http://["),
    ("crawl", "news", "-s", "TRANSPORT=http3"),
    ("crawl", "news", "-s", "OUTPUT_DIR="),
    ("crawl", "news", "-s", "CONTACT=nobody"),
    ("crawl", "news", "-s", "PACE_DIR=~nobody-of-this-name"),
    ("crawl", "news", "-s", "HTTPCACHE_ENABLED=1"),
    ("crawl", "news", "-s", "DOWNLOAD_DELAY=-1"),
    ("crawl", "news", "-s", "SCHEDULER=finnews.no_such.Scheduler"),
    ("crawl", "news", "-L", "LOUD"),
    ("crawl", "news", "-O", "news.xyz"),
    ("crawl", "news", "-O", "news.csv", "-O", "news-quotes.csv"),
    ("archive",),
    ("archive", "sql"),
    ("archive", "check", "--foo"),
    ("runs", "--last", "many"),
    ("schema", "muster"),
    ("probe", "https://example.org/"),
]


@pytest.mark.parametrize("words", WRONG, ids=lambda words: " ".join(words)[:40])
def test_it_is_one_line(words: tuple[str, ...], tmp_path: Path) -> None:
    """And nothing is written."""
    output = () if "OUTPUT_DIR=" in words else ("-s", f"OUTPUT_DIR={tmp_path / 'output'}")
    done = scrapy(*words, *output)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("finnews: ")
    assert len(line) < 300
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("muster",), "unknown command muster"),
        (("-s", "LOG_LEVEL=INFO", "crawl", "news"), "the command comes first"),
        (("--nonsense",), "unknown option --nonsense"),
    ],
    ids=str,
)
def test_the_program_says_so_too(words: tuple[str, ...], said: str) -> None:
    """Where Scrapy would print its help."""
    done = program(*words)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("finnews: ")
    assert said in line


def test_settings_that_are_nowhere_are_named() -> None:
    """Those of the environment."""
    done = program("runs", SCRAPY_SETTINGS_MODULE="no_such_module")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "finnews: SCRAPY_SETTINGS_MODULE=no_such_module: no such module\n"


def program(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run ``python -m finnews`` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "finnews", *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
