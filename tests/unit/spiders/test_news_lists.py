"""Which lists of news a run reads, and which articles it requests that none shows."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest

from finnews.spiders.news_lists import REMEMBERED
from tests.histories.crawl import Crawl
from tests.histories.faults import DEEP, FEED, SECTION, TOPIC, Slot, split
from tests.histories.machine import Histories
from tests.histories.site import CAPACITY

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """The log of a history is long, and says what it does."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> Iterator[Histories]:
    """A site that a run has crawled; two of its lists have one page of twenty entries."""
    for url in (SECTION, TOPIC):
        monkeypatch.setitem(CAPACITY, url, 20)
    history = Histories()
    history.begin(seed=1, stories=0, page_size=3)
    for _ in range(20):
        history.site.publish(dict.fromkeys(history.site.lists, 0))
    history.crawl_undisturbed()
    yield history
    history.teardown()


def crawl(history: Histories, after: timedelta = HOUR, **arguments: str) -> Crawl:
    """Return a crawl that has ended, so long after the last one."""
    history.site.now += after
    run = begun(history, **arguments)
    run.finish()
    history.promise.note(run, run.clock())
    return run


def begun(history: Histories, **arguments: str) -> Crawl:
    """Return a crawl that has sent no request yet."""
    site, stored, ahead, rng = history.site, history.stored, history.ahead, history.rng
    return Crawl(site, stored, ahead, rng, most=1, has_job=False, **arguments)


def lists(run: Crawl) -> set[str]:
    """Return the lists that a crawl requested."""
    return {split(url)[0] for url in run.asked} & {FEED, SECTION, TOPIC, DEEP}


def count(run: Crawl, name: str) -> int:
    """Return a count of a crawl."""
    return int(run.spider.crawler.stats.get_value(f"finnews/{name}", 0))


def test_a_list_that_the_menu_names_is_read_in_the_same_run(history: Histories) -> None:
    """So an article is archived that no other list shows."""
    story = history.site.publish({TOPIC: 0})
    assert lists(crawl(history)) == {FEED, SECTION, TOPIC, DEEP}
    assert history.stored.version(story.id) == 1


def test_a_list_is_left_while_it_changes_slowly(history: Histories) -> None:
    """The feed and the list of all news are read by each run, the others every six hours."""
    runs = [crawl(history) for _ in range(12)]
    times = {url: [url in lists(run) for run in runs] for url in (FEED, SECTION, TOPIC, DEEP)}
    assert all(times[FEED] + times[DEEP])
    hourly = [hour == 1 or hour % 6 == 1 for hour in range(1, 13)]
    assert times[TOPIC] == times[SECTION] == hourly
    assert count(runs[-1], "lists-left") == 2


def test_a_burst_after_a_quiet_time_is_told_as_a_gap(history: Histories) -> None:
    """A list that was left has lost what no run saw; that another list shows it is no matter."""
    for _ in range(2):
        crawl(history)
    for _ in range(25):
        history.site.publish({TOPIC: 0})
    left = crawl(history)
    assert TOPIC not in lists(left)
    read = crawl(history, after=5 * HOUR)
    assert TOPIC in lists(read)
    assert count(read, "gaps") == 1


def test_every_list_is_read_back_to_a_day(history: Histories) -> None:
    """With ``since``, none is left."""
    for _ in range(2):
        crawl(history)
    day = history.site.now.date().isoformat()
    assert lists(crawl(history, since=day)) == {FEED, SECTION, TOPIC, DEEP}


def test_a_list_that_failed_is_not_left(history: Histories) -> None:
    """The next run reads it again."""
    for _ in range(6):
        crawl(history)
    history.site.publish({TOPIC: 0})
    history.site.faults[TOPIC] = "error"
    assert TOPIC in lists(crawl(history))
    history.site.faults.clear()
    assert TOPIC in lists(crawl(history))


def test_a_list_that_the_menu_no_longer_names_is_read_for_two_weeks(history: Histories) -> None:
    """By what runs saw of the menu since, and not by a pause between them; it is told."""
    history.site.menu = (SECTION,)
    run = crawl(history, after=12 * HOUR)
    assert TOPIC in lists(run)
    assert count(run, "lists-not-in-menu") == 1
    assert TOPIC in lists(crawl(history, after=REMEMBERED + HOUR))
    run = crawl(history)
    assert TOPIC not in lists(run)
    assert count(run, "lists-not-in-menu") == 0


@pytest.mark.parametrize("menu", [(), (TOPIC,)])
def test_a_menu_that_names_no_known_list_is_told(history: Histories, menu: tuple[str, ...]) -> None:
    """The known lists are read all the same."""
    history.site.menu = menu
    history.publish(1)
    run = crawl(history)
    assert count(run, "menu-not-read") == 1
    assert {FEED, SECTION, DEEP} <= lists(run)


def test_a_list_of_the_menu_that_does_not_exist_is_told(history: Histories) -> None:
    """The run goes on, and the next one is sent only the lists that have changed."""
    gone = f"{TOPIC}-alt"
    history.site.menu = (SECTION, TOPIC, gone)
    history.site.lists[gone] = []
    history.site.lasting[gone] = "away"
    history.publish(1)
    run = crawl(history)
    assert run.reason == "finished"
    assert count(run, "gone") == 1
    assert count(run, "lists-not-read") == 0
    run = crawl(history)
    assert run.reason == "finished"
    assert count(run, "not-modified") > 0
    del history.site.lists[gone]
    history.site.menu = (SECTION, TOPIC)


def test_what_a_list_showed_to_a_run_with_a_limit_is_not_forgotten(history: Histories) -> None:
    """Even if the menu does not name the list any more."""
    stories = [history.site.publish({TOPIC: 0}) for _ in range(3)]
    crawl(history, limit="1")
    history.site.lists[TOPIC].clear()
    history.site.menu = (SECTION,)
    crawl(history, after=REMEMBERED)
    assert all(history.stored.version(story.id) for story in stories)


def link(history: Histories, *, ago: timedelta = timedelta(0)) -> tuple[str, str]:
    """Publish an article that links another, which no list shows; return the ids of both."""
    shown = history.site.publish({FEED: 0, DEEP: 0})
    linked = history.site.publish({})
    history.site.linked[shown.id] = [Slot(linked.id, history.site.now - ago)]
    return shown.id, linked.id


def test_an_article_that_no_list_shows_is_archived_if_another_links_it(history: Histories) -> None:
    """After all lists and what they show, once, and with what it links itself."""
    _, linked = link(history)
    second = history.site.publish({})
    history.site.linked[linked] = [Slot(second.id, history.site.now), Slot(linked, None)]
    run = crawl(history)
    assert run.asked[-2:] == [history.site.stories[id_].url for id_ in (linked, second.id)]
    assert (count(run, "linked/followed"), count(run, "linked/alone")) == (2, 2)
    assert count(crawl(history), "linked/followed") == 0


def test_an_article_that_is_older_than_a_day_is_not_followed(history: Histories) -> None:
    """A link to it costs nothing."""
    _, linked = link(history, ago=timedelta(hours=26))
    run = crawl(history)
    assert history.stored.version(linked) is None
    assert count(run, "linked/followed") == 0


def test_a_linked_article_survives_a_kill(history: Histories) -> None:
    """The article that links it is archived then, and not read again."""
    shown, linked = link(history)
    history.site.now += HOUR
    run = begun(history)
    while history.site.stories[shown].url not in run.asked:
        run.step()
    run.archive.commit()
    run.kill()
    history.promise.note(run, run.clock())
    assert history.stored.version(shown) == 1
    assert history.site.stories[shown].url not in crawl(history).asked
    assert history.stored.version(linked) == 1
