"""``scrapy crawl news``: new articles, from the feed and then back through the lists."""

from collections.abc import Iterator

from finnews.items import Article
from finnews.pages.article import ArticlePage
from finnews.spiders.lists import ListSpider


class NewsSpider(ListSpider):
    """Articles, with the quotes and ratings of their pages."""

    name = "news"
    main_kind = Article
    detail = ArticlePage

    def starts(self) -> Iterator[str]:
        yield "/rss/news"
        for section in ("aktien", "devisen", "rohstoffe", "etf"):
            yield f"/nachrichten/ressort/{section}"
        yield "/index/dax/marktberichte"

    def is_archived(self, number: str) -> bool:
        return self.archive.knows(Article, f"id:{number}")
