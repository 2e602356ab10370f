"""What two readings of a record make of one another: no value that neither page supports."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from finnews.archive.merging import merged
from finnews.items import Event, Item, Quote, Rating
from tests.support.archive_items import FETCHED, SITE, rating

TABLE = rating(price_target=Decimal("70.00"), currency="EUR")
STOCK = Quote(
    url=f"{SITE}/aktien/muster-aktie",
    fetched_at=FETCHED,
    kind="stock",
    page="muster",
    price=Decimal("60.20"),
    currency="EUR",
    exchange="Stuttgart",
    quoted_at="2026-11-20T21:16:13+01:00",
    source="stock",
)
VENUES = replace(STOCK, url=f"{SITE}/boersenplaetze/muster", source="venues")
EVENT = Event(url=f"{SITE}/termine/muster", fetched_at=FETCHED, page="muster")


def study(**values: Any) -> Rating:
    """Return the same rating as `TABLE` as its own page shows it."""
    return rating("7", **values)


def values(item: Item, *names: str) -> tuple[Any, ...]:
    """Return some values of an item."""
    return tuple(getattr(item, name) for name in names)


@pytest.mark.parametrize(
    ("target", "currency", "unit", "expected"),
    [
        ("6000", None, "GBX", ("6000", None, "GBX")),
        ("70", None, "GBX", ("70", None, "GBX")),
        ("70", "USD", None, ("70", "USD", None)),
        ("65", None, None, ("65", None, None)),
        ("70", None, None, ("70", "EUR", None)),
        (None, None, None, ("70.00", "EUR", None)),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_target_has_the_unit_of_its_own_reading(
    target: str | None, currency: str | None, unit: Any, expected: tuple[Any, ...], is_first: bool
) -> None:
    """In either order, that of a study's own page is in no unit of a table's other target."""
    price_target = None if target is None else Decimal(target)
    own = study(price_target=price_target, currency=currency, unit=unit)
    readings = (own, TABLE) if is_first else (TABLE, own)
    record = merged(*readings)
    names = ("price_target", "currency", "unit")
    assert values(record, *names) == (Decimal(expected[0]), *expected[1:])


@pytest.mark.parametrize("is_first", [True, False])
def test_a_price_has_the_unit_of_its_own_reading(is_first: bool) -> None:
    """And no bid or ask is added that is in another."""
    own = replace(STOCK, price=Decimal(6000), currency=None, unit="GBX")
    other = replace(VENUES, bid=Decimal("60.10"), ask=Decimal("60.30"))
    record = merged(*((own, other) if is_first else (other, own)))
    assert values(record, "price", "currency", "unit", "bid", "ask") == (
        *(6000, None, "GBX"),
        *(None, None),
    )


@pytest.mark.parametrize("is_first", [True, False])
def test_a_bid_without_a_price_joins_the_price_in_its_currency(is_first: bool) -> None:
    """One in another currency does not."""
    bid = replace(STOCK, price=None, bid=Decimal("60.10"))
    for own, expected in ((bid, Decimal("60.10")), (replace(bid, currency=None), None)):
        record = merged(*((own, VENUES) if is_first else (VENUES, own)))
        assert values(record, "price", "currency", "bid") == (Decimal("60.20"), "EUR", expected)


def test_earnings_of_two_currencies_are_not_mixed() -> None:
    """The later calendar is right; one without earnings erases none."""
    expected = replace(EVENT, eps_estimate=Decimal("1.00"), currency="EUR")
    reported = replace(EVENT, eps_actual=Decimal("1.10"), currency="USD")
    names = ("eps_estimate", "eps_actual", "currency")
    assert values(merged(expected, reported), *names) == (None, Decimal("1.10"), "USD")
    same = replace(reported, currency="EUR")
    assert values(merged(expected, same), *names) == (Decimal("1.00"), Decimal("1.10"), "EUR")
    assert values(merged(expected, EVENT), *names) == (Decimal("1.00"), None, "EUR")
