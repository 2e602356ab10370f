"""The register of securities."""

from dataclasses import dataclass
from typing import ClassVar, Self

from finnews.items.base import Item, Kind, instrument_key
from finnews.items.forms import Isin, Wkn


@dataclass(slots=True)
class Instrument(Item):
    """A security in the register, with its names and numbers."""

    collection: ClassVar[str] = "instruments"
    is_in_one_file: ClassVar[bool] = True
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("page",), ("kind",))

    page: str | None = None
    """Page name, as in the site's paths: ``tesla``."""

    name: str | None = None
    """Name as printed; of several, the longest."""

    kind: Kind | None = None
    """Kind of security."""

    isin: Isin | None = None
    """ISIN (ISO 6166)."""

    wkn: Wkn | None = None
    """German securities number (WKN)."""

    symbol: str | None = None
    """Ticker symbol."""

    @property
    def keys(self) -> tuple[str, ...]:
        numbers = (("isin", self.isin), ("wkn", self.wkn))
        return (str(self.instrument()), *(f"{name}:{value}" for name, value in numbers if value))

    def instrument(self) -> str | None:
        return instrument_key(self.kind, self.page)

    def merged_with(self, reading: Self, *, is_superseded: bool) -> Self:
        """Return this item completed; a coin that was archived as a currency is one from then."""
        merged = Item.merged_with(self, reading, is_superseded=is_superseded)
        if "crypto" in (self.kind, reading.kind):
            merged.kind = "crypto"
        return merged
