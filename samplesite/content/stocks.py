"""The shares of the sample site."""

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from samplesite.content.exchanges import Venue
from samplesite.content.instruments import CENT

PAGES = ("/aktien/{}-aktie", "/boersenplaetze/{}", "/kursziele/{}", "/termine/{}")
"""The paths of a share's pages, with its page name."""


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
        """The path of its page."""
        return f"/aktien/{self.page}-aktie"

    @property
    def home(self) -> Venue:
        """The venue whose price articles show; it always has one."""
        return self.venues[0]

    @property
    def boxed_venues(self) -> list[Venue]:
        """The venues that have a price box on the share's page."""
        traded = [venue for venue in self.venues if venue.price is not None]
        return [] if self.is_short_of_boxes else traded[:3]

    @property
    def price(self) -> Decimal:
        """The price at the home venue."""
        return cast("Decimal", self.home.price)

    @property
    def analysis_price(self) -> Decimal:
        """The price in the box of an analysis, taken later than the price in articles."""
        return self.price + 2 * CENT

    @property
    def has_two_badges(self) -> bool:
        """Whether its page prints two WKN badges."""
        return int(self.isin[-1]) % 2 == 0

    @property
    def change(self) -> Decimal:
        """The change against the previous close."""
        return cast("Decimal", self.home.change)

    @property
    def percent(self) -> Decimal:
        """The change in percent."""
        return cast("Decimal", self.home.percent)
