"""The quotes that crawls should write of the header, of the pages of papers and of exchanges."""

from collections.abc import Iterator
from typing import Any

from samplesite.content.box_rows import unit_values
from samplesite.content.collector import EVERYWHERE, Collector, Row
from samplesite.content.exchanges import Venue
from samplesite.content.instruments import TICKER
from samplesite.content.papers import Paper, Security
from samplesite.content.stocks import Stock


def header(collector: Collector) -> None:
    """Add the quotes of the header's ticker, and the shares of the search box's lists."""
    for entry in TICKER:
        values = {
            "name": entry.name,
            "kind": entry.kind,
            "page": entry.page,
            "price": entry.price,
            "change_percent": entry.percent,
            "source": "ticker",
        }
        collector.add("quotes", quote_key(values), EVERYWHERE, values)
    for stock in (*collector.world.most_searched, *collector.world.most_wanted):
        share = {"page": stock.page, "name": stock.short, "kind": "stock"}
        share |= {"isin": stock.isin, "wkn": stock.wkn}
        collector.add("instruments", ("stock", stock.page), EVERYWHERE, share)


def quote_key(quote: Row) -> tuple[Any, ...]:
    """Return the identity of a quote: its time, or its price where no time is printed."""
    moment_or_price = quote.get("quoted_at") or quote["price"]
    bid = None if quote.get("price") else quote.get("bid")
    return (quote["kind"], quote["page"], quote.get("exchange"), moment_or_price, bid)


def page_rows(paper: Security) -> Iterator[Row]:
    """Yield the quotes of a page: the snapshot's with its box, the second, bid and ask.

    What has expired has none.
    """
    if isinstance(paper, Paper) and paper.is_expired:
        return
    quoting = paper.quoting_venues
    yield _shown_row(paper) | (_bid_and_ask(paper.shown) if paper.shown in quoting else {})
    if paper.second:
        yield _page_row(paper, paper.second) | _snapshot_values(paper.second)
    for venue in quoting:
        if venue is not paper.shown:
            day = {"quoted_at": venue.at.date().isoformat()}
            yield _page_row(paper, venue) | _bid_and_ask(venue) | day


def _shown_row(paper: Security) -> Row:
    venue = paper.shown
    box = {
        "open": venue.low,
        "previous_close": venue.previous,
        "day_low": venue.low,
        "day_high": venue.high,
        "volume": venue.volume,
    }
    values = _page_row(paper, venue) | _snapshot_values(venue)
    return values if paper.is_short_of_boxes else values | box


def _page_row(paper: Security, venue: Venue) -> Row:
    has_exchange = bool(venue.exchange.name) and not venue.is_nav
    return {
        "name": paper.short,
        "kind": paper.kind,
        "page": paper.page,
        "isin": paper.isin,
        "wkn": paper.wkn,
        "symbol": paper.symbol,
        **unit_values(venue.exchange.unit),
        "exchange": venue.exchange.name if has_exchange else None,
        "mic": venue.exchange.mic,
        "source": "currency" if paper.kind == "crypto" else paper.kind,
    }


def _snapshot_values(venue: Venue) -> Row:
    traded = "trade" if venue.exchange.name else None
    return {
        "price": venue.price,
        "change": venue.change,
        "change_percent": venue.percent,
        "price_type": "nav" if venue.is_nav else traded,
        "quoted_at": venue.quoted_at,
    }


def _bid_and_ask(venue: Venue) -> Row:
    return {
        "bid": venue.bid,
        "ask": venue.ask,
        "bid_size": venue.bid_size,
        "ask_size": venue.ask_size,
    }


def venue_row(stock: Stock, venue: Venue) -> Row:
    return {
        "name": stock.name,
        "kind": "stock",
        "page": stock.page,
        "price": venue.price,
        **unit_values(venue.exchange.unit),
        "change": venue.change,
        "change_percent": venue.percent,
        "previous_close": venue.previous,
        "day_low": venue.low,
        "day_high": venue.high,
        "volume": venue.volume,
        "price_type": "trade",
        "exchange": venue.exchange.name,
        "mic": venue.exchange.mic,
        "segment": venue.exchange.segment,
        "quoted_at": venue.at.isoformat(),
        "source": "venues",
    }
