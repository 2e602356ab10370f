"""The papers of the sample site that are no shares: ETFs, funds, indices, rates, bonds and more."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from samplesite.content.exchanges import NAV, Exchange, Venue
from samplesite.content.stocks import Stock

ROOFS = {
    "etf": "etf",
    "fund": "fonds",
    "index": "index",
    "currency": "devisen",
    "crypto": "devisen",
    "commodity": "rohstoffe",
    "bond": "anleihen",
    "certificate": "zertifikate",
}
"""Kind of paper → first segment of the path of its page."""

_WITH_BID = ("STU", "L&S", "BMN")


@dataclass(frozen=True)
class Paper:
    """A paper of any kind but a share, with all that its page prints."""

    kind: str
    path: str
    """The path of its page; that of a type of oil has a query."""
    name: str
    """The name in suggestions, which is that of its terms."""
    short: str
    """The headline of its page, and its name in boxes."""
    isin: str | None = None
    wkn: str | None = None
    symbol: str | None = None
    venues: tuple[Venue, ...] = ()
    """Its prices, that of the snapshot first; none of a certificate that has expired."""
    second: Venue | None = None
    """The second price in the snapshot."""
    underlying: "Paper | None" = None
    """What a certificate is on."""
    last_day: date | None = None
    """The last day of a certificate or a bond; ``None`` if it has no end."""

    @property
    def page(self) -> str:
        """Its name in paths, with the type of oil: ``oelpreis?type=Brent``."""
        return self.path.rpartition("/")[2]

    @property
    def news_page(self) -> str:
        """Its name in the paths of its feed and its lists of news."""
        return self.page.partition("?")[0]

    @property
    def own_path(self) -> str:
        """The path of its page without a query."""
        return self.path.partition("?")[0]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths, without a query, at which its page is; a certificate's names no underlying."""
        if self.kind != "certificate":
            return (self.own_path,)
        return tuple(dict.fromkeys((self.path, f"/zertifikate/auf-/{self.page}")))

    @property
    def headline(self) -> str:
        """The headline of its page."""
        return self.short

    def path_at(self, exchange: Exchange) -> str:
        """Return the path of its page for one exchange; an ETF alone has such."""
        has_code = self.kind == "etf" and exchange.name != NAV
        return f"{self.path}/{exchange.code.lower()}" if has_code else self.path

    @property
    def shown(self) -> Venue:
        """The price in the snapshot; only what has expired has none."""
        return self.venues[0]

    @property
    def is_expired(self) -> bool:
        """Whether it is not traded any more."""
        return not self.venues

    @property
    def is_short_of_boxes(self) -> bool:
        """Whether its page has no price box as a share's has: a fund's is another."""
        return self.is_expired or self.kind == "fund"

    @property
    def quoting_venues(self) -> list[Venue]:
        """The venues whose bid and ask its page prints."""
        return [
            venue
            for venue in self.venues
            if venue.exchange.code in _WITH_BID and venue.price is not None
        ]

    @property
    def has_icon_badge(self) -> bool:
        """Whether its page has a badge that is an icon with a link."""
        return self.kind == "fund"

    @property
    def unit(self) -> str:
        """What its price is in, as printed: ``EUR``, ``PKT``, ``%``."""
        return self.shown.exchange.unit

    @property
    def price(self) -> Decimal:
        """The price in the snapshot, which boxes of articles print too."""
        return cast("Decimal", self.shown.price)

    @property
    def change(self) -> Decimal:
        """The change against the previous close."""
        return cast("Decimal", self.shown.change)

    @property
    def percent(self) -> Decimal:
        """The change in percent."""
        return cast("Decimal", self.shown.percent)


Security = Stock | Paper
"""What has a page with its prices."""
