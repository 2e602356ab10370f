"""Lists and feeds are asked for only if they have changed since they were walked."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from samplesite.content.articles import SECTIONS
from samplesite.content.instruments import NOW
from samplesite.content.timeline import Timeline
from samplesite.content.world import World
from tests.support.clockwork import crawls
from tests.support.crawling import crawl, last_versions, lines
from tests.support.own_site import OwnSite, half, own_site
from tests.support.sites import SITE

CONDITIONS = ("If-None-Match", "If-Modified-Since")
WORLD = Timeline(World(articles=25, stocks=5), timedelta(hours=2)).at(NOW)
DEEP = "/index/dax/marktberichte"
SHORT = [f"/nachrichten/ressort/{section}" for section in SECTIONS]
LISTS = ["/rss/news", *SHORT, DEEP]


def conditional(site: OwnSite) -> list[str]:
    """Return what was asked for under a condition since this was asked last."""
    targets = [
        request.target
        for request in site.asked
        if any(name in request.headers for name in CONDITIONS)
    ]
    site.asked.clear()
    return targets


def lists(output: Path) -> list[str]:
    """Return the paths of the lists that were read: first those that are known, in their order."""
    urls = (row["url"] for row in last_versions(output, "checkpoints"))
    others = {urlsplit(url).path for url in urls}.difference(LISTS)
    return [*LISTS, *sorted(others)]


def test_an_unchanged_list_is_answered_304(site: str, tmp_path: Path) -> None:
    """The lists are requested with their ETags; 304 is neither an error nor a refusal."""
    first, second = crawls(site, tmp_path, [None, None])
    asked = lists(tmp_path)
    assert all(row["etag"] for row in last_versions(tmp_path, "checkpoints"))
    assert first["finnews/new"] == len(SITE.articles)
    assert second["asked"] == ["/robots.txt", *asked]
    count = second["downloader/response_status_count/304"]
    assert second["finnews/not-modified"] == count == len(asked)
    assert second["finish_reason"] == "finished"
    assert not [name for name in second if name.startswith(("log_count/W", "log_count/E"))]


def test_conditional_requests_are_for_first_pages_of_lists(tmp_path: Path) -> None:
    """Without an ETag the time is used; articles, deeper pages and robots.txt get no condition.

    The conditions are in the archive's lines: a rebuilt index has them, a new archive has none.
    """
    with own_site(WORLD) as site:
        crawl("news", site.address, tmp_path / "one")
        assert conditional(site) == []
        (tmp_path / "one" / "index.sqlite3").unlink()
        crawl("news", site.address, tmp_path / "one")
        assert conditional(site) == lists(tmp_path / "one")
        crawl("news", site.address, tmp_path / "two")
        assert conditional(site) == []
    assert len(lines(tmp_path / "two", "articles")) == len(WORLD.articles)


def test_a_list_that_was_not_read_whole_gets_no_condition(tmp_path: Path) -> None:
    """The list is requested without a condition, and a broken article by itself."""
    broken = WORLD.articles[3].path
    with own_site(WORLD) as site:
        site.spoiled = dict.fromkeys((broken, f"{DEEP}?p=2"), half)
        assert crawl("news", site.address, tmp_path).returncode == 1
        site.spoiled = {}
        site.asked.clear()
        assert crawl("news", site.address, tmp_path).returncode == 0
        targets = [request.target for request in site.asked]
        asked = lists(tmp_path)
        assert targets == ["/robots.txt", broken, *asked, f"{DEEP}?p=2"]
        assert conditional(site) == [path for path in asked if path != DEEP]
    assert len(last_versions(tmp_path, "articles")) == len(WORLD.articles)


def test_a_run_further_back_sets_no_condition(tmp_path: Path) -> None:
    """An unchanged list has older entries that the run before did not want."""
    with own_site(WORLD) as site:
        crawl("news", site.address, tmp_path, "-a", "since=2026-11-20")
        few = len(lines(tmp_path, "articles"))
        crawl("news", site.address, tmp_path)
        assert DEEP not in conditional(site)
    assert few < len(WORLD.articles) == len(last_versions(tmp_path, "articles"))
