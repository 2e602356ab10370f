"""The date lines of an article: when it was published and changed, as readers see it."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from lxml.etree import _Element
from parsel import Selector

from finnews.loaders.inputs import Reason
from finnews.pages.articles.machine_times import (
    has_offset,
    is_before,
    machine_time,
    zone_of,
)
from finnews.pages.base import Page
from finnews.pages.rules import PAGE, Rule
from finnews.pages.tree import above_last
from finnews.pages.visible import text_of
from finnews.processors import day_of_midnight, german_day, german_time, iso_time

_LINES = """./div/*[self::time or self::div]
    [contains(concat(" ", normalize-space(@class), " "), " grid__item-12 ")]"""
_AROUND_HEADLINE = Rule(
    PAGE,
    "xpath",
    """(self::*[h1]/div[contains(@class, "news-container__text")][last()]
    /preceding-sibling::*[not(self::h1)]
    /descendant-or-self::*[self::time or self::span or self::div or self::p][not(*)])""",
)
_TEXT = "news-container__text"
_LINE_TAGS = ("time", "span", "div", "p")
_DAY = r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})"
_PRINTED_DAY = re.compile(_DAY, re.ASCII)
_DIGIT = re.compile(r"\d", re.ASCII)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_MOMENT = re.compile(
    rf"(?:(?P<day>{_DAY})(?:,? ?(?:um |/ |- |– )?(?P<clock>{_CLOCK}))?"
    rf"|(?P<later>{_CLOCK}))(?: ?Uhr)?(?: (?P<zone>[A-Z]{{2,4}})\b)?",
    re.ASCII,
)
_PUBLISHED = re.compile(r"(?:(?:zuerst )?(?:veröffentlicht|publiziert|erstellt)|datum|vom|am)?")
_MODIFIED = re.compile(
    r"(?:(?:zuletzt |letzte )?(?:aktualisiert|aktualisierung|geändert|änderung|update|updated"
    r"|bearbeitet)|stand)(?: am| vom)?"
)
_AROUND = re.compile(r"^[\s|,;:()/•·–-]+|[\s|,;:()/•·–-]+$")
_OFFSET_AT = len("2026-11-20T08:15:42")
_RELATIVE = re.compile(r"(?:heute|gestern|vor|gerade|soeben)\b.*", re.IGNORECASE)


class Times(NamedTuple):
    """Times as an article's page shows them."""

    published: str | None = None
    """ISO 8601, in the site's time zone; a day if the page prints no time of day."""

    modified: str | None = None
    raw: str | None = None
    """The date line as printed."""

    certain: tuple[str, ...] = ()
    """Those of the times that name their zone."""


class _Line(NamedTuple):
    kind: Literal["published", "modified"]
    moment: str
    printed: str
    is_certain: bool = False
    """Whether it names its zone."""


def visible_times(page: Page, article: Selector) -> Times:
    """Return what the date lines say; two that contradict one another say nothing.

    A line that is not understood is a doubt.
    """
    elements = page.xpath(_LINES, article)
    if not elements and (printed := _line_elsewhere(page, article)):
        page.doubt("date_published", "unreadable", printed)
    lines = [line for element in elements for line in _lines_of(page, element)]
    published = _only(page, [line for line in lines if line.kind == "published"])
    modified = _only(page, [line for line in lines if line.kind == "modified"])
    raw = next((line.printed for line in (published, modified) if line), None)
    first = next((printed for printed in map(text_of, elements) if printed), None)
    certain = tuple(line.moment for line in (published, modified) if line and line.is_certain)
    shown = published and published.moment, modified and modified.moment
    return Times(*shown, raw or first, certain)


def _line_elsewhere(page: Page, article: Selector) -> str | None:
    """Return a time that stands around the headline in another element than date lines do."""
    leaves = _around_headline(article.root)
    page.stats.count(_AROUND_HEADLINE, found=bool(leaves))
    lines = map(text_of, leaves)
    return next((line for line in lines if any(_moments(line, page.site.zone))), None)


def _around_headline(article: _Element) -> list[_Element]:
    """Return the innermost elements above the text of an article with a headline."""
    if article.find("h1") is None:
        return []
    parts = above_last(article, "div", lambda part: _TEXT in part.get("class", ""))
    leaves = (leaf for part in parts if part.tag != "h1" for leaf in part.iter(*_LINE_TAGS))
    return [leaf for leaf in leaves if leaf.find("*") is None]


def _lines_of(page: Page, element: Selector) -> Iterator[_Line]:
    printed, attribute = text_of(element), element.root.get("datetime", "").strip()
    lines = list(_moments(printed, page.site.zone))
    if printed and not lines and not (attribute and _RELATIVE.match(printed)):
        page.doubt("date_published", "unreadable", printed)
    if attribute and len(lines) == 1:
        yield _more_exact(page, lines[0], attribute)
    elif lines:
        yield from lines
    elif (exact := _of_attribute(page, attribute)) and _may_be_of_day(page, printed, exact):
        kind: Literal["published", "modified"] = (
            "modified" if _kind(printed) == "modified" else "published"
        )
        yield _Line(kind, exact, printed)


def _may_be_of_day(page: Page, printed: str, moment: str) -> bool:
    """Return whether a text that is not understood names the day of a moment, or none."""
    days = [german_day(day) for day in _PRINTED_DAY.findall(printed)]
    if not days or moment[:10] in days:
        return True
    page.doubt("date_published", "contradiction", f"{printed} / {moment}")
    return False


def _of_attribute(page: Page, attribute: str) -> str | None:
    """Return the time in ``datetime`` where no text says whether its ``Z`` is meant."""
    moment = iso_time(attribute, page.site.zone, twice=True)
    if moment and has_offset(attribute):
        page.doubt("date_published", "ambiguous", attribute)
        return None
    return day_of_midnight(moment)


def _more_exact(page: Page, line: _Line, attribute: str) -> _Line:
    """Return a line with the time in ``datetime``, which has seconds, if it is the printed one."""
    zone, moment = page.site.zone, line.moment
    reading = zone_of(attribute, moment, zone)
    exact = machine_time(attribute, zone, reading) if reading else None
    if exact is None or reading == "unclear":
        if exact or attribute[:10] != moment[:10] or "T" in moment:
            reason: Reason = "ambiguous" if exact else "contradiction"
            page.doubt("date_published", reason, f"{moment} / {attribute}")
        return line
    if "T" not in moment and day_of_midnight(exact) == moment:
        return line
    if reading == "printed" and has_offset(attribute):
        return line._replace(moment=exact, is_certain=True)
    return line._replace(
        moment=exact[:_OFFSET_AT] + moment[_OFFSET_AT:] if "T" in moment else exact
    )


def _moments(printed: str, zone: ZoneInfo) -> Iterator[_Line]:
    """Yield the moments in a line that is understood from its first to its last character."""
    lines: list[_Line] = []
    end, day = 0, ""
    for match in _MOMENT.finditer(printed):
        day = match["day"] or day
        label = printed[end : match.start()]
        kind = None if _DIGIT.search(label) else _kind(label)
        clock = match["clock"] or match["later"]
        moment = _moment(day, clock and f"{clock} {match['zone'] or ''}", zone)
        if kind is None or moment is None:
            return
        lines.append(_Line(kind, moment, printed, bool(match["zone"])))
        end = match.end()
    if not _AROUND.sub("", printed[end:]):
        yield from lines


def _moment(day: str, clock: str | None, zone: ZoneInfo) -> str | None:
    return german_time(f"{day} {clock}", zone, twice=True) if clock and day else german_day(day)


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
