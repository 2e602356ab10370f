"""An analyst's verdict."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from finnews.items.base import Item, folded, instrument_key
from finnews.items.forms import Currency, DayOrTime, Digits, Isin, Unit, Wkn

Verdict = Literal["buy", "hold", "sell"]
"""The three groups into which the site sorts every rating."""

Action = Literal["initiated", "upgraded", "downgraded", "maintained"]
"""What a study did to the rating."""


@dataclass(slots=True)
class Rating(Item):
    """An analyst's verdict on a share."""

    collection: ClassVar[str] = "ratings"
    is_of_instrument: ClassVar[bool] = True
    is_known_by_own_page: ClassVar[bool] = True
    is_reported: ClassVar[bool] = True
    required: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("firm",),
        ("date_published",),
        ("page", "id"),
        ("rating", "verdict"),
    )

    id: Digits | None = None
    """The site's analysis number, where the page links the analysis."""

    name: str | None = None
    """The share's name, as printed."""

    page: str | None = None
    """Its name in the site's paths: ``saint-gobain``."""

    isin: Isin | None = None
    """ISO 6166."""

    wkn: Wkn | None = None
    """German securities number."""

    firm: str | None = None
    """The house: ``RBC Capital Markets``."""

    analyst: str | None = None
    """The person."""

    rating: str | None = None
    """In the house's own word, as printed: ``Outperform``."""

    verdict: Verdict | None = None
    """The group of that word."""

    previous_rating: str | None = None
    """The house's rating before."""

    action: Action | None = None
    """What the study did to the rating."""

    price_target: Decimal | None = None
    """Where the house sees the price, usually in twelve months."""

    previous_price_target: Decimal | None = None
    """The target before."""

    currency: Currency | None = None
    """ISO 4217, of `price_target`."""

    unit: Unit | None = None
    """``GBX`` for a target in pence, which then has no `currency`; else ``None``."""

    price: Decimal | None = None
    """Price at publication."""

    upside_percent: Decimal | None = None
    """Distance from the price to the target: at publication where the analysis was read, else
    as the table of targets printed it when it was first met."""

    consensus_target: Decimal | None = None
    """Mean of all houses' targets, as the analysis page prints it."""

    date_published: DayOrTime | None = None
    """Day, or time where the page has one."""

    text: str | None = None
    """The study's text."""

    @property
    def keys(self) -> tuple[str, ...]:
        number = (f"id:{self.id}",) if self.id else ()
        if self.id and not self.page:
            return number
        study = f"{self.instrument()}|{folded(self.firm)}|{(self.date_published or '')[:10]}"
        said = self.verdict or folded(self.rating)
        words = dict.fromkeys((said, folded(self.rating) or said))
        return number + tuple(f"{study}|{word}" for word in words)

    @property
    def primary_key(self) -> str | None:
        return f"id:{self.id}" if self.id else None

    def instrument(self) -> str | None:
        return instrument_key("stock", self.page)

    @property
    def dated(self) -> str | None:
        return self.date_published

    def line_parts(self) -> tuple[str | None, ...]:
        target = None if self.price_target is None else f"{self.price_target}"
        priced = f"{target} {self.currency or ''}".strip() if target else None
        return self.firm, self.rating or self.verdict, priced
