"""Articles that are corrected or dated anew become their next version, and cost no more."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from samplesite.content.instruments import NOW
from samplesite.content.timeline import State, Timeline
from samplesite.content.world import World
from tests.support.clockwork import crawls
from tests.support.crawling import Row, crawl, lines, sample_site
from tests.support.own_site import half, own_site, textless, undated

TIMELINE = Timeline(World(articles=90, stocks=5), timedelta(minutes=30))
SOON = timedelta(minutes=5)

Asked = dict[datetime, list[str]]


def history(changes: int) -> list[State]:
    """Return what becomes of an article that changes so often."""
    histories = (states for states in TIMELINE.histories if len(states) == changes + 1)
    return next(states for states in histories if states[min(changes, 2)].since < NOW - SOON * 2)


LATE = next(
    article
    for article in (states[0].article for states in TIMELINE.histories[10:] if len(states) == 1)
    if article.published != article.listed == article.appears and not article.is_promotion
)
TIMES = {
    "corrected": [history(1)[1].since + SOON * soon for soon in (-1, 1, 2)],
    "dated anew": [history(3)[2].since + SOON * soon for soon in (-1, 1, 2)],
    "late": [LATE.published + SOON, *(LATE.listed + SOON * soon for soon in (-1, 1, 2))],
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a site was crawled that goes by its clock."""
    return tmp_path_factory.mktemp("output")


@pytest.fixture(scope="module")
def asked(output: Path) -> Asked:
    """What each crawl asked for, by the time of the crawl."""
    times = sorted(time for some in TIMES.values() for time in some)
    with sample_site("--articles", "90", "--stocks", "5", "--every", "30") as site:
        runs = crawls(site, output, times)
    return {time: run["asked"] for time, run in zip(times, runs, strict=True)}


def versions(output: Path, number: str | None) -> list[Row]:
    """Return the lines of an article."""
    return [row for row in lines(output, "articles") if row["id"] == number]


def test_a_corrected_article_becomes_its_next_version(asked: Asked, output: Path) -> None:
    """It is requested once, when a list shows the correction, and not again."""
    first, corrected = (state.article for state in history(1))
    assert [asked[time].count(first.path) for time in TIMES["corrected"]][1:] == [1, 0]
    archived = [(row["version"], row["description"]) for row in versions(output, first.id)]
    assert archived == [(1, first.lead), (2, corrected.lead)]


def test_a_re_dated_article_becomes_its_next_version(asked: Asked, output: Path) -> None:
    """A known article that is on top of the lists again is requested once."""
    states = history(3)
    path = states[0].article.path
    assert [asked[time].count(path) for time in TIMES["dated anew"]][1:] == [1, 0]
    times = [row["date_published"][:16] for row in versions(output, states[0].article.id)]
    assert f"{states[2].since:%Y-%m-%dT%H:%M}" in times


def test_an_article_listed_late_is_requested_once_more(asked: Asked, output: Path) -> None:
    """The list's time is later than the page's, which may mean a correction; it writes nothing."""
    assert [asked[time].count(LATE.path) for time in TIMES["late"]] == [1, 0, 1, 0]
    assert [row["version"] for row in versions(output, LATE.id)] == [1]


def test_a_promotion_with_the_current_time_is_requested_once(asked: Asked) -> None:
    """It is on every page of every list, newer each time."""
    promotion = TIMELINE.promotion
    assert promotion
    assert sum(some.count(promotion.path) for some in asked.values()) == 1


@pytest.mark.parametrize("spoil", [half, undated, textless])
def test_a_correction_that_could_not_be_read_is_requested_again(
    spoil: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """The next run requests it, though the lists then show nothing new, until it is read."""
    at, corrected = history(1)[1].since, history(1)[1].article
    with own_site(TIMELINE.at(at - SOON)) as own:
        assert crawl("news", own.address, tmp_path).returncode == 0
        own.show(TIMELINE.at(at + SOON))
        own.spoiled = {corrected.path: spoil}
        assert crawl("news", own.address, tmp_path).returncode == 1
        own.spoiled = {}
        own.asked.clear()
        for _ in range(2):
            assert crawl("news", own.address, tmp_path).returncode == 0
        assert [asked.target for asked in own.asked].count(corrected.path) == 1
    assert [row["version"] for row in versions(tmp_path, corrected.id)] == [1, 2]


def test_an_article_without_its_text_is_requested_until_it_has_it(tmp_path: Path) -> None:
    """It is a rejection with what was read of it, and exit status 1; the others are archived."""
    world = TIMELINE.at(NOW)
    first = world.articles[0]
    with own_site(world) as own:
        own.spoiled = {first.path: textless}
        assert crawl("news", own.address, tmp_path).returncode == 1
        (rejected,) = lines(tmp_path, "rejected")
        assert (rejected["reason"], rejected["url"]) == ("no-text", own.address + first.path)
        assert rejected["item"]["headline"] == first.headline
        assert len(lines(tmp_path, "articles")) == len(world.articles) - 1
        own.spoiled = {}
        own.asked.clear()
        for _ in range(2):
            assert crawl("news", own.address, tmp_path).returncode == 0
        assert [asked.target for asked in own.asked].count(first.path) == 1
    assert [row["version"] for row in versions(tmp_path, first.id)] == [1]
