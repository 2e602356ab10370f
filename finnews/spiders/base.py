"""What all spiders share: pages are requested, read, stamped; failures become rejections."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import parse_qs, urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.archive import Archive
from finnews.items import Item, Rejection
from finnews.middlewares.blocking import Refused
from finnews.middlewares.errors import NOT_ASKED, cause
from finnews.middlewares.headers import header
from finnews.middlewares.stop import CrawlStopping, stop
from finnews.outcome import FinishReason
from finnews.pages import page_type
from finnews.pages.answer import page_of
from finnews.pages.base import BrokenPage, Link, Page
from finnews.pages.stats import PageStats
from finnews.site import Site, site_at
from finnews.spiders.archive import SpiderArchive
from finnews.spiders.arguments import WrongArgument, day, positive

GONE = frozenset({404, 410})


class SiteSpider(Spider):
    """Follows the site's pages. Subclasses say where to start and what to follow.

    A page gives its items, stamped with the time of the fetch, and the requests to which
    `follow` says yes. What could not be fetched or read becomes a `Rejection`.
    """

    main_kind: ClassVar[type[Item]]
    """The items that ``limit`` counts."""

    known_arguments: ClassVar[dict[str, Callable[[str, str], Any]]] = {
        "since": day,
        "limit": positive,
    }

    archive: Archive
    site: Site
    allowed_domains: list[str]

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        for argument in arguments:
            if argument not in self.known_arguments:
                known = ", ".join(sorted(self.known_arguments))
                raise WrongArgument(f"unknown argument {argument}; {self.name} knows {known}")
        self.since: str | None = None
        self.limit: int | None = None
        for argument, read in self.known_arguments.items():
            value = arguments.get(argument)
            setattr(self, argument, None if value is None else read(argument, value))
        self.arguments = arguments
        self.found: set[str] = set()
        self.page_stats: defaultdict[str, PageStats] = defaultdict(PageStats)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.site = site_at(crawler.settings["SITE_URL"])
        spider.allowed_domains = [str(urlsplit(spider.site.url).hostname)]
        directory = Path(crawler.settings["OUTPUT_DIR"])
        spider.archive = SpiderArchive(directory, crawler, spider.site.host)
        return spider

    def start_paths(self) -> Iterable[str]:
        """Return the paths of the first requests, in their order."""
        raise NotImplementedError

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        """Yield requests for what a page leads to; `address` is the page's with its query."""
        raise NotImplementedError

    def filtered(self, _page: Page, items: list[Item]) -> list[Item]:
        """Return which items of a page are young enough."""
        return [item for item in items if not self.is_old(item)]

    def is_old(self, item: Item) -> bool:
        """Return whether an item is dated before ``since``; one without a date is not."""
        at = item.dated
        return self.since is not None and at is not None and at[:10] < self.since

    async def start(self) -> AsyncIterator[Request]:
        for path in self.start_paths():
            yield self.request(self.site.address(path))

    def request(self, url: str, priority: int = 0) -> Request:
        """Return a request for a page of the site."""
        return Request(url, callback=self.parse, errback=self.failed, priority=priority)

    def parse(self, response: Response) -> Iterator[Item | Request]:
        """Yield what a page holds, then what it leads to; of a broken page, a rejection."""
        if response.status in GONE:
            yield from self.on_gone(response)
            return
        if 300 <= response.status < 400:
            yield from self.on_moved(response)
            return
        try:
            page = self.page(response)
        except BrokenPage as broken:
            yield self.rejection(response.url, str(broken))
            return
        try:
            yield from self.results(page, response.url)
        finally:
            self.count_page(page)

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Yield what a page holds, then what it leads to, unless the limit is reached."""
        items = [self.stamped(item) for item in page.items()]
        yield from self.limited(self.filtered(page, items))
        if self.has_reached_limit():
            message = "Limit reached: %d %s were found"
            stop(self.crawler, FinishReason.LIMIT, message, self.limit, self.main_kind.collection)
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
        why = cause(failure.value)
        if why == NOT_ASKED:
            yield from self.on_not_asked(request.url, str(failure.value))
            return
        said = f"{type(failure.value).__name__}: {failure.value}"
        yield self.rejection(request.url, why, {"error": said})

    def on_gone(self, _response: Response) -> Iterator[Item]:
        """Yield what to record of a page that is no more: nothing, it is counted."""
        self.count("gone")
        return iter(())

    def on_moved(self, _response: Response) -> Iterator[Item]:
        """Yield what to record of a page that has moved to another host: nothing."""
        self.count("moved")
        return iter(())

    def on_not_asked(self, _url: str, _why: str) -> Iterator[Item]:
        """Yield what to record of a page that robots.txt keeps from us: nothing."""
        self.count("not-asked")
        return iter(())

    def page(self, response: Response) -> Page:
        """Return the page that was answered; `BrokenPage` where it is none that can be read."""
        page = page_of(
            response.url,
            response.body,
            status=response.status,
            content_type=header(response, "Content-Type"),
            site=self.site,
        )
        self.count(f"pages/{page.name()}")
        return page

    def limited(self, items: list[Item]) -> Iterator[Item]:
        """Yield items until more than ``limit`` of the main kind are found, each counted once."""
        for item in items:
            if self.limit is not None and isinstance(item, self.main_kind):
                self.found.add(item.keys[0])
                if len(self.found) > self.limit:
                    return
            yield item

    def has_reached_limit(self) -> bool:
        """Return whether ``limit`` items of the main kind were found."""
        return self.limit is not None and len(self.found) >= self.limit

    def rejection(self, url: str, reason: str, item: dict[str, Any] | None = None) -> Item:
        """Return the record of a page that gave nothing."""
        return self.stamped(Rejection(url=url, reason=reason, item=item))

    def stamped(self, item: Item) -> Item:
        """Return an item with the time at which it was fetched, which is now."""
        return replace(item, fetched_at=datetime.now(UTC).isoformat(timespec="seconds"))

    def on_site(self, page: Page) -> list[Link]:
        """Return the links of a page that stay on the site, and count the others."""
        every = list(page.links())
        ours = [link for link in every if self.site.has(link.url)]
        leads = any(page_type(link.url, self.site) not in (None, type(page)) for link in ours)
        self.count(f"followed/{page.name()}")
        self.count(f"leading/{page.name()}", leads)
        self.count("foreign-links", len(every) - len(ours))
        return ours

    def count(self, key: str, by: int = 1) -> None:
        """Count something of the run as a whole."""
        self.crawler.stats.inc_value(f"finnews/{key}", by)

    def count_page(self, page: Page) -> None:
        """Add what was counted on a page that was read to what was counted on its type."""
        self.page_stats[page.name()].add_page(page.stats)

    def closed(self, _reason: str) -> None:
        """Put what pages counted into Scrapy's stats, and close the archive, in any case."""
        for page, stats in self.page_stats.items():
            for name, number in stats.named(page).items():
                self.crawler.stats.set_value(name, number)
        self.archive.close()


def page_number(url: str) -> int:
    """Return which page of a list an address is.

    >>> page_number("https://www.finanzen.net/analysen?p=12"), page_number("/analysen")
    (12, 1)
    """
    number = parse_qs(urlsplit(url).query).get("p", ["1"])[0]
    return int(number) if number.isdigit() else 1


def next_page(links: Iterable[Link], address: str) -> Link | None:
    """Return the link to the page of a list that follows the one at `address`."""
    path, number = urlsplit(address).path, page_number(address) + 1
    same_list = (link for link in links if urlsplit(link.url).path == path)
    return next((link for link in same_list if page_number(link.url) == number), None)
