"""Nothing missed: a site publishes while crawls come and go, and are killed."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from samplesite.content.timeline import Timeline
from samplesite.content.truth import truth
from samplesite.content.world import World
from samplesite.faults.faults import Faults
from tests.support.clockwork import Run, cost, crawls, set_clock, times
from tests.support.crash_runs import Crawl, is_through
from tests.support.crawling import (
    PATIENT,
    crawl,
    differences,
    held,
    lines,
    sample_site,
    until,
    whole_lines,
)

MINUTES = 90
TIMELINE = Timeline(World(articles=210, stocks=5), timedelta(minutes=MINUTES))
OPTIONS = ("--articles", "210", "--stocks", "5", "--every", str(MINUTES))
FIRST = TIMELINE.start + timedelta(hours=44)

REGIMES = {
    "a first run": (timedelta(0), 1),
    "every five minutes": (timedelta(minutes=5), 12),
    "every hour": (timedelta(hours=1), 8),
    "once a day": (timedelta(days=1), 2),
    "after a week": (timedelta(days=7), 1),
}

Season = tuple[list[Run], list[str]]


def is_true(site: str, output: Path, at: datetime) -> list[str]:
    """Return what an archive has too much, too little or otherwise than the site at a time."""
    return differences(output, truth(TIMELINE.at(at), site, ["news"]))


@pytest.fixture
def site() -> Iterator[str]:
    """A site that goes by its clock."""
    with sample_site(*OPTIONS) as address:
        yield address


@pytest.fixture(scope="module")
def seasons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Season]:
    """What was crawled under each regime, one after the other, and what was wrong then."""
    output = tmp_path_factory.mktemp("output")
    seasons: dict[str, Season] = {}
    now = FIRST
    with sample_site(*OPTIONS) as address:
        for regime, (every, count) in REGIMES.items():
            at = times(now, every, count)
            now = at[-1]
            seasons[regime] = (crawls(address, output, at), is_true(address, output, now))
    return seasons


@pytest.mark.parametrize("regime", REGIMES)
def test_every_article_is_archived(regime: str, seasons: dict[str, Season]) -> None:
    """Late, re-dated, corrected and reordered articles are archived once, as they read now."""
    runs, wrong = seasons[regime]
    print(f"{regime}: {cost(runs)}")
    assert wrong == []
    assert {run["finish_reason"] for run in runs} == {"finished"}
    assert sum(run["finnews/new"] for run in runs)


def test_a_run_requests_what_is_new_and_a_few_lists(seasons: dict[str, Season]) -> None:
    """It requests new and re-dated articles, six start pages, and the pages of the deep list."""
    for runs, _ in seasons.values():
        for run in runs:
            fates = ("written", "updated", "unchanged")
            fetched = sum(run.get(f"finnews/articles/{fate}", 0) for fate in fates)
            listed = fetched + timedelta(days=1) // timedelta(minutes=MINUTES)
            assert run["finnews/requests"] <= fetched + 6 + listed // 20 + 2


def test_a_list_shorter_than_what_was_published_is_a_gap(seasons: dict[str, Season]) -> None:
    """A feed of twelve entries has a gap after a day, and none after five minutes."""
    assert sum(run.get("finnews/gaps", 0) for run in seasons["every five minutes"][0]) == 0
    assert all(run["finnews/gaps"] for run in seasons["once a day"][0])


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


def test_a_crawl_killed_in_the_middle_of_a_list_loses_nothing(site: str, tmp_path: Path) -> None:
    """The checkpoint stays as it was, so the next run reads the list far enough back."""
    crawls(site, tmp_path, [FIRST])
    checkpoints = lines(tmp_path, "checkpoints")
    reached = len(lines(tmp_path, "articles")) + 115  # no short list or feed leads so far
    now = FIRST + timedelta(days=11)
    set_clock(site, now)

    def is_reached() -> bool:
        return len(whole_lines(tmp_path, "articles")) > reached

    assert is_killed(site, tmp_path, is_reached, answers=150)
    assert lines(tmp_path, "checkpoints") == checkpoints
    archived = {row["id"] for row in whole_lines(tmp_path, "articles")}
    listed = [article.id in archived for article in TIMELINE.at(now).listed]
    assert all(listed[:20])
    assert not all(listed)
    crawls(site, tmp_path, [now])
    assert is_true(site, tmp_path, now) == []


def test_a_crawl_killed_on_its_first_run_loses_nothing(site: str, tmp_path: Path) -> None:
    """An archive with the newest articles only is not taken for a complete one."""
    now = FIRST + timedelta(days=2)
    set_clock(site, now)
    has_begun = (tmp_path / "articles").exists
    assert is_killed(site, tmp_path, has_begun, answers=40)
    assert not (tmp_path / "checkpoints.jsonl").exists()
    crawls(site, tmp_path, [now])
    assert is_true(site, tmp_path, now) == []


def test_articles_published_during_a_crawl_are_found(site: str, tmp_path: Path) -> None:
    """They push others to the next page of the list, and all of them are archived in the end."""
    set_clock(site, FIRST, step=600)
    done = crawl("news", site, tmp_path)
    assert done.returncode == 0, done.stderr
    reached = FIRST + timedelta(seconds=600) * (len(lines(tmp_path, "articles")) + 10)
    published = [len(TIMELINE.at(time).articles) for time in (FIRST, reached)]
    assert published[0] + 2 <= published[1]
    now = reached + timedelta(days=1)
    crawls(site, tmp_path, [now])
    assert is_true(site, tmp_path, now) == []


def test_a_limited_run_leaves_the_rest_to_the_next(site: str, tmp_path: Path) -> None:
    """Neither ``limit`` nor ``since`` sets a checkpoint that stops a run that goes further back."""
    set_clock(site, FIRST)
    assert crawl("news", site, tmp_path, "-a", "limit=5").returncode == 0
    assert not (tmp_path / "checkpoints.jsonl").exists()
    since = f"since={FIRST - timedelta(days=1):%Y-%m-%d}"
    assert crawl("news", site, tmp_path, "-a", since).returncode == 0
    published = {article.id for article in TIMELINE.at(FIRST).articles}
    assert 5 < len(lines(tmp_path, "articles")) < len(published)
    crawls(site, tmp_path, [FIRST])
    assert {row["id"] for row in lines(tmp_path, "articles")} == published


def test_an_endless_pager_is_left(tmp_path: Path) -> None:
    """A pager that repeats its last page is read once and logged; the list gets a checkpoint."""
    with sample_site("--articles", "30", "--endless") as address:
        first = crawl("news", address, tmp_path)
        assert first.returncode == 0, first.stderr
        assert "The pager goes on but shows nothing new" in first.stderr
        assert len(lines(tmp_path, "articles")) == 30
        assert any(row["url"].endswith("marktberichte") for row in lines(tmp_path, "checkpoints"))


def test_pages_that_could_not_be_read_are_requested_again(tmp_path: Path) -> None:
    """The next run requests them, the one after it does not; what is gone is requested once."""
    broken = [
        fault.name
        for fault in Faults(World(articles=10), in_pages=True).articles
        if not fault.is_readable
    ]
    with sample_site("--articles", "10", "--faults") as address:
        runs = crawls(address, tmp_path, [None, None, None])
    paths = [[path for path in run["asked"] if "/stoerung-" in path] for run in runs]
    asked = [[name for name in broken if f"-{name}-" in " ".join(some)] for some in paths]
    assert asked[0] == [name for name in broken if name != "moved"]
    assert asked[1] == [name for name in asked[0] if name not in ("gone-410", "bad-number")]
    assert asked[2] == []
