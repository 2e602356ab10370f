"""Which items of a page's header are dropped, since an earlier page of the run gave them."""

from dataclasses import replace
from decimal import Decimal

from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from finnews.items import TICKER, Instrument, Quote
from finnews.middlewares.repeated import Repeats

SITE = "https://www.finanzen.net"
SHARE = Instrument(url=f"{SITE}/analysen", kind="stock", page="muster", name="Muster")
DAX = Quote(
    url=f"{SITE}/analysen",
    fetched_at="2026-11-23T08:00:00+00:00",
    kind="index",
    page="dax",
    price=Decimal("20100.5"),
    source=TICKER,
)


def repeats() -> Repeats:
    """Return a run that has given nothing yet."""
    return Repeats(MemoryStatsCollector(get_crawler()))


def test_an_instrument_is_given_once_a_run() -> None:
    """Every page lists the same ones; another number or name is another reading."""
    run = repeats()
    again = replace(SHARE, url=f"{SITE}/rss/news", fetched_at="2026-11-23")
    named = replace(SHARE, isin="DE000A0MST15")
    quote = Quote(kind="stock", page="muster")
    assert list(run.unrepeated([SHARE, quote, quote])) == [SHARE, quote, quote]
    assert list(run.unrepeated([again, quote, named, named])) == [quote, named]


def test_a_quote_of_the_ticker_is_given_again_if_it_says_something_else() -> None:
    """Another price, another day, or the price before again: the last one is compared."""
    run = repeats()
    elsewhere = replace(DAX, url=f"{SITE}/rss/news", fetched_at="2026-11-23T09:00:00+00:00")
    risen = replace(DAX, price=Decimal("20101.5"))
    next_day = replace(DAX, fetched_at="2026-11-24T08:00:00+00:00")
    given = [DAX, elsewhere, risen, elsewhere, next_day, next_day]
    assert list(run.unrepeated(given)) == [DAX, risen, elsewhere, next_day]
    assert run.stats.get_value("finnews/quotes/unchanged") == 2


def test_a_quote_of_a_box_is_always_given() -> None:
    """Only the ticker is the same on every page."""
    box = replace(DAX, source="article")
    assert list(repeats().unrepeated([box, box])) == [box, box]
