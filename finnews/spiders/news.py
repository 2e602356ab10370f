"""``scrapy crawl news``: new articles, from the feed, then from the lists."""

from finnews.items import Article
from finnews.pages.article import ArticlePage
from finnews.pages.articles.sponsoring import PROMOTION
from finnews.pages.base import Link
from finnews.spiders.entries import moment
from finnews.spiders.list_spider import ListSpider


class NewsSpider(ListSpider):
    """Fetches articles, with the quotes and ratings on their pages."""

    name = "news"
    main_kind = Article
    detail = ArticlePage

    def start_paths(self) -> tuple[str, ...]:
        return self.site.news

    def archived_as_of(self, id_: str) -> str | None:
        article = self.archive.find(Article, f"id:{id_}")
        return self.as_of(article) if article else None

    def as_of(self, item: Article) -> str:
        dates = [date for date in (item.date_published, item.date_modified) if date]
        return max(dates, key=moment)

    def is_promotion(self, link: Link) -> bool:
        return PROMOTION.fullmatch(link.url) is not None
