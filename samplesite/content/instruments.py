"""Indices, currencies and commodities, the ticker, and the present of the sample site."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=BERLIN)
"""The present of the sample site, and the time of its newest pages."""

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Instrument:
    """An index, currency, coin or commodity; `price` as boxes print it."""

    name: str
    kind: str
    path: str
    price: Decimal
    change: Decimal
    unit: str

    @property
    def page(self) -> str:
        """Its name in paths."""
        return self.path.rpartition("/")[2]

    @property
    def percent(self) -> Decimal:
        """The change in percent, two decimals."""
        return (self.change / (self.price - self.change) * 100).quantize(CENT)


@dataclass(frozen=True)
class Ticker:
    """An entry of the header's ticker."""

    name: str
    kind: str
    path: str
    price: Decimal
    percent: Decimal

    @property
    def page(self) -> str:
        """Its name in paths."""
        return self.path.rpartition("/")[2]


def _instrument(name: str, kind: str, path: str, price: str, change: str, unit: str) -> Instrument:
    return Instrument(name, kind, path, Decimal(price), Decimal(change), unit)


INDICES = (
    _instrument("DAX", "index", "/index/dax", "24938.51", "-251.37", "PKT"),
    _instrument("MDAX", "index", "/index/mdax", "31207.84", "112.06", "PKT"),
    _instrument("Euro STOXX 50", "index", "/index/euro_stoxx_50", "6174.92", "-94.11", "PKT"),
)

CURRENCIES = (
    _instrument(
        "BTC/EUR (Bitcoin-Euro)",
        "crypto",
        "/devisen/bitcoin-euro-kurs",
        "74908.89",
        "1136.19",
        "EUR",
    ),
    _instrument(
        "ETH/USD (Ethereum-US-Dollar)",
        "crypto",
        "/devisen/ethereum-dollar-kurs",
        "2683.33",
        "-0.94",
        "USD",
    ),
    _instrument(
        "USDC/USD (USD Coin-US-Dollar)",
        "crypto",
        "/devisen/usd_coin-dollar-kurs",
        "1.00",
        "0.00",
        "USD",
    ),
)

COMMODITIES = (
    _instrument("Goldpreis", "commodity", "/rohstoffe/goldpreis", "4123.70", "18.30", "USD"),
)

TICKER = (
    Ticker("DAX", "index", "/index/dax", Decimal(24939), Decimal("-1.0")),
    Ticker("ESt50", "index", "/index/euro_stoxx_50", Decimal(6175), Decimal("-1.5")),
    Ticker("MSCI World", "index", "/index/msci-world", Decimal(4343), Decimal("-0.1")),
    Ticker("Nas", "index", "/index/nasdaq_100", Decimal(23592), Decimal("0.6")),
    Ticker("Bitcoin", "crypto", "/devisen/bitcoin-dollar-kurs", Decimal(66643), Decimal("-0.2")),
    Ticker("Euro", "currency", "/devisen/dollarkurs", Decimal("1.1819"), Decimal("0.2")),
    Ticker("Öl", "commodity", "/rohstoffe/oelpreis", Decimal("66.06"), Decimal("-0.4")),
    Ticker("Gold", "commodity", "/rohstoffe/goldpreis", Decimal(4124), Decimal("5.6")),
)

ADVERTISED = Ticker(
    "Top 10 Crypto", "etf", "https://g.finanzen.net/t10c-muster", Decimal("10.19"), Decimal("0.1")
)
"""An advertisement that is printed as an entry of the ticker"""
