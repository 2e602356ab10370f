"""``scrapy crawl news``: new articles, from the feed, then from the lists."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from scrapy import Request
from scrapy.http import Response

from finnews.instrument_paths import InstrumentPath, section_of
from finnews.items import Article, Item
from finnews.pages.article import ArticlePage
from finnews.pages.articles.sponsoring import PROMOTION
from finnews.pages.base import Link, Page
from finnews.spiders.entries import moment
from finnews.spiders.list_spider import ListSpider
from finnews.spiders.paper_news import PaperNews


class NewsSpider(ListSpider):
    """Fetches articles, with the quotes and ratings on their pages.

    ``stocks``, ``index``: those in the feeds and lists of papers. ``sections``: those in the lists
    of sections of the site; of papers, the sections that they are in themselves.
    """

    name = "news"
    main_kind = Article
    detail = ArticlePage

    def start_paths(self) -> tuple[str, ...]:
        lists = tuple(self.site.news_in.format(section=name) for name in self.sections or ())
        return lists or self.site.news

    def paper_paths(self, paper: InstrumentPath) -> list[str]:
        """Return the feeds and lists of a paper's news; which of them it has is not known."""
        page = paper.page.partition("?")[0]  # oelpreis?type=Brent
        below = () if paper.kind == "stock" else (self.site.news_below,)
        paths = (*self.site.news_of, *below)
        return [path.format(section=section_of(paper), page=page) for path in paths]

    @cached_property
    def paper_news(self) -> PaperNews:
        """Which papers the listed articles are news of."""
        return PaperNews(self.archive, self.site)

    def paper_requests(self, paper: InstrumentPath) -> Iterator[Request]:
        for request in super().paper_requests(paper):
            self.paper_news.add_list(self.list_url(request.url), paper)
            yield request

    def on_gone(self, response: Response) -> Iterator[Item]:
        """Note a section that has no list; what of a paper's lists there is, nothing says."""
        sections = () if self.has_papers else self.sections or ()
        addresses = {
            self.site.address(self.site.news_in.format(section=each)): each for each in sections
        }
        if response.url in addresses:
            self.note_missing("sections", addresses[response.url], response.url)
        return super().on_gone(response)

    def listed_items(self, url: str, ids: Iterable[str]) -> Iterator[Item]:
        return self.paper_news.add_articles(url, ids)

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        for result in super().results(page, address):
            yield self.paper_news.named(result) if isinstance(result, Article) else result

    def archived_as_of(self, id_: str) -> str | None:
        article = self.archive.find(Article, f"id:{id_}")
        return self.as_of(article) if article else None

    def as_of(self, item: Article) -> str:
        dates = [date for date in (item.date_published, item.date_modified) if date]
        return max(dates, key=moment)

    def is_promotion(self, link: Link) -> bool:
        return PROMOTION.fullmatch(link.url) is not None
