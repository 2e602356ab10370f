"""Nothing missed: a site publishes while crawls come and go, and are killed."""

from collections import Counter
from datetime import timedelta

import pytest

from finnews.spiders.depth import DEPTH
from samplesite.web.news_views import PAGE
from tests.support.clockwork import Run, cost, crawls, times
from tests.support.publishing import FIRST, is_true

REGIMES = {
    "a first run": (timedelta(0), 1),
    "every five minutes": (timedelta(minutes=5), 12),
    "every hour": (timedelta(hours=1), 8),
    "once a day": (timedelta(days=1), 2),
    "after a week": (timedelta(days=7), 1),
}

Season = tuple[list[Run], list[str]]


@pytest.fixture(scope="module")
def seasons(publishing_site: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Season]:
    """What was crawled under each regime, one after the other, and what was wrong then."""
    output = tmp_path_factory.mktemp("output")
    seasons: dict[str, Season] = {}
    now = FIRST
    for regime, (every, count) in REGIMES.items():
        at = times(now, every, count)
        now = at[-1]
        runs = crawls(publishing_site, output, at)
        seasons[regime] = (runs, is_true(publishing_site, output, now))
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
    """It requests new and re-dated articles, robots.txt, and each list as deep as it has to."""
    for runs, _ in seasons.values():
        for run in runs:
            fates = ("written", "updated", "unchanged")
            fetched = sum(run.get(f"finnews/articles/{fate}", 0) for fate in fates)
            pages = [path for path in run["asked"] if not path.startswith(("/nachricht/", "/r"))]
            feed = run["asked"].count("/rss/news")
            assert run["finnews/requests"] <= fetched + 1 + feed + len(pages)
            of_each = Counter(path.partition("?")[0] for path in pages).values()
            assert max(of_each) <= (fetched + DEPTH.deep) // PAGE + 2


def test_a_list_shorter_than_what_was_published_is_a_gap(seasons: dict[str, Season]) -> None:
    """A feed of twelve entries has a gap after a day, and none after five minutes."""
    assert sum(run.get("finnews/gaps", 0) for run in seasons["every five minutes"][0]) == 0
    assert all(run["finnews/gaps"] for run in seasons["once a day"][0])
