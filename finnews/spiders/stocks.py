"""``scrapy crawl stocks``: the quotes of stocks on every exchange, and ratings from tables."""

from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.items import Instrument, Item, Quote
from finnews.middlewares.blocking import Refused
from finnews.middlewares.headers import header
from finnews.middlewares.stop import CrawlStopping, stop
from finnews.outcome import FinishReason, WrongUsage
from finnews.pages.base import BrokenPage, Page
from finnews.pages.index_members import IndexMembersPage
from finnews.pages.stock import StockPage
from finnews.pages.suggestions import ADDRESS, SuggestionsPage
from finnews.processors import isin, wkn
from finnews.spiders.arguments import names
from finnews.spiders.base import GONE, SiteSpider
from finnews.spiders.paging import page_number


class StocksSpider(SiteSpider):
    """Fetches the pages of each stock: its own, its exchanges, price targets and calendar.

    ``stocks``: page names, ISINs or WKNs, separated by commas. ``index``: the members of an
    index. ``limit``: the most quotes. An ISIN or WKN is looked up in the register of
    instruments, then in the site's suggestions; if neither has it, the run ends.
    """

    name = "stocks"
    main_kind = Quote
    known_arguments = SiteSpider.known_arguments | {"stocks": names, "index": names}

    stocks: tuple[str, ...] | None
    index: tuple[str, ...] | None

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        if not (self.stocks or self.index):
            raise WrongUsage("stocks= or index= is needed: -a stocks=tesla,sap or -a index=dax")
        for number in self.stocks or ():
            if _looks_like_isin(number) and isin(number) is None:
                raise WrongUsage(f"stocks={number}: the check digit of this ISIN is wrong")

    async def start(self) -> AsyncIterator[Request]:
        pages = {name: self.page_name(name) for name in self.stocks or ()}
        for name, page in pages.items():
            if page is None:
                yield self.suggestion_request(name.upper())
        for page in filter(None, pages.values()):
            for request in self.stock_requests(page):
                yield request
        for index in self.index or ():
            yield self.request(self.site.address(self.site.members.format(index=index)))

    def page_name(self, name: str) -> str | None:
        """Return the page name for an element of ``stocks``; ``None`` for an unregistered number.

        A name of the form of a WKN is one if the register has it, or if it is in capitals with a
        digit (``A1CX3T``); ``hermes`` is a page.
        """
        number = isin(name) or wkn(name)
        if number is None:
            return name
        kind = "isin" if len(number) == 12 else "wkn"
        instrument = self.archive.find(Instrument, f"{kind}:{number}")
        if instrument is not None and instrument.kind == "stock":
            return instrument.page
        is_number = kind == "isin" or (name == number and not name.isalpha())
        return None if is_number else name

    def stock_requests(self, page: str) -> Iterator[Request]:
        """Yield the requests for a stock's pages, its own first, which has its ISIN and WKN."""
        for place, path in enumerate(self.site.of_stock):
            address = self.site.address(path.format(page=page))
            yield self.request(address, priority=len(self.site.of_stock) - place)

    def suggestion_request(self, number: str) -> Request:
        """Return the request for the site's suggestions for an ISIN or WKN."""
        return Request(
            self.site.address(ADDRESS.format(number=number)),
            callback=self.suggested,
            errback=self.not_suggested,
            cb_kwargs={"number": number},
            priority=len(self.site.of_stock) + 1,
        )

    def suggested(self, response: Response, number: str) -> Iterator[Request]:
        """Yield the requests for the stock with exactly that number, or end the run."""
        try:
            page = self.page(response)
        except BrokenPage as broken:
            self.stop_unknown(number, f"the site's suggestions cannot be read: {broken}")
            return
        self.count_page(page)
        paper = page.paper_of(number) if isinstance(page, SuggestionsPage) else None
        if paper is None or paper.kind != "stock":
            self.stop_unknown(number, "not in the site's suggestions")
            return
        yield from self.stock_requests(paper.page)

    def not_suggested(self, failure: Failure) -> Iterator[Item]:
        """End the run: suggestions are disallowed by robots.txt, or could not be fetched."""
        if isinstance(failure.value, Refused | CrawlStopping):
            yield from self.failed(failure)
            return
        request: Request = getattr(failure, "request")
        self.stop_unknown(request.cb_kwargs["number"], f"suggestions: {failure.value}")

    def stop_unknown(self, number: str, reason: str) -> None:
        """End the run, and say how to register the number."""
        advice = "crawl the stock once by its page name, -a stocks=<name in the site's paths>"
        message = f"%s is unknown (%s); {advice}"
        stop(self.crawler, FinishReason.UNKNOWN_STOCK, message, number, reason)

    def parse(self, response: Response) -> Iterator[Item | Request]:
        index = _index(response.url)
        if index and response.status in GONE and page_number(response.url) == 1:
            yield from self.numbered_members_request(response.url, index)
            return
        yield from super().parse(response)

    def numbered_members_request(self, url: str, index: str) -> Iterator[Request]:
        """Yield the request for the other address of an index's members, or end the run."""
        path = self.site.numbered_members.get(index)
        if path and url != self.site.address(path):
            yield self.request(self.site.address(path))
            return
        message = "index=%s is unknown: %s does not exist"
        stop(self.crawler, FinishReason.UNKNOWN_INDEX, message, index, url)

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        if not isinstance(page, IndexMembersPage):
            return
        links = self.on_site(page)
        for link in links:
            stock = StockPage.path.fullmatch(urlsplit(link.url).path)
            if stock:
                yield from self.stock_requests(stock["page"])
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
    """Return the index whose members are listed at an address; ``None`` for other pages."""
    match = IndexMembersPage.path.fullmatch(urlsplit(url).path)
    return match["index"] if match else None


def _looks_like_isin(name: str) -> bool:
    return len(name) == 12 and name[:2].isalpha() and name[2:].isalnum() and name[-1].isdigit()
