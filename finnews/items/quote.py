"""A price of a security."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final, Literal

from finnews.items.base import Item, Kind, folded, instrument_key
from finnews.items.forms import Count, Currency, Isin, Mic, Time, Unit, Wkn

Segment = Literal["german", "off-exchange", "foreign"]
"""Which of the three tables of a venues page a quote stands in."""

Source = Literal["stock", "venues", "article", "analysis", "ticker"]
"""The part of the site a quote was read from."""

TICKER: Final = "ticker"
"""The `Source` of the quotes in the header of every page."""


@dataclass(slots=True)
class Quote(Item):
    """A price of a security at a time, on an exchange where the page names one."""

    collection: ClassVar[str] = "quotes"
    is_of_instrument: ClassVar[bool] = True
    is_reported: ClassVar[bool] = True
    provenance: ClassVar[frozenset[str]] = Item.provenance | {"source"}
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("kind",), ("page",), ("price",))

    name: str | None = None
    """The security's name, as printed."""

    kind: Kind | None = None
    """What it is."""

    page: str | None = None
    """Its name in the site's paths: ``tesla``, ``dax``."""

    isin: Isin | None = None
    """ISO 6166."""

    wkn: Wkn | None = None
    """German securities number."""

    symbol: str | None = None
    """Ticker symbol: ``TSLA``."""

    price: Decimal | None = None
    """Last price, in `currency` or in `unit`."""

    currency: Currency | None = None
    """ISO 4217. ``None`` for points, for pence, and where the page prints none."""

    unit: Unit | None = None
    """``points`` for an index, ``GBX`` for pence (a hundredth of a pound); else ``None``."""

    change: Decimal | None = None
    """Change against the previous close, in the unit of `price`."""

    change_percent: Decimal | None = None
    """The same in percent: 1.21 is 1.21 %."""

    previous_close: Decimal | None = None
    """Closing price of the trading day before."""

    open: Decimal | None = None
    """First price of the day."""

    day_low: Decimal | None = None
    """Lowest price of the day."""

    day_high: Decimal | None = None
    """Highest price of the day."""

    bid: Decimal | None = None
    """Price at which the market buys (Geld)."""

    ask: Decimal | None = None
    """Price at which the market sells (Brief)."""

    volume: Count | None = None
    """Shares traded on the day."""

    exchange: str | None = None
    """The exchange as printed: ``Stuttgart``. Of a page for one exchange that prints none, the
    name of its code in the address, or the code where that is not known."""

    mic: Mic | None = None
    """ISO 10383 code of the exchange: ``XSTU``."""

    segment: Segment | None = None
    """``german``, ``off-exchange`` or ``foreign``."""

    quoted_at: Time | None = None
    """Time of the price; ``None`` where the page prints none."""

    source: Source | None = None
    """The part of the site it was read from."""

    @property
    def keys(self) -> tuple[str, ...]:
        place = f"{self.instrument()}|{folded(self.exchange)}"
        if self.quoted_at:
            return (f"{place}|{self.quoted_at}",)
        price = None if self.price is None else self.price.normalize()
        return (f"{place}|{price}|{(self.fetched_at or '')[:10]}",)

    def instrument(self) -> str | None:
        return instrument_key(self.kind, self.page)

    @property
    def dated(self) -> str | None:
        return self.quoted_at

    @property
    def reported_as(self) -> str:
        """Apart where it is of the ticker, which stands on every page."""
        return TICKER if self.source == TICKER else self.collection

    def line_parts(self) -> tuple[str | None, ...]:
        price = f"{self.price} {self.currency or self.unit or ''}".strip()
        change = None if self.change_percent is None else f"{self.change_percent:+} %"
        return price, change, self.exchange, None if self.quoted_at else "(time of fetching)"
