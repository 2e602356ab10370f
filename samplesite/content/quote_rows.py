"""The quotes that crawls should write."""

from collections.abc import Iterator
from typing import Any

from samplesite.content.collector import EVERYWHERE, Collector, Row
from samplesite.content.exchanges import Venue
from samplesite.content.instruments import TICKER, Instrument
from samplesite.content.stocks import Stock


def ticker(collector: Collector) -> None:
    """Add the quotes of the header ticker."""
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


def quote_key(quote: Row) -> tuple[Any, ...]:
    """Return the identity of a quote: its time, or its price where no time is printed."""
    moment_or_price = quote.get("quoted_at") or quote["price"]
    return (quote["kind"], quote["page"], quote.get("exchange"), moment_or_price)


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
    """Yield the quotes of a share's page: its boxes, or the snapshot where there are none."""
    badges = {"name": stock.short, "isin": stock.isin, "wkn": stock.wkn, "symbol": stock.symbol}
    for venue in stock.boxed_venues:
        own = {"open": venue.low, "bid": venue.bid, "ask": venue.ask, "source": "stock"}
        yield venue_row(stock, venue) | badges | own | {"segment": None}
    if not stock.boxed_venues:
        values = stock_row(stock) | badges
        yield values | {"quoted_at": stock.home.at.isoformat(), "source": "stock"}


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
        "exchange": venue.exchange.name,
        "mic": venue.exchange.mic,
        "segment": venue.exchange.segment,
        "quoted_at": venue.at.isoformat(),
        "source": "venues",
    }
