"""Crawls at once: the same one, and others, on one machine."""

import threading
from collections import Counter
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from tests.support import TIMEOUT
from tests.support.crash_runs import Crawl, is_through, is_whole
from tests.support.crawling import PATIENT, crawl, held, lines, sample_site, until
from tests.support.scripted import WORLD, paced, scripted_site
from tests.support.sites import SITE, options
from tests.support.turns import NOTED_TURNS, turns


def test_a_second_start_ends_at_once(tmp_path: Path) -> None:
    """In one line and well, without a request or a report; other arguments are another run."""
    with sample_site(*options(SITE)) as site, held(site, 3) as gate:
        with Crawl("news", site, tmp_path, options=PATIENT).started() as first:
            until(lambda: gate.waiting, first)
            second = crawl("news", site, tmp_path, *PATIENT)
            gate.open()
            assert is_through(first)
        assert (second.returncode, second.stdout) == (0, "")
        (line,) = second.stderr.splitlines()
        assert line.startswith("finnews: news is already running")
        assert len(list((tmp_path / "runs").glob("*.json"))) == 1
        assert crawl("news", site, tmp_path).returncode == 0


def test_a_killed_run_does_not_keep_the_next_from_starting(tmp_path: Path) -> None:
    """The system releases its lock."""
    with sample_site(*options(SITE)) as site, held(site, 3) as gate:
        with Crawl("news", site, tmp_path, options=PATIENT).started() as first:
            until(lambda: gate.waiting, first)
            first.kill()
            first.wait(TIMEOUT)
        gate.open()
        Crawl("news", site, tmp_path).through()
        is_whole(tmp_path, SITE, site, "news")


def test_another_directory_is_another_run(site: str, tmp_path: Path) -> None:
    """Of the same spider with the same arguments."""
    first = Crawl("ratings", site, tmp_path / "a", options=PATIENT)
    with held(site, 3) as gate, first.started() as process:
        until(lambda: gate.waiting, process)
        gate.open()
        assert "already running" not in crawl("ratings", site, tmp_path / "b").stderr
        assert is_through(process)


def test_crawls_at_once_request_each_article_once(tmp_path: Path) -> None:
    """Two that read the same lists, with other arguments.

    But for those that a list dates later than they are, which each has to see for itself.
    """
    both = threading.Event()

    def script(path: str, before: int) -> None:
        if path == "/robots.txt" and before:
            both.set()
        if path.startswith("/nachricht/"):
            assert both.wait(TIMEOUT)

    with scripted_site(script) as site:
        through(Crawl("news", site.address, tmp_path), limited(site.address, tmp_path))
        asked = Counter(request.path for request in site.asked)
    articles = {path: times for path, times in asked.items() if path.startswith("/nachricht/")}
    assert len(articles) >= len(WORLD.articles)
    dated_later = {urlsplit(row["url"]).path for row in lines(tmp_path, "listings")}
    assert {path for path, times in articles.items() if times > 1} <= dated_later
    assert len(dated_later) < len(articles) / 2
    assert [row["version"] for row in lines(tmp_path, "articles")] == [1] * len(WORLD.articles)


def test_two_spiders_at_once_share_one_pace(tmp_path: Path) -> None:
    """No two requests of theirs are closer than one crawl's would be."""
    quick = (*paced(0.1), "-s", f"PACE_DIR={tmp_path}", *NOTED_TURNS)
    with scripted_site(lambda _path, _before: None) as site:
        crawls = [Crawl(name, site.address, tmp_path, 0.1, quick) for name in ("news", "ratings")]
        through(*crawls)
        asked = len(site.asked)
    sent = turns(tmp_path)
    assert len(sent) == asked
    assert min(after - before for before, after in pairwise(sent)) >= 0.1 - 1e-5


def through(*crawls: Crawl) -> None:
    """Run crawls at once to their ends."""
    with ExitStack() as stack:
        processes = [stack.enter_context(crawl.started()) for crawl in crawls]
        assert [is_through(process) for process in processes] == [True] * len(crawls)


def limited(site: str, output: Path) -> Crawl:
    """Return a crawl that does the same, but has an argument."""
    return Crawl("news", site, output, options=("-a", "limit=1000"))
