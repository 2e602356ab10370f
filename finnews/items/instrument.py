"""The register of securities."""

from dataclasses import dataclass
from typing import ClassVar

from finnews.items.base import Item, Kind, instrument_key
from finnews.items.forms import Isin, Wkn


@dataclass(slots=True)
class Instrument(Item):
    """A security that was met: the register of names and numbers."""

    collection: ClassVar[str] = "instruments"
    is_in_one_file: ClassVar[bool] = True
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("page",), ("kind",))

    page: str | None = None
    """Its name in the site's paths."""

    name: str | None = None
    """Its name."""

    kind: Kind | None = None
    """What it is."""

    isin: Isin | None = None
    """ISO 6166."""

    wkn: Wkn | None = None
    """German securities number."""

    symbol: str | None = None
    """Ticker symbol."""

    @property
    def keys(self) -> tuple[str, ...]:
        numbers = (("isin", self.isin), ("wkn", self.wkn))
        return (str(self.instrument()), *(f"{name}:{one}" for name, one in numbers if one))

    def instrument(self) -> str | None:
        return instrument_key(self.kind, self.page)
