"""The exchanges of the sample site, and a share's prices there."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from samplesite.content.instruments import CENT


@dataclass(frozen=True)
class Exchange:
    """An exchange: its name and code on the site, its MIC, segment and currency."""

    name: str
    code: str
    mic: str | None
    segment: str
    unit: str = "EUR"


EXCHANGES = (
    Exchange("XETRA", "XETRA", "XETR", "german"),
    Exchange("Frankfurt", "FSE", "XFRA", "german"),
    Exchange("Stuttgart", "STU", "XSTU", "german"),
    Exchange("Düsseldorf", "DUS", "XDUS", "german"),
    Exchange("Hamburg", "HAM", "XHAM", "german"),
    Exchange("Hannover", "HAN", "XHAN", "german"),
    Exchange("München", "MUN", "XMUN", "german"),
    Exchange("Berlin", "BER", "XBER", "german"),
    Exchange("gettex", "BMN", "MUND", "german"),
    Exchange("Tradegate", "TGT", "XGAT", "german"),
    Exchange("L&S Exchange", "HAML", "HAML", "off-exchange"),
    Exchange("Beispielmakler", "BSM", None, "off-exchange"),
    Exchange("SIX Swiss Exchange", "SWX", "XSWX", "foreign", "CHF"),
    Exchange("NYSE", "NYSE", "XNYS", "foreign", "USD"),
    Exchange("NASDAQ", "NAS", "XNAS", "foreign", "USD"),
    Exchange("London", "LSE", "XLON", "foreign", "GBX"),
)

BROKERS = (
    Exchange("Lang und Schwarz", "L&S", None, "off-exchange"),
    Exchange("Baader Bank", "BAE", None, "off-exchange"),
)
"""Where ETFs, bonds and certificates have prices as well, and shares have none."""

NAV = "NAV"
"""Stands where an exchange stands, for the net asset value of a fund."""

SPREAD = Decimal("0.10")
"""The difference between bid and ask."""


@dataclass(frozen=True)
class Venue:
    """One row of a venues page; `price` is ``None`` where nothing was traded."""

    exchange: Exchange
    at: datetime
    price: Decimal | None = None
    previous: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    volume: int | None = None

    @property
    def is_nav(self) -> bool:
        """Whether its price is the net asset value, of which only the day is known."""
        return self.exchange.name == NAV

    @property
    def quoted_at(self) -> str:
        """The time of the price in ISO 8601, or its day alone."""
        return self.at.date().isoformat() if self.is_nav else self.at.isoformat()

    @property
    def change(self) -> Decimal | None:
        """The change against the previous close."""
        if self.price is None or self.previous is None:
            return None
        return self.price - self.previous

    @property
    def percent(self) -> Decimal | None:
        """The change in percent, two decimals."""
        if self.change is None or self.previous is None:
            return None
        return (self.change / self.previous * 100).quantize(CENT)

    @property
    def bid(self) -> Decimal | None:
        """The price at which the market buys."""
        return None if self.price is None else self.price - Decimal("0.04")

    @property
    def ask(self) -> Decimal | None:
        """The price at which the market sells."""
        return None if self.price is None else self.price - Decimal("0.04") + SPREAD

    @property
    def bid_size(self) -> int | None:
        """The pieces that the market buys at its bid."""
        return None if self.price is None else 12 * int(self.price) + 7

    @property
    def ask_size(self) -> int | None:
        """The pieces that the market sells at its ask."""
        return None if self.price is None else 11 * int(self.price) + 5

    @property
    def turnover(self) -> Decimal | None:
        """What was traded, in the unit of the price."""
        if self.price is None or self.volume is None:
            return None
        return self.price * self.volume
