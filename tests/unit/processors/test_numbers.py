"""Numbers: printing one and reading it gives it back, and a remainder makes it none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.processors import amount, decimal, notation, price_range, volume

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
UNITS = st.sampled_from(["EUR", "€", "USD", "A$", "PKT", "GBp", "%"])
REMAINDERS = st.sampled_from(["Mio.", "- 5,00", "→ 5,00", "EUR EUR", "(1)", "/ 5", "bis 9", "x"])


def german(number: Decimal) -> str:
    """Return a number as the site prints it."""
    return f"{number:,.2f}".translate(str.maketrans(",.", ".,"))


def english(number: Decimal) -> str:
    """Return a number as the box of currencies prints it."""
    return f"{number:,.2f}"


def same(number: Decimal | None, expected: Decimal) -> bool:
    """Return whether two numbers have the same value and the same digits."""
    return number is not None and number.as_tuple() == expected.as_tuple()


@given(NUMBERS)
def test_german_numbers_are_read_as_printed(number: Decimal) -> None:
    """Thousands' points, a decimal comma and each kind of sign are read."""
    printed = german(number)
    assert same(decimal(printed, ","), number)
    assert same(decimal(printed.replace("-", "\u2212"), ","), number)
    assert same(decimal(printed.replace(".", ""), ","), number)
    assert amount(f" {printed} EUR ", ",") == (number, "EUR")
    assert amount(f"{printed}%", ",") == (number, "%")


@given(NUMBERS)
def test_english_numbers_are_read_as_printed(number: Decimal) -> None:
    """Where the notations differ, the number is never read as German."""
    printed = english(number)
    assert same(decimal(printed, "."), number)
    assert amount(f"{printed} USD", ".") == (number, "USD")
    assert decimal(printed, ",") is None


@given(NUMBERS, UNITS, REMAINDERS)
def test_a_number_with_a_remainder_is_none(number: Decimal, unit: str, remainder: str) -> None:
    """What is left over, before or behind, may say that it is another value."""
    printed = f"{german(number)} {unit}"
    assert amount(printed, ",") == (number, unit)
    assert amount(f"{printed} {remainder}", ",") is None
    assert amount(f"{german(number)} {remainder}", ",") in (None, (number, remainder))


@given(NUMBERS, st.sampled_from("-−–"), st.sampled_from(["", " ", "\u00a0"]))
def test_a_minus_may_stand_apart(number: Decimal, sign: str, blank: str) -> None:
    """Each kind of minus counts, also with a blank before the number."""
    assert decimal(f"{sign}{blank}{german(abs(number))}", ",") == -abs(number)


@given(NUMBERS, NUMBERS, st.sampled_from(["EUR", "USD", "PKT"]))
def test_the_numbers_of_a_row_show_its_notation(
    price: Decimal, percent: Decimal, printed: str
) -> None:
    """Two digits behind a mark can be no thousands."""
    assert notation([f"{german(price)} {printed}", f"{german(percent)}%"]) == ","
    assert notation([f"{english(price)} {printed}", f"{english(percent)} %"]) == "."
    assert notation([german(price), english(percent)], ",") is None


def test_a_row_of_both_notations_has_numbers_that_tell_their_own() -> None:
    """What could be read in both is none."""
    printed = ("61.40", "60,80", "1.234", "1,234", "1.234,5", "1,234.5", "1.234.567", "12")
    read = [str(decimal(number, None)) for number in printed]
    assert read == ["61.40", "60.80", "None", "None", "1234.5", "1234.5", "1234567", "12"]


@given(NUMBERS.map(abs), NUMBERS.map(abs), st.sampled_from([" - ", " – ", " − ", "-", " bis "]))
def test_a_range_has_two_ends(one: Decimal, other: Decimal, between: str) -> None:
    """The lower is the low, in whichever order they are printed; the unit may stand twice."""
    low, high = sorted((one, other))
    for printed in (f"{german(one)}{between}{german(other)} EUR", f"{german(one)} EUR{between}"):
        ends = price_range(printed + f"{german(other)} EUR" * printed.endswith(between), ",")
        assert ends == ((low, "EUR"), (high, "EUR"))


@pytest.mark.parametrize("printed", ["1 - 2 - 3", "1 EUR - 2 USD", "1 -", "- 2", "1 / 2", ""])
def test_a_text_that_is_no_range_is_none(printed: str) -> None:
    """Neither three ends nor two units, nor an end that is missing, is one."""
    assert price_range(printed, ",") is None


@given(st.integers(min_value=0, max_value=10**12))
def test_volumes_are_read_as_printed(shares: int) -> None:
    """They are read with and without thousands' points."""
    assert volume(f"{shares:,}".replace(",", "."), ",") == shares
    assert volume(str(shares), ",") == shares


@pytest.mark.parametrize(
    "printed",
    [
        *("", "-", "n/a", "PKT", "%", "81,2O EUR", "12,x4", "1,2,3", "1.23,4", "1.5 EUR", "+"),
        *("1+2", "5-3", "--5", "1 234,50", "٣,٤", "1e5", "0x10", "∞", "NaN", "0,71%-", "²"),
        *("70,00 - 74,00", "80,00 → 72,00 EUR", "158,50 / 200 Stk.", "€ 97,00 €", "61,40 (1)"),
    ],
)
def test_a_text_that_is_no_number_is_none(printed: str) -> None:
    """It is neither zero nor the part of it that looks like a number."""
    assert amount(printed, ",") is None


@pytest.mark.parametrize(
    ("printed", "number", "shown"),
    [
        *(("22.631", "22631", None), ("159,00", "159.00", None), ("\u22120,4%", "-0.4", "%")),
        *(("–0,93%", "-0.93", "%"), ("±0,00", "0.00", None), ("+1,21 %", "1.21", "%")),
        *(("81,20EUR", "81.20", "EUR"), ("97,00 €", "97.00", "€"), ("123,5 GBp", "123.5", "GBp")),
        *(("97,00 Euro", "97.00", "Euro"), ("EUR 3,40", "3.40", "EUR"), ("€97,00", "97.00", "€")),
        *(("97,00*", "97.00", None), ("97,00 EUR **", "97.00", "EUR"), ("3,40 A$", "3.40", "A$")),
        *(("- 3,40 EUR", "-3.40", "EUR"), ("EUR -3,40", "-3.40", "EUR")),
    ],
)
def test_signs_and_units_of_the_site_are_read(printed: str, number: str, shown: str | None) -> None:
    """Every minus, plus and unit that the site prints is known, and so is a footnote's star."""
    assert amount(printed, ",") == (Decimal(number), shown)
