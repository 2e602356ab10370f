"""The quotes that crawls should write."""

from collections.abc import Iterator
from typing import Any

from samplesite.content.collector import EVERYWHERE, Collector, Row
from samplesite.content.exchanges import Venue
from samplesite.content.instruments import TICKER, Instrument
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


def stock_row(stock: Stock) -> Row:
    return {
        "name": stock.name,
        "kind": "stock",
        "page": stock.page,
        "isin": stock.isin,
        "price": stock.price,
        "currency": "EUR",
        "change": stock.change,
        "change_percent": stock.percent,
        "source": "article",
    }


def instrument_row(instrument: Instrument) -> Row:
    return {
        "name": instrument.name,
        "kind": instrument.kind,
        "page": instrument.page,
        "price": instrument.price,
        "currency": None if instrument.unit == "PKT" else instrument.unit,
        "unit": "points" if instrument.unit == "PKT" else None,
        "change": instrument.change,
        "change_percent": instrument.percent,
        "source": "article",
    }


def page_rows(stock: Stock) -> Iterator[Row]:
    """Yield the quotes of a share's page: the snapshot's with its box, the second, bid and ask."""
    quoting = stock.quoting_venues
    yield _shown_row(stock) | (_bid_and_ask(stock.shown) if stock.shown in quoting else {})
    if stock.second:
        yield _page_row(stock, stock.second) | _snapshot_values(stock.second)
    for venue in quoting:
        if venue is not stock.shown:
            day = {"quoted_at": venue.at.date().isoformat()}
            yield _page_row(stock, venue) | _bid_and_ask(venue) | day


def _shown_row(stock: Stock) -> Row:
    venue = stock.shown
    box = {
        "open": venue.low,
        "previous_close": venue.previous,
        "day_low": venue.low,
        "day_high": venue.high,
        "volume": venue.volume,
    }
    values = _page_row(stock, venue) | _snapshot_values(venue)
    return values if stock.is_short_of_boxes else values | box


def _page_row(stock: Stock, venue: Venue) -> Row:
    return {
        "name": stock.short,
        "kind": "stock",
        "page": stock.page,
        "isin": stock.isin,
        "wkn": stock.wkn,
        "symbol": stock.symbol,
        "currency": venue.exchange.unit,
        "exchange": venue.exchange.name,
        "mic": venue.exchange.mic,
        "source": "stock",
    }


def _snapshot_values(venue: Venue) -> Row:
    return {
        "price": venue.price,
        "change": venue.change,
        "change_percent": venue.percent,
        "price_type": "trade",
        "quoted_at": venue.at.isoformat(),
    }


def _bid_and_ask(venue: Venue) -> Row:
    return {
        "bid": venue.bid,
        "ask": venue.ask,
        "bid_size": venue.bid_size,
        "ask_size": venue.ask_size,
    }


def venue_row(stock: Stock, venue: Venue) -> Row:
    is_pence = venue.exchange.unit == "GBX"
    return {
        "name": stock.name,
        "kind": "stock",
        "page": stock.page,
        "price": venue.price,
        "currency": None if is_pence else venue.exchange.unit,
        "unit": "GBX" if is_pence else None,
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
