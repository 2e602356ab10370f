"""``scrapy crawl stocks``: the quotes of papers, of shares on every exchange, and their ratings."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from finnews.instrument_paths import InstrumentPath, path_of
from finnews.items import TICKER, Item, Quote
from finnews.middlewares.headers import header
from finnews.outcome import WrongUsage
from finnews.pages.base import Page
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
        self.of_others: set[str] = set()
        """Keys of papers whose pages have another number than was asked for."""

    async def start(self) -> AsyncIterator[Request]:
        for request in self.requests_by_name():
            yield request

    def paper_requests(self, paper: InstrumentPath) -> Iterator[Request]:
        """Yield the requests for a paper's pages, its own first, which has its ISIN and WKN."""
        own = path_of(paper.kind, paper.page)
        paths = [path.format(page=paper.page) for path in self.site.of_stock]
        for place, path in enumerate(paths if paper.kind == "stock" else [own]):
            yield self.request(self.site.address(path), priority=len(paths) - place)

    def filtered(self, page: Page, items: list[Item]) -> list[Item]:
        """Return the items of a page, unless all that asked for it did so by another number."""
        quotes = [item for item in items if isinstance(item, Quote) and item.source != TICKER]
        for quote in quotes:
            self.papers.note_numbers(quote)
        for key in {str(quote.instrument()) for quote in quotes}:
            named = self.papers.named(key)
            if named and set(named) == set(self.papers.contradicted(key)):
                self.of_others.add(key)
                self.papers.note_shown(key)
                return []
        return super().filtered(page, items)

    def parse(self, response: Response) -> Iterator[Item | Request]:
        key = response.request.meta.get("paper") if response.request else None
        return iter(()) if key in self.of_others else super().parse(response)

    def on_gone(self, response: Response) -> Iterator[Item]:
        yield self.rejection(response.url, f"gone-{response.status}")

    def on_moved(self, response: Response) -> Iterator[Item]:
        yield self.rejection(response.url, "moved", {"where": header(response, "Location")})

    def on_not_asked(self, url: str, why: str) -> Iterator[Item]:
        yield self.rejection(url, "not-asked", {"why": why})
