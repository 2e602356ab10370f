"""What becomes of lists and of the pages that they lead to, in histories without a network."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings

from finnews.items import Article, Checkpoint, PendingPage, Rating
from finnews.outcome import FinishReason
from finnews.pages.article import ArticlePage
from finnews.site import FINANZEN_NET
from finnews.spiders.news import NewsSpider
from tests.histories.crawl import Crawl
from tests.histories.faults import ARTICLE_FAULTS, DEEP, FEED, LIST_FAULTS, SECTION, Answer, Slot
from tests.histories.machine import Histories
from tests.histories.site import CAPACITY

TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=300,
    stateful_step_count=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """The log of a history is long, and says what it does."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def history() -> Iterator[Histories]:
    """A site with twelve articles, four pages, that a run has archived."""
    history = Histories()
    history.begin(seed=1, stories=12, page_size=3)
    history.crawl_undisturbed()
    yield history
    history.teardown()


def begun(history: Histories, most: int = 1, *, has_job: bool = False, **arguments: str) -> Crawl:
    """Return a crawl that has sent no request yet."""
    site, stored, ahead, rng = history.site, history.stored, history.ahead, history.rng
    return Crawl(site, stored, ahead, rng, most=most, has_job=has_job, **arguments)


def crawl(history: Histories, **arguments: str) -> Crawl:
    """Return a crawl that has sent all its requests."""
    return ended(history, begun(history, 1, has_job=False, **arguments))


def ended(history: Histories, crawl: Crawl) -> Crawl:
    """Return a crawl after it has sent the rest of its requests."""
    crawl.finish()
    history.promise.note(crawl, crawl.clock())
    return crawl


def killed(history: Histories, crawl: Crawl) -> None:
    """Kill a crawl."""
    crawl.kill()
    history.promise.note(crawl, crawl.clock())


def correct(history: Histories, id_: str, place: int | None = 0) -> str:
    """Correct an article, and list it as of now; return its address."""
    history.site.now += timedelta(hours=1)
    history.site.change(id_)
    history.site.date_anew(id_, history.site.now, place)
    return history.site.stories[id_].url


def reasons(history: Histories) -> dict[str, str | None]:
    """Return why pages are pending, as the file says; by id."""
    pages = [page for page in history.stored.records.values() if isinstance(page, PendingPage)]
    return {str(page.id): page.reason for page in pages}


def top(history: Histories, url: str) -> list[str] | None:
    """Return the ids at the top of a list when it was last read completely."""
    checkpoint = history.stored.records["checkpoints", url]
    assert isinstance(checkpoint, Checkpoint)
    return checkpoint.top


def missing(history: Histories) -> list[str]:
    """Return the ids of the articles that are not archived as they are now."""
    return [
        story.id
        for story in history.site.stories.values()
        if history.stored.version(story.id) != story.version
    ]


@pytest.mark.parametrize("fault", sorted(ARTICLE_FAULTS.keys() - {"gone", "stale", "refused"}))
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
    assert set(reasons(history).values()) == {"archived"}


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
    id_ = next(id_ for id_ in new if history.stored.version(id_))
    correct(history, id_)
    history.crawl_undisturbed()
    assert missing(history) == []


def test_a_correction_is_archived_although_the_clock_was_ahead(history: Histories) -> None:
    """The archived version seems to have been fetched later than the corrected one."""
    history.jump(hours=30, is_site=False)
    history.publish(3)
    crawl(history)
    history.jump(hours=30, is_site=False)
    correct(history, history.site.lists[DEEP][0].id, place=None)
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


def test_an_article_that_two_lists_have_shown_to_killed_runs_is_archived(
    history: Histories,
) -> None:
    """Each list's record has it; a third run that is killed takes it out of neither."""
    story = history.site.publish({FEED: 0, SECTION: 0})
    runs = [begun(history), begun(history)]
    for run, url in zip(runs, (FEED, SECTION), strict=True):
        run.send(url)
        run.read_all()
    for run in runs:
        killed(history, run)
    history.site.faults = {story.url: "error"}
    while story.id in {slot.id for url in CAPACITY for slot in history.site.lists[url]}:
        history.site.publish({FEED: 0, SECTION: 0})
    third = begun(history)
    for url in (FEED, SECTION):
        third.send(url)
        third.read_all()
    killed(history, third)
    history.crawl_undisturbed()
    assert missing(history) == []


def test_what_a_list_showed_after_the_limit_is_left_to_the_next_run(history: Histories) -> None:
    """It was on its way when the limit was reached, and shows the article no more later."""
    first, late = history.site.publish({FEED: 0}), history.site.publish({SECTION: 0})
    run = begun(history, 2, limit="1")
    run.start()
    run.send(FEED)
    run.read_all()
    run.send(SECTION)
    run.send(first.url)
    run.receive(first.url)
    run.read(first.url)
    while run.reading:
        run.read_on()
    ended(history, run)
    assert run.reason == FinishReason.LIMIT
    assert missing(history) == [late.id]
    while late.id in {slot.id for slot in history.site.lists[SECTION]}:
        history.site.publish({SECTION: 0})
    history.crawl_undisturbed()
    assert missing(history) == []


@pytest.mark.parametrize("is_limited", [True, False])
def test_a_run_that_was_stopped_leaves_the_place_in_a_list(
    history: Histories, is_limited: bool
) -> None:
    """Even if it has read the list as far as it had to."""
    before = top(history, FEED)
    history.site.publish({FEED: 0})
    run = begun(history, limit="1") if is_limited else begun(history)
    while FEED not in run.asked:
        run.step()
    if not is_limited:
        run.stop()
    ended(history, run)
    assert top(history, FEED) == before
    history.crawl_undisturbed()
    assert top(history, FEED) != before


def test_a_page_that_was_archived_before_a_kill_is_pending_no_more(history: Histories) -> None:
    """The run that archived it did not come to say so."""
    story = history.site.publish({FEED: 0})
    history.site.faults = {story.url: "error"}
    crawl(history)
    assert reasons(history) == {story.id: "status-503"}
    history.site.faults.clear()
    run = begun(history)
    while history.stored.version(story.id) is None:
        run.step()
        run.archive.commit()
    killed(history, run)
    assert reasons(history) == {story.id: "status-503"}
    crawl(history)
    assert reasons(history) == {story.id: "archived"}


def test_a_correction_that_was_not_archived_is_requested_again(history: Histories) -> None:
    """A pipeline dropped it; it is not taken for a page that is as it was."""
    id_ = history.site.lists[DEEP][1].id
    history.site.faults = {correct(history, id_): "dropped"}
    for _ in range(3):
        crawl(history)
        assert reasons(history) == {id_: "dropped"}
        history.wait(1)
    history.crawl_undisturbed()
    assert missing(history) == []


def test_an_article_that_left_its_list_is_archived(history: Histories) -> None:
    """A run that was killed had seen it in a feed, which shows three."""
    story = history.site.publish({FEED: 0})
    run = begun(history)
    while FEED not in run.asked:
        run.step()
    run.kill()
    history.promise.note(run, run.clock())
    for _ in range(CAPACITY[FEED]):
        history.site.publish({FEED: 0})
    assert story.id not in {slot.id for slot in history.site.lists[FEED]}
    history.crawl_undisturbed()
    assert missing(history) == []


def test_a_corrected_article_is_requested_once(history: Histories) -> None:
    """A list's later date is remembered, although the page says nothing new.

    It is requested a second time a quarter of an hour later: a cache may have sent an old copy.
    """
    history.site.validators = ()
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
    first = begun(history)
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


@pytest.mark.parametrize("fault", sorted(ARTICLE_FAULTS.keys() - {"stale", "gone", "moved"}))
def test_an_article_that_failed_twice_waits(history: Histories, fault: str) -> None:
    """A third run that follows at once does not request it, whatever the answers were."""
    story = history.site.publish({FEED: 0, DEEP: 1})
    history.site.faults = {story.url: fault}
    assert [crawl(history).asked.count(story.url) for _ in range(3)] == [1, 1, 0]


def test_an_article_that_is_gone_for_good_is_requested_once(history: Histories) -> None:
    """The site says so with 410."""
    story = history.site.publish({FEED: 0, DEEP: 0})
    history.site.faults = {story.url: "gone"}
    asked = []
    for _ in range(3):
        history.wait(24 * 8)
        asked.append(crawl(history).asked.count(story.url))
    assert asked == [1, 0, 0]


def test_a_correction_is_archived_although_a_stale_page_came_before(history: Histories) -> None:
    """The next time that a list dates it anew."""
    id_ = history.site.lists[DEEP][0].id
    history.site.faults = {correct(history, id_): "stale"}
    crawl(history)
    assert missing(history) == [id_]
    correct(history, id_)
    history.crawl_undisturbed()
    assert missing(history) == []


def test_a_run_that_is_refused_leaves_lists_as_they_were(history: Histories) -> None:
    """The next one reads them back to the place where the last complete reading began."""
    history.publish(12)
    stories = list(history.site.stories.values())[-12:]
    history.site.faults = {story.url: "refused" for story in stories}
    assert crawl(history).reason == "refused"
    history.crawl_undisturbed()
    assert missing(history) == []


def test_a_run_that_is_shut_down_leaves_lists_as_they_were(history: Histories) -> None:
    """It ends between two pages of a list."""
    history.publish(12)
    run = begun(history)
    while run.asked[-1:] != [f"{DEEP}?p=2"]:
        run.step()
    run.stop()
    ended(history, run)
    assert missing(history)
    history.crawl_undisturbed()
    assert missing(history) == []


def test_a_job_goes_on_with_its_queue(history: Histories) -> None:
    """It requests the lists, too: what is in the queue can be of last week."""
    history.publish(12)
    run = begun(history, has_job=True)
    while run.asked[-1:] != [f"{DEEP}?p=2"]:
        run.step()
    run.stop()
    ended(history, run)
    history.publish(12)
    run = ended(history, begun(history, has_job=True))
    assert {FEED, SECTION, DEEP} <= set(run.asked)
    assert missing(history) == []


def test_a_later_date_in_a_list_that_came_after_the_article_is_seen(history: Histories) -> None:
    """The article was sent as it was before; the list does not change afterwards."""
    story = history.site.publish({FEED: 0, DEEP: 0})
    run = begun(history, most=4)
    run.start()
    run.send(FEED)
    run.receive(FEED)
    run.read_all()
    run.send(DEEP)
    run.send(story.url)
    run.receive(story.url)
    correct(history, story.id)
    run.receive(DEEP)
    ended(history, run)
    assert missing(history) == [story.id]
    assert DEEP not in crawl(history).unmodified
    assert missing(history) == []


def test_a_list_that_came_before_an_article_was_requested_need_not_be_read_again(
    history: Histories,
) -> None:
    """The article was sent later than the list's date for it, although the list was read later."""
    story = history.site.publish({FEED: 0})
    run = begun(history, most=4)
    run.start()
    run.send(FEED)
    run.receive(FEED)
    run.read_all()
    run.send(DEEP)
    history.site.now += timedelta(hours=1)
    history.site.lists[DEEP].insert(0, Slot(story.id, history.site.now))
    run.receive(DEEP)
    run.send(story.url)
    run.receive(story.url)
    ended(history, run)
    run = crawl(history)
    assert run.unmodified >= {FEED, DEEP}
    assert story.url not in run.asked


@pytest.mark.parametrize("has_dates", [True, False])
@pytest.mark.parametrize("validators", [("etag",), ("last_modified",), ("etag", "last_modified")])
def test_a_list_that_has_not_changed_is_not_sent_again(
    history: Histories, validators: tuple[str, ...], *, has_dates: bool
) -> None:
    """With either validator, and without dates too."""
    history.site.validators = validators
    history.site.has_dates = has_dates
    history.publish(3)
    crawl(history)
    for _ in range(2):
        run = crawl(history)
        assert {FEED, DEEP} <= run.unmodified == set(run.asked)


def test_advertising_that_is_dated_anew_is_not_requested_again(history: Histories) -> None:
    """Lists show it under the current time."""
    story = history.site.publish({FEED: 0, DEEP: 1}, is_promotion=True)
    crawl(history)
    history.site.now += timedelta(hours=1)
    history.site.date_anew(story.id, history.site.now, None)
    assert story.url not in crawl(history).asked


def test_an_article_archived_before_a_kill_is_not_requested_again(history: Histories) -> None:
    """It is in the list's record still."""
    story = history.site.publish({FEED: 0})
    run = begun(history)
    while story.url not in run.asked:
        run.step()
    run.archive.commit()
    run.kill()
    assert missing(history) == []
    assert story.url not in crawl(history).asked


def test_a_correction_that_left_its_list_is_archived(history: Histories) -> None:
    """A run that was killed had seen it; the archive has the version before."""
    story = history.site.publish({FEED: 0})
    crawl(history)
    correct(history, story.id)
    run = begun(history)
    while FEED not in run.asked:
        run.step()
    run.kill()
    history.site.lists[FEED].clear()
    crawl(history)
    assert missing(history) == []


def test_a_correction_older_than_since_is_left_to_a_later_run(history: Histories) -> None:
    """The list does not change meanwhile."""
    story = history.site.publish({FEED: 0})
    crawl(history)
    correct(history, story.id)
    history.wait(24 * 3)
    history.site.date_anew(story.id, history.site.now, 0)
    crawl(history, since=(history.site.now - timedelta(days=1)).date().isoformat())
    assert missing(history) == [story.id]
    crawl(history)
    assert missing(history) == []


def test_a_correction_that_failed_is_requested_again(history: Histories) -> None:
    """The archive has the version before, and the list does not change meanwhile."""
    story = history.site.publish({FEED: 0})
    crawl(history)
    history.site.faults = {correct(history, story.id): "error"}
    crawl(history)
    assert missing(history) == [story.id]
    history.site.faults.clear()
    crawl(history)
    assert missing(history) == []


def test_a_correction_is_archived_when_its_date_has_come(history: Histories) -> None:
    """A list's date in the future is none; the list does not change meanwhile."""
    story = history.site.publish({FEED: 0})
    crawl(history)
    correct(history, story.id)
    history.site.date_anew(story.id, history.site.now + timedelta(minutes=40), None)
    crawl(history)
    assert missing(history) == [story.id]
    history.wait(1)
    crawl(history)
    assert missing(history) == []


def test_a_run_back_to_since_leaves_the_rest_to_the_next() -> None:
    """Its lists are not taken for read, although they have not changed."""
    history = Histories()
    history.begin(seed=1, stories=12, page_size=3)
    history.wait(24 * 2)
    history.publish(3)
    crawl(history, since=history.site.now.date().isoformat())
    assert missing(history)
    crawl(history)
    assert missing(history) == []


def test_an_article_that_was_not_requested_has_not_failed(history: Histories) -> None:
    """Two runs were shut down before they came to it; the third does not let it wait."""
    story = history.site.publish({FEED: 0})
    for _ in range(2):
        run = begun(history)
        while FEED not in run.asked:
            run.step()
        run.stop()
        assert story.url not in ended(history, run).asked
    assert story.url in crawl(history).asked


@pytest.mark.parametrize("reason", ["shutdown", "refused"])
def test_a_run_that_is_stopped_leaves_what_is_known_of_lists(
    history: Histories, reason: str
) -> None:
    """The next one has them sent again, although the run had read all of them."""
    history.publish(1)
    run = begun(history)
    while not {FEED, SECTION, DEEP} <= set(run.asked):
        run.step()
    run.stop(reason)
    ended(history, run)
    run = crawl(history)
    assert run.unmodified <= {FEED, SECTION}
    assert missing(history) == []


def test_a_page_that_another_one_is_sent_for_is_told(history: Histories) -> None:
    """Page 4 redirects to the first."""
    history.publish(20)
    history.site.faults = {f"{DEEP}?p=4": "to-first-page"}
    assert "unexpected-address" in crawl(history).rejections


@pytest.mark.parametrize("validators", [(), ("etag",)])
def test_a_list_is_read_deeper_in_the_first_run_of_a_day(
    history: Histories, validators: tuple[str, ...]
) -> None:
    """What was put in below the place where the last reading began is found then."""
    history.site.validators = validators
    history.site.publish({DEEP: 5})
    crawl(history)
    assert missing(history)
    history.wait(24)
    crawl(history)
    assert missing(history) == []


@pytest.mark.parametrize("number", [3, 0])
def test_a_list_that_is_broken_for_a_long_time_is_read_less_often(number: int) -> None:
    """A page deep in it is missing, or the pager promises one page more than there is."""
    history = Histories()
    history.begin(seed=1, stories=30, page_size=3)
    history.site.promises_more = number == 0
    history.site.lasting = {f"{DEEP}?p={number}": "away"} if number else {}
    asked = []
    for _ in range(24):
        history.site.now += timedelta(minutes=5)
        asked.append(sum(url.startswith(DEEP) for url in crawl(history).asked))
    assert sum(asked) <= 24 * 2 + 5 * asked[0]


def test_an_article_of_a_list_that_had_another_address_is_requested_again(
    history: Histories,
) -> None:
    """The list redirected to it for one run."""
    story = history.site.publish({DEEP: 0})
    history.site.moved = {DEEP: f"{DEEP}/"}
    history.site.faults = {story.url: "error"}
    crawl(history)
    history.site.moved.clear()
    history.site.faults.clear()
    history.site.lists[DEEP].pop(0)
    crawl(history)
    assert missing(history) == []


def test_a_list_that_redirects_to_another_address_is_told_as_read(history: Histories) -> None:
    """It was read there, back to the place where it had to be."""
    history.site.moved = {DEEP: f"{DEEP}/"}
    for _ in range(2):
        run = crawl(history)
        history.publish(3)
    assert "finnews/lists-not-read" not in run.spider.crawler.stats.get_stats()


def test_articles_that_lead_to_the_same_page_wait(history: Histories) -> None:
    """Each is told with its reason, and a third run that follows at once requests none."""
    stories = [history.site.publish({DEEP: 0}) for _ in range(3)]
    history.site.faults = {story.url: "home" for story in stories}
    runs = [crawl(history) for _ in range(3)]
    stats = runs[0].spider.crawler.stats.get_stats()
    assert stats["finnews/pending/unexpected-address"] == 3
    assert not {story.url for story in stories} & set(runs[2].asked)


def test_an_article_that_came_after_the_limit_has_not_failed(history: Histories) -> None:
    """It was read and left out: it does not wait, and nothing was wrong with it."""
    for _ in range(3):
        history.site.publish({FEED: 0})
    run = ended(history, begun(history, 4, limit="1"))
    stats = run.spider.crawler.stats.get_stats()
    assert sum("/nachricht/" in url for url in run.asked) > 1
    assert "finnews/pending/incomplete-article" not in stats


def test_a_job_whose_queue_has_an_article_that_is_archived_ends(history: Histories) -> None:
    """Another crawl has archived it meanwhile."""
    story = history.site.publish({FEED: 0})
    run = begun(history, has_job=True)
    while FEED not in run.asked:
        run.step()
    run.stop()
    ended(history, run)
    crawl(history)
    assert ended(history, begun(history, has_job=True)).asked.count(story.url) == 1
    assert missing(history) == []


@pytest.mark.parametrize("status", [301, 302])
def test_an_article_that_leads_to_another_does_not_hide_it(
    history: Histories, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are archived when the site has both again; the run ends as others do."""
    other = history.site.stories[history.site.lists[DEEP][0].id]
    story = history.site.publish({FEED: 0})
    monkeypatch.setitem(ARTICLE_FAULTS, "other-article", Answer(status, other.url))
    history.site.faults = {story.url: "other-article"}
    crawl(history)
    assert missing(history) == [story.id]
    history.crawl_undisturbed()
    assert missing(history) == []


def test_older_ratings_of_an_article_are_kept_with_since() -> None:
    """A later run further back does not read the article again."""
    page = ArticlePage(
        "https://www.finanzen.net/nachricht/aktien/muster-1", "<html><p>Muster</p></html>"
    )
    older = Rating(firm="Muster Research", date_published="2026-10-01")
    article = Article(id="1", date_published="2026-11-20T12:00:00+01:00")
    spider = NewsSpider(since="2026-11-01")
    assert spider.filtered(page, [older, article]) == [older, article]


def test_a_page_that_was_too_old_has_not_been_tried_in_vain() -> None:
    """If it fails when it is wanted, the next run requests it again."""
    history = Histories()
    history.begin(seed=0, stories=1, page_size=2)
    history.drop_dates()
    history.wait(hours=192)
    (story,) = history.site.stories.values()
    crawl(history, since=history.site.now.date().isoformat())
    history.site.faults[story.url] = "away"
    assert story.url in crawl(history).asked
    history.crawl_undisturbed()
    assert history.stored.version(story.id) == 1
    history.teardown()
