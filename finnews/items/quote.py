"""Prices of securities."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final, Literal

from finnews.items.amounts import Amounts
from finnews.items.base import Item, Kind, folded, instrument_key
from finnews.items.forms import Count, Currency, DayOrTime, Isin, Mic, Unit, Wkn

Segment = Literal["german", "off-exchange", "foreign"]
"""The three tables of a venues page: German exchanges, off-exchange trading, foreign exchanges."""

Source = Literal[
    "stock",
    "etf",
    "fund",
    "index",
    "currency",
    "commodity",
    "bond",
    "certificate",
    "venues",
    "article",
    "analysis",
    "ticker",
]
"""The parts of the site from which quotes are read; ``currency`` also has the pages of coins."""

PriceType = Literal["trade", "nav"]
"""What a price is: of a trade on an exchange, or the net asset value of a fund."""

TICKER: Final = "ticker"
"""The `Source` of the quotes in the header of every page."""

BIDS: Final = "bids"
"""The name of quotes without a price in the report of a run."""


@dataclass(slots=True)
class Quote(Item):
    """A price of a security at a time, with the exchange if the page names it.

    Some pages print a bid and an ask of an exchange without a price: they are a quote as well.
    """

    collection: ClassVar[str] = "quotes"
    is_of_instrument: ClassVar[bool] = True
    is_reported: ClassVar[bool] = True
    date_field: ClassVar[str | None] = "quoted_at"
    provenance: ClassVar[frozenset[str]] = Item.provenance | {"source"}
    required: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("kind",),
        ("page",),
        ("price", "bid", "ask"),
    )
    amounts: ClassVar[tuple[Amounts, ...]] = (
        Amounts(
            (
                ("price", "change", "change_percent", "previous_close", "price_type"),
                ("open",),
                ("day_low", "day_high"),
                ("volume",),
            ),
            ("currency", "unit"),
            (("bid", "ask", "bid_size", "ask_size"),),
        ),
    )

    name: str | None = None
    """Name of the security, as printed."""

    kind: Kind | None = None
    """Kind of security."""

    page: str | None = None
    """Page name, as in the site's paths: ``tesla``, ``dax``; of a commodity with the type that its
    address has: ``oelpreis?type=Brent``."""

    isin: Isin | None = None
    """ISIN (ISO 6166)."""

    wkn: Wkn | None = None
    """German securities number (WKN)."""

    symbol: str | None = None
    """Ticker symbol: ``TSLA``."""

    price: Decimal | None = None
    """Last price, in `currency` or in `unit`; ``None`` where only `bid` and `ask` are printed."""

    currency: Currency | None = None
    """Currency (ISO 4217). ``None`` for another `unit`, and if the page prints none."""

    unit: Unit | None = None
    """What a price is in that is in no currency: ``points`` of an index, ``percent`` of a bond's
    face value, hundredths of a currency: ``GBX``, ``ZAC``, ``ILA``, ``USX``."""

    change: Decimal | None = None
    """Change since the previous close, in the unit of `price`."""

    change_percent: Decimal | None = None
    """Change since the previous close in percent: 1.21 is 1.21 %."""

    previous_close: Decimal | None = None
    """Closing price of the previous trading day."""

    open: Decimal | None = None
    """First price of the day."""

    day_low: Decimal | None = None
    """Lowest price of the day."""

    day_high: Decimal | None = None
    """Highest price of the day."""

    bid: Decimal | None = None
    """Bid price (Geld)."""

    ask: Decimal | None = None
    """Ask price (Brief)."""

    volume: Count | None = None
    """Number of shares traded on the day."""

    bid_size: Count | None = None
    """Number of pieces for which `bid` holds."""

    ask_size: Count | None = None
    """Number of pieces for which `ask` holds."""

    price_type: PriceType | None = None
    """``nav`` for a fund's net asset value, ``trade`` for a price on a named `exchange`; ``None``
    without a price, and where the page says neither."""

    exchange: str | None = None
    """Exchange as printed: ``Stuttgart``. If a page for one exchange prints none, the name for the
    code in its address, or the code itself if it is unknown. A net asset value has none."""

    mic: Mic | None = None
    """Code of the exchange (ISO 10383): ``XSTU``."""

    segment: Segment | None = None
    """Table of a venues page: ``german``, ``off-exchange`` or ``foreign``."""

    quoted_at: DayOrTime | None = None
    """Time of the price. A day alone is that of a net asset value, which a fund has once a day, or
    of a bid and ask. ``None`` if the page prints none, or of a traded price only the day."""

    source: Source | None = None
    """Part of the site from which it was read."""

    @property
    def keys(self) -> tuple[str, ...]:
        if self.price_type == "nav":
            day = self.quoted_at or self._fetched_on
            return (f"{self.instrument()}|nav {self.currency or self.unit}|{day}",)
        venue = f"{self.instrument()}|{venue_key(self.exchange, self.mic)}"
        if self.quoted_at and "T" in self.quoted_at:
            return (f"{venue}|{self.quoted_at}",)
        return (f"{venue}|{self._prices}|{self.quoted_at or self._fetched_on}",)

    @property
    def _prices(self) -> str:
        """The price, or bid and ask where there is none, without trailing zeros."""
        prices = (self.bid, self.ask) if self.price is None else (self.price,)
        return "/".join("" if price is None else f"{price.normalize()}" for price in prices)

    @property
    def _fetched_on(self) -> str:
        return (self.fetched_at or "")[:10]

    def instrument(self) -> str | None:
        return instrument_key(self.kind, self.page)

    @property
    def reported_as(self) -> str:
        """``quotes``, ``ticker`` for those in the header of every page, ``bids`` for those without
        a price: else a page that prints bids of more exchanges would seem to lack prices."""
        if self.source == TICKER:
            return TICKER
        return BIDS if self.price is None else self.collection

    def line_parts(self) -> tuple[str | None, ...]:
        prices = (self.bid, self.ask) if self.price is None else (self.price,)
        value = "/".join("-" if price is None else f"{price:f}" for price in prices)
        price = f"{value} {self.currency or self.unit or ''}".strip()
        change = None if self.change_percent is None else f"{self.change_percent:+f} %"
        return price, change, self.exchange, None if self.quoted_at else "(time of fetching)"


def venue_key(exchange: str | None, mic: str | None) -> str:
    """Return what two spellings of an exchange have in common: its MIC, or its name.

    >>> venue_key("Euronext Paris", "XPAR"), venue_key("Lang & Schwarz", None)
    ('XPAR', 'lang und schwarz')
    """
    return mic or folded((exchange or "").replace("&", " und "))
