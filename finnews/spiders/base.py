"""What all spiders share: they request pages, read them, stamp items and record failures."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from finnews.archive import Archive
from finnews.archive.named_locks import NamedLocks, named_locks
from finnews.items import TICKER, Item, Rejection
from finnews.middlewares.agent import warn_without_contact
from finnews.middlewares.blocking import Refused
from finnews.middlewares.errors import NOT_ASKED, cause
from finnews.middlewares.headers import header
from finnews.middlewares.stop import CrawlStopping, stop
from finnews.outcome import FinishReason, WrongUsage
from finnews.output_dir import output_dir
from finnews.pages import page_type
from finnews.pages.answer import page_of
from finnews.pages.base import BrokenPage, Link, Page
from finnews.pages.budget import Budget
from finnews.pages.hung import HungPages
from finnews.pages.stats import PageStats
from finnews.site import Site, site_at
from finnews.spiders.archive import SpiderArchive
from finnews.spiders.arguments import day, positive, text
from finnews.spiders.overlap import already_running, run_lock

ResultT = TypeVar("ResultT")

GONE = frozenset({404, 410})

_JOB = "_job"
"""Scrapyd's name of a run, which it gives to every spider as an argument"""


class SiteSpider(Spider):
    """Crawls the site. Subclasses say where to start and what to follow.

    A page gives its items, stamped with the time at which it was fetched, and the requests that
    `follow` yields. A page that could not be fetched or read gives a `Rejection`.
    """

    main_kind: ClassVar[type[Item]]
    """The items that ``limit`` counts."""

    sends_requests: ClassVar[bool] = True
    """Whether it requests pages of the site."""

    known_arguments: ClassVar[dict[str, Callable[[str, str], Any]]] = {
        "since": day,
        "until": day,
        "limit": positive,
    }

    archive: Archive
    budget: Budget
    locks: NamedLocks
    site: Site
    allowed_domains: list[str]

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        self.check_names(arguments)
        arguments.pop(_JOB, None)
        self.arguments = {
            name: text(value) for name, value in arguments.items() if value is not None
        }
        self.since: str | None = None
        self.until: str | None = None
        self.limit: int | None = None
        for argument, convert in self.known_arguments.items():
            value = self.arguments.get(argument)
            setattr(self, argument, None if value is None else convert(argument, value))
        if self.since and self.until and self.until < self.since:
            raise WrongUsage(f"until={self.until} is before since={self.since}")
        self.counted_keys: set[str] = set()
        self.page_stats: defaultdict[str, PageStats] = defaultdict(PageStats)

    @classmethod
    def check_names(cls, arguments: Iterable[str]) -> None:
        """Raise `WrongUsage` for an argument that the spider does not have."""
        for argument in arguments:
            if argument not in cls.known_arguments and argument != _JOB:
                known = ", ".join(sorted(cls.known_arguments))
                raise WrongUsage(f"unknown argument {argument}; {cls.name} takes {known}")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        if cls.sends_requests:
            warn_without_contact(crawler.settings)
        spider.site = site_at(crawler.settings["SITE_URL"])
        spider.allowed_domains = _domains(spider.site)
        directory = output_dir(crawler.settings)
        spider.archive = SpiderArchive(directory, crawler, spider.site.host, spider.on_committed)
        spider.locks = named_locks(directory)
        if not spider.locks.acquire(run_lock(spider.name, spider.arguments), spider):
            message = already_running(spider.name, directory)
            stop(crawler, FinishReason.ALREADY_RUNNING, "%s", message)
        spider.logger.info("Writing to %s", directory)
        spider.budget = budget_of(crawler.settings, HungPages(directory))
        crawler.signals.connect(spider.note_received, signals.response_received)
        return spider

    def note_received(self, response: Response) -> None:
        """Note when a page came, which can be long before it is read: another crawl may have got a
        later one meanwhile.
        """
        if response.request:
            meta = response.request.meta
            meta["received_at"] = meta.pop("came_at", None) or self.time()

    def start_paths(self) -> Iterable[str]:
        """Return the paths of the first requests, in their order."""
        raise NotImplementedError

    def follow(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Yield requests for links of a page; `address` is the page's, with its query.

        An item is what the page says of one that is archived: it keeps the time of that.
        """
        raise NotImplementedError

    def leave(self, page: Page, address: str) -> None:
        """Do what is to be done with a page that is not followed, since the limit is reached."""

    def filtered(self, _page: Page, items: list[Item]) -> list[Item]:
        """Return the items of a page that are not dated before ``since`` or after ``until``."""
        return [item for item in items if not self.is_outside(item.dated)]

    def is_outside(self, date: str | None) -> bool:
        """Return whether a date is before ``since`` or after ``until``; none is not."""
        if date is None:
            return False
        day = date[:10]
        return bool((self.since and day < self.since) or (self.until and day > self.until))

    async def start(self) -> AsyncIterator[Item | Request]:
        for path in self.start_paths():
            yield self.request(self.site.address(path))

    def request(self, url: str, priority: int = 0) -> Request:
        """Return a request for a page of the site."""
        return Request(url, callback=self.parse, errback=self.failed, priority=priority)

    def parse(self, response: Response) -> Iterator[Item | Request]:
        """Yield a page's items, then requests for its links; for a broken page, a rejection."""
        if response.status in GONE:
            yield from self.on_gone(response)
            return
        if 300 <= response.status < 400 and header(response, "Location"):
            yield from self.on_moved(response)
            return
        try:
            page = self.page(response)
        except BrokenPage as broken:
            yield self.rejection(response.url, str(broken))
            return
        try:
            for result in self.results(page, response.url):
                yield self.fetched(result, response) if isinstance(result, Item) else result
        except BrokenPage as broken:
            yield self.rejection(response.url, str(broken))
        finally:
            self.count_page(page)

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Yield a page's items, then requests for its links unless the limit is reached."""
        items = self.read(page, page.told_items)
        yield from self.limited(self.filtered(page, items))
        if self.has_reached_limit():
            message = "Limit of %d %s reached"
            stop(self.crawler, FinishReason.LIMIT, message, self.limit, self.main_kind.collection)
            self.leave(page, address)
            return
        yield from self.follow(page, address)

    def failed(self, failure: Failure) -> Iterator[Item]:
        """Yield a rejection for a page that could not be fetched."""
        request: Request = getattr(failure, "request")
        if isinstance(failure.value, CrawlStopping):
            return
        if isinstance(failure.value, Refused):
            yield self.rejection(request.url, "refused", {"seen": str(failure.value)})
            return
        reason = cause(failure.value)
        if reason == NOT_ASKED:
            yield from self.on_not_asked(request.url, str(failure.value))
            return
        error = f"{type(failure.value).__name__}: {failure.value}"
        yield self.rejection(request.url, reason, {"error": error})

    def on_committed(self) -> None:
        """Do what can be done when all that was read is archived."""

    def on_gone(self, _response: Response) -> Iterator[Item]:
        """Count a page that no longer exists; subclasses may yield items."""
        self.count("gone")
        return iter(())

    def on_moved(self, _response: Response) -> Iterator[Item]:
        """Count a page that has moved to another host; subclasses may yield items."""
        self.count("moved")
        return iter(())

    def on_not_asked(self, _url: str, _why: str) -> Iterator[Item]:
        """Count a page that robots.txt disallows; subclasses may yield items."""
        self.count("not-asked")
        return iter(())

    def page(self, response: Response) -> Page:
        """Return the page of a response. Raises `BrokenPage` if it cannot be read."""
        self.archive.commit_if_due()
        read = partial(
            page_of,
            response.url,
            response.body,
            status=response.status,
            content_type=header(response, "Content-Type"),
            site=self.site,
        )
        page = self.budget.read(response.url, len(response.body), read)
        self.count(f"pages/{page.name()}")
        return page

    def read(self, page: Page, part: Callable[[], Iterable[ResultT]]) -> list[ResultT]:
        """Return the items or links of a page. Raises `BrokenPage` if it takes too much for it."""
        return self.budget.read(page.requested_url, len(page.text), lambda: list(part()))

    def limited(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield items until ``limit`` of the main kind are read; repeated ones count once, and the
        header's ticker does not.
        """
        for item in items:
            is_counted = isinstance(item, self.main_kind) and item.reported_as != TICKER
            if self.limit is not None and is_counted:
                self.counted_keys.add(item.keys[0])
                if len(self.counted_keys) > self.limit:
                    return
            yield item

    def has_reached_limit(self) -> bool:
        """Return whether ``limit`` items of the main kind were read."""
        return self.limit is not None and len(self.counted_keys) >= self.limit

    def rejection(self, url: str, reason: str, item: dict[str, Any] | None = None) -> Item:
        """Return the record of a page that gave no items."""
        return self.stamped(Rejection(url=url, reason=reason, item=item))

    def fetched(self, item: Item, response: Response) -> Item:
        """Return an item with the time at which its page came, if it has none."""
        if item.fetched_at:
            return item
        return replace(item, fetched_at=response.meta.get("received_at") or self.time())

    def stamped(self, item: Item) -> Item:
        """Return an item with the current time as the time at which it was fetched."""
        return replace(item, fetched_at=self.time())

    def time(self) -> str:
        """Return the current time as `Item.fetched_at` has it."""
        return self.now().isoformat(timespec="seconds")

    def now(self) -> datetime:
        """Return the current time, in UTC."""
        return datetime.now(UTC)

    def on_site(self, page: Page) -> list[Link]:
        """Return the links of a page that stay on the site, and count the others."""
        links = self.read(page, page.links)
        own = (link._replace(url=self.site.own_address(link.url)) for link in links)
        on_site = [link for link in own if self.site.has(link.url)]
        leads = any(page_type(link.url, self.site) not in (None, type(page)) for link in on_site)
        self.count(f"followed/{page.name()}")
        self.count(f"leading/{page.name()}", leads)
        self.count("foreign-links", len(links) - len(on_site))
        return on_site

    def count(self, key: str, by: int = 1) -> None:
        """Add to a count of the run as a whole."""
        self.crawler.stats.inc_value(f"finnews/{key}", by)

    def count_page(self, page: Page) -> None:
        """Add the counts of a page to those of its type."""
        self.page_stats[page.name()].add_page(page.stats)

    def closed(self, _reason: str) -> None:
        """Put the counts of pages into Scrapy's stats, and close the archive."""
        self.budget.close()
        for page_name, stats in self.page_stats.items():
            for name, number in stats.stat_values(page_name).items():
                self.crawler.stats.set_value(name, number)
        try:
            self.archive.close()
        finally:
            self.locks.release_all(self)


def _domains(site: Site) -> list[str]:
    """Return the host of a site, with and without ``www.``, as Scrapy compares it."""
    host = str(urlsplit(site.url).hostname)
    return list(dict.fromkeys((host, host.removeprefix("www."))))


def budget_of(settings: BaseSettings, hung: HungPages) -> Budget:
    """Return what reading a page may take."""
    seconds, multiple = map(settings.getfloat, ("READING_TIMEOUT", "READING_MEMORY"))
    return Budget(seconds, multiple, hung)
