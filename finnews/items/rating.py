"""Analyst ratings."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from finnews.items.amounts import Amounts
from finnews.items.base import Item, folded, instrument_key
from finnews.items.forms import Currency, DayOrTime, Digits, Isin, Unit, Wkn

Verdict = Literal["buy", "hold", "sell"]
"""The three groups in which the site puts every rating."""

Action = Literal["initiated", "upgraded", "downgraded", "maintained"]
"""How a study changed the rating."""


@dataclass(slots=True)
class Rating(Item):
    """An analyst's rating of a share."""

    collection: ClassVar[str] = "ratings"
    is_of_instrument: ClassVar[bool] = True
    is_known_by_own_page: ClassVar[bool] = True
    is_reported: ClassVar[bool] = True
    date_field: ClassVar[str | None] = "date_published"
    required: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("firm",),
        ("date_published",),
        ("page", "id"),
        ("rating", "verdict"),
    )
    amounts: ClassVar[tuple[Amounts, ...]] = (
        Amounts(
            (("price_target",), ("price", "upside_percent"), ("previous_price_target",)),
            ("currency", "unit"),
            (("consensus_target",),),
        ),
    )
    statements: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("rating", "verdict", "previous_rating", "action"),
    )

    id: Digits | None = None
    """The site's number of the study; ``None`` if the page has no link to the study."""

    name: str | None = None
    """Name of the share, as printed."""

    page: str | None = None
    """Page name, as in the site's paths: ``saint-gobain``."""

    isin: Isin | None = None
    """ISIN (ISO 6166)."""

    wkn: Wkn | None = None
    """German securities number (WKN)."""

    firm: str | None = None
    """Bank or research firm: ``RBC Capital Markets``."""

    analyst: str | None = None
    """Name of the analyst."""

    rating: str | None = None
    """Rating in the firm's own word, as printed: ``Outperform``."""

    verdict: Verdict | None = None
    """Group of the rating: ``buy``, ``hold`` or ``sell``."""

    previous_rating: str | None = None
    """The firm's previous rating."""

    action: Action | None = None
    """How the study changed the rating: ``upgraded``."""

    price_target: Decimal | None = None
    """Price that the firm expects, usually within twelve months."""

    previous_price_target: Decimal | None = None
    """The firm's previous price target."""

    currency: Currency | None = None
    """Currency (ISO 4217) of `price_target`."""

    unit: Unit | None = None
    """Hundredths of a currency, such as ``GBX`` for pence, for a target in no `currency`."""

    price: Decimal | None = None
    """Price at publication."""

    upside_percent: Decimal | None = None
    """Difference between target and price, in percent: at publication, if the study's page was
    read; else as the table of price targets printed it when it was first read."""

    consensus_target: Decimal | None = None
    """Mean of all firms' price targets, as the study's page prints it."""

    date_published: DayOrTime | None = None
    """Day of publication, or its time if the page prints one."""

    text: str | None = None
    """Text of the study."""

    @property
    def keys(self) -> tuple[str, ...]:
        id_key = (f"id:{self.id}",) if self.id else ()
        if self.id and not self.page:
            return id_key
        study = f"{self.instrument()}|{folded(self.firm)}|{(self.date_published or '')[:10]}"
        verdict = self.verdict or folded(self.rating)
        words = dict.fromkeys((verdict, folded(self.rating) or verdict))
        return id_key + tuple(f"{study}|{word}" for word in words)

    @property
    def primary_key(self) -> str | None:
        return f"id:{self.id}" if self.id else None

    def instrument(self) -> str | None:
        return instrument_key("stock", self.page)

    def line_parts(self) -> tuple[str | None, ...]:
        target = self.price_target
        amount = None if target is None else f"{target:f} {self.currency or ''}".strip()
        return self.firm, self.rating or self.verdict, amount
