"""The two days on which clocks change: an hour that is left out, and one that is shown twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_SPRING = 3  # the month in which clocks are put forward, in Europe and America


def exists(moment: datetime) -> bool:
    """Return whether there is such a time: clocks leave an hour out in spring.

    >>> exists(datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")))
    False
    """
    if moment.month != _SPRING:
        return True
    try:
        back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    except OverflowError:
        return False
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def is_twice(moment: str, zone: ZoneInfo) -> bool:
    """Return whether a clock in that zone shows the time of an ISO 8601 time twice.

    >>> is_twice("2026-10-25T02:30:00+02:00", ZoneInfo("Europe/Berlin"))
    True
    >>> is_twice("2026-10-25T03:30:00+01:00", ZoneInfo("Europe/Berlin"))
    False
    """
    if "T" not in moment:
        return False
    first = datetime.fromisoformat(moment).replace(tzinfo=zone, fold=0)
    return exists(first) and first.utcoffset() != first.replace(fold=1).utcoffset()
