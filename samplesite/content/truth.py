"""The items that crawls of the sample site should find, made from its content, not its pages."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from samplesite.content.article_rows import article_row
from samplesite.content.articles import Article
from samplesite.content.collector import Collector, Truth
from samplesite.content.event_rows import calendar
from samplesite.content.quote_rows import (
    header,
    instrument_row,
    page_rows,
    quote_key,
    stock_row,
    venue_row,
)
from samplesite.content.rating_rows import analysis_row, rating_tables, target_row
from samplesite.content.world import World


def news(collector: Collector) -> None:
    """Add what ``scrapy crawl news`` finds: every article with its box and tables."""
    header(collector)
    for article in collector.articles:
        collector.add("articles", (article.id,), article.path, article_row(collector, article))
        for values in [*map(stock_row, article.stocks), *map(instrument_row, article.others)]:
            collector.add("quotes", quote_key(values), article.path, values)
        for stock in article.rated:
            rating_tables(collector, article.path, collector.world.analyses_by_page[stock.page])


def stocks(collector: Collector) -> None:
    """Add what ``scrapy crawl stocks -a index=dax`` finds: the pages of each share."""
    header(collector)
    for stock in collector.world.stocks:
        for values in page_rows(stock):
            collector.add("quotes", quote_key(values), stock.path, values)
        for venue in stock.venues:
            if venue.price is not None:
                values = venue_row(stock, venue)
                collector.add("quotes", quote_key(values), f"/boersenplaetze/{stock.page}", values)
        analyses = collector.world.analyses_by_page[stock.page]
        rating_tables(collector, stock.path, analyses)
        calendar(collector, f"/termine/{stock.page}", collector.world.events_by_page[stock.page])
        for analysis in analyses:
            collector.add(
                "ratings", (analysis.id,), f"/kursziele/{stock.page}", target_row(analysis)
            )


def ratings(collector: Collector) -> None:
    """Add what ``scrapy crawl ratings`` finds: every analysis in full, the best reading."""
    header(collector)
    for analysis in collector.world.analyses:
        collector.add(
            "ratings", (analysis.id,), analysis.path, analysis_row(analysis), is_best=True
        )
        values = stock_row(analysis.stock) | {
            "price": analysis.stock.analysis_price,
            "source": "analysis",
        }
        collector.add("quotes", quote_key(values), analysis.path, values)


CRAWLS: dict[str, Callable[[Collector], None]] = {
    "news": news,
    "stocks": stocks,
    "ratings": ratings,
}
"""Spider → what adds its items."""


def truth(
    world: World,
    base: str,
    spiders: Iterable[str] = tuple(CRAWLS),
    broken: Iterable[Article] = (),
) -> Truth:
    """Return collection → items that crawls should find, as dictionaries.

    `broken` are articles that crawls can read although their pages or transfers are faulty.
    ``urls`` lists the pages an item can be read on, ``*`` for what is in the header of every page.
    `key`, `url`, `fetched_at` and `version` depend on the crawl and are left out.
    """
    collector = Collector(world, base, broken)
    for spider in spiders:
        CRAWLS[spider](collector)
    return collector.truth()


def write_rows(collections: Truth, directory: Path) -> None:
    """Write rows as JSON Lines, one file a collection."""
    directory.mkdir(parents=True, exist_ok=True)
    encode = msgspec.json.Encoder(decimal_format="number").encode
    for collection, rows in collections.items():
        lines = b"".join(encode(row) + b"\n" for row in rows)
        (directory / f"{collection}.jsonl").write_bytes(lines)
