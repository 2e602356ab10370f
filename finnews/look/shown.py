"""The rows of a table as a page shows them: with their security, and their time by the wall."""

from typing import Final
from zoneinfo import ZoneInfo

from finnews.items import Item
from finnews.sql.columns import day_column, instrument_of, quoted, selected
from finnews.sql.views import FILE, literal, select

HIDDEN: Final = "file, key_hash"
"""Columns by which the last version of a record is found, and found fast."""


def shown(item_class: type[Item], source: str, zone: ZoneInfo) -> str:
    """Return the query of the rows of a source of lines, with what is computed of them."""
    key = instrument_of(item_class)
    computed = ", ".join(
        [
            *([f"{key} AS instrument"] if key else []),
            *_times(item_class, f"AT TIME ZONE {literal(zone.key)}"),
            f"parse_filename({FILE}) AS file",
            "hash(key) AS key_hash",
        ]
    )
    rows = f"SELECT *{_known(item_class)} FROM ({select(item_class, source, FILE)})"
    return f"SELECT * EXCLUDE ({FILE}), {computed} FROM ({rows})"


def _known(item_class: type[Item]) -> str:
    """Return what makes times missing that no clock shows: of the first and the last year.

    In a zone they can be of a year before or after these, which Python does not have.
    """
    names = [name for name in _printed(item_class) if name.startswith('"')]
    known = (
        f"CASE WHEN year({name}) BETWEEN 2 AND 9998 THEN {name} END AS {name}" for name in names
    )
    return f" REPLACE ({', '.join(known)})" if names else ""


def _times(item_class: type[Item], in_zone: str) -> list[str]:
    """Return the columns of an item's time: its own, else its day, else that of fetching."""
    time, day = _printed(item_class)
    start = f"CAST({day} AS TIMESTAMP)"
    local = (
        f"CASE WHEN {time} IS NOT NULL THEN {time} {in_zone} "
        f"WHEN {day} IS NOT NULL THEN {start} ELSE fetched_at {in_zone} END"
    )
    return [
        f"coalesce({time}, {start} {in_zone}, fetched_at) AS instant",
        f"{local} AS local",
        "CAST(local AS DATE) AS day",
        f"{time} IS NULL AND {day} IS NOT NULL AS is_day",
    ]


def _printed(item_class: type[Item]) -> tuple[str, str]:
    """Return the expressions of the time and the day that the page prints."""
    name, columns = item_class.date_field, dict(selected(item_class))
    no_time, no_day = "CAST(NULL AS TIMESTAMPTZ)", "CAST(NULL AS DATE)"
    if name is None:
        return no_time, no_day
    if day_column(name) in columns:
        return quoted(name), quoted(day_column(name))
    return no_time, quoted(name)
