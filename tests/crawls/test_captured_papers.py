"""``scrapy crawl stocks`` of papers whose pages the site really served, from a server on loopback.

The values are those that a person reads on the pages; ``../shared/captures/README.md`` has them.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.captures import CAPTURES
from tests.support.crawling import crawl, lines
from tests.support.scripted import Reply, Script, scripted_site

SITE = b"https://www.finanzen.net"
CORE = "/etf/ishares-core-msci-world-etf-ie00b4l5y983"
DIST = "/etf/ishares-msci-world-etf-ie00b0m62q58"
FUND = "/fonds/amundi-msci-world-climate-transition-xe-c-lu1437020735"
SUGGESTIONS = "/suggest/finde/jsonv2"
FILES = {
    CORE: "etf-2026-09-23-ishares-core-msci-world.html",
    DIST: "etf-2026-09-23-ishares-msci-world-dist.html",
    FUND: "fund-2026-09-23-amundi-msci-world-climate.html",
    SUGGESTIONS: "suggest-2026-09-23-isin.json",
}
NAMES = ("page", "exchange", "price", "currency", "change", "change_percent", "quoted_at")
DAY = ("open", "previous_close", "day_high", "day_low", "volume")
BID = ("bid", "bid_size", "ask", "ask_size")
EXPECTED: list[tuple[Any, ...]] = [
    # page, exchange, price, currency, change, percent, time; price type; the day; bid and ask
    (
        *(CORE, "Stuttgart", 129.51, "EUR", 0.43, 0.33, "2026-09-22T21:16:13+02:00", "trade"),
        *(128.99, 129.09, 129.56, 128.99, 25263),
        *(129.39, 2706, 129.44, 2704),
    ),
    (CORE, None, 147.87, "USD", 1.9, 1.3, "2026-09-21", "nav", *(None,) * 9),
    (
        *(CORE, "gettex", None, "EUR", None, None, "2026-09-22", None, *(None,) * 5),
        *(129.33, 1280, 129.5, 1280),
    ),
    (
        *(DIST, "Stuttgart", 92.67, "EUR", 0.12, 0.13, "2026-09-22T18:45:02+02:00", "trade"),
        *(None, 92.55, *(None,) * 3),
        *(92.69, 3776, 92.77, 3773),
    ),
    (
        *(DIST, "Lang und Schwarz", None, "EUR", None, None, "2026-09-22", None, *(None,) * 5),
        *(92.51, 135, 92.81, 135),
    ),
    (
        *(DIST, "gettex", None, "EUR", None, None, "2026-09-22", None, *(None,) * 5),
        *(92.51, 1800, 92.81, 1800),
    ),
    (DIST, None, 105.97, "USD", 1.36, 1.3, "2026-09-21", "nav", *(None,) * 9),
    (FUND, None, 172240.39, "EUR", 248.92, 0.14, "2026-09-18", "nav", *(None,) * 9),
]
TICKER = {
    ("dax", 25579, 0.0),
    ("euro_stoxx_50", 6325, 0.1),
    ("msci-world", 4977, 0.0),
    ("nasdaq_composite", 27244, 0.5),
    ("bitcoin-euro-kurs", 76147, 1.2),
    ("dollarkurs", 1.1429, -0.2),
    ("oelpreis", 98.12, -1.1),
    ("goldpreis", 4346, -0.2),
}
REGISTER = {
    (CORE, "iShares Core MSCI World ETF", "etf", "IE00B4L5Y983", "A0RPWH", None),
    (DIST, "iShares MSCI World ETF", "etf", "IE00B0M62Q58", "A0HGV0", None),
    (
        *(FUND, "Amundi MSCI World Climate Transition - XE-C Fonds", "fund"),
        *("LU1437020735", "A2ATZL", None),
    ),
}

pytestmark = pytest.mark.skipif(not CAPTURES.exists(), reason=f"no captured pages in {CAPTURES}")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a crawl of the three papers wrote: by an ISIN, a path and an address in a file."""
    directory = tmp_path_factory.mktemp("captured")
    address: list[str] = []
    with scripted_site(captured(address)) as site:
        address.append(site.address)
        portfolio = directory / "portfolio.txt"
        portfolio.write_text(f"IE00B4L5Y983\n{DIST[1:]}\n{site.address}{FUND}\n", "utf-8")
        done = crawl("stocks", site.address, directory / "output", "-a", f"stocks=@{portfolio}")
        assert done.returncode == 0, done.stderr
    return directory / "output"


def captured(address: list[str]) -> Script:
    """Return what serves the captured pages, with the address of the server for the site's."""

    def script(path: str, _: int) -> Reply | None:
        if path == "/robots.txt":
            return Reply(body=b"User-agent: *\nAllow: /\n")
        if path not in FILES:
            return None
        file = CAPTURES / FILES[path]
        kind = "application/json" if file.suffix == ".json" else "text/html; charset=utf-8"
        body = file.read_bytes().replace(SITE, address[0].encode())
        return Reply(body=body, headers=(("Content-Type", kind),))

    return script


def exact(*values: Any) -> tuple[Any, ...]:
    """Return values with their numbers as they are printed, and as lines are read."""
    return tuple(Decimal(str(value)) if isinstance(value, float) else value for value in values)


def test_each_value_of_the_pages_is_written(output: Path) -> None:
    """Prices on exchanges, net asset values, and bid and ask with their sizes."""
    of_papers = [row for row in lines(output, "quotes") if row["source"] != "ticker"]
    names = (*NAMES, "price_type", *DAY, *BID)
    read = [tuple(row[name] for name in names) for row in of_papers]
    assert len(read) == len(EXPECTED)
    assert set(read) == {exact(page.rpartition("/")[2], *values) for page, *values in EXPECTED}


def test_the_ticker_is_written_without_its_advertisement(output: Path) -> None:
    """Once, although each page prints it."""
    ticker = [row for row in lines(output, "quotes") if row["source"] == "ticker"]
    read = {(row["page"], row["price"], row["change_percent"]) for row in ticker}
    assert len(ticker) == len(TICKER)
    assert read == {exact(*values) for values in TICKER}


def test_the_register_has_the_papers(output: Path) -> None:
    """With their names and numbers."""
    last = {row["key"]: row for row in lines(output, "instruments")}
    names = ("page", "name", "kind", "isin", "wkn", "symbol")
    register = {tuple(row[name] for name in names) for row in last.values()}
    assert {(page.rpartition("/")[2], *rest) for page, *rest in REGISTER} <= register
