"""What each crawl of the sample site finds: of all that it has, or of chosen papers."""

from collections.abc import Callable, Iterable
from datetime import date

from samplesite.content.analyses import Analysis
from samplesite.content.article_rows import article_row
from samplesite.content.articles import Article
from samplesite.content.box_rows import has_price_in_box, instrument_row, stock_row
from samplesite.content.collector import Collector
from samplesite.content.event_rows import calendar
from samplesite.content.papers import Paper, Security
from samplesite.content.quote_rows import header, page_rows, quote_key, venue_row
from samplesite.content.rating_rows import analysis_row, rating_tables, target_row
from samplesite.content.stocks import Stock

Crawl = Callable[[Collector], None]
"""Adds what a crawl finds."""


def news(collector: Collector) -> None:
    """Add what ``scrapy crawl news`` finds: every article with its box and tables."""
    header(collector)
    for article in collector.articles:
        _add_article(collector, article)


def stocks(collector: Collector) -> None:
    """Add what ``scrapy crawl stocks -a index=dax`` finds: the pages of each share."""
    portfolio(collector.world.stocks)(collector)


def ratings(collector: Collector) -> None:
    """Add what ``scrapy crawl ratings`` finds: every analysis in full, the best reading."""
    ratings_of(collector.world.stocks)(collector)


def portfolio(papers: Iterable[Security]) -> Crawl:
    """Return what adds the quotes on the pages of papers; of shares, all that `stocks` adds."""
    chosen = list(papers)

    def add(collector: Collector) -> None:
        header(collector)
        for paper in chosen:
            if isinstance(paper, Paper):
                _add_page(collector, paper, paper.paths)
            else:
                _add_share(collector, paper)

    return add


def news_of(papers: Iterable[Security]) -> Crawl:
    """Return what adds the articles that name one of some papers in their boxes."""
    chosen = list(papers)

    def add(collector: Collector) -> None:
        header(collector)
        named = [article for paper in chosen for article in collector.world.news_of(paper)]
        for article in {article.id: article for article in named}.values():
            _add_article(collector, article)

    return add


def ratings_of(stocks: Iterable[Stock], since: date | None = None) -> Crawl:
    """Return what adds every analysis of some shares in full, or those from a day on."""
    pages = {stock.page for stock in stocks}

    def add(collector: Collector) -> None:
        header(collector)
        for analysis in collector.world.analyses:
            is_old = since is not None and analysis.day < since
            if analysis.stock.page in pages and not is_old:
                _add_analysis(collector, analysis)

    return add


CRAWLS: dict[str, Crawl] = {"news": news, "stocks": stocks, "ratings": ratings}
"""Spider → what adds its items."""


def _add_article(collector: Collector, article: Article) -> None:
    collector.add("articles", (article.id,), article.path, article_row(collector, article))
    rows = [stock_row(stock) for stock in article.stocks]
    rows += [instrument_row(other) for other in article.others]
    rows += [instrument_row(paper) for paper in article.papers if has_price_in_box(paper)]
    for values in rows:
        collector.add("quotes", quote_key(values), article.path, values)
    for stock in article.rated:
        rating_tables(collector, article.path, collector.world.analyses_by_page[stock.page])


def _add_page(collector: Collector, paper: Security, paths: Iterable[str]) -> None:
    for path in paths:
        for values in page_rows(paper):
            collector.add("quotes", quote_key(values), path, values)


def _add_share(collector: Collector, stock: Stock) -> None:
    _add_page(collector, stock, [stock.path])
    for venue in stock.venues:
        if venue.price is not None:
            values = venue_row(stock, venue)
            collector.add("quotes", quote_key(values), f"/boersenplaetze/{stock.page}", values)
    analyses = collector.world.analyses_by_page[stock.page]
    rating_tables(collector, stock.path, analyses)
    calendar(collector, f"/termine/{stock.page}", collector.world.events_by_page[stock.page])
    for analysis in analyses:
        path = f"/kursziele/{stock.page}"
        collector.add("ratings", (analysis.id,), path, target_row(analysis))


def _add_analysis(collector: Collector, analysis: Analysis) -> None:
    collector.add("ratings", (analysis.id,), analysis.path, analysis_row(analysis), is_best=True)
    values = stock_row(analysis.stock) | {
        "price": analysis.stock.analysis_price,
        "source": "analysis",
    }
    collector.add("quotes", quote_key(values), analysis.path, values)
