"""What becomes of lists and of the pages that they lead to, in histories without a network."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings

from finnews.items import Article, Rating
from finnews.pages.article import ArticlePage
from finnews.site import FINANZEN_NET
from finnews.spiders.news import NewsSpider
from tests.histories.crawl import Crawl
from tests.histories.machine import Histories
from tests.histories.site import (
    ARTICLE_FAULTS,
    CAPACITY,
    DEEP,
    FEED,
    LIST_FAULTS,
    SECTION,
    Answer,
)

TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=300,
    stateful_step_count=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def history() -> Iterator[Histories]:
    """A site with twelve articles, four pages, that a run has archived."""
    history = Histories()
    history.begin(seed=1, stories=12, page_size=3)
    history.crawl_undisturbed()
    yield history
    history.teardown()


def crawl(history: Histories, **arguments: str) -> Crawl:
    """Return a crawl that has sent all its requests."""
    crawl = Crawl(history.site, history.stored, history.ahead, history.rng, **arguments)
    crawl.finish()
    history.promise.note(crawl, crawl.clock())
    return crawl


def missing(history: Histories) -> list[str]:
    """Return the ids of the articles that are not archived as they are now."""
    return [
        story.id
        for story in history.site.stories.values()
        if (article := history.stored.article(story.id)) is None
        or article.headline != f"version {story.version}"
    ]


@pytest.mark.parametrize("fault", sorted(ARTICLE_FAULTS))
def test_articles_that_failed_are_archived_an_hour_later(history: Histories, fault: str) -> None:
    """Whatever the answer was: moved for now, not modified, forbidden, broken."""
    history.publish(5)
    urls = [story.url for story in list(history.site.stories.values())[-5:]]
    history.site.faults = dict.fromkeys(urls, fault)
    run = crawl(history)
    assert len(missing(history)) == 5
    pending = run.spider.crawler.stats.get_stats()
    assert sum(number for name, number in pending.items() if "/pending/" in name) == 5
    history.wait(1)
    history.crawl_undisturbed()
    assert missing(history) == []


@pytest.mark.parametrize("date", ["next month", "0001", "long ago"])
def test_a_wrong_date_on_top_of_a_list_hides_nothing(history: Histories, date: str) -> None:
    """An entry of a day to come, or of the first of all, does not end the reading of a list."""
    history.date_anew(date, "top")
    crawl(history)
    history.publish(9)
    history.start(0, 0)
    history.go_on(8)
    history.kill()
    history.crawl_undisturbed()
    assert missing(history) == []


@pytest.mark.parametrize("date", ["0001", "long ago", "tomorrow"])
def test_a_list_whose_dates_are_all_wrong_is_read(history: Histories, date: str) -> None:
    """None of them says how far to read."""
    history.publish(7)
    history.date_all_anew(date)
    crawl(history)
    history.publish(7)
    history.date_all_anew(date)
    crawl(history)
    assert missing(history) == []


@pytest.mark.parametrize(
    "fault", ["away", "first-page", "page-before", "to-first-page", "no-entries", "no-pager"]
)
def test_a_page_that_does_not_go_on_ends_no_list(history: Histories, fault: str) -> None:
    """What stands behind it is read by the next run."""
    history.publish(20)
    history.site.faults = {f"{DEEP}?p=4": fault}
    crawl(history)
    assert missing(history)
    history.crawl_undisturbed()
    assert missing(history) == []


def test_a_correction_of_an_article_of_a_limited_run_is_seen(history: Histories) -> None:
    """No earlier run has read the list to its end."""
    history.publish(6)
    crawl(history, limit="3")
    new = [slot.id for slot in history.site.lists[DEEP][:6]]
    id_ = next(id_ for id_ in new if history.stored.article(id_))
    history.site.change(id_)
    history.site.date_anew(id_, history.site.now, 0)
    history.crawl_undisturbed()
    assert missing(history) == []


def test_a_correction_is_archived_although_the_clock_was_ahead(history: Histories) -> None:
    """The archived version seems to have been fetched later than the corrected one."""
    history.jump(hours=30, is_site=False)
    history.publish(3)
    crawl(history)
    history.jump(hours=30, is_site=False)
    id_ = history.site.lists[DEEP][0].id
    history.site.now += timedelta(hours=1)
    history.site.change(id_)
    history.site.date_anew(id_, history.site.now, None)
    history.crawl_undisturbed()
    assert missing(history) == []


def test_an_article_of_a_list_to_which_another_leads_is_requested_again(
    history: Histories, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A section has another address now; what it shows is pending in the other list's record."""
    list_ = FINANZEN_NET.address("/nachrichten/ressort/boerse")
    monkeypatch.setitem(CAPACITY, list_, 5)
    monkeypatch.setitem(LIST_FAULTS, "renamed", Answer(301, list_))
    history.site.lists[list_] = []
    story = history.site.publish({list_: 0})
    history.site.faults = {story.url: "error", SECTION: "renamed"}
    crawl(history)
    history.site.faults = {SECTION: "renamed"}
    run = crawl(history)
    assert run.asked.count(story.url) == 1
    assert missing(history) == []


def test_an_article_that_left_its_list_is_archived(history: Histories) -> None:
    """A run that was killed had seen it in a feed, which shows three."""
    story = history.site.publish({FEED: 0})
    run = Crawl(history.site, history.stored, history.ahead, history.rng)
    while FEED not in run.asked:
        run.step()
    run.kill()
    history.promise.note(run, run.clock())
    history.publish(5)
    assert story.id not in {slot.id for slot in history.site.lists[FEED]}
    history.crawl_undisturbed()
    assert missing(history) == []


def test_a_corrected_article_is_requested_once(history: Histories) -> None:
    """A list's later date is remembered, although the page says nothing new.

    It is requested a second time a quarter of an hour later: a cache may have sent an old copy.
    """
    slot = history.site.lists[DEEP][2]
    history.site.now += timedelta(hours=1)
    history.site.date_anew(slot.id, history.site.now, None)
    url = history.site.stories[slot.id].url
    asked = []
    for minutes in (0, 5, 10, 60, 60):
        history.site.now += timedelta(minutes=minutes)
        asked.append(crawl(history).asked.count(url))
    assert asked == [1, 0, 1, 0, 0]


def test_a_page_that_waits_is_requested_if_a_list_dates_it_later_still(history: Histories) -> None:
    """What the site says is new; of the page, an old copy was sent."""
    slot = history.site.lists[DEEP][2]
    history.site.now += timedelta(hours=1)
    history.site.date_anew(slot.id, history.site.now - timedelta(minutes=1), None)
    url = history.site.stories[slot.id].url
    assert crawl(history).asked.count(url) == 1
    history.site.change(slot.id)
    history.site.date_anew(slot.id, history.site.now, None)
    assert crawl(history).asked.count(url) == 1
    assert missing(history) == []


def test_two_crawls_at_once_forget_no_pending_page(history: Histories) -> None:
    """The one that ends later adds its own to those of the other."""
    first = Crawl(history.site, history.stored, history.ahead, history.rng)
    for _ in range(3):
        first.step()
    story = history.site.publish({FEED: 0})
    history.site.faults = {story.url: "error"}
    crawl(history)
    history.site.lists[FEED].clear()
    first.finish()
    history.promise.note(first, first.clock())
    assert missing(history) == [story.id]
    history.crawl_undisturbed()
    assert missing(history) == []


def test_an_article_moved_off_the_site_is_given_up_in_the_second_run(history: Histories) -> None:
    """One run can be told so by mistake."""
    history.publish(1)
    story = list(history.site.stories.values())[-1]
    history.site.faults = {story.url: "moved"}
    asked = []
    for _ in range(4):
        history.wait(24 * 8)
        asked.append(crawl(history).asked.count(story.url))
    assert asked == [1, 1, 0, 0]


def test_an_article_older_than_since_is_not_told_as_pending(history: Histories) -> None:
    """It was read, and is left to a run that goes further back."""
    story = history.site.publish({FEED: 0})
    story.published -= timedelta(days=9)
    history.site.lists[FEED][0].date = None
    run = crawl(history, since=history.site.now.date().isoformat())
    assert run.asked.count(story.url) == 1
    assert not [name for name in run.spider.crawler.stats.get_stats() if "/pending/" in name]
    assert missing(history) == [story.id]


def test_lists_are_seen_before_articles_are_requested(history: Histories) -> None:
    """So the latest date that a list has for an article is known by then."""
    history.publish(6)
    asked = crawl(history).asked
    first = next(at for at, url in enumerate(asked) if "/nachricht/" in url)
    assert {FEED, SECTION, DEEP} <= set(asked[:first])


def test_older_ratings_of_an_article_are_kept_with_since() -> None:
    """A later run further back does not read the article again."""
    page = ArticlePage(
        "https://www.finanzen.net/nachricht/aktien/muster-1", "<html><p>Muster</p></html>"
    )
    older = Rating(firm="Muster Research", date_published="2026-10-01")
    article = Article(id="1", date_published="2026-11-20T12:00:00+01:00")
    spider = NewsSpider(since="2026-11-01")
    assert spider.filtered(page, [older, article]) == [older, article]
