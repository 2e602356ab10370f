"""When an article was published and changed: its date line, and the times that machines read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.visible import text_of
from finnews.processors import german_day, german_time, iso_time

_LINES = """./div/*[self::time or self::div]
    [contains(concat(" ", normalize-space(@class), " "), " grid__item-12 ")]"""
_DAY = r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_MOMENT = re.compile(
    rf"(?P<label>[^\d]*)(?:(?P<day>{_DAY})(?:,? ?(?:um |/ |- |– )?(?P<clock>{_CLOCK}))?"
    rf"|(?P<later>{_CLOCK}))(?: ?Uhr)?(?: (?P<zone>[A-Z]{{2,4}})\b)?",
    re.ASCII,
)
_PUBLISHED = re.compile(r"(?:(?:zuerst )?(?:veröffentlicht|publiziert|erstellt)|datum|vom|am)?")
_MODIFIED = re.compile(
    r"(?:(?:zuletzt |letzte )?(?:aktualisiert|aktualisierung|geändert|änderung|update|updated"
    r"|bearbeitet)|stand)(?: am| vom)?"
)
_AROUND = re.compile(r"^[\s|,;:()/•·–-]+|[\s|,;:()/•·–-]+$")
_OFFSET = re.compile(r"(?:[Zz]|[+-]\d{2}:?\d{2})$")
_RELATIVE = re.compile(r"(?:heute|gestern|vor|gerade|soeben)\b.*", re.IGNORECASE)
_NO_TIME = re.compile(r"\s*(?:$|0001-01-01)")
_MIDNIGHT = "T00:00:00"

Zone = Literal["printed", "local"]
"""How a time is meant: as it is ``printed``, with its offset, or in local time despite it"""


Sources = Sequence[tuple[Any, Any]]
"""Times of publication and of the last update, as the page context and JSON-LD give them"""


class Times(NamedTuple):
    """Times as an article's page shows them."""

    published: str | None = None
    """ISO 8601, in the site's time zone; a day if the page prints no time of day."""

    modified: str | None = None
    raw: str | None = None
    """The date line as printed."""


class _Line(NamedTuple):
    kind: Literal["published", "modified"]
    moment: str
    printed: str


def visible_times(page: Page, article: Selector) -> Times:
    """Return what the date lines say; two that contradict one another say nothing.

    A line that is not understood is a doubt.
    """
    elements = page.xpath(_LINES, article)
    lines = [line for element in elements for line in _lines_of(page, element)]
    published = _only(page, [line for line in lines if line.kind == "published"])
    modified = _only(page, [line for line in lines if line.kind == "modified"])
    raw = next((line.printed for line in (published, modified) if line), None)
    first = next((printed for printed in map(text_of, elements) if printed), None)
    return Times(published and published.moment, modified and modified.moment, raw or first)


def settled_times(page: Page, shown: Times, sources: Sources) -> Times:
    """Return the times of an article, from what it shows and what machines read of it.

    What is shown wins, and what contradicts it is not used, which is a doubt. A page that has only
    the time of the last update was published at that time.
    """
    published, changes = shown.published, [shown.modified]
    for machine_published, machine_modified in _certain_first(page, shown, sources):
        reading = _reading(page, "date_published", machine_published, published)
        if reading and shown.modified:
            _reading(page, "date_modified", machine_modified, shown.modified)
        if reading:
            published = published or _read(page, "date_published", machine_published, reading)
            changes.append(_read(page, "date_modified", machine_modified, reading))
    modified = shown.modified or _agreed(page, changes)
    published = _been(page, "date_published", published or modified)
    modified = _been(page, "date_modified", modified)
    if published and modified and is_before(modified, published):
        page.doubt("date_modified", "contradiction", f"{modified} before {published}")
        modified = None
    return Times(published, modified if modified and "T" in modified else None, shown.raw)


def _been(page: Page, field: str, moment: str | None) -> str | None:
    """Return a time that is not in the future."""
    if moment and moment[:10] > page.latest:
        page.doubt(field, "implausible", moment)
        return None
    return moment


def _reading(page: Page, field: str, printed: Any, shown: str | None) -> Zone | None:
    if not isinstance(printed, str) or _NO_TIME.match(printed) or shown is None:
        return "printed"
    reading = zone_of(printed, shown, page.site.zone)
    if reading is None:
        page.doubt(field, "contradiction", printed)
    return reading


def _certain_first(page: Page, shown: Times, sources: Sources) -> Sources:
    """Return the sources, in the order in which they are certain on this page.

    Where no line shows the time, the ``Z`` of the page context may be meant or not: JSON-LD tells.
    """
    of_context, of_json_ld = sources
    published = of_context[0]
    if shown.published or not (isinstance(published, str) and _OFFSET.search(published.strip())):
        return sources
    if isinstance(of_json_ld[0], str) and of_json_ld[0].strip():
        return of_json_ld, of_context
    page.doubt("date_published", "ambiguous", published)
    return ((None, of_json_ld[1]),)


def _read(page: Page, field: str, printed: Any, reading: Zone) -> str | None:
    """Return a machine's time; midnight is a day alone, and the year 1 is none."""
    if not printed or _NO_TIME.match(str(printed)):
        return None
    moment = machine_time(printed, page.site.zone, reading) if isinstance(printed, str) else None
    if moment is None:
        page.doubt(field, "unreadable", str(printed))
    return moment[:10] if moment and _MIDNIGHT in moment else moment


def _agreed(page: Page, moments: Iterable[str | None]) -> str | None:
    """Return the time that all give; if they differ, that is a doubt."""
    given = sorted(filter(None, moments), key=len, reverse=True)
    for other in given[1:]:
        if not _is_same(given[0], other):
            page.doubt("date_modified", "contradiction", f"{given[0]} / {other}")
            return None
    return given[0] if given else None


def zone_of(printed: str, visible: str, zone: ZoneInfo) -> Zone | None:
    """Return how a machine's time is meant so that it is the visible one; ``None`` if it is not.

    JSON-LD has true UTC, lists local time with a ``Z`` (seen 2026-10).

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> zone_of("2026-11-20T07:15:42.000Z", "2026-11-20T08:15:00+01:00", berlin)
    'printed'
    >>> zone_of("2026-11-20T08:15:42.000Z", "2026-11-20T08:15:00+01:00", berlin)
    'local'
    """
    readings: tuple[Zone, ...] = ("printed", "local")
    for reading in readings:
        if _is_same(machine_time(printed, zone, reading), visible):
            return reading
    return None


def machine_time(printed: str, zone: ZoneInfo, reading: Zone = "printed") -> str | None:
    """Return a machine's time in a time zone."""
    return iso_time(_OFFSET.sub("", printed.strip()) if reading == "local" else printed, zone)


def is_before(moment: str, other: str) -> bool:
    """Return whether a time is before another one, by more than a minute.

    >>> is_before("2026-11-20T08:15:00+01:00", "2026-11-20T08:15:42+01:00")
    False
    """
    if "T" not in moment or "T" not in other:
        return moment[:10] < other[:10]
    return datetime.fromisoformat(other) - datetime.fromisoformat(moment) > timedelta(minutes=1)


def _is_same(moment: str | None, visible: str) -> bool:
    if moment is None:
        return False
    if "T" not in visible:
        return moment[:10] == visible
    return not (is_before(moment, visible) or is_before(visible, moment))


def _lines_of(page: Page, element: Selector) -> Iterator[_Line]:
    printed, attribute = text_of(element), element.root.get("datetime", "").strip()
    lines = list(_moments(printed, page.site.zone))
    if printed and not lines and not (attribute and _RELATIVE.match(printed)):
        page.doubt("date_published", "unreadable", printed)
    if attribute and len(lines) == 1:
        yield lines[0]._replace(moment=_more_exact(page, lines[0].moment, attribute))
    elif lines:
        yield from lines
    elif exact := _of_attribute(page, attribute):
        kind: Literal["published", "modified"] = (
            "modified" if _kind(printed) == "modified" else "published"
        )
        yield _Line(kind, exact, printed)


def _of_attribute(page: Page, attribute: str) -> str | None:
    """Return the time in ``datetime`` where no text says whether its ``Z`` is meant."""
    moment = iso_time(attribute, page.site.zone)
    if moment and _OFFSET.search(attribute):
        page.doubt("date_published", "ambiguous", attribute)
        return None
    return moment[:10] if moment and _MIDNIGHT in moment else moment


def _more_exact(page: Page, moment: str, attribute: str) -> str:
    """Return the time in ``datetime``, which has seconds, if it is the printed one."""
    zone = page.site.zone
    reading = zone_of(attribute, moment, zone)
    exact = machine_time(attribute, zone, reading) if reading else None
    if exact is None:
        if attribute[:10] != moment[:10] or "T" in moment:
            page.doubt("date_published", "contradiction", f"{moment} / {attribute}")
        return moment
    return moment if _MIDNIGHT in exact and "T" not in moment else exact


def _moments(printed: str, zone: ZoneInfo) -> Iterator[_Line]:
    """Yield the moments in a line that is understood from its first to its last character."""
    lines: list[_Line] = []
    end, day = 0, ""
    for match in _MOMENT.finditer(printed):
        day = match["day"] or day
        kind = _kind(match["label"])
        clock = match["clock"] or match["later"]
        moment = _moment(day, clock and f"{clock} {match['zone'] or ''}", zone)
        if kind is None or moment is None or match.start() != end:
            return
        lines.append(_Line(kind, moment, printed))
        end = match.end()
    if not _AROUND.sub("", printed[end:]):
        yield from lines


def _moment(day: str, clock: str | None, zone: ZoneInfo) -> str | None:
    return german_time(f"{day} {clock}", zone) if clock and day else german_day(day)


def _kind(label: str) -> Literal["published", "modified"] | None:
    words = " ".join(_AROUND.sub("", label).casefold().split())
    if _MODIFIED.fullmatch(words):
        return "modified"
    return "published" if _PUBLISHED.fullmatch(words) else None


def _only(page: Page, lines: list[_Line]) -> _Line | None:
    """Return the line that says most exactly what all say; ``None`` if they differ."""
    exact = max(lines, key=lambda line: line.moment, default=None)
    if exact and any(is_before(line.moment, exact.moment) for line in lines):
        field = f"date_{exact.kind}"
        page.doubt(field, "ambiguous", " / ".join(line.printed for line in lines))
        return None
    return exact
