"""A crawl of the spider itself: its requests are answered by the model of the site.

Only what stands between request and response, the reading of pages and the files are left out.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.archive.merging import merged
from finnews.items import Article, Item, Rejection
from finnews.middlewares.stop import is_stopping
from finnews.outcome import FinishReason
from finnews.pages.article import ArticlePage
from finnews.pages.base import BrokenPage, Link, Page
from finnews.pages.news_list import NewsListPage
from finnews.pages.stats import PageStats
from finnews.site import FINANZEN_NET
from finnews.spiders.base import ResultT
from finnews.spiders.depth import Depth
from finnews.spiders.news import NewsSpider
from tests.histories.site import DEEP, FEED, SECTION, Answer, Site, Slot, split

DEPTH = Depth(top=4, deep=6, deepest=12)
"""Small, as the lists of the model are."""

TOLERANCE = timedelta(minutes=5)
"""By how much a time can be ahead of the clock and be read."""

_SITE = replace(
    FINANZEN_NET, news=tuple(url.removeprefix(FINANZEN_NET.url) for url in (FEED, SECTION, DEEP))
)


class Stored:
    """What is on the disk: the last version of each record."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], Item] = {}

    def add(self, item: Item, now: datetime) -> None:
        """Store a record's next version."""
        key = (item.collection, item.keys[0])
        stored = self.records.get(key)
        version = merged(stored, item, now) if stored else item
        self.records[key] = replace(version, version=(stored.version or 0) + 1 if stored else 1)

    def article(self, id_: str) -> Article | None:
        """Return an archived article."""
        record = self.records.get((Article.collection, f"id:{id_}"))
        return record if isinstance(record, Article) else None


class ModelArchive:
    """An archive whose readings are lost in a kill unless they were committed."""

    directory = Path("output")
    has_failed = False

    def __init__(self, stored: Stored, clock: Callable[[], datetime]) -> None:
        self.stored = stored
        self.clock = clock
        self.readings: list[Item] = []

    def find(self, item_class: type[Item], key: str) -> Item | None:
        """Return the last version of a record, committed or not."""
        record = self.stored.records.get((item_class.collection, key))
        for reading in self.readings:
            if reading.collection == item_class.collection and reading.keys[0] == key:
                record = merged(record, reading, self.clock()) if record else reading
        return record

    def all_of(self, item_class: type[Item]) -> Iterator[Item]:
        """Yield the last committed version of each record of a class."""
        records = list(self.stored.records.items())
        yield from (item for (kind, _), item in records if kind == item_class.collection)

    def add(self, item: Item) -> None:
        """Take a reading that waits for the commit."""
        self.readings.append(copy(item))

    def commit(self) -> None:
        """Store the readings."""
        for reading in self.readings:
            self.stored.add(reading, self.clock())
        self.readings.clear()

    def close(self) -> None:
        """Store the readings."""
        self.commit()


class _Stats:
    def __init__(self) -> None:
        self.values: dict[str, int] = {}

    def inc_value(self, name: str, by: int = 1) -> None:
        self.values[name] = self.values.get(name, 0) + by

    def get_value(self, name: str, default: int = 0) -> int:
        return self.values.get(name, default)

    def get_stats(self) -> dict[str, int]:
        return self.values

    def set_value(self, name: str, value: Any) -> None:
        self.values[name] = value


class _Signals:
    def connect(self, *_: object, **__: object) -> None:
        """Nothing ends a crawl of the model but the model."""


class _Crawler:
    """What a spider needs of its crawler."""

    def __init__(self) -> None:
        self.stats = _Stats()
        self.signals = _Signals()

    @property
    def engine(self) -> None:
        raise RuntimeError("a model has no engine")


class _ArticleModel(ArticlePage):
    def __init__(self, url: str, answer: Answer, now: datetime) -> None:
        self.url = url
        self.answer = answer
        self.now_ = now

    def items(self) -> Iterator[Item]:
        story = self.answer.story
        if story is None or story.dated > self.now_ + TOLERANCE:  # none is of a time to come
            yield Rejection(url=self.url, reason="incomplete-article")
            return
        yield Article(
            url=self.url,
            id=story.id,
            headline=f"version {story.version}",
            date_published=story.published.isoformat(),
            date_modified=story.changes[-1].isoformat() if story.changes else None,
        )


class _ListModel(NewsListPage):
    def __init__(self, url: str, answer: Answer, site: Site, now: datetime) -> None:
        self.url = url
        self.answer = answer
        self.model = site
        self.now_ = now
        self.stats = PageStats(url)

    def items(self) -> Iterator[Item]:
        if not self.answer.entries:
            yield Rejection(url=self.url, reason="no-entries")

    def links(self) -> Iterator[Link]:
        for slot in self.answer.entries:
            if slot.date and slot.date > self.now_ + TOLERANCE:
                self.stats.doubt("date", "implausible", slot.date.isoformat())
            yield Link(self.model.stories[slot.id].url, _date(slot, self.now_))
        address, _ = split(self.url)
        for number in self.answer.pages:
            yield Link(address if number == 1 else f"{address}?p={number}")


class _NoBudget:
    def close(self) -> None:
        """Nothing is limited."""


class _ModelResponse(Response):
    answer: Answer


class ModelSpider(NewsSpider):
    """The spider, with a page for what the model answers."""

    depth = DEPTH
    crawl: "Crawl"

    def now(self) -> datetime:
        return self.crawl.clock()

    def page(self, response: Response) -> Page:
        assert isinstance(response, _ModelResponse)
        answer = response.answer
        if response.status != 200:
            raise BrokenPage(f"status-{response.status}")
        if answer.failure == "broken":
            raise BrokenPage("truncated")
        if answer.story or answer.failure == "incomplete":
            return _ArticleModel(response.url, answer, self.now())
        return _ListModel(response.url, answer, self.crawl.site, self.now())

    def read(self, page: Page, part: Callable[[], Iterable[ResultT]]) -> list[ResultT]:  # noqa: ARG002
        """A page of the model takes no time."""
        return list(part())

    def count_page(self, page: Page) -> None:
        """Nothing is counted on a page of the model."""


class Crawl:
    """One crawl: `step` sends a request, `finish` the rest, `kill` ends it at once."""

    def __init__(
        self, site: Site, stored: Stored, ahead: timedelta, rng: Random, **arguments: str
    ) -> None:
        self.site = site
        self.ahead = ahead
        self.rng = rng
        self.arguments = arguments
        self.archive = ModelArchive(stored, self.clock)
        self.asked: list[str] = []
        self.shown: dict[str, list[Slot]] = {}
        """List → what its pages showed, in order."""

        self.ends_shown: set[str] = set()
        self.failed: set[str] = set()
        """Addresses of articles that were not sent whole."""

        self.moved: set[str] = set()
        """Those of them that are somewhere else for good, as the site says."""

        self.read: dict[str, tuple[int, datetime | None]] = {}
        """Id → version of an article that was sent whole, and its latest date in lists then."""

        self.unmodified: set[str] = set()
        """Lists whose first page is as it was when they were read completely."""

        self.faulted: set[str] = set()
        """Addresses that were answered otherwise than the site has them."""

        self.disturbed: set[str] = set()
        """Lists that the site changed while they were read, otherwise than by adding on top."""

        self.queue: list[Request] = []
        self.seen: set[str] = set()
        self.reason = ""
        self.spider = ModelSpider(**arguments)
        self.spider.crawl = self
        self.spider.site = _SITE
        self.spider.budget = _NoBudget()  # type: ignore[assignment]
        self.spider.crawler = _Crawler()  # type: ignore[assignment]
        self.spider.archive = self.archive  # type: ignore[assignment]
        for request in drained(self.spider.start()):
            self._schedule(request)

    def clock(self) -> datetime:
        """Return what the crawler's clock says."""
        return self.site.now + self.ahead

    @property
    def is_over(self) -> bool:
        """Whether the crawl has ended."""
        return bool(self.reason)

    def step(self) -> None:
        """Send the next request, or end the crawl if there is none."""
        if not self.queue or is_stopping(self.spider.crawler):
            self._close()
            return
        self.queue.sort(key=lambda request: request.priority)
        most = self.queue[-1].priority
        at = self.rng.choice([i for i, each in enumerate(self.queue) if each.priority == most])
        self._send(self.queue.pop(at))

    def finish(self) -> None:
        """Send all requests."""
        while not self.is_over:
            self.step()

    def kill(self) -> None:
        """End the crawl at once: what was not committed is lost."""
        self.reason = "killed"
        self.archive.readings.clear()

    def _close(self) -> None:
        self.reason = (
            FinishReason.LIMIT if is_stopping(self.spider.crawler) else FinishReason.FINISHED
        )
        self.spider.closed(self.reason)

    def _schedule(self, result: object) -> None:
        if isinstance(result, Request):
            if result.dont_filter or result.url not in self.seen:
                self.seen.add(result.url)
                self.queue.append(result)
        elif isinstance(result, Article) and not result.missing_fields():
            self.archive.add(result)
            if self.rng.random() < 0.5:
                self.archive.commit()

    def _send(self, request: Request) -> None:
        self.asked.append(request.url)
        self.spider.note_sent(request)
        answer = self.site.answer(request.url)
        if answer != self.site.true_answer(request.url):
            self.faulted.add(request.url)
        condition = request.headers.get("If-None-Match")
        if answer.etag and condition == answer.etag.encode():
            self._note_list(request.url, answer)
            self.unmodified.add(request.url)
            answer = Answer(304)
        if answer.location and FINANZEN_NET.has(answer.location):
            request = request.replace(url=answer.location)
            answer = self.site.answer(request.url)
        self._note_article(self.asked[-1], answer)
        for result in self._results(request, answer):
            self._schedule(result)

    def _results(self, request: Request, answer: Answer) -> Iterator[object]:
        if answer.failure in ("timeout", "disallowed"):
            kinds = {"timeout": TimeoutError("late"), "disallowed": IgnoreRequest("robots.txt")}
            failure = Failure(kinds[answer.failure])  # type: ignore[no-untyped-call]
            failure.request = request  # type: ignore[attr-defined]
            yield from self.spider.failed(failure)
            return
        headers = {"ETag": answer.etag} if answer.etag else {}
        if answer.location:
            headers["Location"] = answer.location
        response = _ModelResponse(request.url, answer.status, headers, request=request)
        response.answer = answer
        if answer.status == 200 and not answer.story:
            self._note_list(request.url, answer)
        self.spider.note_received(response)
        yield from self.spider.parse(response)

    def _note_article(self, url: str, answer: Answer) -> None:
        if split(url)[0] in self.site.lists:
            return
        story = answer.story
        if story and story.dated <= self.clock() + TOLERANCE:
            self.read[story.id] = (story.version, self.site.latest_date(story.id))
            self.failed.discard(url)
            return
        self.failed.add(url)
        if answer.status == 301:
            self.moved.add(url)

    def _note_list(self, url: str, answer: Answer) -> None:
        address, number = split(url)
        if answer.failure or address not in self.site.lists:
            return
        self.shown.setdefault(address, []).extend(answer.entries)
        if number >= self.site.page_count(address):
            self.ends_shown.add(address)


def drained(requests: AsyncIterator[Request]) -> Iterator[Request]:
    """Yield what an asynchronous iterator gives that waits for nothing."""
    while True:
        try:
            requests.__anext__().send(None)  # type: ignore[attr-defined]
        except StopIteration as given:
            yield given.value
        except StopAsyncIteration:
            return


def _date(slot: Slot, now: datetime) -> str | None:
    """Return the date of an entry as a page gives it: none in the future."""
    if slot.date is None or slot.date > now + TOLERANCE:
        return None
    return slot.date.isoformat()
