"""All that the sample site has, made from a seed: shares, studies, articles."""

from functools import cached_property

from samplesite.content.analyses import Analysis, analyses_of
from samplesite.content.articles import SECTIONS, Article, article
from samplesite.content.instruments import NOW, Stock, stock
from samplesite.faults.network_faults import network_faults_of
from samplesite.faults.odd_shares import odd_shares
from samplesite.faults.page_faults import faults_of


class World:
    """The content of a site; the same for the same seed and size.

    `faulty`: with broken pages; `network_faults`: with pages that are hard to get.

    `articles` are in the order of the feed, `listed` in that of the lists, whose pages all have
    the `sticky` promotion near their top. The pager of an `is_endless` world always leads on, and
    the pages behind the last are like the last.
    """

    def __init__(
        self,
        articles: int = 300,
        stocks: int = 40,
        seed: int = 1,
        faulty: bool = False,
        network_faults: bool = False,
    ) -> None:
        self.seed = seed
        self.stocks = [stock(seed, number) for number in range(stocks)]
        self.articles = [article(seed, number, self.stocks) for number in range(articles)]
        self.listed = self.articles
        self.sticky: Article | None = None
        self.is_endless = False
        self.now = NOW
        self.faults = faults_of(self.articles[0]) if faulty else []
        self.odd_shares = odd_shares(seed, self.stocks[0]) if faulty else []
        self.faults += network_faults_of(self.articles[0]) if network_faults else []

    @cached_property
    def analyses_by_page(self) -> dict[str, list[Analysis]]:
        """The studies of each share, newest first, by the share's page name."""
        made = {
            one.page: analyses_of(self.seed, one, number) for number, one in enumerate(self.stocks)
        }
        return made | {odd.stock.page: odd.studies for odd in self.odd_shares}

    @cached_property
    def analyses(self) -> list[Analysis]:
        """The studies of all shares that are listed, newest first."""
        every = [one for stock in self.stocks for one in self.analyses_by_page[stock.page]]
        return sorted(every, key=lambda one: (one.day, one.id), reverse=True)

    @cached_property
    def _articles_by_path(self) -> dict[str, Article]:
        every = [*self.articles, *(fault.article for fault in self.faults)]
        return {one.path: one for one in every}

    def article_at(self, path: str) -> Article | None:
        """Return the article of a path."""
        return self._articles_by_path.get(path)

    def news_of(self, one: Stock) -> list[Article]:
        """Return the articles that name a share."""
        return [written for written in self.listed if one in written.stocks]

    def news_in(self, section: str) -> list[Article]:
        """Return the articles of a section."""
        return [written for written in self.listed if written.section == section]

    def stock_at(self, page: str) -> Stock | None:
        """Return the share of a page name."""
        every = [*self.stocks, *(odd.stock for odd in self.odd_shares)]
        return next((one for one in every if one.page == page), None)

    def analysis_of(self, number: str) -> Analysis | None:
        """Return the study of a number."""
        return next((one for one in self.analyses if one.id == number), None)

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that have a list of news."""
        return SECTIONS
