"""Spiders that can be asked for papers: what ``stocks=`` and ``index=`` name, and what is unknown.

A page name, a path or an address is requested as it is. A number is looked up in the register, then
in the site's suggestions. What is not found ends no run: it is told when all else was read.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Self
from urllib.parse import quote, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.instrument_paths import KINDS, InstrumentPath, section_of
from finnews.items import Instrument, Item, instrument_key
from finnews.middlewares.blocking import Refused
from finnews.middlewares.stop import CrawlStopping, stop
from finnews.outcome import WrongUsage
from finnews.pages.base import BrokenPage, Page
from finnews.pages.index_members import IndexMembersPage
from finnews.pages.suggestions import ADDRESS, SuggestionsPage
from finnews.site import is_same_host
from finnews.spiders.arguments import names, papers
from finnews.spiders.base import GONE, SiteSpider
from finnews.spiders.paging import page_number
from finnews.spiders.unknown_names import Unknown, told
from finnews.spiders.wanted import Wanted

_FIRST = 5
"""Priority of what says which pages to request"""


class PaperSpider(SiteSpider):
    """Reads pages of the papers that ``stocks=`` and ``index=`` name, if they are given.

    ``sections`` leaves those that are in other sections of the site: ``aktien``, ``etf``.
    """

    known_arguments = SiteSpider.known_arguments | {
        "stocks": papers,
        "index": names,
        "sections": names,
    }

    stocks: tuple[Wanted, ...] | None
    index: tuple[str, ...] | None
    sections: tuple[str, ...] | None

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        of_papers = set(KINDS)
        if self.has_papers and self.sections and not of_papers.issuperset(self.sections):
            names = ", ".join(sorted(of_papers))
            raise WrongUsage(f"sections={','.join(self.sections)}: papers are in {names}")
        self.asked: dict[str, Wanted | None] = {}
        """Key of a paper → what named it; ``None`` for a member of an index."""

        self.pages_left: Counter[str] = Counter()
        """Key of a paper → how many of its pages can still show that it exists."""

        self.unknown: list[Unknown] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.end_with_unknown, signals.spider_idle)
        return spider

    @property
    def has_papers(self) -> bool:
        """Whether the run is about papers that are named."""
        return bool(self.stocks or self.index)

    def paper_requests(self, paper: InstrumentPath) -> Iterator[Request]:
        """Yield the first requests for what a paper has on the site."""
        raise NotImplementedError

    def requests_by_name(self) -> Iterator[Request]:
        """Yield the first requests for all that ``stocks=`` and ``index=`` name."""
        for wanted in self.stocks or ():
            yield from self.wanted_requests(wanted)
        for index in self.index or ():
            yield self.members_request(self.site.members.format(index=index), index)

    def wanted_requests(self, wanted: Wanted) -> Iterator[Request]:
        """Yield the requests for a paper, or the one that looks for its number."""
        fault = wanted.fault
        if wanted.host and not is_same_host(wanted.host, self.site.host):
            fault = f"no address of {self.site.host}"
        paper = self.registered(wanted.number) or wanted.paper
        if fault:
            self.unknown.append(Unknown(wanted, fault))
        elif paper:
            yield from self.requests_of(paper, wanted)
        else:
            yield self.suggestion_request(wanted, str(wanted.number))

    def registered(self, number: str | None) -> InstrumentPath | None:
        """Return the paper that the register has under an ISIN or WKN."""
        if number is None:
            return None
        key = f"isin:{number}" if len(number) == 12 else f"wkn:{number}"
        instrument = self.archive.find(Instrument, key)
        if instrument is None or not (instrument.kind and instrument.page):
            return None
        return InstrumentPath(instrument.kind, instrument.page, instrument.isin, instrument.wkn)

    def requests_of(self, paper: InstrumentPath, wanted: Wanted | None) -> Iterator[Request]:
        """Yield the requests for a paper, unless it was named before."""
        key = key_of(paper)
        if key in self.asked:
            return
        self.asked[key] = wanted
        if self.sections and section_of(paper) not in self.sections:
            self.count("other-sections")
            return
        requests = list(self.paper_requests(paper))
        self.pages_left[key] = len(requests)
        for request in requests:
            yield request.replace(meta=request.meta | {"paper": key})

    def suggestion_request(self, wanted: Wanted, query: str) -> Request:
        """Return the request for the site's suggestions for a number or a name."""
        return Request(
            self.site.address(ADDRESS.format(number=quote(query, safe=""))),
            callback=self.suggested,
            errback=self.not_suggested,
            cb_kwargs={"wanted": wanted},
            priority=_FIRST,
        )

    def suggested(self, response: Response, wanted: Wanted) -> Iterator[Request]:
        """Yield the requests for the paper with exactly that number, or note the nearest ones."""
        try:
            page = self.page(response)
        except BrokenPage as broken:
            why = f"the site's suggestions cannot be read: {broken}"
            self.unknown.append(Unknown(wanted, why if wanted.number else _why(wanted)))
            return
        self.count_page(page)
        suggested = page if isinstance(page, SuggestionsPage) else None
        paper = suggested and wanted.number and suggested.paper_of(wanted.number)
        if paper:
            yield from self.requests_of(paper, wanted)
            return
        near = tuple(each.paper for each in suggested.papers) if suggested else ()
        self.unknown.append(Unknown(wanted, _why(wanted), near))

    def not_suggested(self, failure: Failure) -> Iterator[Item]:
        """Note a name as unknown: suggestions are disallowed by robots.txt, or did not come."""
        if isinstance(failure.value, Refused | CrawlStopping):
            yield from self.failed(failure)
            return
        request: Request = getattr(failure, "request")
        wanted: Wanted = request.cb_kwargs["wanted"]
        why = f"suggestions: {failure.value}" if wanted.number else _why(wanted)
        self.unknown.append(Unknown(wanted, why))

    def members_request(self, path: str, index: str) -> Request:
        """Return the request for a list of the members of an index."""
        return self.request(self.site.address(path), _FIRST).replace(meta={"index": index})

    def parse(self, response: Response) -> Iterator[Item | Request]:
        meta = response.request.meta if response.request else {}
        is_gone = response.status in GONE
        if is_gone and page_number(response.url) == 1 and (index := meta.get("index")):
            yield from self.members_elsewhere(response.url, index)
            return
        if is_gone and (key := meta.get("paper")):
            yield from self.resembling_requests(key)
        yield from super().parse(response)

    def members_elsewhere(self, url: str, index: str) -> Iterator[Request]:
        """Yield the request for the other address of an index's members, or note it as unknown."""
        other = self.site.numbered_members.get(index)
        if other and url != self.site.address(other):
            yield self.members_request(other, index)
        else:
            self.note_missing("index", index, url)

    def note_missing(self, argument: str, name: str, url: str) -> None:
        """Note that a list does not exist which an argument names."""
        why = f"{url} does not exist"
        self.unknown.append(Unknown(Wanted(name), why, argument=argument))

    def resembling_requests(self, key: str) -> Iterator[Request]:
        """Note that a page of a paper shows nothing; if none does, yield the request for what the
        site suggests instead.
        """
        self.pages_left[key] -= 1
        wanted = self.asked.get(key)
        if wanted and not self.pages_left[key]:
            yield self.suggestion_request(wanted._replace(number=None), wanted.text)

    def follow(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Yield the requests for the members of an index, and for the further pages of its list."""
        if not isinstance(page, IndexMembersPage):
            return
        links = self.on_site(page)
        index = _index(address)
        for link in links:
            paper = page.instrument_path(link.url)
            if paper and paper.kind == "stock":
                yield from self.requests_of(paper, None)
        number = page_number(address) + 1
        for link in links:
            if _index(link.url) == index and page_number(link.url) == number:
                yield self.members_request(link.url, str(index))

    def end_with_unknown(self) -> None:
        """End the run, and tell what was not found, when all else was read.

        What is wrong in a file alone is an error of a run that has finished.
        """
        self.archive.commit()
        unknown, self.unknown = self.unknown, []
        reason = next(filter(None, (each.reason for each in unknown)), None)
        if reason:
            stop(self.crawler, reason, "%s", told(unknown, self.archive))
        elif unknown:
            self.logger.error("%s", told(unknown, self.archive))

    def closed(self, reason: str) -> None:
        """Tell what a run has not found that ends before its time."""
        if self.unknown:
            self.logger.error("%s", told(self.unknown, self.archive))
        super().closed(reason)


def key_of(paper: InstrumentPath) -> str:
    """Return the key of a paper, whatever its path has besides."""
    return str(instrument_key(paper.kind, paper.page))


def _index(url: str) -> str | None:
    """Return the index whose members are listed at an address; ``None`` for other pages."""
    match = IndexMembersPage.path.fullmatch(urlsplit(url).path)
    return match["index"] if match else None


def _why(wanted: Wanted) -> str:
    """Return why something is unknown for which the site suggests nothing."""
    return "not in the site's suggestions" if wanted.number else "the site has no such page"
