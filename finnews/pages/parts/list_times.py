"""When the entries of lists and feeds were published, as these say it."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from finnews.loaders.inputs import DIFFERENCE_OF_CLOCKS, Reason
from finnews.pages.base import Link, Page
from finnews.processors import day_of_midnight, german_day, german_time, iso_day, iso_time
from finnews.processors.clock_changes import is_twice

_MINUTES = len("2026-10-01T18:06")
_RELATIVE = re.compile(r"(?:vor\b.*|gerade|heute|gestern|vorgestern)\b,?", re.IGNORECASE)


class Reading(NamedTuple):
    """A time that was read, or what is in doubt of it."""

    moment: str | None
    doubt: Reason | None = None
    printed: str = ""


def teaser_time(page: Page, attribute: str, printed: str) -> str | None:
    """Return when a teaser says that its article was published; a contradiction is a doubt.

    ``datetime`` is local time although it ends in ``Z``, and the text is the clock time or the day
    (seen 2026-10: ``2026-10-01T18:06:00.000Z``, 18:06).
    """
    return _told(page, read_time(page, attribute, printed))


def read_time(page: Page, attribute: str, printed: str) -> Reading:
    """Return when a teaser says that its article was published, and what is in doubt of it."""
    zone, given, is_time = page.site.zone, attribute.strip(), False
    for moment in filter(None, _times(given, printed, zone)):
        if _agrees(moment, printed, zone):
            return _settled(page, moment)
        is_time = True
    if given or printed:
        return Reading(None, "contradiction" if is_time else "unreadable", f"{given} {printed}")
    return Reading(None)


def _times(given: str, printed: str, zone: ZoneInfo) -> Iterator[str | None]:
    """Yield the times that an attribute, or without one a text, can mean."""
    if given:
        yield iso_time(given.removesuffix("Z"), zone, twice=True)
        yield iso_time(given, zone, twice=True)
        yield iso_day(given)
    else:
        yield german_time(printed, zone, twice=True)
        yield german_day(printed)


def been(page: Page, moment: str | None) -> str | None:
    """Return a time that is not in the future, which is a doubt."""
    return _told(page, _been(page, moment))


def once(page: Page, links: Iterable[Link]) -> list[Link]:
    """Return links with each address once; if its times differ, it has none, which is a doubt."""
    dates: dict[str, str | None] = {}
    for link in links:
        known = dates.setdefault(link.url, link.date)
        if link.date != known:
            if known and link.date:
                page.doubt("date", "ambiguous", f"{known} / {link.date}")
            dates[link.url] = None if known and link.date else known or link.date
    return [Link(url, date) for url, date in dates.items()]


def _is_after(moment: str, latest: datetime) -> bool:
    if "T" not in moment:
        return moment > latest.date().isoformat()
    return datetime.fromisoformat(moment) > latest


def _settled(page: Page, moment: str) -> Reading:
    """Return a time; its day, where only that is known or the clock shows the time twice."""
    if is_twice(moment, page.site.zone):
        return Reading(moment[:10], "ambiguous", moment)
    return _been(page, day_of_midnight(moment))


def _been(page: Page, moment: str | None) -> Reading:
    if moment and _is_after(moment, page.now + DIFFERENCE_OF_CLOCKS):
        return Reading(None, "implausible", moment)
    return Reading(moment)


def _told(page: Page, reading: Reading) -> str | None:
    if reading.doubt:
        page.doubt("date", reading.doubt, reading.printed)
    return reading.moment


def _agrees(moment: str, printed: str, zone: ZoneInfo) -> bool:
    """Return whether a time is the printed one, as far as a day or clock time is printed."""
    absolute = _RELATIVE.sub("", printed).strip()
    if not absolute:
        return True
    day = german_day(absolute)
    dated = absolute if day else f"{absolute} {moment[8:10]}.{moment[5:7]}.{moment[:4]}"
    clock = german_time(dated, zone, twice=True)
    if clock:
        return clock[:_MINUTES] == moment[:_MINUTES]
    return day == moment[:10]
