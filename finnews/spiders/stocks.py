"""``scrapy crawl stocks``: the quotes of papers, of shares on every exchange, and their ratings."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from finnews.instrument_paths import InstrumentPath, path_of
from finnews.items import Item, Quote
from finnews.middlewares.headers import header
from finnews.outcome import WrongUsage
from finnews.spiders.papers import PaperSpider


class StocksSpider(PaperSpider):
    """Fetches the page of each paper; of a share also its exchanges, price targets and calendar.

    ``stocks``: page names of shares, ISINs, WKNs, paths, addresses, or ``@`` and a file of them.
    ``index``: the members of an index. ``limit``: the most quotes.
    """

    name = "stocks"
    main_kind = Quote

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        if not self.has_papers:
            raise WrongUsage("stocks= or index= is needed: -a stocks=tesla,sap or -a index=dax")

    async def start(self) -> AsyncIterator[Request]:
        for request in self.requests_by_name():
            yield request

    def paper_requests(self, paper: InstrumentPath) -> Iterator[Request]:
        """Yield the requests for a paper's pages, its own first, which has its ISIN and WKN."""
        own = path_of(paper.kind, paper.page)
        paths = [path.format(page=paper.page) for path in self.site.of_stock]
        for place, path in enumerate(paths if paper.kind == "stock" else [own]):
            yield self.request(self.site.address(path), priority=len(paths) - place)

    def on_gone(self, response: Response) -> Iterator[Item]:
        yield self.rejection(response.url, f"gone-{response.status}")

    def on_moved(self, response: Response) -> Iterator[Item]:
        yield self.rejection(response.url, "moved", {"where": header(response, "Location")})

    def on_not_asked(self, url: str, why: str) -> Iterator[Item]:
        yield self.rejection(url, "not-asked", {"why": why})
