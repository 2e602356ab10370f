"""Rules 1 and 6: a day and a time are read whole, a clock time as printed in Berlin."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from tests.alterations.grids import text
from tests.alterations.places import of_form
from tests.alterations.printed import Place
from tests.alterations.registry import ANY, SAME, Pick, Seen, alters
from tests.alterations.sheets import Sheet

MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September"),
    *("Oktober", "November", "Dezember"),
)
ZONES = {"EST": -5, "GMT": 0, "UTC": 0, "JST": 9, "EDT": -4, "Uhr (NY)": None, "XYZ": None}
_FAR_ZONE = re.compile(r"/ (?:EST|EDT|GMT|BST|UTC)\b")
CHANGES_OF_CLOCKS = ("2026-03-29", "2026-10-25")
FIELDS = ("quoted_at", "date_published", "date_modified", "date")

BERLIN = ZoneInfo("Europe/Berlin")
days = of_form("day")


def clocks(sheet: Sheet) -> list[Place]:
    """Return the clock times that the page prints once."""
    places = of_form("clock")(sheet)
    printed = Counter(place.printed for place in places)
    return [place for place in places if printed[place.printed] == 1]


def moment(place: Place) -> str | None:
    """Return the time of a clock and of the day that is printed in its row, or in its table."""
    within = place.node.xpath("ancestor-or-self::tr[count(*) > 2][1] | ancestor::table[1]")
    day = re.search(r"\d\d\.\d\d\.\d{4}", text(within[-1])) if within else None
    if not day:
        return None
    stamp = f"{day[0]} {place.printed}"
    return datetime.strptime(stamp, "%d.%m.%Y %H:%M:%S").replace(tzinfo=BERLIN).isoformat()


def at_hour(hour: int) -> Callable[[Any], Any]:
    """Return a function that gives a time the hour."""

    def moved(before: Any) -> Any:
        if not isinstance(before, str) or "T" not in before:
            return None
        return datetime.fromisoformat(before).replace(hour=hour).isoformat()

    return moved


def in_zone(hours: int) -> Callable[[Any], Any]:
    """Return a function: the time that has the same clock in a zone of that offset, in Berlin."""

    def moved(before: Any) -> Any:
        if not isinstance(before, str) or "T" not in before:
            return None
        printed = datetime.fromisoformat(before)
        there = printed.replace(tzinfo=timezone(timedelta(hours=hours)))
        return there.astimezone(printed.tzinfo).isoformat()

    return moved


def instant(*values: Any) -> dict[str, Sequence[Any]]:
    """Return that each field of a time can have these values."""
    return dict.fromkeys(FIELDS, values)


def apart(node: Any, seen: Seen) -> Seen:
    """Return what is seen if a snapshot that names no exchange no longer has the time of its box.

    Then it is a quote of its own, and the box has no change.
    """
    named = node.xpath("//*[contains(@class, 'snapshot__exchange')]")
    if named or not node.xpath("//*[contains(@class, 'snapshot__time')]"):
        return seen
    quote = {"type": "Quote", "source": "stock", "exchange": None}
    gone = seen.gone | {"change", "change_percent", "open"}
    return Seen(shown=seen.shown, void=seen.void, gone=gone, added=[quote])


@alters(clocks)
def a_clock_with_am_or_pm(place: Place, pick: Pick) -> Seen:
    hour = int(place.printed[:2])
    half = pick(("PM", "p.m.", "pm")) if hour >= 12 else pick(("AM", "am"))
    place.print(f"{(hour - 1) % 12 + 1:02}{place.printed[2:]} {half}")
    return apart(place.node, SAME)


@alters(clocks)
def a_clock_in_another_zone(place: Place, pick: Pick) -> Seen:
    zone = pick(tuple(ZONES))
    hours = ZONES[zone]
    void = {"quoted_at": moment(place)}
    place.print(f"{place.printed} {zone}")
    shown = instant(in_zone(hours)) if hours is not None else {}
    return apart(place.node, Seen(shown=shown, void=void))


@alters(clocks)
def a_clock_that_is_none(place: Place, pick: Pick) -> Seen:
    place.print(pick(("25:61:00", "heute", "17:35 - 17:40", "vorbörslich", "17", "verzögert")))
    return apart(place.node, Seen(shown=instant(lambda before: str(before)[:10])))


@alters(clocks)
def a_clock_in_other_words(place: Place, pick: Pick) -> Seen:
    clock = place.printed
    hours, minutes, seconds = clock.split(":")
    other = (f"{clock} Uhr", f"{clock}*", f"{hours}.{minutes}.{seconds}", f"{hours}:{minutes}")
    place.print(pick(other))
    return apart(
        place.node,
        Seen(shown=instant(lambda before: re.sub(r":\d\d(?=\+)", ":00", str(before), count=1))),
    )


@alters(days)
def a_day_in_other_words(place: Place, pick: Pick) -> Seen:
    day, month, year = place.printed.split(".")
    ways = (
        *(f"{day}.{month}.{year[2:]}", f"{int(day)}. {MONTHS[int(month) - 1]} {year}"),
        *(f"{year}-{month}-{day}", f"{day}/{month}/{year}", f"{day}. {month}. {year}"),
        *(f"Fr., {day}.{month}.{year}", f"{place.printed} *", f"am {place.printed}"),
    )
    place.print(pick(ways))
    return apart(place.node, SAME)


@alters(days)
def a_day_that_is_none(place: Place, pick: Pick) -> Seen:
    day, month, year = place.printed.split(".")
    place.print(
        pick((f"31.02.{year}", "gestern", f"{day}.13.{year}", f"Q4 {year}", f"{month}/{year}"))
    )
    return apart(place.node, Seen())


@alters(days)
def two_days(place: Place, pick: Pick) -> Seen:
    day, month, year = place.printed.split(".")
    other = f"{(int(day) % 28) + 1:02}.{month}.{year}"
    dash = pick((" - ", "/", " bis ", ", "))
    place.print(f"{other}{dash}{place.printed}")
    return apart(place.node, SAME)


@alters(days)
def an_american_day(place: Place, _pick: Pick) -> Seen:
    day, month, year = place.printed.split(".")
    place.print(f"{month}/{day}/{year}")
    return apart(place.node, SAME)


@alters(days)
def another_day(place: Place, pick: Pick) -> Seen:
    _, month, year = place.printed.split(".")
    day = pick(("03", "04", "17"))
    place.print(f"{day}.{month}.{year}")
    moved = instant(lambda before: f"{str(before)[:8]}{day}{str(before)[10:]}")
    return apart(place.node, Seen(shown=moved))


def snapshot_times(sheet: Sheet) -> list[Any]:
    """Return the time elements of a snapshot."""
    return sheet.xpath(
        '//*[contains(@class, "snapshot__time")]/descendant-or-self::time[@datetime]'
    )


@alters(snapshot_times)
def midnight_that_means_a_day(time: Any, _pick: Pick) -> Seen:
    day = time.get("datetime")[:10]
    time.set("datetime", f"{day}T00:00:00")
    time.text = f"{day[8:]}.{day[5:7]}.{day[:4]}"
    return apart(time, Seen(gone=frozenset({"quoted_at"}), shown=instant(day)))


@alters(snapshot_times)
def a_local_snapshot_time_that_ends_in_z(time: Any, pick: Pick) -> Seen:
    time.set("datetime", time.get("datetime") + pick(("Z", ".000Z", "+00:00")))
    return apart(time, SAME)


def article_times(sheet: Sheet) -> list[Any]:
    """Return the time elements of an article that print their clock."""
    return sheet.xpath('//article/div/time[@datetime][contains(., ":")]')


@alters(article_times)
def a_local_time_that_ends_in_z(time: Any, pick: Pick) -> Seen:
    time.set("datetime", time.get("datetime")[:19] + pick(("Z", ".000Z")))
    return SAME


def only_times(sheet: Sheet) -> list[Any]:
    """Return the time of an article, if the page has no other article."""
    times = article_times(sheet) if len(sheet.xpath("//article")) == 1 else []
    return [time for time in times if not time.get("datetime").startswith(CHANGES_OF_CLOCKS)]


@alters(only_times)
def an_hour_that_clocks_show_twice(time: Any, _pick: Pick) -> Seen:
    time.set("datetime", "2026-10-25T02:30:10")
    time.text = " 25.10.26 02:30 Uhr "
    due = frozenset({"date_published", "date_modified"})
    return Seen(shown={"date_published": ("2026-10-25",)}, due=due)


@alters(only_times)
def an_hour_that_clocks_leave_out(time: Any, _pick: Pick) -> Seen:
    time.set("datetime", "2026-03-29T02:30:10")
    time.text = " 29.03.26 02:30 Uhr "
    return Seen(due=frozenset({"date_published", "date_modified"}))


@alters(article_times)
def an_update_before_the_time_of_publication(time: Any, pick: Pick) -> Seen:
    stamp = time.get("datetime")[:10]
    other = time.makeelement("time", {"class": time.get("class"), "datetime": f"{stamp}T23:30:00"})
    other.text = f" aktualisiert {stamp[8:]}.{stamp[5:7]}.{stamp[2:4]} 23:30 Uhr "
    time.getparent().insert(pick((0, 1)), other)
    zones = tuple(f"{stamp}T23:30:00+0{hours}:00" for hours in (1, 2))
    return Seen(shown={"date_modified": zones})


@alters(article_times)
def a_machine_time_against_the_printed_one(time: Any, _pick: Pick) -> Seen:
    stamp = time.get("datetime")
    time.set("datetime", f"{stamp[:8]}03T01:02:03")
    return Seen(
        shown={"date_published": (lambda before: re.sub(r":\d\d(?=\+)", ":00", str(before)),)}
    )


def study_stamps(sheet: Sheet) -> list[Any]:
    """Return the paragraphs of a study that print when the original was published."""
    found = sheet.xpath(
        '//p[starts-with(normalize-space(), "Veröffentlichung der Original-Studie")]'
    )
    printed = sheet.xpath('//article/div/div[@class="grid__item-12"]/text()')
    days = " ".join(printed).split()
    timed = [part for part in found if _FAR_ZONE.search(text(part))]
    return [part for part in timed if days and _short_day(part) == days[0]]


def _short_day(paragraph: Any) -> str:
    """Return the day of a study as its date line prints it: ``20.11.26``."""
    match = re.search(r"(\d\d\.\d\d\.)\d\d(\d\d)", paragraph.text or "")
    return match[1] + match[2] if match else ""


@alters(study_stamps)
def a_zone_that_is_unknown(paragraph: Any, pick: Pick) -> Seen:
    zone = pick(("XYZ", "ET/PT", "Ortszeit", ""))
    _set_zone(paragraph, zone)
    return Seen(shown={"date_published": (_day,)}, void={"date_published": ANY})


@alters(study_stamps)
def winter_time_in_summer_or_summer_time_in_winter(paragraph: Any, _pick: Pick) -> Seen:
    stamp = re.search(r"\d\d\.(\d\d)\.\d{4} / (\d\d):(\d\d)", paragraph.text)
    assert stamp
    is_summer = 4 <= int(stamp[1]) <= 10
    _set_zone(paragraph, "MEZ" if is_summer else "MESZ")
    offset = "+02:00" if is_summer else "+01:00"
    local = f"T{stamp[2]}:{stamp[3]}:00{offset}"
    return Seen(shown={"date_published": (_day, lambda before: _day(before) + local)})


def _day(before: Any) -> str:
    return str(before)[:10]


def _set_zone(paragraph: Any, zone: str) -> None:
    paragraph.text = re.sub(r"/ [A-Z]{3,4}\b", f"/ {zone}", paragraph.text, count=1)
