"""The times that commands print: of one zone, which is said."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.crawling import as_options, crawl, scrapy
from tests.support.sites import SITE

LOGGED = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\+0000 \[", re.MULTILINE)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_log_is_in_utc_wherever_it_is_written(
    zone: str, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its first line to its last, as the tables of runs and items are."""
    monkeypatch.setenv("TZ", zone)
    stocks = ("-a", f"stocks={SITE.stocks[0].page}")
    done = crawl("stocks", site, tmp_path, *stocks)
    assert done.returncode == 0, done.stderr
    times = [datetime.fromisoformat(f"{time}+00:00") for time in LOGGED.findall(done.stderr)]
    assert len(times) == len(re.findall(r"^\d{4}-.*\[", done.stderr, re.MULTILINE)) > 5
    assert timedelta() <= datetime.now(UTC) - times[0] < timedelta(minutes=10)
    settings = as_options({"OUTPUT_DIR": tmp_path})
    headings, row = scrapy("runs", *settings).stdout.splitlines()
    assert headings.startswith("started (UTC)")
    started = datetime.fromisoformat(f"{row[:19]}+00:00")
    assert abs(started - times[0]) < timedelta(minutes=10)
    shown = scrapy("archive", "show", SITE.stocks[0].page, *settings).stdout.splitlines()[1:]
    assert shown
    assert all(re.match(r"\d{4}-\d\d-\d\d( \d\d:\d\d UTC)? +\w+ ", line) for line in shown)
