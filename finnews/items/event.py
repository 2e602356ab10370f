"""A date in a company's calendar."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from finnews.items.base import Item, folded, instrument_key
from finnews.items.forms import Currency, Day, Isin, Wkn


@dataclass(slots=True)
class Event(Item):
    """A day on which a company reports or meets, past or to come."""

    collection: ClassVar[str] = "events"
    is_of_instrument: ClassVar[bool] = True
    is_reported: ClassVar[bool] = True
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("page",), ("event",), ("date",))

    name: str | None = None
    """The share's name, as printed."""

    page: str | None = None
    """Its name in the site's paths: ``sap``."""

    isin: Isin | None = None
    """ISO 6166."""

    wkn: Wkn | None = None
    """German securities number."""

    event: str | None = None
    """What happens, as printed: ``Quartalszahlen``, ``Hauptversammlung``."""

    period: str | None = None
    """What it is about: ``Q3 2026``, ``FY 2025``."""

    date: Day | None = None
    """The day."""

    is_estimated: bool | None = None
    """Whether the day is an estimate, which the page marks ``(e)*``."""

    eps_estimate: Decimal | None = None
    """Expected earnings per share, in `currency`; of a general meeting, those of the year."""

    eps_actual: Decimal | None = None
    """Earnings per share as reported, in `currency`; of a general meeting, those of the year."""

    currency: Currency | None = None
    """ISO 4217, of the earnings per share; ``None`` where the page prints none."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"{self.instrument()}|{self.date}|{folded(self.event)}|{self.period}",)

    def instrument(self) -> str | None:
        return instrument_key("stock", self.page)

    @property
    def dated(self) -> str | None:
        return self.date

    def line_parts(self) -> tuple[str | None, ...]:
        per_share = self.eps_estimate if self.eps_actual is None else self.eps_actual
        kind = "expected" if self.eps_actual is None else "reported"
        eps = None if per_share is None else f"EPS {per_share} {self.currency or ''} {kind}"
        return self.event, self.period, "(day estimated)" if self.is_estimated else None, eps
