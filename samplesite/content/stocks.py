"""The shares of the sample site."""

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from samplesite.content.exchanges import Venue
from samplesite.content.instruments import CENT


@dataclass(frozen=True)
class Stock:
    """A share."""

    page: str
    name: str
    short: str
    isin: str
    wkn: str
    symbol: str | None
    venues: tuple[Venue, ...]
    is_short_of_boxes: bool

    @property
    def path(self) -> str:
        """Its page."""
        return f"/aktien/{self.page}-aktie"

    @property
    def home(self) -> Venue:
        """The exchange whose price the boxes of articles show; it always has one."""
        return self.venues[0]

    @property
    def boxed_venues(self) -> list[Venue]:
        """The venues that have a price box on the share's page."""
        traded = [venue for venue in self.venues if venue.price is not None]
        return [] if self.is_short_of_boxes else traded[:3]

    @property
    def price(self) -> Decimal:
        """The price on that exchange."""
        return cast("Decimal", self.home.price)

    @property
    def analysis_price(self) -> Decimal:
        """The price in the box of a study, a little later than that of the articles."""
        return self.price + 2 * CENT

    @property
    def has_two_badges(self) -> bool:
        """Whether its page prints two badges of one key."""
        return int(self.isin[-1]) % 2 == 0

    @property
    def change(self) -> Decimal:
        """Its change against the previous close."""
        return cast("Decimal", self.home.change)

    @property
    def percent(self) -> Decimal:
        """The same in percent."""
        return cast("Decimal", self.home.percent)
