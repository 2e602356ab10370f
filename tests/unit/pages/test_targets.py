"""Target, price and distance of a study: which of them are in doubt when they contradict."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.items import Rating
from finnews.pages.ratings.targets import contradicted_amounts

NOW = (Decimal("81.20"), Decimal("19.46"))
ALL = ["price_target", "price", "upside_percent"]
PRICES = st.decimals("0.50", "2000", places=2)


@pytest.mark.parametrize(
    ("target", "price", "upside", "expected"),
    [
        *(("97.00", "81.56", "18.93", []), ("97", "81.56", "18.9", [])),
        *(("97.00", "81.56", "-18.93", ["upside_percent"]), ("97.00", "91.56", "18.93", ALL[1:])),
        *(("97.00", "81.56", "28.93", ALL[1:]), ("79.00", "81.56", "18.93", ALL[:1])),
        *(("79.00", "91.56", "18.93", ALL), ("9.70", "81.56", "18.93", ALL[:1])),
    ],
)
def test_what_the_other_values_contradict_is_in_doubt(
    target: str, price: str, upside: str, expected: list[str]
) -> None:
    """The price and the distance of now are witnesses."""
    printed = Rating(
        price_target=Decimal(target), price=Decimal(price), upside_percent=Decimal(upside)
    )
    assert contradicted_amounts(printed, NOW) == expected
    assert contradicted_amounts(printed) == (ALL if expected in (ALL[1:], ALL[:1]) else expected)


@given(PRICES, PRICES)
def test_what_a_page_prints_rounded_is_no_contradiction(price: Decimal, target: Decimal) -> None:
    """To two decimals, as the site does."""
    upside = ((target - price) / price * 100).quantize(Decimal("0.01"))
    rating = Rating(price_target=target, price=price, upside_percent=upside)
    assert contradicted_amounts(rating) == []


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2), PRICES, PRICES)
def test_any_numbers_are_compared(price: Decimal, target: Decimal, upside: Decimal) -> None:
    """A price of zero or below has no distance."""
    contradicted_amounts(Rating(price_target=target, price=price, upside_percent=upside), NOW)
