"""Lists that were not read to the end: killed, limited, shifted, endless, broken."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from samplesite.content.world import World
from tests.histories.answers import to_article
from tests.support.clockwork import crawls, set_clock
from tests.support.crash_runs import Crawl, is_through
from tests.support.crawling import (
    PATIENT,
    crawl,
    held,
    last_versions,
    lines,
    sample_site,
    until,
    whole_lines,
)
from tests.support.own_site import own_site
from tests.support.publishing import FIRST, TIMELINE, is_true
from tests.support.scripted import report
from tests.support.sites import FAULTS


def last_tops(output: Path) -> dict[str, list[str] | None]:
    """Return by what each list is known again; nothing if it was never read completely."""
    return {row["url"]: row["top"] for row in whole_lines(output, "checkpoints")}


def is_killed(site: str, output: Path, is_time: Callable[[], bool], answers: int) -> bool:
    """Crawl, and kill the crawl when it is time; return whether it was not through before.

    The site stops after so many answers, by which it must be time. The crawl commits ten times a
    second.
    """
    crawl = Crawl("news", site, output, delay=0.03, options=PATIENT)
    with held(site, answers), crawl.killing("never") as process:
        until(is_time, process)
        process.kill()
        return not is_through(process)


def test_a_crawl_killed_in_the_middle_of_a_list_loses_nothing(
    publishing_site: str, tmp_path: Path
) -> None:
    """The checkpoint stays as it was, so the next run reads the list far enough back."""
    crawls(publishing_site, tmp_path, [FIRST])
    tops = last_tops(tmp_path)
    reached = len(lines(tmp_path, "articles")) + 115  # no short list or feed leads so far
    now = FIRST + timedelta(days=11)
    set_clock(publishing_site, now)

    def is_reached() -> bool:
        return len(whole_lines(tmp_path, "articles")) > reached

    assert is_killed(publishing_site, tmp_path, is_reached, answers=150)
    assert last_tops(tmp_path) == tops
    archived = {row["id"] for row in whole_lines(tmp_path, "articles")}
    listed = [article.id in archived for article in TIMELINE.at(now).listed]
    newest = listed.index(True)
    assert newest < 20
    assert not all(listed[newest:])
    crawls(publishing_site, tmp_path, [now])
    assert is_true(publishing_site, tmp_path, now) == []


def test_a_crawl_killed_on_its_first_run_loses_nothing(
    publishing_site: str, tmp_path: Path
) -> None:
    """An archive with the newest articles only is not taken for a complete one."""
    now = FIRST + timedelta(days=2)
    set_clock(publishing_site, now)
    has_begun = (tmp_path / "articles").exists
    assert is_killed(publishing_site, tmp_path, has_begun, answers=40)
    assert not any(last_tops(tmp_path).values())
    crawls(publishing_site, tmp_path, [now])
    assert is_true(publishing_site, tmp_path, now) == []


def test_articles_published_during_a_crawl_are_found(publishing_site: str, tmp_path: Path) -> None:
    """They push others to the next page of the list, and all of them are archived in the end."""
    set_clock(publishing_site, FIRST, step=600)
    done = crawl("news", publishing_site, tmp_path)
    assert done.returncode == 0, done.stderr
    reached = FIRST + timedelta(seconds=600) * (len(lines(tmp_path, "articles")) + 10)
    published = [len(TIMELINE.at(time).articles) for time in (FIRST, reached)]
    assert published[0] + 2 <= published[1]
    now = reached + timedelta(days=1)
    set_clock(publishing_site, now)
    crawls(publishing_site, tmp_path, [None])
    assert is_true(publishing_site, tmp_path, now) == []


def test_a_limited_run_leaves_the_rest_to_the_next(publishing_site: str, tmp_path: Path) -> None:
    """Neither ``limit`` nor ``since`` sets a checkpoint that stops a run that goes further back."""
    set_clock(publishing_site, FIRST)
    assert crawl("news", publishing_site, tmp_path, "-a", "limit=5").returncode == 0
    assert not any(last_tops(tmp_path).values())
    since = f"since={FIRST - timedelta(days=1):%Y-%m-%d}"
    assert crawl("news", publishing_site, tmp_path, "-a", since).returncode == 0
    published = {article.id for article in TIMELINE.at(FIRST).articles}
    assert 5 < len(lines(tmp_path, "articles")) < len(published)
    crawls(publishing_site, tmp_path, [FIRST])
    assert {row["id"] for row in lines(tmp_path, "articles")} == published


def test_an_endless_pager_is_left(tmp_path: Path) -> None:
    """A pager that repeats its last page is left and told: no one knows whether that is the end."""
    with sample_site("--articles", "30", "--endless") as address:
        first = crawl("news", address, tmp_path)
        assert first.returncode == 1, first.stderr
        assert "page 3 shows nothing that the pages before it do not" in first.stderr
        rejected = [row["reason"] for row in lines(tmp_path, "rejected")]
        assert set(rejected) == {"incomplete-list"}
        assert len(lines(tmp_path, "articles")) == 30
        assert crawl("news", address, tmp_path).returncode == 1
        third = crawl("news", address, tmp_path)
        assert third.returncode == 0, third.stderr
        assert report(tmp_path)["pending"] == {"incomplete-list": len(rejected)}


def test_pages_that_could_not_be_read_are_requested_again(faulty_site: str, tmp_path: Path) -> None:
    """The next run requests them, the one after it does not; what is gone is requested once."""
    broken = [fault.name for fault in FAULTS.articles if not fault.is_readable]
    runs = crawls(faulty_site, tmp_path, [None, None, None])
    paths = [[path for path in run["asked"] if "/stoerung-" in path] for run in runs]
    asked = [[name for name in broken if f"-{name}-" in " ".join(some)] for some in paths]
    assert asked[0] == [name for name in broken if name != "moved"]
    assert asked[1] == [name for name in asked[0] if name not in ("gone-410", "bad-number")]
    assert asked[2] == []


@pytest.mark.parametrize("status", [301, 302])
def test_an_article_that_leads_to_another_is_pending(tmp_path: Path, status: int) -> None:
    """For good in two runs it is given up, for now never; the run ends as any other."""
    world = World(12, stocks=3)
    with own_site(world) as site:
        path = world.articles[5].path
        site.replaced[path] = lambda own, target: to_article(own, target)._replace(status=status)
        asked = []
        for _ in range(3):
            site.asked.clear()
            done = crawl("news", site.address, tmp_path)
            assert done.returncode == 0, done.stderr
            asked.append(path in [request.target for request in site.asked])
        assert len(lines(tmp_path, "articles")) == 11
        (page,) = last_versions(tmp_path, "pending")
        is_final = status == 301
        told = "moved" if is_final else "unexpected-address"
        assert (page["reason"], page["is_final"], page["tries"]) == (told, is_final or None, 2)
        assert asked == [True, True, False]
        assert report(tmp_path)["pending"] == ({} if is_final else {told: 1})
