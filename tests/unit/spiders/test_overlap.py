"""What crawls at once on one archive do not do twice, and what they do not leave to each other."""

from datetime import timedelta
from random import Random

from tests.histories.archive import Stored
from tests.histories.crawl import Crawl
from tests.histories.events import START
from tests.histories.faults import DEEP, FEED, SECTION
from tests.histories.promise import Promise
from tests.histories.site import Site


def crawl(site: Site, stored: Stored, chance: int) -> Crawl:
    """Return a crawl that sends two requests at a time."""
    return Crawl(site, stored, timedelta(0), Random(chance), most=2)


def test_a_correction_is_requested_whatever_another_crawl_archives_meanwhile() -> None:
    """Another crawl's reading from before the correction can be archived after the list of it."""
    site, stored = Site(START), Stored()
    promise = Promise(site, stored)
    site.publish({DEEP: 0})
    site.now += timedelta(hours=1)
    story = site.publish({DEEP: 0, FEED: 0, SECTION: 0})
    site.now += timedelta(minutes=10)
    before = Crawl(site, stored, timedelta(0), Random(1), most=2, limit="50")
    while story.url not in [request.url for request in before.sent]:
        before.step()
    before.receive(story.url)
    site.now += timedelta(minutes=5)
    site.change(story.id)
    site.date_anew(story.id, site.now, 0)
    site.now += timedelta(minutes=5)
    after = crawl(site, stored, 2)
    while story.url not in [request.url for request in after.queue]:
        after.step()
    before.read(story.url)
    while before.reading:
        before.read_on()
    before.archive.commit()
    before.finish()
    promise.note(before, site.now)
    after.finish()
    assert stored.version(story.id) == story.version
    assert list(promise.broken(after, site.now)) == []


def test_an_article_that_another_crawl_has_archived_is_not_requested() -> None:
    """It is as the list shows it."""
    site, stored = Site(START), Stored()
    story = site.publish({DEEP: 0})
    first, second = crawl(site, stored, 1), crawl(site, stored, 2)
    while story.url not in [request.url for request in second.queue]:
        second.step()
    first.finish()
    second.finish()
    assert (first.asked.count(story.url), second.asked.count(story.url)) == (1, 0)
    assert stored.version(story.id) == 1


def test_an_article_that_leads_to_a_requested_one_is_left_to_other_crawls() -> None:
    """Scrapy drops such a request as a duplicate; the claim to the first article is released."""
    site, stored = Site(START), Stored()
    leading, other = site.publish({DEEP: 0}), site.publish({DEEP: 0})
    first = crawl(site, stored, 1)
    while leading.url not in [request.url for request in first.sent]:
        first.step()
    (request,) = (request for request in first.sent if request.url == leading.url)
    meta = request.meta | {"redirect_urls": [leading.url]}
    first.spider.note_dropped(request.replace(url=other.url, meta=meta))
    second = crawl(site, stored, 2)
    assert second.spider.claims.acquire(request)


def test_what_a_run_held_is_free_when_it_has_ended() -> None:
    """Whatever became of its pages."""
    site, stored = Site(START), Stored()
    site.publish({DEEP: 0})
    crawl(site, stored, 1).finish()
    assert stored.locks == {}
