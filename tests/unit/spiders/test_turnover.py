"""How long a list is left unread."""

from datetime import UTC, datetime, timedelta

import pytest

from finnews.items import DayOfReadings, Turnover
from finnews.spiders.turnover import after_reading, can_wait

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FULL = 40


def read(*new: int, every: timedelta = HOUR, until: datetime = NOW) -> Turnover:
    """Return the record of a list after a first reading, and one for each number of new entries."""
    turnover = after_reading(None, until - every * len(new), _ids(0))
    for at, number in enumerate(new, start=1):
        last = int(turnover.ids[0])
        turnover = after_reading(turnover, until - every * (len(new) - at), _ids(last + number))
    return turnover


def _ids(newest: int) -> list[str]:
    return [str(newest - at) for at in range(FULL)]


def waits(turnover: Turnover | None) -> bool:
    """Return whether a list is left by a run, one every hour."""
    runs = read(9, until=NOW - HOUR)
    return can_wait(turnover, runs, NOW)


@pytest.mark.parametrize(
    ("rate", "hours"), [(1, 6), (3, 6), (4, 4), (5, 3), (8, 2), (10, 1), (19, 1), (60, 1)]
)
def test_a_list_is_read_again_before_half_of_it_is_new(rate: int, hours: int) -> None:
    """By then it would be at its fastest rate, at the next run; and after six hours at most."""
    turnovers = {ago: read(1, rate, 1, until=NOW - ago * HOUR) for ago in range(1, 9)}
    left = [ago for ago, turnover in turnovers.items() if waits(turnover)]
    assert left == list(range(1, hours))


def test_a_list_of_which_one_reading_is_known_is_read() -> None:
    """Its rate is not known; nor is the pause between runs after the first."""
    assert not waits(None)
    assert not waits(read(until=NOW - HOUR))
    assert not can_wait(read(1, until=NOW - HOUR), None, NOW)
    assert not can_wait(read(1, until=NOW - HOUR), read(until=NOW - HOUR), NOW)


def test_after_a_pause_a_list_is_read() -> None:
    """That would lose entries if there is another: the next run can be as late as any of a week."""
    late = read(2, until=NOW - HOUR)
    assert waits(late)
    assert can_wait(late, read(9, until=NOW - 8 * HOUR), NOW)
    assert not can_wait(late, read(9, until=NOW - 9 * HOUR), NOW)
    paused = after_reading(read(9, until=NOW - 100 * HOUR), NOW - HOUR, _ids(99))
    assert not can_wait(late, paused, NOW)
    assert can_wait(late, _a_week_later(paused), NOW)


def _a_week_later(turnover: Turnover) -> Turnover:
    """Return a record whose last day was more than a week ago, and that was read hourly since."""
    days = [
        DayOfReadings((NOW - timedelta(days=8)).date().isoformat(), day.new, day.pause)
        for day in turnover.days
    ]
    return Turnover(turnover.read_at, [], [*days, *read(9, until=NOW - HOUR).days])


def test_a_short_time_without_news_says_little() -> None:
    """Nothing new in five minutes counts as one entry."""
    (day,) = read(0, every=timedelta(minutes=5)).days
    assert (day.new, day.pause) == (12 * 24, 300)


def test_the_fastest_rate_of_each_day_is_kept_for_a_week() -> None:
    """Rates of later readings on the same day do not lower it."""
    turnover = read(9, *[1] * 24 * 9)
    assert len(turnover.days) == 8
    assert turnover.days[0].day == "2026-11-13"
    assert {day.new for day in turnover.days} == {24}
    assert {day.new for day in read(2, 7, 3).days} == {7 * 24}


def test_what_a_wrong_clock_read_is_read_again() -> None:
    """A reading in the future says nothing of the time since."""
    assert not waits(read(1, until=NOW + HOUR))
    turnover = read(1, until=NOW + 30 * 24 * HOUR)
    assert after_reading(turnover, NOW, _ids(5)).days == []


def test_the_rates_of_a_clock_that_was_ahead_are_kept() -> None:
    """It may be right, and this one behind."""
    turnover = read(9, until=NOW + 30 * HOUR)
    assert [day.day for day in after_reading(turnover, NOW, _ids(5)).days] == ["2026-11-21"]
