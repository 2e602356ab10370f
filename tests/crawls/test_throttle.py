"""The pace of a crawl, by its own clock.

Only lower bounds are asserted: a busy machine makes a crawl slower, never faster.
"""

from pathlib import Path

import pytest

from finnews.site import FINANZEN_NET
from tests.support.crawling import crawl
from tests.support.departures import NOTED, departures, gaps
from tests.support.scripted import SHARE, THREE_AT_ONCE, Reply, crawl_share, paced, scripted_site

PAGES = len(FINANZEN_NET.of_stock)


def test_all_requests_keep_the_delay(tmp_path: Path) -> None:
    """Pages, robots.txt, a redirect and a retry keep it, with three requests at once."""

    def script(path: str, before: int) -> Reply | None:
        if path == SHARE.path and not before:
            return Reply(302, headers=(("Location", f"{path}?p=1"),))
        return Reply(500) if path.startswith("/kursziele/") and not before else None

    options = (*THREE_AT_ONCE, *paced(0.5, 0.2), "-s", "LONGEST_BACKOFF=0", *NOTED)
    with scripted_site(script) as site:
        done = crawl_share(site, tmp_path, *options)
    assert done.returncode == 0, done.stderr
    departed = departures(tmp_path)
    assert len(departed) == len(site.asked) == 3 + PAGES
    assert min(gaps(departed)) >= 0.4


@pytest.mark.parametrize("throttle", [True, False])
def test_a_crawl_delay_larger_than_the_setting_is_kept(throttle: bool, tmp_path: Path) -> None:
    """It holds for concurrent requests and for fast answers."""
    rules = Reply(body=b"User-agent: *\nCrawl-delay: 0.4\n")
    options = (*THREE_AT_ONCE, *paced(0.1, 0.2), "-s", f"AUTOTHROTTLE_ENABLED={throttle}", *NOTED)
    with scripted_site(lambda path, _: rules if path == "/robots.txt" else None) as site:
        done = crawl("stocks", site.address, tmp_path, "-a", "index=dax", *options)
    assert done.returncode == 0, done.stderr
    departed = departures(tmp_path)
    assert len(departed) == len(site.asked) == 2 + 3 * PAGES
    assert min(gaps(departed)) >= 0.4


def test_a_slow_site_is_given_rest(tmp_path: Path) -> None:
    """A request leaves no sooner than twice the time of an answer after the one before it."""
    with scripted_site(lambda _path, _before: None, after=0.5) as site:
        done = crawl_share(site, tmp_path, *paced(0.1), *NOTED)
    assert done.returncode == 0, done.stderr
    departed = departures(tmp_path)
    assert len(departed) == len(site.asked) == 1 + PAGES
    assert site.asked[1].path == SHARE.path  # first of all, since it has the ISIN
    assert min(gaps(departed)) >= 2 * 0.5
