"""A crawl of the spider itself: its requests are answered by the model of the site.

Only what stands between request and response, the reading of pages and the files are left out.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Final

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure

from finnews.items import Article, Rating, Rejection
from finnews.middlewares.blocking import Refused
from finnews.middlewares.claims import ArchivedMeanwhile
from finnews.middlewares.stop import is_stopping
from finnews.outcome import FinishReason
from finnews.site import FINANZEN_NET
from tests.histories.archive import ModelArchive, ModelLocks, Stored
from tests.histories.faults import Answer, Slot, Story, split
from tests.histories.site import Site
from tests.histories.spiders import (
    SITE,
    ModelCrawler,
    ModelNewsSpider,
    ModelRatingsSpider,
    ModelResponse,
    ModelSpider,
    NoBudget,
)

REFUSALS: Final = 3
"""Refusals in a row that end a crawl."""

PATIENCE: Final = 2
"""How often a crawl waits for another one that requests the same article."""

DAY: Final = timedelta(days=1)

REDIRECTS: Final = 5
"""Redirects of a request that are followed."""

_FAILURES: Final[dict[str, Exception]] = {
    "timeout": TimeoutError("late"),
    "disallowed": IgnoreRequest("robots.txt"),
    "refused": Refused("status 403"),
    "archived meanwhile": ArchivedMeanwhile("by another crawl"),
}


class _Reading:
    """What a page gives, taken bit by bit."""

    def __init__(self, request: Request, answer: Answer, results: Iterator[object]) -> None:
        self.request = request
        self.answer = answer
        self.results = results
        self.is_shown = "list_page" not in request.meta
        """Whether it has been noted what a list's page shows."""


class Crawl:
    """One crawl: `step` does the next thing, `finish` the rest, `kill` ends it at once.

    Up to `most` requests are sent at a time. Responses come and are read in any order.
    """

    def __init__(
        self,
        site: Site,
        stored: Stored,
        ahead: timedelta,
        rng: Random,
        *,
        most: int = 1,
        has_job: bool = False,
        **arguments: str,
    ) -> None:
        self.site = site
        self.stored = stored
        self.ahead = ahead
        self.rng = rng
        self.most = most
        self.has_job = has_job
        self.arguments = arguments
        self.archive = ModelArchive(stored, self.clock)
        self.locks = ModelLocks(stored)
        self.began = self.clock()
        self.asked: list[str] = []
        self.shown: dict[str, list[Slot]] = {}
        """List → what its pages showed, in order."""

        self.shown_aside: list[Slot] = []
        """What other pages of lists showed."""

        self.pages: dict[str, int] = {}
        """List → how many of its pages were sent, in order."""

        self.rejections: set[str] = set()
        """Reasons of the rejections."""

        self.ends_shown: set[str] = set()
        self.failed: set[str] = set()
        """Addresses of articles that were not sent whole."""

        self.moved: set[str] = set()
        """Those of them that are somewhere else for good, as the site says."""

        self.gone: set[str] = set()
        """Those of them that are gone for good, as the site says."""

        self.sent_whole: dict[tuple[str, int], datetime | None] = {}
        """Id and version of an article that was sent whole → its latest date in lists then."""

        self.unmodified: set[str] = set()
        """Lists whose first page is as it was when they were read completely."""

        self.faulted: set[str] = set()
        """Addresses that were answered otherwise than the site has them."""

        self.disturbed: set[str] = set()
        """Lists that the site changed while they were read, otherwise than by adding on top."""

        self.seen: set[str] = set()
        self.refusals = 0
        self.has_answered = False
        self.reason = ""
        self.stopped = ""
        self.spider = self._spider()
        self.queue = list(stored.queue) if has_job else []
        self.starting: Iterator[Request] | None = drained(self.spider.start())
        self.sent: list[Request] = []
        self.received: list[tuple[Request, Answer]] = []
        self.reading: list[_Reading] = []
        if most == 1:
            self.start()

    def clock(self) -> datetime:
        """Return what the crawler's clock says."""
        return self.site.now + self.ahead

    @property
    def is_over(self) -> bool:
        """Whether the crawl has ended."""
        return bool(self.reason)

    def step(self) -> None:
        """Do the next thing, or end the crawl if there is none."""
        assert not self.is_over
        is_stopping_ = self.stopped or is_stopping(self.spider.crawler)
        moves: list[Callable[[], None]] = []
        if not is_stopping_ and self.starting:
            moves.append(self._start_on)
        if not is_stopping_ and self.queue and len(self.sent) < self.most:
            moves.append(self.send)
        moves += [self.receive] if self.sent else []
        moves += [self.read] if self.received else []
        moves += [self.read_on] if self.reading else []
        if not moves:
            self._close()
            return
        self.rng.choice(moves)()
        if self.most == 1:
            self.read_all()

    def finish(self) -> None:
        """Do everything that is left."""
        while not self.is_over:
            self.step()

    def stop(self, reason: str = FinishReason.SHUTDOWN) -> None:
        """Send no more requests; what was sent is awaited and read."""
        self.stopped = self.stopped or reason

    def kill(self) -> None:
        """End the crawl at once: what was not committed is lost."""
        self.reason = "killed"
        self.archive.readings.clear()
        self.locks.release_all()

    def _spider(self) -> ModelSpider:
        kind = ModelRatingsSpider if self.site.prints_days else ModelNewsSpider
        spider = kind(**self.arguments)
        spider.crawl = self
        spider.site = SITE
        spider.budget = NoBudget()  # type: ignore[assignment]
        spider.crawler = ModelCrawler()  # type: ignore[assignment]
        spider.archive = self.archive  # type: ignore[assignment]
        spider.locks = self.locks  # type: ignore[assignment]
        self.archive.on_committed = spider.on_committed
        return spider

    def start(self, count: int | None = None) -> None:
        """Schedule what the spider starts with, or so many requests of it."""
        requests = list(islice(self.starting or (), count))
        for request in requests:
            self._schedule(request)
        if count is None or not requests:
            self.starting = None

    def _start_on(self) -> None:
        self.start(1)

    def _close(self) -> None:
        is_limited = is_stopping(self.spider.crawler)
        reached = FinishReason.LIMIT if is_limited else FinishReason.FINISHED
        refused = FinishReason.REFUSED if self.refusals and not self.has_answered else ""
        self.reason = self.stopped or refused or reached
        if self.has_job:
            self.stored.queue = self.queue
        self.spider.closed(self.reason)

    def _schedule(self, result: object) -> None:
        if isinstance(result, Request):
            if result.dont_filter or result.url not in self.seen:
                self.seen |= set() if result.dont_filter else {result.url}
                self.queue.append(result)
            else:
                self.spider.note_dropped(result)
        elif isinstance(result, Rejection):
            self.rejections.add(str(result.reason))
        elif isinstance(result, Article | Rating) and not result.missing_fields():
            self.archive.add(result)
            self.spider.note_processed(result)
            if self.rng.random() < 0.5:
                self.archive.commit()

    def send(self, url: str = "") -> None:
        """Send the request for an address, or one of the most urgent."""
        most = max(request.priority for request in self.queue)
        first = [each for each in self.queue if (each.url == url if url else each.priority == most)]
        request = self.rng.choice(first)
        self.queue.remove(request)
        if not self._is_claimed(request):
            return
        self.asked.append(request.url)
        self.spider.note_sent(request)
        self.sent.append(request)

    def _is_claimed(self, request: Request) -> bool:
        """Return whether to send a request, which may wait for another crawl."""
        waited = request.meta.get("claim_waited", 0)
        if not self.spider.claims.acquire(request) and waited <= PATIENCE:
            meta = request.meta | {"claim_waited": waited + 1}
            self.queue.append(request.replace(meta=meta, priority=-1))
            return False
        if self.spider.claims.is_archived_meanwhile(request):
            self.received.append((request, Answer(failure="archived meanwhile")))
            return False
        return True

    def receive(self, url: str = "") -> None:
        """Let the site answer a request: with a page, or by leading to another address."""
        request = self.rng.choice([each for each in self.sent if url in ("", each.url)])
        self.sent.remove(request)
        answer = self.site.answer(request.url)
        asked = _asked(request)
        self._note_faults(request, answer)
        if answer.location and FINANZEN_NET.has(answer.location):
            self._note_article(asked, answer)
            self._redirect(request, answer)
            return
        if _is_unmodified(request, answer):
            self.unmodified.add(split(request.url)[0])
            answer = answer._replace(status=304)
        self._note_article(asked, answer)
        self._count_refusals(answer)
        if answer.failure not in _FAILURES:
            self.spider.note_received(_response(request, answer))
        self.received.append((request, answer))

    def _redirect(self, request: Request, answer: Answer) -> None:
        """Schedule the request for another address, which can have been requested already."""
        urls = [*request.meta.get("redirect_urls", []), request.url]
        if len(urls) > REDIRECTS:
            self.received.append((request, Answer(failure="disallowed")))
            return
        reasons = [*request.meta.get("redirect_reasons", []), answer.status]
        meta = {**request.meta, "redirect_urls": urls, "redirect_reasons": reasons}
        priority = request.priority + 2
        self._schedule(request.replace(url=answer.location, meta=meta, priority=priority))

    def _count_refusals(self, answer: Answer) -> None:
        is_refused = answer.failure == "refused"
        self.refusals = self.refusals + 1 if is_refused else 0
        self.has_answered |= not is_refused
        if self.refusals == REFUSALS:
            self.stop(FinishReason.REFUSED)

    def read(self, url: str = "") -> None:
        """Begin to read what came."""
        came = [each for each in self.received if url in ("", each[0].url)]
        request, answer = self.rng.choice(came)
        self.received.remove((request, answer))
        self.reading.append(_Reading(request, answer, self._results(request, answer)))

    def read_on(self) -> None:
        """Take some of what a page gives, or all."""
        reading = self.rng.choice(self.reading)
        count = None if self.most == 1 else self.rng.choice((1, 2, None))
        results = list(islice(reading.results, count))
        is_read = count is None or len(results) < count
        if is_read:
            self.reading.remove(reading)
        self._note_links(reading.request, reading.answer)
        if not reading.is_shown and (is_read or isinstance(results[-1], Request)):
            reading.is_shown = True
            self._note_list(reading.request, reading.answer)
        for result in results:
            if not isinstance(result, Article | Rating) or reading.answer.failure != "dropped":
                self._schedule(result)

    def read_all(self) -> None:
        """Read what was requested before anything else happens."""
        while self.sent:
            self.receive()
        while self.received:
            self.read()
        while self.reading:
            self.read_on()

    def _results(self, request: Request, answer: Answer) -> Iterator[object]:
        if answer.failure not in _FAILURES:
            yield from self.spider.parse(_response(request, answer))
            return
        failure = Failure(_FAILURES[answer.failure])  # type: ignore[no-untyped-call]
        failure.request = request  # type: ignore[attr-defined]
        yield from self.spider.failed(failure)

    def _note_faults(self, request: Request, answer: Answer) -> None:
        address, number = split(request.url)
        is_list = address in self.site.lists
        is_missing = is_list and answer.status >= 400
        true = self.site.true_answer(request.url)
        is_last = is_list and 1 < number == self.site.page_count(address)
        if is_last and not self.site.promises_more:
            true = true._replace(pages=answer.pages)  # it needs no pager
        if answer == true and not is_missing:
            return
        if is_list and self.site.faults.get(request.url) == "stale":
            self.disturbed.add(address)
        else:
            self.faulted.add(request.url)

    def _note_article(self, url: str, answer: Answer) -> None:
        if split(url)[0] in self.site.lists:
            return
        story = answer.story
        if (
            story
            and story.url == url
            and not (answer.failure or self._is_to_come(story, answer.version))
        ):
            self.sent_whole[story.id, answer.version] = self.site.latest_date(
                story.id, self.clock()
            )
            self.failed.discard(url)
            return
        self.failed.add(url)
        if answer.status == 301:
            self.moved.add(url)
        if answer.status == 410:
            self.gone.add(url)

    def _is_to_come(self, story: Story, version: int) -> bool:
        return self.site.is_to_come(story.dated_in(version), self.clock())

    def _note_links(self, request: Request, answer: Answer) -> None:
        """Note what an article shows beside its text of the last day."""
        story = answer.story
        if story and not answer.failure and story.url == request.url:
            slots = self.site.linked.get(story.id, ())
            self.shown_aside += [slot for slot in slots if slot.date and self._is_recent(slot.date)]

    def _is_recent(self, date: datetime) -> bool:
        moments = (self.began, self.clock())
        return date >= max(moments) - DAY and not self.site.is_to_come(date, min(moments))

    def _note_list(self, request: Request, answer: Answer) -> None:
        address, number = split(request.url)
        is_sent = answer.status == 200 or bool(answer.entries)
        if answer.failure or not is_sent or split(_asked(request)) != (address, number):
            return
        if number != self.pages.get(address, 0) + 1:  # a job's request of an earlier run
            self.shown_aside.extend(answer.entries)
            return
        self.pages[address] = number
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


def _asked(request: Request) -> str:
    """Return the address that was requested before a redirect."""
    asked: str = request.meta.get("redirect_urls", [request.url])[0]
    return asked


def _response(request: Request, answer: Answer) -> ModelResponse:
    values = {
        "ETag": answer.etag,
        "Last-Modified": answer.last_modified,
        "Location": answer.location,
    }
    headers = {name: value for name, value in values.items() if value}
    response = ModelResponse(request.url, answer.status, headers, request=request)
    response.answer = answer
    return response


def _is_unmodified(request: Request, answer: Answer) -> bool:
    """Return whether a page is the one that a conditional request knows; an ``ETag`` counts."""
    for name, value in (
        ("If-None-Match", answer.etag),
        ("If-Modified-Since", answer.last_modified),
    ):
        if value and name in request.headers:
            return bool(request.headers[name] == value.encode())
    return False
