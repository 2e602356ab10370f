"""When two readings are one quote."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from finnews.archive import Archive
from finnews.items import Quote
from finnews.items.base import Item
from tests.support.archive_items import FETCHED, SITE

STOCK = Quote(
    url=f"{SITE}/aktien/muster-aktie",
    fetched_at=FETCHED,
    kind="stock",
    page="muster",
    price=Decimal("20.00"),
    currency="EUR",
    exchange="Stuttgart",
    mic="XSTU",
    quoted_at="2026-11-20T21:16:13+01:00",
    price_type="trade",
    source="stock",
)
VENUES = replace(STOCK, url=f"{SITE}/boersenplaetze/muster", source="venues", segment="german")
BID = replace(STOCK, price=None, price_type=None, bid=Decimal("19.90"), quoted_at="2026-11-20")
NAV = replace(
    STOCK, exchange=None, mic=None, currency="USD", price_type="nav", quoted_at="2026-11-19"
)
LATER = "2026-11-24T10:00:00+00:00"


def archived(directory: Path, *readings: Item) -> list[Quote]:
    """Return the last version of each record that the readings make."""
    with Archive(directory) as archive:
        for reading in readings:
            archive.add(reading)
        archive.commit()
        return list(archive.about(Quote, "stock:muster"))


def test_a_price_on_two_pages_of_an_exchange_is_one(tmp_path: Path) -> None:
    """Its own page and that of all exchanges print the same time."""
    (quote,) = archived(tmp_path, VENUES, replace(STOCK, bid=Decimal("19.90")))
    assert (quote.source, quote.segment, quote.version) == ("stock", "german", 2)


def test_an_exchange_has_one_mic_and_several_names(tmp_path: Path) -> None:
    """Where its MIC is not known, "und" is as good as "&"."""
    broker = replace(STOCK, exchange="Lang & Schwarz", mic=None)
    names = [replace(STOCK, exchange="Börse Stuttgart"), broker]
    quotes = archived(tmp_path, STOCK, *names, replace(broker, exchange="Lang und Schwarz"))
    assert len(quotes) == 2


def test_a_net_asset_value_is_one_for_its_day_and_currency(tmp_path: Path) -> None:
    """Read again a day later it is the same; that of another day or currency is not."""
    again = replace(NAV, fetched_at=LATER)
    others = [replace(NAV, quoted_at="2026-11-20"), replace(NAV, currency="EUR")]
    assert len(archived(tmp_path, NAV, again, *others)) == 3


def test_a_bid_of_a_day_is_one_until_it_changes(tmp_path: Path) -> None:
    """The day that the page prints counts, not that of fetching."""
    again = replace(BID, fetched_at=LATER)
    other = replace(BID, bid=Decimal("19.80"))
    assert len(archived(tmp_path, BID, again, other, STOCK)) == 3


def test_a_price_without_time_is_one_for_its_day_of_fetching(tmp_path: Path) -> None:
    """The same price on the next day is another quote."""
    undated = replace(STOCK, quoted_at=None)
    again = replace(undated, price=Decimal("20.0"))
    assert len(archived(tmp_path, undated, again, replace(undated, fetched_at=LATER))) == 2


def test_a_quote_has_a_price_or_a_bid_or_an_ask() -> None:
    """Without any of them it lacks its price."""
    assert BID.missing_fields() == ()
    assert replace(BID, bid=None).missing_fields() == ("price",)


def test_a_bid_is_shown_with_its_ask() -> None:
    """In ``scrapy archive show``, where there is no price."""
    shown = replace(BID, ask=Decimal("20.10")).line_parts()
    assert shown[0] == "19.90/20.10 EUR"


def test_a_quote_without_a_price_is_reported_apart() -> None:
    """So that prices are not missed where a page prints bids alone."""
    assert (BID.reported_as, STOCK.reported_as) == ("bids", "quotes")
