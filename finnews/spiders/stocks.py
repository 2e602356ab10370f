"""``scrapy crawl stocks``: every price of some shares, and the ratings in their tables."""

from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.items import Instrument, Item, Quote
from finnews.middlewares.blocking import Refused
from finnews.middlewares.headers import header
from finnews.middlewares.stop import CrawlStopping, stop
from finnews.outcome import FinishReason
from finnews.pages.base import BrokenPage, Page
from finnews.pages.index_members import IndexMembersPage
from finnews.pages.stock import StockPage
from finnews.pages.suggestions import ADDRESS, SuggestionsPage
from finnews.processors import isin, wkn
from finnews.spiders.arguments import WrongArgument, names
from finnews.spiders.base import GONE, SiteSpider, page_number


class StocksSpider(SiteSpider):
    """Three pages of each share: its own, its exchanges, its price targets.

    ``stocks``: page names, ISINs or WKNs, separated by commas. ``index``: the members of an
    index. ``limit``: the most quotes. An ISIN or WKN is looked up in the register of what was
    met, then in the site's suggestions; one that is found nowhere ends the run.
    """

    name = "stocks"
    main_kind = Quote
    known_arguments = SiteSpider.known_arguments | {"stocks": names, "index": names}

    stocks: tuple[str, ...] | None
    index: tuple[str, ...] | None

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        if not (self.stocks or self.index):
            raise WrongArgument("stocks= or index= is needed: -a stocks=tesla,sap or -a index=dax")
        for number in self.stocks or ():
            if _looks_like_isin(number) and isin(number) is None:
                raise WrongArgument(f"stocks={number}: the check digit of this ISIN is wrong")

    async def start(self) -> AsyncIterator[Request]:
        pages = {name: self.page_name(name) for name in self.stocks or ()}
        for name, page in pages.items():
            if page is None:
                yield self.suggestion(name.upper())
        for page in filter(None, pages.values()):
            for request in self.of_share(page):
                yield request
        for index in self.index or ():
            yield self.request(self.site.address(self.site.members.format(index=index)))

    def page_name(self, name: str) -> str | None:
        """Return the page of a share that is named by it or by a number.

        ``None`` for a number that the register has not. What has the form of a WKN is one if the
        register has it, or if it is written in capitals with a digit (``A1CX3T``); ``hermes`` is
        a page.
        """
        number = isin(name) or wkn(name)
        if number is None:
            return name
        kind = "isin" if len(number) == 12 else "wkn"
        known = self.archive.find(Instrument, f"{kind}:{number}")
        if known is not None and known.kind == "stock":
            return known.page
        is_number = kind == "isin" or (name == number and not name.isalpha())
        return None if is_number else name

    def of_share(self, page: str) -> Iterator[Request]:
        """Yield the requests for a share's pages: first its own, which has its numbers."""
        for place, path in enumerate(self.site.of_stock):
            address = self.site.address(path.format(page=page))
            yield self.request(address, priority=len(self.site.of_stock) - place)

    def suggestion(self, number: str) -> Request:
        """Return the request that asks the site for a number."""
        return Request(
            self.site.address(ADDRESS.format(number=number)),
            callback=self.suggested,
            errback=self.not_suggested,
            cb_kwargs={"number": number},
            priority=len(self.site.of_stock) + 1,
        )

    def suggested(self, response: Response, number: str) -> Iterator[Request]:
        """Yield the requests for the share of exactly that number, or end the run."""
        try:
            page = self.page(response)
        except BrokenPage as broken:
            self.stop_unknown(number, f"the site's suggestions cannot be read: {broken}")
            return
        self.count_page(page)
        name = page.page_of(number) if isinstance(page, SuggestionsPage) else None
        if name is None:
            self.stop_unknown(number, "the site's suggestions do not have it")
            return
        yield from self.of_share(name)

    def not_suggested(self, failure: Failure) -> Iterator[Item]:
        """End the run: the site's suggestions may not be asked, or do not answer."""
        if isinstance(failure.value, Refused | CrawlStopping):
            yield from self.failed(failure)
            return
        request: Request = getattr(failure, "request")
        self.stop_unknown(request.cb_kwargs["number"], f"suggestions: {failure.value}")

    def stop_unknown(self, number: str, why: str) -> None:
        """End the run, and say how to make the number known."""
        advice = "crawl its page by name once: -a stocks=<name in the site's paths>"
        message = f"%s is unknown (%s); {advice}"
        stop(self.crawler, FinishReason.UNKNOWN_STOCK, message, number, why)

    def parse(self, response: Response) -> Iterator[Item | Request]:
        index = _index(response.url)
        if index and response.status in GONE and page_number(response.url) == 1:
            yield from self.members_elsewhere(response.url, index)
            return
        yield from super().parse(response)

    def members_elsewhere(self, url: str, index: str) -> Iterator[Request]:
        """Yield the request for an index's members at their other address, or end the run."""
        path = self.site.numbered_members.get(index)
        if path and url != self.site.address(path):
            yield self.request(self.site.address(path))
            return
        message = "index=%s is unknown: %s is not there"
        stop(self.crawler, FinishReason.UNKNOWN_INDEX, message, index, url)

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        if not isinstance(page, IndexMembersPage):
            return
        links = self.on_site(page)
        for link in links:
            share = StockPage.path.fullmatch(urlsplit(link.url).path)
            if share:
                yield from self.of_share(share["page"])
        number = page_number(address) + 1
        for link in links:
            if _index(link.url) == _index(address) and page_number(link.url) == number:
                yield self.request(link.url)

    def on_gone(self, response: Response) -> Iterator[Item]:
        yield self.rejection(response.url, f"gone-{response.status}")

    def on_moved(self, response: Response) -> Iterator[Item]:
        yield self.rejection(response.url, "moved", {"where": header(response, "Location")})

    def on_not_asked(self, url: str, why: str) -> Iterator[Item]:
        yield self.rejection(url, "not-asked", {"why": why})


def _index(url: str) -> str | None:
    """Return the index whose members an address lists; ``None`` if it is another page."""
    found = IndexMembersPage.path.fullmatch(urlsplit(url).path)
    return found["index"] if found else None


def _looks_like_isin(name: str) -> bool:
    return len(name) == 12 and name[:2].isalpha() and name[2:].isalnum() and name[-1].isdigit()
