"""Times that an article's page states for machines, whose ``Z`` is meant or not."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from finnews.processors import iso_day, iso_time

_OFFSET = re.compile(r"(?:[Zz]|[+-]\d{2}:?\d{2})$")
_UTC = re.compile(r"(?:[Zz]|[+-]00:?00)\s*$")
_SECOND = len("2026-11-20T08:15")  # where the seconds of a time begin

Zone = Literal["printed", "local", "unclear"]
"""How a time is meant: as it is ``printed``, with its offset; in ``local`` time despite it; or
``unclear``"""


def zone_of(printed: str, visible: str, zone: ZoneInfo) -> Zone | None:
    """Return how a machine's time is meant so that it is the visible one; ``None`` if it is not.

    JSON-LD has true UTC, lists local time with a ``Z`` (seen 2026-10). A day does not tell.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> zone_of("2026-11-20T07:15:42.000Z", "2026-11-20T08:15:00+01:00", berlin)
    'printed'
    >>> zone_of("2026-11-20T08:15:42.000Z", "2026-11-20T08:15:00+01:00", berlin)
    'local'
    >>> zone_of("2026-11-20T08:15:42.000Z", "2026-11-20", berlin)
    'unclear'
    """
    readings: tuple[Zone, ...] = ("printed", "local")
    fitting = [each for each in readings if is_same(machine_time(printed, zone, each), visible)]
    if len(fitting) == 2 and "T" not in visible and is_utc(printed):
        return "unclear"
    return fitting[0] if fitting else None


def machine_time(printed: str, zone: ZoneInfo, reading: Zone = "printed") -> str | None:
    """Return a machine's time in a time zone, or its day if it has no time of day."""
    text = printed.strip()
    clock = _OFFSET.sub("", text) if reading == "local" else text
    return iso_time(clock, zone, twice=True) or iso_day(text)


def possible(printed: str, zone: ZoneInfo) -> list[str]:
    """Return the times that a machine's time can be: two if it is in UTC, which may be local.

    >>> possible("2026-11-20T08:15:42Z", ZoneInfo("Europe/Berlin"))
    ['2026-11-20T09:15:42+01:00', '2026-11-20T08:15:42+01:00']
    >>> possible("2026-11-20T08:15:42+01:00", ZoneInfo("Europe/Berlin"))
    ['2026-11-20T08:15:42+01:00']
    """
    readings: tuple[Zone, ...] = ("printed", "local") if is_utc(printed) else ("printed",)
    moments = (machine_time(printed, zone, reading) for reading in readings)
    return list(dict.fromkeys(moment for moment in moments if moment))


def common_time(printed: Iterable[str], zone: ZoneInfo) -> str | None:
    """Return the only time that all of several machine's times can be.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> common_time(["2026-11-20T08:15:42Z", "2026-11-20T07:15:42Z"], berlin)
    '2026-11-20T08:15:42+01:00'
    >>> common_time(["2026-11-20T08:15:42Z"], berlin) is None
    True
    """
    first, *others = [possible(each, zone) for each in printed] or [[]]
    fitting = [moment for moment in first if all(_is_among(moment, other) for other in others)]
    return fitting[0] if len(fitting) == 1 else None


def is_utc(printed: str) -> bool:
    """Return whether a time says that it is in UTC."""
    return bool(_UTC.search(printed))


def has_offset(printed: str) -> bool:
    """Return whether a time names its zone."""
    return bool(_OFFSET.search(printed))


def is_before(moment: str, other: str) -> bool:
    """Return whether a time is before another one, by more than a minute.

    >>> is_before("2026-11-20T08:15:00+01:00", "2026-11-20T08:15:42+01:00")
    False
    """
    if "T" not in moment or "T" not in other:
        return moment[:10] < other[:10]
    return datetime.fromisoformat(other) - datetime.fromisoformat(moment) > timedelta(minutes=1)


def is_same(moment: str | None, visible: str) -> bool:
    """Return whether a time is the visible one, or on the visible day.

    The hour that a clock shows twice in autumn is one here: `article_times` tells which it is.
    """
    if moment is None:
        return False
    if "T" not in visible or moment[:_SECOND] == visible[:_SECOND]:
        return moment[:10] == visible[:10]
    return not (is_before(moment, visible) or is_before(visible, moment))


def _is_among(moment: str, others: Iterable[str]) -> bool:
    return any(is_same(moment, other) for other in others)
