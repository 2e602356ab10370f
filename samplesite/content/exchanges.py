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
        return None if self.price is None else self.price + Decimal("0.06")
