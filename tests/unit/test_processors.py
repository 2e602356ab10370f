"""German text to value: printing a value and reading it gives it back, and no text breaks them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from email.utils import format_datetime
from inspect import isfunction, signature
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.isin import from_natid

from finnews import processors
from finnews.processors import (
    amount,
    decimal,
    decimal_mark,
    german_day,
    german_time,
    isin,
    isin_of_link,
    iso_time,
    paragraph,
    rfc822_time,
    study_time,
    text,
    volume,
    wkn,
    wkn_of_isin,
)

PUBLIC = {name: value for name, value in vars(processors).items() if not name.startswith("_")}
READERS: list[Callable[..., Any]] = [
    value
    for value in PUBLIC.values()
    if isfunction(value) and value.__module__ == processors.__name__
]
BERLIN = ZoneInfo("Europe/Berlin")
NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
TIMES = st.datetimes(
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2099, 12, 31),
    timezones=st.just(BERLIN),
    allow_imaginary=False,
)
MARKET_TEXT = st.text(alphabet="0123456789.,:/-+±−–% €$£()TZEURPKTtzabz\n\t\u00a0\u00ad")


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
    assert same(amount(f" {printed} EUR ", ",")[0], number)
    assert same(amount(f"{printed}%", ",")[0], number)


@given(NUMBERS)
def test_english_numbers_are_read_as_printed(number: Decimal) -> None:
    """Where the notations differ, the number is never read as German."""
    printed = english(number)
    assert same(decimal(printed, "."), number)
    assert same(amount(f"{printed} USD", ".")[0], number)
    assert decimal(printed, ",") is None


@given(NUMBERS, NUMBERS, st.sampled_from(["EUR", "USD", "PKT"]))
def test_the_percentage_of_a_row_shows_its_notation(
    price: Decimal, percent: Decimal, printed: str
) -> None:
    """The percentage always has decimals, whatever the price."""
    assert decimal_mark(f"{german(price)} {printed} {german(percent)}%") == ","
    assert decimal_mark(f"{english(price)} {printed}  {english(percent)} %") == "."


@given(st.integers(min_value=0, max_value=10**12))
def test_volumes_are_read_as_printed(shares: int) -> None:
    """They are read with and without thousands' points."""
    assert volume(f"{shares:,}".replace(",", "."), ",") == shares
    assert volume(str(shares), ",") == shares


@given(DAYS)
def test_german_days_are_read_as_printed(day: date) -> None:
    """The year has four digits or two."""
    assert german_day(f"{day:%d.%m.%Y}") == day.isoformat()
    assert german_day(f" {day:%d.%m.%y} ") == day.isoformat()


@given(TIMES)
def test_times_are_read_as_printed(moment: datetime) -> None:
    """Date lines, attributes without a zone, UTC times and dates of feeds give the same moment."""
    at = moment.replace(microsecond=0, fold=0)
    minute = at.replace(second=0).isoformat()
    assert german_time(f"aktualisiert {at:%d.%m.%Y %H:%M} Uhr", BERLIN) == minute
    assert german_time(f"{at:%H:%M:%S} {at:%d.%m.%Y}", BERLIN) == at.isoformat()
    assert iso_time(f"{at:%Y-%m-%dT%H:%M:%S}", BERLIN) == at.isoformat()
    instant = at.astimezone(UTC)
    time = iso_time(f"{instant:%Y-%m-%dT%H:%M:%S}.000Z", BERLIN)
    assert time is not None
    assert datetime.fromisoformat(time) == instant
    assert rfc822_time(format_datetime(instant), BERLIN) == time


@given(st.from_regex(r"[A-HJ-NP-Z0-9]{6}", fullmatch=True))
def test_an_isin_in_a_link_is_read_and_gives_its_wkn(number: str) -> None:
    """Case does not matter, and a wrong check digit gives none."""
    valid = from_natid("DE", f"000{number}")
    assert isin_of_link(f"https://g.finanzen.net/zero-knopf?a=1&isin={valid.lower()}") == valid
    assert wkn_of_isin(valid) == number
    assert wkn(number.lower()) == number
    other = valid[:-1] + str((int(valid[-1]) + 1) % 10)
    assert isin(other) is None


@pytest.mark.parametrize(
    "printed",
    [
        *("", "-", "n/a", "PKT", "%", "EUR 3,40", "81,2O EUR", "12,x4", "1,2,3", "1.23,4"),
        *("1.5 EUR", "+", "1+2", "5-3", "--5", "1 234,50", "٣,٤", "1e5", "0x10", "∞", "NaN"),
    ],
)
def test_a_text_that_is_no_number_is_none(printed: str) -> None:
    """It is neither zero nor the part of it that looks like a number."""
    assert amount(printed, ",") == (None, None)


@pytest.mark.parametrize(
    ("printed", "number", "shown"),
    [
        ("22.631", "22631", None),
        ("159,00", "159.00", None),
        ("\u22120,4%", "-0.4", "%"),
        ("–0,93%", "-0.93", "%"),
        ("±0,00", "0.00", None),
        ("+1,21 %", "1.21", "%"),
        ("81,20EUR", "81.20", "EUR"),
        ("97,00 €", "97.00", "€"),
        ("123,5 GBp", "123.5", "GBp"),
        ("158,50 / 200 Stk.", "158.50", None),
        ("97,00 Euro", "97.00", None),
    ],
)
def test_signs_and_units_of_the_site_are_read(printed: str, number: str, shown: str | None) -> None:
    """Every minus, plus and unit that the site prints is known."""
    assert amount(printed, ",") == (Decimal(number), shown)


@pytest.mark.parametrize("printed", ["31.02.26", "00.01.26", "1.13.2026", "1.1.026", "26-01-01"])
def test_a_day_outside_the_calendar_is_none(printed: str) -> None:
    """No day is made up."""
    assert german_day(printed) is None
    assert german_time(f"{printed} 10:00", BERLIN) is None


@pytest.mark.parametrize("value", ["2026-10-01", "gestern", "", "2026-13-01T00:00:00", "10:00"])
def test_a_text_that_is_no_time_is_none(value: str) -> None:
    """A day alone is no time."""
    assert iso_time(value, BERLIN) is None


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("Veröffentlichung: 31.07.2026 / 14:28 / EDT", "2026-07-31T20:28:00+02:00"),
        ("31.01.2026 / 06:00 / MEZ", "2026-01-31T06:00:00+01:00"),
        ("31.07.2026 / 14:28 / XYZ", None),
        ("31.02.2026 / 14:28 / CET", None),
        ("31.07.2026 / 24:28 / CET", None),
    ],
)
def test_the_stamp_of_an_analysis_is_read_in_its_zone(value: str, time: str | None) -> None:
    """A zone that is not known gives no time."""
    assert study_time(value, BERLIN) == time


def test_characters_that_print_nothing_are_removed() -> None:
    """Soft hyphens, zero-width blanks and half characters are no part of a text."""
    assert text("Muster\u00adaktie \u200b ") == "Musteraktie"
    assert text("\u200b") is None
    assert text("Muster \ud83d AG") == "Muster AG"
    assert paragraph("\ufeffeins\u00a0zwei \n\u00ad\n drei") == "eins zwei\ndrei"


@given(st.text() | MARKET_TEXT)
def test_any_text_gives_a_value_or_none(value: str) -> None:
    """No processor raises, whatever is on the page."""
    for reader in READERS:
        names = signature(reader).parameters.keys()
        for local in ({"zone": BERLIN, "mark": ","}, {"zone": BERLIN, "mark": "."}):
            reader(value, **{name: local[name] for name in names & local.keys()})


@given(st.text() | MARKET_TEXT)
def test_cleaning_twice_is_cleaning_once(value: str) -> None:
    """What is left can be written as UTF-8."""
    for reader in (text, paragraph):
        cleaned = reader(value)
        if cleaned is not None:
            assert cleaned.encode()
            assert reader(cleaned) == cleaned
