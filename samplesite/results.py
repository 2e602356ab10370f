"""What a demonstration found: the newest items, as small tables, and what to try next."""

import shlex
import sys
from collections.abc import Iterable
from heapq import nlargest
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from rich.table import Table

from finnews.archive import Archive
from finnews.archive.lookup import dated_at, printed_time
from finnews.items import Article, Item, Quote, Rating
from finnews.site import site_at

ItemT = TypeVar("ItemT", bound=Item)

_SHOWN: Final = 5
_QUERY: Final = "select firm, verdict, count(*) as number from ratings group by all order by all"


def newest_tables(directory: Path) -> list[Table]:
    """Return the newest articles, prices and verdicts of an archive."""
    with Archive(directory) as archive:
        zone = site_at(f"https://{archive.host}").zone
        articles = _newest(archive.all_of(Article), zone)
        prices = _newest(_last_prices(archive.all_of(Quote), zone), zone)
        ratings = _newest(archive.all_of(Rating), zone)
    return [_articles(articles, zone), _prices(prices, zone), _verdicts(ratings, zone)]


def next_commands(directory: str, page: str, address: str) -> list[str]:
    """Return three commands to try, as a shell takes them."""
    settings = f"-s OUTPUT_DIR={shlex.quote(directory)}"
    port = address.rpartition(":")[2]
    return [
        f"{_program('scrapy')} archive show {page} {settings}",
        f'{_program("scrapy")} archive sql "{_QUERY}" {settings}',
        f"{_program('python')} -m samplesite --port {port}",
    ]


def _program(name: str) -> str:
    """Return a program beside this Python, from the working directory."""
    path = Path(sys.executable).with_name(name)
    is_below = path.is_relative_to(Path.cwd())
    return shlex.quote(str(path.relative_to(Path.cwd()) if is_below else path))


def _newest(items: Iterable[ItemT], zone: ZoneInfo) -> list[ItemT]:
    return nlargest(_SHOWN, items, key=lambda item: dated_at(item, zone))


def _last_prices(quotes: Iterable[Quote], zone: ZoneInfo) -> Iterable[Quote]:
    """Return the last price of each share that has the time of its price."""
    timed = [quote for quote in quotes if quote.quoted_at and quote.price is not None]
    by_time = sorted(timed, key=lambda quote: dated_at(quote, zone))
    return {quote.page: quote for quote in by_time}.values()


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for heading in headings:
        is_number = heading in ("price", "change", "target")
        table.add_column(heading, no_wrap=True, justify="right" if is_number else "left")
    return table


def _articles(articles: list[Article], zone: ZoneInfo) -> Table:
    table = _table("Newest articles", "published", "headline", "agency")
    for article in articles:
        table.add_row(printed_time(article, zone), article.headline, article.agency)
    return table


def _prices(quotes: list[Quote], zone: ZoneInfo) -> Table:
    table = _table("Newest prices", "quoted", "name", "price", "", "change", "exchange")
    for quote in quotes:
        change = None if quote.change_percent is None else f"{quote.change_percent:+f} %"
        price = f"{quote.price:f}"
        row = (quote.name, price, quote.currency or quote.unit, change, quote.exchange)
        table.add_row(printed_time(quote, zone), *row)
    return table


def _verdicts(ratings: list[Rating], zone: ZoneInfo) -> Table:
    table = _table("Newest verdicts", "published", "name", "firm", "verdict", "target", "")
    for rating in ratings:
        target = None if rating.price_target is None else f"{rating.price_target:f}"
        row = (
            rating.name,
            rating.firm,
            rating.verdict,
            target,
            rating.currency if target else None,
        )
        table.add_row(printed_time(rating, zone), *row)
    return table
