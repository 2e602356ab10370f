"""How a crawl waits for a site that fails or asks for rest, and when it gives up.

Of times only lower bounds are asserted: a busy machine makes a crawl slower, never faster."""

import math
import signal
from collections import Counter
from email.utils import formatdate
from itertools import count, pairwise
from pathlib import Path

import pytest

from finnews.site import FINANZEN_NET
from tests.support import TIMEOUT
from tests.support.crash_runs import Crawl
from tests.support.crawling import PATIENT, crawl, last_versions, lines
from tests.support.departures import NOTED, departures, gaps
from tests.support.scripted import (
    SHARE,
    THREE_AT_ONCE,
    Reply,
    crawl_share,
    from_the_fourth_article,
    paced,
    report,
    scripted_site,
)
from tests.support.short_timeouts import short_timeouts

BUSY = (
    Reply(503, headers=(("Retry-After", "3"),)),
    Reply(
        429,
        headers=(("Date", formatdate(0, usegmt=True)), ("Retry-After", formatdate(3, usegmt=True))),
    ),
)


def test_retry_after_holds_for_the_whole_site(tmp_path: Path) -> None:
    """A wait in seconds or until a date is kept by all requests, and no page is lost.

    Of the requests from one try to the next, one leaves so long after the one before it.
    """
    articles: list[str] = []

    def script(path: str, before: int) -> Reply | None:
        if path.startswith("/nachricht/"):
            articles.append(path)
        return BUSY[before] if path in articles[:1] and before < len(BUSY) else None

    options = (*THREE_AT_ONCE, *paced(0.3), "-s", "AUTOTHROTTLE_ENABLED=False", *PATIENT)
    with scripted_site(script) as site:
        done = crawl("news", site.address, tmp_path, *options, *NOTED)
    assert done.returncode == 0, done.stderr
    assert len(last_versions(tmp_path, "articles")) == 6
    departed = departures(tmp_path)
    assert len(departed) == len(site.asked)
    tries = [number for number, departure in enumerate(departed) if departure.path == articles[0]]
    assert len(tries) == 3
    for this, following in pairwise(tries):
        assert max(gaps(departed[this : following + 1])) >= 3
    counts = report(tmp_path)["counts"]
    assert counts["finnews/waits"] == 2
    assert counts["finnews/waited"] == 6
    assert counts["finnews/retries"] == 2
    assert "finnews/refused" not in counts


def test_a_very_long_retry_after_is_a_refusal(tmp_path: Path) -> None:
    """The run ends with exit status 3 and says how long a wait was asked for."""
    hour = Reply(503, headers=(("Retry-After", "3600"),))
    with scripted_site(lambda path, _: hour if path == SHARE.path else None) as site:
        done = crawl_share(site, tmp_path)
    assert done.returncode == 3, done.stderr
    assert "The site refuses requests for 3600 s" in done.stderr
    assert site.paths.count(SHARE.path) == 1
    assert [row["reason"] for row in lines(tmp_path, "rejected")] == ["refused"]


def test_each_failure_in_a_row_doubles_the_delay(tmp_path: Path) -> None:
    """Errors and timeouts count alike, and the delay holds for the next page too."""

    def script(path: str, before: int) -> Reply | None:
        if path != SHARE.path:
            return None
        return Reply(500) if before else Reply(after=math.inf)

    short = short_timeouts({SHARE.path: 1}, seconds=3)
    with scripted_site(script) as site:
        done = crawl_share(site, tmp_path, *paced(0.3), *short, *NOTED)
    assert done.returncode == 1, done.stderr
    departed = departures(tmp_path)
    first = [departure.path for departure in departed].index(SHARE.path)
    assert [departure.path for departure in departed[first : first + 3]] == [SHARE.path] * 3
    waits = zip(gaps(departed[first : first + 4]), (3 + 0.6, 1.2, 2.4), strict=True)
    assert all(waited >= least for waited, least in waits)
    counts = report(tmp_path)["counts"]
    assert counts["finnews/waits"] == 3
    assert counts["finnews/waited"] >= 4.2
    assert counts["finnews/retries"] == 2
    assert counts["finnews/retries/timeout"] == counts["finnews/retries/status-500"] == 1


def test_a_site_that_keeps_failing_is_left(tmp_path: Path) -> None:
    """After some pages in a row the exit status is 1 with a reason; what was read is kept."""
    with scripted_site(from_the_fourth_article(Reply(502))) as site:
        done = crawl("news", site.address, tmp_path, "-s", "FAILURES_IN_A_ROW=3")
    assert done.returncode == 1, done.stderr
    assert report(tmp_path)["finish_reason"] == "unavailable"
    assert (
        done.stderr.count(
            "The site is unavailable: 3 pages in a row failed, the last with status-502"
        )
        == 1
    )
    assert len(last_versions(tmp_path, "articles")) == 3
    articles = Counter(path for path in site.paths if path.startswith("/nachricht/"))
    assert sorted(articles.values()) == [1, 1, 1, 3, 3, 3]
    assert len(lines(tmp_path, "rejected")) == 3


def test_failing_pages_among_good_ones_do_not_end_the_run(tmp_path: Path) -> None:
    """The failures are rejections, and everything else is read."""

    def script(path: str, _: int) -> Reply | None:
        return Reply(500) if path in FINANZEN_NET.news[1:5] else None

    with scripted_site(script) as site:
        done = crawl("news", site.address, tmp_path, "-s", "FAILURES_IN_A_ROW=5")
    assert done.returncode == 1, done.stderr
    assert report(tmp_path)["finish_reason"] == "finished"
    assert "/index/dax/marktberichte" in site.paths


def test_a_persistent_429_is_a_refusal(tmp_path: Path) -> None:
    """Each page is requested three times before it counts as refused."""
    busy = Reply(429, b"", (("Retry-After", "0"),))
    with scripted_site(lambda path, _: None if path == "/robots.txt" else busy) as site:
        done = crawl("news", site.address, tmp_path)
    assert done.returncode == 3, done.stderr
    assert "The site refuses requests (3 in a row): status 429, " in done.stderr
    assert len(site.paths) == 9
    assert len(set(site.paths)) == 3
    assert report(tmp_path)["counts"]["finnews/retries/status-429"] == 6


@pytest.mark.parametrize("concurrency", [(), THREE_AT_ONCE], ids=["one", "three"])
def test_a_signal_ends_a_run_that_waits(concurrency: tuple[str, ...], tmp_path: Path) -> None:
    """The run does not wait to the end, and what was read is kept."""
    busy = Reply(503, headers=(("Retry-After", "3600"),))
    articles = count(1)

    def script(path: str, _: int) -> Reply | None:
        return busy if path.startswith("/nachricht/") and next(articles) == 4 else None

    with scripted_site(script) as site:
        options = ("-s", "LONGEST_WAIT=7200", *concurrency)
        with Crawl("news", site.address, tmp_path, options=options).started() as run:
            assert run.stderr
            next(line for line in run.stderr if "Waiting 3600" in line)
            run.send_signal(signal.SIGTERM)
            run.communicate(timeout=TIMEOUT)
    assert run.returncode == 143
    assert report(tmp_path)["finish_reason"] == "sigterm"
    assert last_versions(tmp_path, "articles")
