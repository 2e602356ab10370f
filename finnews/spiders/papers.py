"""Spiders that can be asked for papers: what ``stocks=`` and ``index=`` name, and what is unknown.

A page name, a path or an address is requested as it is. A number is looked up in the register, then
in the site's suggestions. What is not found ends no run: it is told when all else was read.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Self
from urllib.parse import quote, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.instrument_paths import KINDS, InstrumentPath, instrument_path, section_of
from finnews.items import TICKER, Instrument, Item, Rejection
from finnews.middlewares.blocking import Refused
from finnews.middlewares.errors import NOT_ASKED, cause
from finnews.middlewares.stop import CrawlStopping, is_stopping, stop
from finnews.outcome import WrongUsage
from finnews.pages import page_type
from finnews.pages.base import BrokenPage, Page
from finnews.pages.index_members import IndexMembersPage
from finnews.pages.suggestions import ADDRESS, Suggestion, SuggestionsPage
from finnews.scrapy_internals import engine_of
from finnews.site import is_same_host
from finnews.spiders.answers import UNEXPECTED_ADDRESS
from finnews.spiders.arguments import names, papers
from finnews.spiders.asked_papers import Asked, AskedPapers, is_page_of, key_of
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
        if self.has_papers and not set(KINDS).issuperset(self.sections or ()):
            known = ", ".join(sorted(KINDS))
            raise WrongUsage(f"sections={','.join(self.sections or ())}: papers are in {known}")
        self.papers = AskedPapers()
        self.unknown: list[Unknown] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.go_on_or_end, signals.spider_idle)
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
            yield self.members_request(self.site.members.format(index=index.lower()), index.lower())

    def wanted_requests(self, wanted: Wanted) -> Iterator[Request]:
        """Yield the requests for a paper, or the one that looks for its number."""
        fault = wanted.fault
        if wanted.host and not is_same_host(wanted.host, self.site.host):
            fault = f"no address of {self.site.host}"
        registered = self.registered(wanted.number)
        paper = registered or wanted.paper
        if fault:
            self.unknown.append(Unknown(wanted, fault))
        elif paper:
            yield from self.requests_of(Asked(paper, wanted, registered is not None))
        else:
            yield self.suggestion_request(wanted)

    def registered(self, number: str | None) -> InstrumentPath | None:
        """Return the paper that the register has under an ISIN or WKN."""
        if number is None:
            return None
        key = f"isin:{number}" if len(number) == 12 else f"wkn:{number}"
        instrument = self.archive.find(Instrument, key)
        if instrument is None or not (instrument.kind and instrument.page):
            return None
        return InstrumentPath(instrument.kind, instrument.page, instrument.isin, instrument.wkn)

    def requests_of(self, asked: Asked) -> Iterator[Request]:
        """Yield the requests for a paper, unless it was named before."""
        if self.papers.add(asked):
            yield from self.requests_as(asked)

    def requests_as(self, asked: Asked) -> Iterator[Request]:
        """Yield the requests for a paper as it is spelled, if it is in one of the sections."""
        if self.sections and section_of(asked.paper) not in self.sections:
            self.count("other-sections")
            self.logger.warning("%s is in another section: it is left out", asked.paper.page)
            return
        requests = list(self.paper_requests(asked.paper))
        if requests:
            self.papers.note_requested(asked)
        meta = {"paper": key_of(asked.paper)}
        for request in requests:
            # A page can have come before as what another paper's redirects to.
            yield request.replace(meta=request.meta | meta, dont_filter=True)

    def suggestion_request(
        self, wanted: Wanted, missing: str | None = None, why: str | None = None
    ) -> Request:
        """Return the request for the site's suggestions for a number or a name.

        `missing` is the key of the paper of which the site has shown nothing, or, if that is said
        in `why`, another one.
        """
        query = quote(wanted.number or wanted.text, safe="")
        return Request(
            self.site.address(ADDRESS.format(number=query)),
            callback=self.suggested,
            errback=self.not_suggested,
            cb_kwargs={"wanted": wanted, "missing": missing, "why": why},
            priority=_FIRST,
            dont_filter=True,
        )

    def suggested(
        self, response: Response, wanted: Wanted, missing: str | None, why: str | None
    ) -> Iterator[Request]:
        """Yield the requests for the paper with exactly that number, or note what is missing."""
        try:
            page = self.page(response)
        except BrokenPage as broken:
            self.note_nothing(wanted, missing, why, f"suggestions cannot be read: {broken}")
            return
        self.count_page(page)
        suggested = page if isinstance(page, SuggestionsPage) else None
        paper = suggested and wanted.number and suggested.paper_of(wanted.number)
        if paper and key_of(paper) != missing:
            yield from self.requests_of(Asked(paper, wanted, is_by_number=True))
            return
        papers = suggested.papers if suggested else ()
        is_known = any(key_of(each.paper) == missing for each in papers)
        self.note_nothing(wanted, missing, why, None, papers, is_known=is_known)

    def not_suggested(self, failure: Failure) -> Iterator[Item]:
        """Note what is missing: suggestions are disallowed by robots.txt, or did not come.

        If the site refuses them, whether it has a number is not known, and told as the refusal.
        """
        request: Request = getattr(failure, "request")
        is_refused = isinstance(failure.value, Refused)
        if is_refused or isinstance(failure.value, CrawlStopping):
            yield from self.failed(failure)
        is_told = request.cb_kwargs["missing"] is None and is_refused
        if not (is_told or isinstance(failure.value, CrawlStopping)):
            self.note_nothing(**request.cb_kwargs, failure=f"suggestions: {failure.value}")

    def note_nothing(
        self,
        wanted: Wanted,
        missing: str | None,
        why: str | None,
        failure: str | None,
        suggested: Sequence[Suggestion] = (),
        *,
        is_known: bool = False,
    ) -> None:
        """Note that something was not found, or that the site has nothing of a paper it knows.

        `failure` says why the suggestions do not help.
        """
        is_known = is_known or bool(missing and self.archive.find(Instrument, missing))
        if missing and is_known and why is None:
            self.on_nothing(wanted, missing)
            return
        without = "the site has no such page" if missing else "not in the site's suggestions"
        reasons = dict.fromkeys(filter(None, (why or (missing and without), failure)))
        said = "; ".join(reasons) or without
        self.unknown.append(Unknown(wanted, said, tuple(suggested)))

    def on_nothing(self, wanted: Wanted, _key: str) -> None:
        """Note that the site has nothing of a paper that it or the register knows."""
        self.unknown.append(Unknown(wanted, "the site no longer has its page"))

    def members_request(self, path: str, index: str) -> Request:
        """Return the request for a list of the members of an index."""
        return self.request(self.site.address(path), _FIRST).replace(meta={"index": index})

    def parse(self, response: Response) -> Iterator[Item | Request]:
        meta = response.request.meta if response.request else {}
        is_gone, key = response.status in GONE, meta.get("paper")
        if is_gone and page_number(response.url) == 1 and (index := meta.get("index")):
            yield from self.members_elsewhere(response.url, index)
            return
        if key and "redirect_urls" in meta and not is_page_of(key, self.page_named(response.url)):
            where = {"where": response.url}
            yield self.rejection(meta["redirect_urls"][0], UNEXPECTED_ADDRESS, where)
            return
        for result in super().parse(response):
            if key and isinstance(result, Item) and self.shows_paper(result):
                self.papers.note_shown(key)
            yield result

    def shows_paper(self, item: Item) -> bool:
        """Return whether an item shows that the site has the paper whose page was requested."""
        if isinstance(item, Rejection):  # of a page that has its name, but no price
            return bool(item.item and item.item.get("name"))
        return item.is_of_instrument and item.reported_as != TICKER

    def failed(self, failure: Failure) -> Iterator[Item]:
        request: Request = getattr(failure, "request")
        if cause(failure.value) != NOT_ASKED:
            self.papers.failed.add(request.meta.get("paper", ""))
        return super().failed(failure)

    def page_named(self, url: str) -> str | None:
        """Return the page name of the paper whose page an address is, if it is of one paper."""
        path = self.site.path_of(url) or ""
        if paper := instrument_path(path):
            return paper.page
        kind = page_type(url, self.site)
        match = kind.path.fullmatch(path) if kind else None
        return match.groupdict().get("page") if match else None

    def nothing_requests(self, key: str) -> Iterator[Request]:
        """Yield the requests for another spelling of a paper of which the site has shown nothing;
        if there is none, for what the site suggests.
        """
        if other := self.papers.other_spelling(key):
            yield from self.requests_as(other)
        elif key not in self.papers.failed:
            wanted = dict.fromkeys(each.wanted for each in self.papers.named(key) if each.wanted)
            for each in wanted:
                yield self.suggestion_request(each, key)

    def contradicted_requests(self) -> Iterator[Request]:
        """Yield the requests for the papers with the numbers of which pages have printed others."""
        for asked in self.papers.newly_contradicted():
            key = key_of(asked.paper)
            if asked.wanted:
                numbers = self.papers.numbers(key, len(asked.wanted.number or ""))
                why = f"{asked.paper.page} is of {', '.join(sorted(numbers))}"
                yield self.suggestion_request(asked.wanted, key, why)

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

    def follow(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Yield the requests for the members of an index, and for the further pages of its list."""
        if not isinstance(page, IndexMembersPage):
            return
        links = self.on_site(page)
        index = _index(address)
        for link in links:
            paper = page.instrument_path(link.url)
            if paper and paper.kind == "stock":
                yield from self.requests_of(Asked(paper, None))
        number = page_number(address) + 1
        for link in links:
            if _index(link.url) == index and page_number(link.url) == number:
                yield self.members_request(link.url, str(index))

    def go_on_or_end(self) -> None:
        """Send the requests that are still to be sent, or end the run if something is unknown."""
        silent = self.papers.silent()
        requests = [request for key in silent for request in self.nothing_requests(key)]
        requests += self.contradicted_requests()
        engine = engine_of(self.crawler)
        if requests and engine is not None and not is_stopping(self.crawler):
            for request in requests:
                engine.crawl(request)
            raise DontCloseSpider
        self.end_with_unknown()

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


def _index(url: str) -> str | None:
    """Return the index whose members are listed at an address; ``None`` for other pages."""
    match = IndexMembersPage.path.fullmatch(urlsplit(url).path)
    return match["index"] if match else None
