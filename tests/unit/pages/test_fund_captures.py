"""Captured pages of ETFs and of a fund read to the values that a person reads on them."""

from pathlib import Path
from typing import Any

import pytest

from finnews.items import Item, Quote
from finnews.pages import page_type
from finnews.pages.base import Page

SITE = "https://www.finanzen.net"
CORE = ("etf-2026-09-23-ishares-core-msci-world", "etf/ishares-core-msci-world-etf-ie00b4l5y983")
DIST = ("etf-2026-09-23-ishares-msci-world-dist", "etf/ishares-msci-world-etf-ie00b0m62q58")
FUND = (
    "fund-2026-09-23-amundi-msci-world-climate",
    "fonds/amundi-msci-world-climate-transition-xe-c-lu1437020735",
)

PRICES = ("price", "currency", "change", "change_percent", "price_type", "exchange", "quoted_at")
OF_THE_DAY = ("open", "previous_close", "day_high", "day_low", "volume")
BID_AND_ASK = ("exchange", "mic", "currency", "bid", "bid_size", "ask", "ask_size", "quoted_at")

# name, kind, ISIN, WKN, symbol
SECURITIES = {
    CORE: ("iShares Core MSCI World ETF", "etf", "IE00B4L5Y983", "A0RPWH", None),
    DIST: ("iShares MSCI World ETF", "etf", "IE00B0M62Q58", "A0HGV0", None),
    FUND: (
        "Amundi MSCI World Climate Transition - XE-C Fonds",
        "fund",
        "LU1437020735",
        "A2ATZL",
        None,
    ),
}
QUOTES = {
    CORE: [
        ("129.51", "EUR", "0.43", "0.33", "trade", "Stuttgart", "2026-09-22T21:16:13+02:00"),
        ("147.87", "USD", "1.90", "1.30", "nav", None, "2026-09-21"),
    ],
    DIST: [
        ("92.67", "EUR", "0.12", "0.13", "trade", "Stuttgart", "2026-09-22T18:45:02+02:00"),
        ("105.97", "USD", "1.36", "1.30", "nav", None, "2026-09-21"),
    ],
    FUND: [("172240.39", "EUR", "248.92", "0.14", "nav", None, "2026-09-18")],
}
DAYS = {
    CORE: ("128.99", "129.09", "129.56", "128.99", "25263"),
    DIST: (None, "92.55", None, None, None),
    FUND: (None,) * 5,
}
BIDS = {
    CORE: [
        "Stuttgart XSTU EUR 129.39 2706 129.44 2704 2026-09-22T21:16:13+02:00",
        "gettex MUND EUR 129.33 1280 129.50 1280 2026-09-22",
    ],
    DIST: [
        "Stuttgart XSTU EUR 92.69 3776 92.77 3773 2026-09-22T18:45:02+02:00",
        "Lang und Schwarz None EUR 92.51 135 92.81 135 2026-09-22",
        "gettex MUND EUR 92.51 1800 92.81 1800 2026-09-22",
    ],
    FUND: [],
}
TICKER = [
    ("DAX", "25579", "0.0"),
    ("ESt50", "6325", "0.1"),
    ("MSCI World", "4977", "0.0"),
    ("Nas", "27244", "0.5"),
    ("Bitcoin", "76147", "1.2"),
    ("Euro", "1.1429", "-0.2"),
    ("Öl", "98.12", "-1.1"),
    ("Gold", "4346", "-0.2"),
]

each_page = pytest.mark.parametrize("named", [CORE, DIST, FUND], ids=lambda named: named[0])


def captured(captures: Path, named: tuple[str, str]) -> Page:
    """Return a captured page, as if the site had just answered it."""
    file, path = named
    kind = page_type(f"{SITE}/{path}")
    assert kind
    return kind(f"{SITE}/{path}", (captures / f"{file}.html").read_text("utf-8"))


def quotes(page: Page) -> list[Quote]:
    """Return the quotes of the page's own security."""
    items = [item for item in page.items() if isinstance(item, Quote)]
    return [item for item in items if item.source != "ticker"]


def printed(item: Item, *names: str) -> tuple[Any, ...]:
    """Return fields of an item as text, with all digits of its numbers."""
    values = (getattr(item, name) for name in names)
    return tuple(None if value is None else str(value) for value in values)


@each_page
def test_every_price_has_its_own_currency_exchange_and_time(
    named: tuple[str, str], captures: Path
) -> None:
    """The second one, a net asset value, has a day and no exchange."""
    priced = [quote for quote in quotes(captured(captures, named)) if quote.price is not None]
    assert [printed(quote, *PRICES) for quote in priced] == QUOTES[named]


@each_page
def test_the_values_of_the_day_are_those_of_the_exchange(
    named: tuple[str, str], captures: Path
) -> None:
    """On a day without trades they are not given."""
    first, *others = quotes(captured(captures, named))
    assert printed(first, *OF_THE_DAY) == DAYS[named]
    assert {printed(quote, *OF_THE_DAY) for quote in others} <= {(None,) * 5}


@each_page
def test_every_quote_names_the_security(named: tuple[str, str], captures: Path) -> None:
    """Where the badges are cut off, the ISIN is in the address, the WKN in the box's heading."""
    identified = {
        printed(quote, "name", "kind", "isin", "wkn", "symbol", "page")
        for quote in quotes(captured(captures, named))
    }
    assert identified == {(*SECURITIES[named], named[1].partition("/")[2])}


@each_page
def test_bid_and_ask_are_those_of_their_exchange(named: tuple[str, str], captures: Path) -> None:
    """Of an exchange whose price is not printed they are a quote of the printed day."""
    quoted = [quote for quote in quotes(captured(captures, named)) if quote.bid is not None]
    rows = [" ".join(map(str, printed(quote, *BID_AND_ASK))) for quote in quoted]
    assert rows == BIDS[named]


def test_the_ticker_is_read_without_its_advertisement(captures: Path) -> None:
    """Eight of its nine entries lead to a security of the site."""
    items = captured(captures, CORE).items()
    ticker = [item for item in items if isinstance(item, Quote) and item.source == "ticker"]
    assert [printed(quote, "name", "price", "change_percent") for quote in ticker] == TICKER


@each_page
def test_nothing_on_the_page_is_in_doubt(named: tuple[str, str], captures: Path) -> None:
    """Every value that is printed was read, and every word is known."""
    page = captured(captures, named)
    assert len(list(page.items())) > 0
    assert (page.stats.doubts, page.stats.words) == ({}, {})


@pytest.mark.parametrize(
    "path",
    [
        *("/etf/suche", "/etf/vergleich", "/etf/kvg/muster-etf", f"/etf/kurse/{CORE[1][4:]}"),
        *("/fonds/suche", f"/fonds/boersenplaetze/{FUND[1][6:]}", f"/{CORE[1]}/xetra/kurse"),
    ],
)
def test_lists_and_tools_are_no_securities(path: str) -> None:
    """They stand under the same roofs."""
    assert page_type(SITE + path) is None
