"""Times that a page states twice: in an attribute for machines, and in the text beside it."""

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from finnews.processors.times import german_day, german_time, is_clear

_DIGIT = re.compile(r"[0-9]")


def stamp(attribute: str, printed: str = "", *, zone: ZoneInfo) -> str | None:
    """Return the time, or the day alone; ``None`` if it is unclear or the text contradicts it.

    What the attribute says is local time, even if it names another zone, where the text agrees with
    that alone. Midnight means that only the day is known. A time that the clock shows twice, or
    never, because it is turned, is unclear.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> stamp("2026-09-22T21:16:13", "22.09.26", zone=berlin)
    '2026-09-22T21:16:13+02:00'
    >>> stamp("2026-09-21T00:00:00", "21.09.26", zone=berlin), stamp("", "21.09.26", zone=berlin)
    ('2026-09-21', '2026-09-21')
    >>> stamp("2026-09-22T17:36:12.000Z", "17:36:12", zone=berlin)
    '2026-09-22T17:36:12+02:00'
    >>> stamp("2026-09-22T17:36:12.000Z", "22.09.26", zone=berlin) is None
    True
    >>> stamp("2026-09-22T17:36:12", "23.09.26", zone=berlin) is None
    True
    >>> stamp("2026-10-25T02:30:00", "25.10.26", zone=berlin) is None
    True
    >>> stamp("2026-10-25T02:30:00+01:00", "25.10.26", zone=berlin)
    '2026-10-25T02:30:00+01:00'
    """
    moments = _moments(attribute, zone)
    if not moments:
        return german_time(printed, zone) or german_day(printed)
    clock = german_time(_with_day(printed, moments[0]), zone)
    if any(moment.utcoffset() is None for moment in moments):
        return None
    if _DIGIT.search(printed) and not clock and not german_day(printed):
        return None
    agreeing = {_stated(moment) for moment in moments if _agrees(moment, printed, clock)}
    return agreeing.pop() if len(agreeing) == 1 else None


def _moments(attribute: str, zone: ZoneInfo) -> list[datetime]:
    """Return what an attribute can mean: the clock as it stands, and as its zone says.

    A clock time that the zone has twice, or never, is without a zone.
    """
    try:
        written = datetime.fromisoformat(attribute.strip())
        converted = written.astimezone(zone) if written.tzinfo else written
    except (ValueError, OverflowError):
        return []
    local = written.replace(tzinfo=None)
    if written.tzinfo and local == converted.replace(tzinfo=None):
        return [converted]
    as_it_stands = local.replace(tzinfo=zone) if is_clear(local, zone) else local
    return [as_it_stands, converted] if written.tzinfo else [as_it_stands]


def _with_day(printed: str, moment: datetime) -> str:
    return printed if german_day(printed) else f"{printed} {moment:%d.%m.%Y}"


def _agrees(moment: datetime, printed: str, clock: str | None) -> bool:
    """Return whether a moment is on the printed day and in the printed minute, if there are any."""
    minute = f"{moment:%Y-%m-%dT%H:%M}"
    return german_day(printed) in (None, minute[:10]) and (clock or minute).startswith(minute)


def _stated(moment: datetime) -> str:
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")
