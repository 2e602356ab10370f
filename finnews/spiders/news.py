"""``scrapy crawl news``: new articles, from the feed and then back through the lists."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from scrapy import Request

from finnews.items import Article, Item
from finnews.pages.article import ArticlePage
from finnews.pages.base import Link, Page
from finnews.spiders.base import SiteSpider, next_page


class NewsSpider(SiteSpider):
    """Articles with the quotes and ratings of their pages; an archived article is not fetched.

    ``since``: the oldest day of publication, by the article's own date; of an older one
    nothing is kept. ``limit``: the most articles.
    """

    name = "news"
    main_kind = Article

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self.asked: set[str] = set()
        self.listed: dict[str, set[str]] = {}

    def starts(self) -> Iterator[str]:
        yield "/rss/news"
        for section in ("aktien", "devisen", "rohstoffe", "etf"):
            yield f"/nachrichten/ressort/{section}"
        yield "/index/dax/marktberichte"

    def kept(self, items: list[Item]) -> list[Item]:
        article = items[-1] if items else None
        published = article.date_published if isinstance(article, Article) else None
        if self.since and published and published[:10] < self.since:
            self.count("too-old")
            return []
        return items

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        links = self.on_site(page.links())
        if not links:
            return
        articles = {number: link for link in links if (number := article_number(link.url))}
        new = {number: link for number, link in articles.items() if self._is_new(number)}
        for number, link in new.items():
            if number not in self.asked:
                yield self.request(link.url, priority=1)
        self.asked |= new.keys()
        if self._goes_on(address, new, links) and (following := next_page(links, address)):
            yield self.request(following.url)

    def _is_new(self, number: str) -> bool:
        return number in self.asked or not self.archive.knows(Article, f"id:{number}")

    def _goes_on(self, address: str, new: dict[str, Link], links: list[Link]) -> bool:
        """Whether the list showed something that was new when the run began."""
        listed = self.listed.setdefault(urlsplit(address).path, set())
        fresh = new.keys() - listed
        listed |= new.keys()
        dates = [link.date for link in links if link.date]
        too_old = self.since and dates and max(dates)[:10] < self.since
        return bool(fresh) and not too_old


def article_number(url: str) -> str | None:
    """Return the number of the article at an address.

    >>> article_number("https://www.finanzen.net/nachricht/aktien/muster-steigt-00-15957827")
    '15957827'
    """
    found = ArticlePage.path.fullmatch(urlsplit(url).path)
    return found["id"] if found else None
