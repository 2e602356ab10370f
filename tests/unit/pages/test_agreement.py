"""The amounts of a quote agree, or the one that the others contradict is named."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.items import Quote
from finnews.pages.parts.agreement import contradicted

CENT = Decimal("0.01")
PRICES = st.decimals(min_value=Decimal(20), max_value=Decimal(5000), places=2)
TINY = st.integers(min_value=0, max_value=300).map(lambda digits: Decimal(digits).scaleb(-3))
FIELDS = ("price", "previous_close", "change", "change_percent")


def printed(price: Decimal, close: Decimal) -> dict[str, Any]:
    """Return what a page prints of a price and the previous close."""
    change = price - close
    percent = (100 * change / close).quantize(CENT, ROUND_HALF_UP)
    return dict(zip(FIELDS, (price, close, change, percent), strict=True))


@given(PRICES, PRICES, st.sets(st.sampled_from(FIELDS)))
def test_what_a_page_calculates_agrees(price: Decimal, close: Decimal, missing: set[str]) -> None:
    """Whichever of the amounts it prints."""
    amounts = {name: value for name, value in printed(price, close).items() if name not in missing}
    assert contradicted(Quote(**amounts)) == frozenset()


@given(TINY, TINY, TINY, TINY)
def test_any_amounts_can_be_compared(
    price: Decimal, close: Decimal, change: Decimal, percent: Decimal
) -> None:
    """Also those of a share that is worth nothing, and was."""
    amounts: dict[str, Any] = dict(zip(FIELDS, (price, close, change, percent), strict=True))
    assert contradicted(Quote(**amounts)) <= set(FIELDS)


@given(PRICES, PRICES)
def test_a_loss_that_is_printed_without_its_signs_leaves_the_price(
    price: Decimal, close: Decimal
) -> None:
    """Change and percentage are wrong, not the price that contradicts both."""
    amounts = printed(price, close)
    if abs(amounts["change_percent"]) > 1:
        turned = amounts | {name: -amounts[name] for name in FIELDS[2:]}
        assert contradicted(Quote(**turned)) == {"change", "change_percent"}


@given(PRICES, PRICES, st.sampled_from(FIELDS), st.sampled_from([-1, 2, 10]))
def test_the_one_that_three_contradict_is_named(
    price: Decimal, close: Decimal, name: str, factor: int
) -> None:
    """And no other: a wrong sign, a wrong digit, a shifted decimal mark."""
    amounts = printed(price, close)
    if abs(amounts["change_percent"]) > 1 and not (factor == -1 and name in FIELDS[:2]):
        amounts[name] *= factor
        assert contradicted(Quote(**amounts)) == {name}


@pytest.mark.parametrize(
    ("amounts", "fields"),
    [
        ({"price": "60.20", "change": "0.60", "change_percent": "-0.99"}, "change change_percent"),
        ({"price": "60.20", "change": "0.60", "previous_close": "60.80"}, "change previous_close"),
        ({"price": "61", "previous_close": "9", "change": "8", "change_percent": "7"}, "-price"),
        ({"day_low": "61.75", "day_high": "60.10"}, "day_low day_high"),
        ({"day_low": "60.10", "day_high": "60.10", "price": "60.20"}, "day_low day_high"),
        ({"day_low": "60.14", "day_high": "60.30", "price": "60.1"}, ""),
        ({"day_low": "60.10", "day_high": "61.75", "open": "62.00"}, "day_low day_high open"),
        ({"day_high": "60.10", "price": "60.20"}, "day_high"),
        ({"price": "0.00", "change": "0.00", "change_percent": "0.00"}, ""),
        ({"price": "77.80", "change": "81.20"}, "change"),
        ({"price": "77.80", "change": "81.20", "change_percent": "4.37"}, "change change_percent"),
        ({"price": "77.80", "change": "77.80", "change_percent": "4.37"}, "change change_percent"),
        ({"price": "0.02", "change": "0.02", "change_percent": "900"}, ""),
        ({"price": "77.80", "change_percent": "-104.37"}, "change_percent"),
        ({"price": "146.23", "previous_close": "144.74", "change": "1.50"}, ""),
        ({"price": "129.51", "change": "0.43", "previous_close": "129.09"}, ""),
        ({"price": "24939", "change": "-252.5", "change_percent": "-1.0"}, ""),
    ],
)
def test_of_two_or_three_amounts_all_are_in_doubt_but_the_price(
    amounts: dict[str, str], fields: str
) -> None:
    """The site rounds, so a last digit may differ (seen 2026-08 and 2026-09)."""
    values: dict[str, Any] = {name: Decimal(value) for name, value in amounts.items()}
    expected = set(amounts) - {"price"} if fields == "-price" else set(fields.split())
    assert contradicted(Quote(**values)) == expected
