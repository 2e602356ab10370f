"""When an article was published and changed, by all that its page says of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from finnews.loaders.inputs import DIFFERENCE_OF_CLOCKS
from finnews.pages.articles.date_lines import Times
from finnews.pages.articles.machine_times import (
    Zone,
    common_time,
    has_offset,
    is_before,
    is_same,
    is_utc,
    machine_time,
    possible,
    zone_of,
)
from finnews.pages.base import Page
from finnews.processors import day_of_midnight
from finnews.processors.clock_changes import is_twice

_NO_TIME = re.compile(r"\s*(?:$|0001-01-01)")
_FIELDS = ("date_published", "date_modified")

Sources = Sequence[tuple[Any, Any]]
"""Times of publication and of the last update, as the page context and JSON-LD give them"""


def settled_times(page: Page, shown: Times, sources: Sources) -> Times:
    """Return the times of an article, from what it shows and what machines read of it.

    What is shown wins, and what contradicts it is not used, which is a doubt. A page that has only
    the time of the last update was published at that time. Of a time in UTC, which may be local
    time, only the day is certain where nothing else tells.
    """
    published, changes = shown.published, [shown.modified]
    reference = _reference(page, shown, sources)
    for source in sorted(sources, key=lambda source: _may_be_local(source[0])):
        reading = _reading(page, source, (reference, shown.modified))
        if reading:
            published = published or _read(page, "date_published", source[0], reading)
            changes.append(_read(page, "date_modified", source[1], reading))
            reference = reference or published
    modified = shown.modified or _agreed(page, changes)
    machines = [_given(source[at] for source in sources) for at in (0, 1)]
    published = _been(page, 0, published, machines[0], shown)
    if published is None and not _has_doubt(page, "date_published"):
        published = _been(page, 0, modified, machines[1], shown)
    modified = _been(page, 1, modified, machines[1], shown)
    if published and modified and is_before(modified, published):
        page.doubt("date_modified", "contradiction", f"{modified} before {published}")
        modified = None
    return Times(published, modified if modified and "T" in modified else None, shown.raw)


def _reference(page: Page, shown: Times, sources: Sources) -> str | None:
    """Return the time with which machine's times are compared: the visible one, or theirs."""
    common = common_time(_given(source[0] for source in sources), page.site.zone)
    if common and is_same(common, shown.published or common[:10]):
        return common
    return shown.published


def _has_doubt(page: Page, field: str) -> bool:
    return any(doubt.field == field for doubt in page.stats.doubts)


def _given(printed: Iterable[Any]) -> list[str]:
    """Return the texts among machine's times that are one."""
    return [each for each in printed if isinstance(each, str) and not _NO_TIME.match(each)]


def _may_be_local(printed: Any) -> bool:
    return isinstance(printed, str) and is_utc(printed)


def _been(page: Page, at: int, moment: str | None, machines: list[str], shown: Times) -> str | None:
    """Return a time that is not in the future; a day, if it is not certain which hour it was."""
    now = (page.now + DIFFERENCE_OF_CLOCKS).isoformat(timespec="seconds")
    if moment and is_before(now[: len(moment)] if "T" not in moment else now, moment):
        page.doubt(_FIELDS[at], "implausible", moment)
        return None
    return _once(page, _FIELDS[at], moment, machines, shown)


def _once(
    page: Page, field: str, moment: str | None, machines: list[str], shown: Times
) -> str | None:
    """Return a time; of the hour that clocks show twice in autumn, only as far as it is told."""
    if moment is None or moment in shown.certain or not is_twice(moment, page.site.zone):
        return moment
    named = [machine_time(each, page.site.zone) for each in machines if has_offset(each)]
    fitting = {each for each in named if each and is_same(each, moment)}
    if len(fitting) == 1:
        return fitting.pop()
    page.doubt(field, "ambiguous", moment)
    return moment[:10]


def _reading(page: Page, source: tuple[Any, Any], shown: tuple[Any, Any]) -> Zone | None:
    """Return how a source's times are meant; ``None`` if it has another time of publication."""
    readings: list[Zone | None] = []
    for field, printed, moment in zip(_FIELDS, source, shown, strict=True):
        if moment and _given([printed]):
            readings.append(zone_of(printed, moment, page.site.zone))
            if readings[-1] is None:
                page.doubt(field, "contradiction", printed)
                if field == "date_published":
                    return None
    certain = [reading for reading in readings if reading and reading != "unclear"]
    if certain:
        return certain[0]
    return "unclear" if any(map(_may_be_local, source)) else "printed"


def _read(page: Page, field: str, printed: Any, reading: Zone) -> str | None:
    """Return a machine's time; midnight is a day alone, and the year 1 is none."""
    if not printed or _NO_TIME.match(str(printed)):
        return None
    moment = _moment(page, field, printed, reading) if isinstance(printed, str) else None
    if moment is None and reading != "unclear":
        page.doubt(field, "unreadable", str(printed))
    return day_of_midnight(moment)


def _moment(page: Page, field: str, printed: str, reading: Zone) -> str | None:
    if reading != "unclear":
        return machine_time(printed, page.site.zone, reading)
    moments = possible(printed, page.site.zone)
    if len(moments) < 2:
        return moments[0] if moments else None
    page.doubt(field, "ambiguous", printed)
    days = {moment[:10] for moment in moments}
    return days.pop() if len(days) == 1 else None


def _agreed(page: Page, moments: Iterable[str | None]) -> str | None:
    """Return the time that all give; if they differ, that is a doubt."""
    given = sorted(filter(None, moments), key=len, reverse=True)
    for other in given[1:]:
        if not is_same(given[0], other):
            page.doubt("date_modified", "contradiction", f"{given[0]} / {other}")
            return None
    return given[0] if given else None
