"""A run that reads far less than usual says so and what; a quiet one does not."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.reporting.baseline import Share, surprise, unusual
from finnews.reporting.model import Filled, Report
from finnews.reporting.runs import comparable, write
from tests.crawling import crawl, reserved_port, sample_site

NOW = datetime.fromisoformat("2026-11-24T06:00:00+00:00")


def run(hours_ago: float = 0, **values: Any) -> Report:
    """Return the report of a whole run."""
    started = (NOW - timedelta(hours=hours_ago)).isoformat()
    return replace(Report("news", started, "finished", 0), **values)


def articles(items: int, kicker: int, hours_ago: float = 0) -> Report:
    """Return the report of a run that read some articles, of which some had a kicker."""
    fields = {"headline": items, "kicker": kicker, "agency": items // 2}
    return run(hours_ago, filled={"article/articles": Filled(items, fields)})


# Whole runs


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A port of its own: runs are compared only with runs on the same site."""
    with reserved_port() as number:
        yield number


SITE = ("--articles", "30", "--stocks", "21")
ARGUMENTS = {"news": (), "stocks": ("-a", "index=dax")}


@pytest.fixture(scope="module")
def history(port: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of three runs of the news spider and one of the stocks spider, nothing known."""
    runs = tmp_path_factory.mktemp("history")
    with sample_site(*SITE, "--port", str(port)) as site:
        for spider in ("news", "news", "news", "stocks"):
            output = tmp_path_factory.mktemp("output")
            shutil.copytree(runs, output / "runs")
            done = crawl(spider, site, output, *ARGUMENTS[spider])
            assert done.returncode == 0, done.stderr
            shutil.copytree(output / "runs", runs, dirs_exist_ok=True)
    return runs


@pytest.fixture
def output(history: Path, tmp_path: Path) -> Path:
    """A directory that has the reports of these runs, and no items."""
    shutil.copytree(history, tmp_path / "runs")
    return tmp_path


@pytest.mark.parametrize(
    ("spider", "redesign", "said"),
    [
        ("news", "kicker", "kicker in articles of article pages: 0 of 30, usually 87%"),
        ("news", "teaser", "news_list pages with links: 0 of 6, usually 100%"),
        ("news", "feed", "feed pages with links: 0 of 1, usually 100%"),
        ("stocks", "price", "venues pages with quotes: 0 of 21, usually 100%"),
    ],
)
def test_a_redesign_is_told_of(
    spider: str, redesign: str, said: str, port: int, output: Path
) -> None:
    """Exit status 4, and a line that names what is missing and both numbers."""
    with sample_site(*SITE, "--port", str(port), "--redesign", redesign) as site:
        done = crawl(spider, site, output, *ARGUMENTS[spider])
    assert done.returncode == 4, done.stderr
    assert f"Far less than usual: {said}\n" in done.stderr


def test_an_unchanged_site_is_usual(port: int, output: Path) -> None:
    """A run that reads all is, and so is the next, to which nothing is new."""
    with sample_site(*SITE, "--port", str(port)) as site:
        done = [crawl("news", site, output) for _ in range(2)]
    assert [one.returncode for one in done] == [0, 0]


def test_a_field_of_another_site_is_no_loss(output: Path) -> None:
    """Runs on another site are not compared."""
    with sample_site(*SITE, "--redesign", "kicker") as site:
        done = crawl("news", site, output)
    assert done.returncode == 0, done.stderr


# The measure


def test_a_first_run_is_never_unusual() -> None:
    """There is nothing to compare it with."""
    assert unusual(articles(100, kicker=0), []) == []


def test_few_articles_are_no_evidence() -> None:
    """Three articles without a kicker can be chance, four cannot."""
    earlier = [articles(100, kicker=100, hours_ago=1)]
    assert unusual(articles(3, kicker=0), earlier) == []
    assert unusual(articles(4, kicker=0), earlier) != []


def test_nothing_read_is_no_loss() -> None:
    """An unchanged site gives no article, and its lists need not be sent again."""
    assert unusual(run(), [articles(100, kicker=100, hours_ago=24)]) == []


def test_a_field_that_was_once_rare_is_usual() -> None:
    """The lowest of the earlier runs counts, not their mean."""
    earlier = [articles(100, kicker=100, hours_ago=hours) for hours in range(1, 9)]
    assert unusual(articles(100, kicker=4), earlier) != []
    assert unusual(articles(100, kicker=4), [*earlier, articles(100, 5, hours_ago=9)]) == []


def test_small_runs_are_put_together() -> None:
    """Many runs of two articles are as good as one of many."""
    earlier = [articles(2, kicker=2, hours_ago=hours) for hours in range(1, 11)]
    assert unusual(articles(20, kicker=0), earlier[:5]) == []
    assert unusual(articles(20, kicker=0), earlier) == [
        "kicker in articles of article pages: 0 of 20, usually 100%"
    ]


@pytest.mark.parametrize("field", ["bid", "agency"])
def test_what_changes_with_the_hour_needs_a_week(field: str) -> None:
    """A market that is closed, a week-end without agencies: no alarm in the first week."""

    def read(given: int, hours_ago: float = 0) -> Report:
        return run(hours_ago, filled={"stock/quotes": Filled(100, {field: given})})

    usual = 100 if field == "bid" else 60
    days = [read(usual, hours_ago=24 * day) for day in range(1, 8)]
    assert unusual(read(0), days[:6]) == []
    assert unusual(read(0), days) != []
    assert unusual(read(0), [*days, read(0, hours_ago=8 * 24)]) == []


def test_a_selector_that_hit_and_never_hits_is_told_of() -> None:
    """By its field, its rule and its page type; one that never hit is not."""

    def read(hits: int, pages: int, hours_ago: float = 0) -> Report:
        rules = {"kicker/xpath/./span": [hits, pages], "page/css/p.never": [0, pages]}
        return run(hours_ago, selectors={"article": rules})

    earlier = [read(95, 100, hours_ago=1)]
    assert unusual(read(0, 30), earlier) == [
        "selector kicker/xpath/./span on article pages: 0 of 30, usually 95%"
    ]
    assert unusual(read(0, 2), earlier) == []


def test_a_start_page_that_is_gone_is_told_of() -> None:
    """A feed that is no more is not a day without news; a run with a limit may not reach it."""
    earlier = [run(hours, starts={"/rss/news": True}) for hours in (1, 2, 3)]
    gone = run(starts={"/rss/news": False})
    assert unusual(gone, earlier) == ["start page /rss/news: 0 of 1, usually 100%"]
    assert unusual(gone, earlier[:2]) == []
    assert unusual(replace(gone, finish_reason="limit"), earlier) == []


def test_a_run_back_to_a_day_keeps_less() -> None:
    """With ``since`` old pages are read and nothing of them is kept."""

    def read(held: int, hours_ago: float = 0, **arguments: str) -> Report:
        holding = {"article": {"articles": held}}
        return run(hours_ago, pages={"article": 50}, holding=holding, arguments=arguments)

    earlier = [read(50, hours_ago=1)]
    assert unusual(read(0), earlier) != []
    assert unusual(read(0, since="2026-11-23"), earlier) == []


counts = st.integers(0, 400)


@given(st.lists(st.tuples(counts, counts).map(sorted), min_size=1, max_size=12), st.data())
def test_a_run_as_good_as_an_earlier_one_is_never_unusual(
    runs: list[list[int]], data: st.DataObject
) -> None:
    """Whatever the earlier runs were like."""
    earlier = [articles(items, kicker, hours) for hours, (kicker, items) in enumerate(runs, 1)]
    large = [one for one in earlier if one.filled["article/articles"].items >= 20]
    same = data.draw(st.sampled_from(large or earlier))
    assert not [one for one in unusual(same, earlier) if large and one.startswith("kicker")]


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_chance_is_never_less_than_the_bound_says(now: int, part: int, rest: int) -> None:
    """The bound holds where it can be calculated exactly: nothing found at all."""
    chance = min(part / (part + rest), 20 / 21)
    exact = (1 - chance) ** now
    assert 2.718281828 ** -surprise(Share(0, now), Share(part, part + rest)) == pytest.approx(exact)


# What is compared


def test_runs_are_compared_with_their_like(tmp_path: Path) -> None:
    """Same spider, site, shares and texts; whole; not unusual; how far back is of no matter."""
    like = [run(5), run(4, arguments={"limit": "5"}, finish_reason="limit"), run(3, status=1)]
    unlike = [
        run(5, spider="stocks"),
        run(5, site="http://other"),
        run(5, article_body="none"),
        run(5, arguments={"stocks": "muster"}),
        run(5, finish_reason="shutdown"),
        run(5, unusual=["kicker"]),
    ]
    for report in (*like, *unlike):
        write(tmp_path, report)
    assert comparable(tmp_path, run()) == like[::-1]


def test_a_night_is_compared_with_nights(tmp_path: Path) -> None:
    """Of runs every five minutes the last ten count, and one of each quarter of a day before."""
    for minutes in range(5, 3 * 24 * 60, 5):
        write(tmp_path, run(minutes / 60))
    found = [NOW - one.start for one in comparable(tmp_path, run())]
    assert len(found) == 10 + 11
    assert found[:10] == [timedelta(minutes=5 * number) for number in range(1, 11)]
    assert found[-1] > timedelta(hours=66)


def test_a_long_pause_does_not_forget(tmp_path: Path) -> None:
    """The last ten runs count however long ago they were; older ones for two weeks."""
    for days in range(100, 120):
        write(tmp_path, run(24 * days))
    assert len(comparable(tmp_path, run())) == 10


@pytest.fixture(autouse=True)
def _quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A report that cannot be read would be told of: here none is."""
    yield
    assert not caplog.records
