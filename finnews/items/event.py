"""The dates of companies."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from finnews.items.amounts import Amounts
from finnews.items.base import Item, folded, instrument_key
from finnews.items.forms import Currency, Day, Isin, Wkn


@dataclass(slots=True)
class Event(Item):
    """A past or future day of a company: results, a general meeting."""

    collection: ClassVar[str] = "events"
    is_of_instrument: ClassVar[bool] = True
    is_reported: ClassVar[bool] = True
    date_field: ClassVar[str | None] = "date"
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("page",), ("event",), ("date",))
    amounts: ClassVar[tuple[Amounts, ...]] = (
        Amounts((("eps_actual",),), ("currency",), (("eps_estimate",),)),
    )

    name: str | None = None
    """Name of the share, as printed."""

    page: str | None = None
    """Page name, as in the site's paths: ``sap``."""

    isin: Isin | None = None
    """ISIN (ISO 6166)."""

    wkn: Wkn | None = None
    """German securities number (WKN)."""

    event: str | None = None
    """Event as printed: ``Quartalszahlen``, ``Hauptversammlung``."""

    period: str | None = None
    """Quarter or financial year: ``Q3 2026``, ``FY 2025``."""

    date: Day | None = None
    """Day of the event."""

    is_estimated: bool | None = None
    """Whether the day is an estimate, which the page marks ``(e)*``."""

    eps_estimate: Decimal | None = None
    """Expected earnings per share, in `currency`; for a general meeting, those of the year."""

    eps_actual: Decimal | None = None
    """Reported earnings per share, in `currency`; for a general meeting, those of the year."""

    currency: Currency | None = None
    """Currency (ISO 4217) of the earnings per share; ``None`` if the page prints none."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"{self.instrument()}|{self.date}|{folded(self.event)}|{self.period or ''}",)

    def instrument(self) -> str | None:
        return instrument_key("stock", self.page)

    def line_parts(self) -> tuple[str | None, ...]:
        eps = self.eps_estimate if self.eps_actual is None else self.eps_actual
        status = "expected" if self.eps_actual is None else "reported"
        earnings = None if eps is None else f"EPS {eps} {self.currency or ''} {status}"
        return self.event, self.period, "(day estimated)" if self.is_estimated else None, earnings
