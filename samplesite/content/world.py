"""The content of the sample site: shares, analyses and articles."""

from functools import cached_property

from samplesite.content.analyses import Analysis
from samplesite.content.analysis_generator import analyses_of
from samplesite.content.article_generator import article
from samplesite.content.articles import Article
from samplesite.content.events import Event, events_of
from samplesite.content.instruments import NOW
from samplesite.content.news_lists import NewsList, hidden
from samplesite.content.paper_generator import papers
from samplesite.content.papers import Paper, Security
from samplesite.content.stock_generator import stock
from samplesite.content.stocks import Stock

_LISTED = 15


class World:
    """Content generated from a seed; the same for the same seed and size.

    `articles` are in the order of the feed, `listed` in the order of the lists. Every page of
    every list has the `sticky` promotion near its top. Of the articles, as many as are to be
    hidden are shown by one list of the menu alone.
    """

    def __init__(
        self, articles: int = 300, stocks: int = 40, seed: int = 1, hidden_articles: int = 0
    ) -> None:
        self.seed = seed
        self.stocks = [stock(seed, number) for number in range(stocks)]
        self.papers = papers(seed)
        every = [article(seed, number, self.stocks, self.papers) for number in range(articles)]
        self.articles = hidden(every, hidden_articles)
        self.listed = self.articles
        self.sticky: Article | None = None
        self.now = NOW

    @cached_property
    def analyses_by_page(self) -> dict[str, list[Analysis]]:
        """Page name of a share → its analyses, newest first."""
        return {
            stock.page: analyses_of(self.seed, stock, number)
            for number, stock in enumerate(self.stocks)
        }

    @cached_property
    def analyses(self) -> list[Analysis]:
        """The analyses of all shares, newest first."""
        every = [analysis for analyses in self.analyses_by_page.values() for analysis in analyses]
        return sorted(every, key=lambda analysis: (analysis.day, analysis.id), reverse=True)

    @cached_property
    def events_by_page(self) -> dict[str, list[Event]]:
        """Page name of a share → the events of its calendar."""
        return {
            stock.page: events_of(self.seed, stock, number)
            for number, stock in enumerate(self.stocks)
        }

    @cached_property
    def _articles_by_path(self) -> dict[str, Article]:
        return {article.path: article for article in self.articles}

    def article_at(self, path: str) -> Article | None:
        """Return the article of a path."""
        return self._articles_by_path.get(path)

    @property
    def public(self) -> list[Article]:
        """The articles that the feed and boxes of links may show: all but hidden ones."""
        return [article for article in self.articles if article.only_list is None]

    def news_of(self, paper: Security) -> list[Article]:
        """Return the articles whose box names a paper, in the order of the lists."""
        path = paper.path.partition("?")[0]
        return [article for article in self.listed if path in article.boxed_paths]

    def news_in(self, news_list: NewsList) -> list[Article]:
        """Return the articles that a list of the menu shows."""
        return news_list.of(self.listed)

    def paper_at(self, page: str) -> Security:
        """Return the share or other paper of a page name: ``oelpreis?type=Brent``."""
        every: list[Security] = [*self.stocks, *self.papers]
        return next(paper for paper in every if paper.page == page)

    def papers_of(self, kind: str) -> list[Paper]:
        """Return the papers of a kind that is not that of shares."""
        return [paper for paper in self.papers if paper.kind == kind]

    def stock_at(self, page: str) -> Stock | None:
        """Return the share of a page name."""
        return next((stock for stock in self.stocks if stock.page == page), None)

    def analysis_of(self, number: str) -> Analysis | None:
        """Return the analysis of an id."""
        return next((analysis for analysis in self.analyses if analysis.id == number), None)

    @property
    def most_searched(self) -> list[Stock]:
        """The shares of the list in the search box."""
        return self.stocks[:_LISTED]

    @property
    def most_wanted(self) -> list[Stock]:
        """The shares of the list in the search box on phones, which is another."""
        return self.stocks[5 : 5 + _LISTED]
