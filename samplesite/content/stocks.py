"""The shares of the sample site."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, cast

from samplesite.content.exchanges import Exchange, Venue
from samplesite.content.instruments import CENT

PAGES = ("/aktien/{}-aktie", "/boersenplaetze/{}", "/kursziele/{}", "/termine/{}")
"""The paths of a share's pages, with its page name."""


@dataclass(frozen=True)
class Stock:
    """A share."""

    kind: ClassVar[str] = "stock"
    page: str
    name: str
    short: str
    isin: str
    wkn: str
    symbol: str | None
    venues: tuple[Venue, ...]
    is_short_of_boxes: bool
    """Whether its page has the snapshot alone: the other boxes can be filled in by script."""

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"/aktien/{self.page}-aktie"

    @property
    def news_page(self) -> str:
        """Its name in the paths of its feed and its lists of news."""
        return self.page

    @property
    def headline(self) -> str:
        """The headline of its page."""
        return f"{self.short} Aktie"

    def path_at(self, exchange: Exchange) -> str:
        """Return the path of its page for one exchange."""
        return f"{self.path}@stBoerse_{exchange.code}"

    @property
    def home(self) -> Venue:
        """The venue whose price articles show; it always has one."""
        return self.venues[0]

    @property
    def shown(self) -> Venue:
        """The venue in the snapshot of the share's page, and in its price box."""
        return next((venue for venue in self._traded if venue.exchange.code == "STU"), self.home)

    @property
    def second(self) -> Venue | None:
        """The venue of the second price in the snapshot, in another currency."""
        return next((venue for venue in self._traded if venue.exchange.unit == "USD"), None)

    @property
    def quoting_venues(self) -> list[Venue]:
        """The venues whose bid and ask the share's page prints."""
        if self.is_short_of_boxes:
            return []
        return [venue for venue in self._traded if venue.exchange.code in ("STU", "BMN")]

    @property
    def _traded(self) -> list[Venue]:
        return [venue for venue in self.venues if venue.price is not None]

    @property
    def price(self) -> Decimal:
        """The price at the home venue."""
        return cast("Decimal", self.home.price)

    @property
    def analysis_price(self) -> Decimal:
        """The price in the box of an analysis, taken later than the price in articles."""
        return self.price + 2 * CENT

    @property
    def has_icon_badge(self) -> bool:
        """Whether its page has a badge that is an icon with a link."""
        return int(self.isin[-1]) % 2 == 0

    @property
    def change(self) -> Decimal:
        """The change against the previous close."""
        return cast("Decimal", self.home.change)

    @property
    def percent(self) -> Decimal:
        """The change in percent."""
        return cast("Decimal", self.home.percent)
