"""``scrapy crawl news``: new articles, from the feed, the lists, and what articles link."""

from collections.abc import AsyncIterator, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Final

from scrapy import Request
from scrapy.http import Response

from finnews.instrument_paths import InstrumentPath, section_of
from finnews.items import Article, Item
from finnews.pages.article import ArticlePage
from finnews.pages.articles.sponsoring import PROMOTION
from finnews.pages.base import Link, Page
from finnews.pages.news_list import NewsListPage
from finnews.spiders.checkpoint import ListProgress
from finnews.spiders.entries import Entry, moment
from finnews.spiders.linked_articles import MOST, LinkedArticles
from finnews.spiders.list_spider import ListSpider
from finnews.spiders.news_lists import NewsLists
from finnews.spiders.paper_news import PaperNews

_LINKED: Final = -1
"""The priority of articles that others link: all lists are read before"""

LINKS: Final = "/nachricht"
"""The path under which the linked articles are recorded, as those of a list are"""


class NewsSpider(ListSpider):
    """Fetches articles, with the quotes and ratings on their pages.

    ``stocks``, ``index``: those in the feeds and lists of papers. ``sections``: those in the lists
    of sections of the site; of papers, the sections that they are in themselves.
    """

    name = "news"
    main_kind = Article
    detail = ArticlePage
    leaves_lists = True

    @cached_property
    def news_lists(self) -> NewsLists:
        """Which lists it reads."""
        return NewsLists(self.archive, self.site, self.now())

    @cached_property
    def linked(self) -> LinkedArticles:
        """Which articles it requests that others link."""
        return LinkedArticles(self.now())

    @cached_property
    def links(self) -> ListProgress:
        """The record of those that it has found."""
        return self.progress(self.site.address(LINKS))

    @cached_property
    def paper_news(self) -> PaperNews:
        """Which papers the listed articles are news of."""
        return PaperNews(self.archive, self.site)

    @property
    def has_all(self) -> bool:
        """Whether it reads all the news of the site."""
        return not (self.has_papers or self.sections)

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for pending pages, of all news those of links too, then for lists."""
        if self.has_all:
            self.links.is_left = True
        async for request in super().start():
            yield request

    def start_paths(self) -> tuple[str, ...]:
        lists = tuple(self.site.news_in.format(section=name) for name in self.sections or ())
        return lists or self.site.news

    def further_paths(self) -> list[str]:
        return self.news_lists.of_earlier_runs() if self.has_all else []

    def paper_paths(self, paper: InstrumentPath) -> list[str]:
        """Return the feeds and lists of a paper's news; which of them it has is not known."""
        page = paper.page.partition("?")[0]  # oelpreis?type=Brent
        below = () if paper.kind == "stock" else (self.site.news_below,)
        paths = (*self.site.news_of, *below)
        return [path.format(section=section_of(paper), page=page) for path in paths]

    def paper_requests(self, paper: InstrumentPath) -> Iterator[Request]:
        for path in self.paper_paths(paper):
            self.paper_news.add_list(self.list_url(self.site.address(path)), paper)
        return super().paper_requests(paper)

    def move_list(self, asked: str, url: str) -> None:
        super().move_list(asked, url)
        self.paper_news.papers.setdefault(url, self.paper_news.papers[asked])

    def listed_items(self, url: str, ids: Iterable[str]) -> Iterator[Item]:
        return self.paper_news.add_articles(url, ids)

    def on_gone(self, response: Response) -> Iterator[Item]:
        """Note a section that has no list; what of a paper's lists there is, nothing says."""
        lists = {self.site.news_in.format(section=name): name for name in self.sections or ()}
        name = lists.get(self.site.path_of(response.url) or "")
        if name and not self.has_papers:
            self.note_missing("sections", name, response.url)
        return super().on_gone(response)

    def is_due(self, progress: ListProgress) -> bool:
        return not self.has_all or self.news_lists.is_due(progress)

    def is_optional(self, url: str) -> bool:
        """Return whether the site need not have a list: the menu alone has named it."""
        return super().is_optional(url) or self.site.path_of(url) in self.news_lists.only_in_menu

    def follow(self, page: Page, address: str) -> Iterator[Item | Request]:
        yield from super().follow(page, address)
        if isinstance(page, NewsListPage) and self.has_all:
            paths = self.news_lists.found_on(page)
            others = [path for path in paths if self.site.address(path) not in self.lists]
            yield from self.first_requests(others)

    def entry(self, address: str, id_: str, link: Link) -> Entry:
        entry = super().entry(address, id_, link)
        self.linked.add_listed(id_, entry.date)
        return entry

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Yield what a page gives; what an article links is recorded before it is archived."""
        leads_on = self.has_all and isinstance(page, ArticlePage)
        linked = list(self.linked_requests(page)) if leads_on else []
        for result in super().results(page, address):
            yield self.paper_news.named(result) if isinstance(result, Article) else result
        yield from linked

    def linked_requests(self, page: Page) -> Iterator[Request]:
        """Yield requests for articles that a page links and no list has shown."""
        links = {self.page_id(link.url): link for link in self.read(page, page.links)}
        own = ("", self.page_id(page.url))
        others = [(id_, link) for id_, link in links.items() if id_ not in own]
        recent = {id_: link for id_, link in others if self.is_followed(id_, link)}
        followed = dict(islice(recent.items(), MOST))
        self.count("linked/left-out", len(recent) - len(followed))
        for id_, link in followed.items():
            url = self.site.own_address(link.url)
            yield self.detail_request(id_, url, link.date).replace(priority=_LINKED)
        if followed:
            self.linked.followed |= followed.keys()
            self.count("linked/followed", len(followed))
            self.records.record(self.links, list(followed))

    def is_followed(self, id_: str, link: Link) -> bool:
        """Return whether to request an article that another links."""
        if id_ in self.listed.requested or not self.linked.is_recent(id_, link.date):
            return False
        is_known = self.is_promotion(link) or self.archived_as_of(id_) is not None
        is_new = not is_known and self.listed.is_new(id_, link.date)
        return is_new and not self.is_outside(link.date)

    def save_lists(self, *, is_finished: bool) -> None:
        """Save how far the lists were read, without their validators if a list has no record that
        only the menu names: the next run has to see the menu again.
        """
        for path in self.news_lists.in_menu or ():
            if named := self.lists.get(self.site.address(path)):
                named.named_at = self.time()
        urls = map(self.site.address, self.news_lists.only_in_menu)
        found = [progress for url in urls if (progress := self.lists.get(url))]
        if any(progress.checkpoint() is None for progress in found):
            self.unsettle(self.lists)
        self.unsettle(self.paper_news.unsettled() & self.lists.keys())
        super().save_lists(is_finished=is_finished)
        alone = self.linked.followed & self.listed.read.keys() - self.linked.listed
        self.count("linked/alone", len(alone))
        for name, message in self.news_lists.warnings() if is_finished else ():
            self.count(name)
            self.logger.warning("%s", message)

    def unsettle(self, urls: Iterable[str]) -> None:
        """Have the next run get lists in full, also if they have not changed."""
        for url in urls:
            self.lists[url].is_settled = False

    def archived_as_of(self, id_: str) -> str | None:
        article = self.archive.find(Article, f"id:{id_}")
        return self.as_of(article) if article else None

    def as_of(self, item: Article) -> str:
        dates = [date for date in (item.date_published, item.date_modified) if date]
        return max(dates, key=moment)

    def is_promotion(self, link: Link) -> bool:
        return PROMOTION.fullmatch(link.url) is not None
