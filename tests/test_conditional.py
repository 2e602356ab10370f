"""Lists and feeds are asked for only if they have changed since they were walked."""

import json
from datetime import timedelta
from pathlib import Path

from samplesite.articles import SECTIONS
from samplesite.instruments import NOW
from samplesite.newsroom import Newsroom
from samplesite.world import World
from tests.crawling import crawl, last_versions, lines, sample_site
from tests.own_site import OwnSite, own_site

CONDITIONS = ("If-None-Match", "If-Modified-Since")
WORLD = Newsroom(World(articles=25, stocks=5), timedelta(hours=2)).at(NOW)
DEEP = "/index/dax/marktberichte"
SHORT = [f"/nachrichten/ressort/{section}" for section in SECTIONS]
LISTS = ["/rss/news", *SHORT, DEEP]


def conditional(site: OwnSite) -> list[str]:
    """Return what was asked for under a condition since this was asked last."""
    asked = [one.target for one in site.asked if any(name in one.headers for name in CONDITIONS)]
    site.asked.clear()
    return asked


def counts(output: Path) -> dict[str, int]:
    """Return the counts of the last run."""
    reports = sorted((output / "runs").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    found: dict[str, int] = json.loads(reports[-1].read_text("utf-8"))["counts"]
    return found


def test_an_unchanged_site_is_not_sent_again(tmp_path: Path) -> None:
    """By its ETags: seven requests, six of them answered 304, which is no error and no refusal."""
    with sample_site("--articles", "25", "--stocks", "5") as address:
        assert crawl("news", address, tmp_path).returncode == 0
        walks = lines(tmp_path, "walks")
        done = crawl("news", address, tmp_path)
    assert done.returncode == 0, done.stderr
    assert lines(tmp_path, "walks") == walks
    assert all(row["etag"] for row in walks)
    told = counts(tmp_path)
    assert told["finnews/not-modified"] == 6
    assert told["finnews/requests"] == 7
    assert told["finnews/new"] == 0
    assert not {name for name in told if name.startswith(("finnews/refused", "finnews/rejected"))}


def test_conditions_are_for_first_pages_of_lists_and_go_with_the_archive(tmp_path: Path) -> None:
    """By their time where they have no ETag; never robots.txt, an article or a deeper page.

    They stand in the archive's lines: an index made anew has them, an archive begun anew has none.
    """
    with own_site(WORLD) as site:
        crawl("news", site.address, tmp_path / "one")
        assert conditional(site) == []
        (tmp_path / "one" / "index.sqlite3").unlink()
        crawl("news", site.address, tmp_path / "one")
        assert conditional(site) == LISTS
        crawl("news", site.address, tmp_path / "two")
        assert conditional(site) == []
    assert len(lines(tmp_path / "two", "articles")) == len(WORLD.articles)


def test_a_list_that_was_not_walked_to_its_end_is_asked_for_without_condition(
    tmp_path: Path,
) -> None:
    """What it led to is not all archived, and a 304 would hide that."""
    with own_site(WORLD) as site:
        site.truncated = {f"{DEEP}?p=2"}
        crawl("news", site.address, tmp_path)
        site.truncated = set()
        site.asked.clear()
        crawl("news", site.address, tmp_path)
        assert DEEP not in conditional(site)
    assert len(last_versions(tmp_path, "articles")) == len(WORLD.articles)


def test_a_page_that_could_not_be_read_is_asked_for_though_its_list_is_unchanged(
    tmp_path: Path,
) -> None:
    """The list was dealt with but for that page, which is remembered by itself."""
    broken = WORLD.articles[3].path
    with own_site(WORLD) as site:
        site.truncated = {broken}
        crawl("news", site.address, tmp_path)
        site.truncated = set()
        site.targets()
        crawl("news", site.address, tmp_path)
        assert site.targets() == ["/robots.txt", broken, *LISTS]
    assert len(last_versions(tmp_path, "articles")) == len(WORLD.articles)


def test_a_run_that_is_to_go_further_back_sets_no_condition(tmp_path: Path) -> None:
    """An unchanged list has older entries that the run before did not want."""
    with own_site(WORLD) as site:
        crawl("news", site.address, tmp_path, "-a", "since=2026-11-20")
        few = len(lines(tmp_path, "articles"))
        site.asked.clear()
        crawl("news", site.address, tmp_path, "-a", "since=2026-11-20")
        assert DEEP in conditional(site)
        crawl("news", site.address, tmp_path)
        assert DEEP not in conditional(site)
    assert few < len(WORLD.articles) == len(last_versions(tmp_path, "articles"))
