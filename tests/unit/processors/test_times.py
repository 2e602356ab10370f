"""Days and times: each is read as a whole, in the zone that it names, or not at all."""

from datetime import UTC, date, datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.processors import german_day, german_time, iso_time, rfc822_time, study_time

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
TIMES = st.datetimes(
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2099, 12, 31),
    timezones=st.just(BERLIN),
    allow_imaginary=False,
)


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
        ("31.07.2026 / 14:28 / EDT", "2026-07-31T20:28:00+02:00"),
        ("31.07.2026 / 14:28 / EDT Erstmalige Weitergabe: 1", "2026-07-31T20:28:00+02:00"),
        ("31.01.2026 / 06:00 / MEZ", "2026-01-31T06:00:00+01:00"),
        ("31.07.2026 / 14:28 / XYZ", None),
        ("31.02.2026 / 14:28 / CET", None),
        ("31.07.2026 / 24:28 / CEST", None),
        ("31.07.2026 / 14:28 / MEZ", None),
        ("31.01.2026 / 14:28 / EDT", None),
        ("31.07.2026 / 14:28", None),
    ],
)
def test_the_stamp_of_an_analysis_is_read_in_its_zone(value: str, time: str | None) -> None:
    """A zone that is not known, or not in force on that day, gives no time."""
    assert study_time(f"Veröffentlichung der Original-Studie: {value}", BERLIN) == time


@pytest.mark.parametrize(
    ("printed", "time"),
    [
        ("09:57:30 PM 20.11.2026", "2026-11-20T21:57:30+01:00"),
        ("12:05 AM 20.11.2026", "2026-11-20T00:05:00+01:00"),
        ("21:57:30 AM 20.11.2026", None),
        ("15:57:30 EST 20.11.2026", "2026-11-20T21:57:30+01:00"),
        ("15:57:30 20.11.2026 XYZ", None),
        ("15:57:30 21:57:30 20.11.2026", None),
        ("15:57 Uhr, 20.11.2026 oder 21.11.2026", None),
        ("Stand: 20.11.2026, 15:57 Uhr", "2026-11-20T15:57:00+01:00"),
        ("vorbörslich 15:57 20.11.2026", None),
    ],
)
def test_every_word_of_a_time_is_understood(printed: str, time: str | None) -> None:
    """Half days and zones count; a word that is not known, or a second time, makes it none."""
    assert german_time(printed, BERLIN) == time
