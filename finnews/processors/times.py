"""Days and times: each text is matched as a whole, and a day alone is never midnight."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from finnews.bounds import kept
from finnews.processors.clock_changes import exists
from finnews.processors.texts import line

_TOKEN = re.compile(r"[^\s,/]+")
_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_FILLERS = frozenset({"uhr", "aktualisiert", "aktualisiert:", "stand", "stand:", "am", "um", "vom"})
_HALVES = frozenset({"AM", "PM"})
_ESTIMATED = re.compile(r"\(e\)\*?$")
_STUDY_LINE = re.compile(
    r"\s*Veröffentlichung der Original-Studie:(?P<printed>[^/\n]+/[^/\n]+/\s*[A-Z]+)(?=\s|$)"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEAR_ONE = re.compile(r"(?<![+-])\b0\d{3}\b", re.ASCII)  # read as 2001
_OF_UTC = re.compile(r"[-+]0000\s*$")  # `parsedate_to_datetime` gives these no zone
_EARLIEST: Final = 1990
_MIDNIGHT = "T00:00:00"

_ZONES: Final[dict[str, tzinfo]] = {
    "UTC": UTC,
    "GMT": UTC,
    "BST": timezone(timedelta(hours=1)),
    "MEZ": timezone(timedelta(hours=1)),
    "CET": timezone(timedelta(hours=1)),
    "MESZ": timezone(timedelta(hours=2)),
    "CEST": timezone(timedelta(hours=2)),
    "EDT": timezone(timedelta(hours=-4)),
    "EST": timezone(timedelta(hours=-5)),
    "ET": ZoneInfo("America/New_York"),
}
"""The time zones that pages name behind a time; a clock time without one is the site's own"""

_SEASONS: Final = {
    **dict.fromkeys(("MEZ", "CET", "MESZ", "CEST"), ZoneInfo("Europe/Berlin")),
    **dict.fromkeys(("EST", "EDT"), ZoneInfo("America/New_York")),
    "BST": ZoneInfo("Europe/London"),
}
"""Zones that are in force in one half of the year → where they are"""


def german_day(value: str) -> str | None:
    """Return the date; a year of two digits is in this century, and a time may follow.

    >>> german_day("31.07.26"), german_day("01.10.26 06:10 Uhr"), german_day("28.01.2027(e)*")
    ('2026-07-31', '2026-10-01', '2027-01-28')
    >>> german_day("31.02.2026"), german_day("24.07.2026 - 26.07.2026"), german_day("06:10")
    (None, None, None)
    """
    printed = _printed(_ESTIMATED.sub("", value.strip()))
    return printed.day.isoformat() if printed and printed.day else None


def german_time(value: str, zone: ZoneInfo, *, twice: bool = False) -> str | None:
    """Return the date and time of day in a time zone, unless the text names another zone.

    A zone that is not in force on that day, such as MEZ in summer, contradicts the text. A time
    that the clock shows twice, or never, because it is turned, is not read without a zone; with
    `twice`, the first of two times is.

    >>> german_time("aktualisiert 27.02.13 21:49 Uhr", ZoneInfo("Europe/Berlin"))
    '2013-02-27T21:49:00+01:00'
    >>> german_time("03:57:30 PM EST 20.11.2026", ZoneInfo("Europe/Berlin"))
    '2026-11-20T21:57:30+01:00'
    >>> german_time("31.07.2026", ZoneInfo("Europe/Berlin")) is None
    True
    >>> german_time("14:28 MEZ 31.07.2026", ZoneInfo("Europe/Berlin")) is None
    True
    >>> german_time("02:30 25.10.2026", ZoneInfo("Europe/Berlin")) is None
    True
    """
    printed = _printed(value)
    if not printed or not printed.day or not printed.clock:
        return None
    if not printed.zone:
        clock = datetime.combine(printed.day, printed.clock)
        is_read = _is_read(clock, zone, twice=twice)
        return clock.replace(tzinfo=zone).isoformat() if is_read else None
    named = _ZONES[printed.zone]
    moment = datetime.combine(printed.day, printed.clock, named)
    season = _SEASONS.get(printed.zone, named)
    try:
        is_in_force = moment.astimezone(season).utcoffset() == moment.utcoffset()
        return moment.astimezone(zone).isoformat() if is_in_force else None
    except OverflowError:
        return None


def iso_day(value: str) -> str | None:
    """Return the day of an ISO 8601 date without a time.

    >>> iso_day("2026-10-01"), iso_day("2026-10-01T06:10:19"), iso_day("2026-02-31")
    ('2026-10-01', None, None)
    """
    try:
        day = date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        return None
    return day if day == value.strip() and day >= str(_EARLIEST) else None


def iso_time(value: str, zone: ZoneInfo, *, twice: bool = False) -> str | None:
    """Return an ISO 8601 time converted to a time zone; a time without zone is in that zone.

    One without that the clock there shows twice, or never, is not read.

    >>> iso_time("2026-10-01T06:10:19", ZoneInfo("Europe/Berlin"))
    '2026-10-01T06:10:19+02:00'
    >>> iso_time("2026-10-01T04:10:19.000Z", ZoneInfo("Europe/Berlin"))
    '2026-10-01T06:10:19+02:00'
    """
    try:
        printed = datetime.fromisoformat(value.strip())
        is_local = printed.tzinfo is None
        local = printed.replace(tzinfo=zone) if is_local else printed.astimezone(zone)
    except (ValueError, OverflowError):
        return None
    is_read = not is_local or _is_read(printed, zone, twice=twice)
    is_time = ":" in value and local.year >= _EARLIEST and is_read
    return local.isoformat(timespec="seconds") if is_time else None


def rfc822_time(value: str, zone: ZoneInfo) -> str | None:
    """Return the time in an RSS ``pubDate``, which names its zone, converted to another.

    >>> rfc822_time("Sun, 02 Aug 2026 23:34:39 +0200", ZoneInfo("Europe/Berlin"))
    '2026-08-02T23:34:39+02:00'
    >>> rfc822_time("Mon, 02 Aug 2026 23:34:39 +0200", ZoneInfo("Europe/Berlin")) is None  # Sunday
    True
    """
    try:
        moment = parsedate_to_datetime(value)
        weekday = value.strip()[:3].lower()
        is_other_day = weekday in _WEEKDAYS and weekday != _WEEKDAYS[moment.weekday()]
        if is_other_day or _YEAR_ONE.search(value):
            return None
        is_utc = moment.tzinfo is None and _OF_UTC.search(value)
        named = moment.replace(tzinfo=UTC) if is_utc else moment
        return iso_time(named.isoformat(), zone) if named.tzinfo else None
    except (ValueError, IndexError, OverflowError):
        return None


def study_time(value: str, zone: ZoneInfo) -> str | None:
    """Return the time in a study's publication line, which always names a time zone.

    >>> line = "Veröffentlichung der Original-Studie: 31.07.2026 / 14:28 / EDT"
    >>> study_time(line, ZoneInfo("Europe/Berlin"))
    '2026-07-31T20:28:00+02:00'
    """
    match = _STUDY_LINE.match(value)
    printed = _printed(match["printed"]) if match else None
    return german_time(match["printed"], zone) if match and printed and printed.zone else None


def day_of_midnight(moment: str | None) -> str | None:
    """Return a moment in ISO 8601; at midnight only its day is known.

    >>> day_of_midnight("2026-11-20T00:00:00+01:00"), day_of_midnight("2026-11-20T08:15:00+01:00")
    ('2026-11-20', '2026-11-20T08:15:00+01:00')
    """
    return moment[:10] if moment and _MIDNIGHT in moment else moment


def _is_read(clock: datetime, zone: ZoneInfo, *, twice: bool) -> bool:
    return exists(clock.replace(tzinfo=zone)) if twice else is_clear(clock, zone)


def is_clear(clock: datetime, zone: ZoneInfo) -> bool:
    """Return whether the clock in a zone shows a time once: not twice in autumn, never in spring.

    >>> is_clear(datetime(2026, 10, 25, 2, 30), ZoneInfo("Europe/Berlin"))
    False
    >>> is_clear(datetime(2026, 10, 25, 3, 0), ZoneInfo("Europe/Berlin"))
    True
    """
    first, second = (clock.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() == second.utcoffset()


class _Printed(NamedTuple):
    """The parts of a printed date and time."""

    day: date | None
    clock: time | None
    zone: str | None


@kept(maxsize=64)  # of a day, which may be a time as well
def _printed(value: str) -> _Printed | None:
    """Return the parts of a text; ``None`` if it has other words, or one part twice."""
    parts: dict[str, str] = {}
    for token in _TOKEN.findall(line(value)):
        kind = _kind(token)
        if kind is None or kind in parts:
            return None
        if kind != "filler":
            parts[kind] = token
    return _Printed(
        day=_day(parts.get("day", "")),
        clock=_clock(parts.get("clock", ""), parts.get("half")),
        zone=parts.get("zone"),
    )


def _kind(token: str) -> str | None:
    if token in _HALVES:
        return "half"
    if token.lower() in _FILLERS:
        return "filler"
    if token in _ZONES:
        return "zone"
    if _DAY.fullmatch(token):
        return "day"
    return "clock" if _CLOCK.fullmatch(token) else None


def _day(value: str) -> date | None:
    match = _DAY.fullmatch(value)
    if not match:
        return None
    year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
    try:
        return date(year, int(match[2]), int(match[1])) if year >= _EARLIEST else None
    except ValueError:
        return None


def _clock(value: str, half: str | None) -> time | None:
    match = _CLOCK.fullmatch(value)
    if not match:
        return None
    hour = int(match[1])
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0) if 1 <= hour <= 12 else 24
    try:
        return time(hour, int(match[2]), int(match[3] or 0))
    except ValueError:
        return None
