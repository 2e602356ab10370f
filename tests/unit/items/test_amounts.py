"""What two readings of a record make of one another: no value that neither page supports."""

from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
CHANGES: dict[str, Any] = {
    "change": Decimal("0.60"),
    "change_percent": Decimal("1.01"),
    "previous_close": Decimal("59.60"),
    "day_low": Decimal("59.50"),
    "day_high": Decimal("60.90"),
}
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


@pytest.mark.parametrize("is_first", [True, False])
def test_a_price_has_the_change_of_its_own_reading(is_first: bool) -> None:
    """Of two prices of a minute, the share's own page has the right one, without the other's."""
    own = replace(STOCK, price=Decimal("61.20"), bid=Decimal("61.10"))
    other = replace(VENUES, **CHANGES, ask=Decimal("60.30"), volume=500)
    record = merged(*((own, other) if is_first else (other, own)))
    assert values(record, "price", "bid") == (Decimal("61.20"), Decimal("61.10"))
    assert values(record, *CHANGES, "ask", "volume") == (None,) * 7


@pytest.mark.parametrize("is_first", [True, False])
def test_the_same_price_has_what_either_page_says_of_it(is_first: bool) -> None:
    """But no change beside a previous close of the other page that differs."""
    other = replace(VENUES, **CHANGES, volume=500)
    own = replace(STOCK, previous_close=Decimal("59.60"))
    record = merged(*((own, other) if is_first else (other, own)))
    assert values(record, *CHANGES, "volume") == (*CHANGES.values(), 500)
    doubtful = replace(own, previous_close=Decimal("59.70"))
    record = merged(*((doubtful, other) if is_first else (other, doubtful)))
    assert values(record, "change", "previous_close", "day_high") == (
        None,
        Decimal("59.70"),
        CHANGES["day_high"],
    )


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"price_target": Decimal("75.00")}, ("75.00", None, "33.1")),
        ({"price_target": Decimal("70.00")}, ("70.00", None, None)),
        ({"price_target": Decimal("75.00"), "price": Decimal(60)}, ("75.00", "60", None)),
        ({"price": Decimal(60), "upside_percent": Decimal(20)}, ("75.00", None, "33.1")),
        ({}, ("75.00", None, "33.1")),
    ],
)
@pytest.mark.parametrize("unit", ["EUR", None])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_target_has_the_distance_of_its_own_reading(
    own: dict[str, Any], expected: tuple[str | None, ...], unit: str | None, is_first: bool
) -> None:
    """A table's distance is of its target, and from the price of its day."""
    full = study(**own, currency=unit if "price_target" in own else None)
    upside = Decimal("33.1")
    table = replace(TABLE, price_target=Decimal("75.00"), currency=unit, upside_percent=upside)
    record = merged(*((full, table) if is_first else (table, full)))
    numbers = tuple(None if value is None else Decimal(value) for value in expected)
    assert values(record, "price_target", "price", "upside_percent") == numbers


@pytest.mark.parametrize("is_first", [True, False])
def test_a_rating_has_the_action_of_its_own_reading(is_first: bool) -> None:
    """A firm's word is not joined by the verdict, action or previous word of another word."""
    words = {"verdict": "hold", "previous_rating": "Buy", "action": "downgraded"}
    table = replace(rating(rating="Halten", **words), id="7")
    full = study(rating="Spitze", verdict=None)
    record = merged(*((full, table) if is_first else (table, full)))
    assert values(record, "rating", *words) == ("Spitze", None, None, None)
    same = replace(full, rating="Halten")
    record = merged(*((same, table) if is_first else (table, same)))
    assert values(record, "rating", *words) == ("Halten", *words.values())


UNITS: list[tuple[str | None, str | None]] = [("EUR", None), (None, "GBX"), ("USD", None)]
"""Each amount of a drawn reading has its own."""


def depending(kind: type[Item], amount: int) -> dict[str, Any]:
    """Return all that a page can say of an amount, different for each amount."""
    names = [name for part in kind.amounts[0].main for name in part]
    stated: dict[str, Any] = {name: Decimal(amount * 1000 + at) for at, name in enumerate(names)}
    return stated | dict(zip(kind.amounts[0].units, UNITS[amount], strict=True))


@st.composite
def readings(draw: st.DrawFn) -> list[Item]:
    """Draw readings of a quote or a rating, from its own page and others, which lack parts."""
    own, other = draw(st.sampled_from([(STOCK, VENUES), (study(), rating())]))
    drawn = []
    for second in range(draw(st.integers(2, 5))):
        page = draw(st.sampled_from([own, other]))
        full = depending(type(page), draw(st.integers(0, len(UNITS) - 1)))
        lacking = draw(st.sets(st.sampled_from(sorted(full))))
        said: dict[str, Any] = full | dict.fromkeys(lacking)
        if said[type(page).amounts[0].names[0]] is None:
            said |= dict.fromkeys(("currency", "unit"))
        drawn.append(replace(page, fetched_at=f"2026-11-23T10:00:0{second}+00:00", **said))
    return drawn


@settings(deadline=None, max_examples=300)
@given(readings(), st.randoms(use_true_random=False))
def test_in_any_order_what_is_said_of_an_amount_is_said_of_it(
    items: list[Item], chance: Any
) -> None:
    """Whatever order the readings come in, nothing in a record belongs to another amount."""
    record = reduce(merged, chance.sample(items, len(items)))
    amounts = type(record).amounts[0]
    lead = amounts.names[0]
    amount = getattr(record, lead)
    if amount is None:
        assert all(getattr(item, lead) is None for item in items)
        return
    stated = depending(type(record), int(amount) // 1000)
    for name in (*amounts.units, *(name for part in amounts.main for name in part)):
        assert getattr(record, name) in {None, stated[name]}, name


def test_in_order_the_last_own_page_is_right_about_the_amount() -> None:
    """A table read before or after it changes nothing of it."""
    old, new = (study(**depending(Rating, amount)) for amount in (0, 1))
    table = rating(**depending(Rating, 2))
    for order in ((table, old, new), (old, table, new), (old, new, table)):
        dated = [
            replace(item, fetched_at=f"2026-11-23T10:00:0{second}+00:00")
            for second, item in enumerate(order)
        ]
        record = reduce(merged, dated)
        names = tuple(depending(Rating, 1))
        assert values(record, *names) == tuple(depending(Rating, 1).values())
