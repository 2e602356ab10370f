"""Rule 4: a table is found by its heading, of any level, and read however it is built."""

from collections.abc import Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

from lxml.html import fragment_fromstring

from tests.alterations.grids import (
    body_rows,
    header_cells,
    heading_of,
    heading_text,
    read_tables,
    text,
)
from tests.alterations.registry import SAME, Pick, Seen, alters
from tests.alterations.sheets import PAPERS, Sheet

FIELDS = {
    "Letzter": ("price", "currency", "unit"),
    "Vortag": ("previous_close",),
    "+/-": ("change",),
    "%": ("change_percent",),
    "Spanne": ("day_low", "day_high"),
    "Volumen (St.)": ("volume",),
    "Zeit": ("quoted_at",),
    "Datum": ("quoted_at", "date_published", "date"),
    "Börse": ("exchange", "mic"),
    "Analyst": ("firm",),
    "Kursziel": ("price_target", "currency", "unit"),
    "Abstand Kursziel": ("upside_percent",),
    "Rating": ("rating", "verdict"),
    "Terminart": ("event",),
    "Info": ("period",),
    "Schätzung EPS": ("eps_estimate", "currency"),
    "Tatsächliches EPS": ("eps_actual", "currency"),
}


def _has_own_heading(table: Any) -> bool:
    """Return whether no other table stands below the heading of a table."""
    heading = heading_of(table)
    others = table.xpath("//table[.//th]")
    return sum(heading_of(other) is heading for other in others if _is_headed(other)) == 1


def _is_headed(table: Any) -> bool:
    return bool(heading_text(table))


def headed_tables(sheet: Sheet) -> list[Any]:
    """Return the tables that alone are what their page is about."""
    return read_tables(sheet) if sheet.page_type not in (*PAPERS, "article") else []


def element(tag: str, content: str = "", **attributes: str) -> Any:
    """Return a cell or row with a text."""
    made = fragment_fromstring("<table><tr><td></td></tr></table>").makeelement(tag, attributes)
    made.text = content
    return made


def set_text(cell: Any, content: str) -> None:
    """Let an element have a text and nothing else."""
    for child in list(cell):
        cell.remove(child)
    cell.text = content


@alters(read_tables)
def a_table_twice(table: Any, _pick: Pick) -> Seen:
    table.addnext(deepcopy(table))
    return SAME


@alters(read_tables)
def a_table_within_a_table(table: Any, _pick: Pick) -> Seen:
    around = fragment_fromstring("<table><tbody><tr><td></td></tr></tbody></table>")
    table.addprevious(around)
    around.xpath(".//td")[0].append(table)
    return SAME


@alters(read_tables)
def a_heading_of_another_level(table: Any, pick: Pick) -> Seen:
    heading_of(table).tag = pick(("h2", "h3", "h4", "h5"))
    return SAME


@alters(lambda sheet: [table for table in read_tables(sheet) if _has_own_heading(table)])
def a_heading_as_caption(table: Any, _pick: Pick) -> Seen:
    heading = heading_of(table)
    caption = element("caption", text(heading))
    heading.getparent().remove(heading)
    table.insert(0, caption)
    return SAME


@alters(headed_tables)
def a_heading_of_another_name(table: Any, pick: Pick) -> Seen:
    heading = heading_of(table)
    set_text(heading, pick(_other_headings(text(heading))))
    return SAME


def _other_headings(heading: str) -> tuple[str, ...]:
    if "Analysten" in heading:
        return "Alle Analysten", "Kursziele im Überblick", "Einschätzungen"
    return ("Termine", "Kalender") if "Termine" in heading else ("Kurse", "Weitere Handelsplätze")


@alters(read_tables)
def a_heading_with_a_note(table: Any, pick: Pick) -> Seen:
    note = pick(
        ("<sup>1</sup>", "<span class='display-none'> alt</span>", "<br>", "<small>*</small>")
    )
    heading_of(table).append(fragment_fromstring(f"<span>{note}</span>"))
    return SAME


@alters(read_tables)
def a_subheading_between_heading_and_table(table: Any, pick: Pick) -> Seen:
    tag = pick(("h3", "h4", "p", "h5"))
    table.addprevious(element(tag, pick(("Kurse in Echtzeit", "Stand heute", "Handelszeiten"))))
    return SAME


@alters(read_tables)
def a_table_without_its_sections(table: Any, _pick: Pick) -> Seen:
    for part in table.xpath("./thead | ./tbody"):
        part.drop_tag()
    return SAME


@alters(read_tables)
def rows_in_several_bodies(table: Any, _pick: Pick) -> Seen:
    bodies = table.xpath("./tbody")
    if bodies and len(bodies[0]) > 1:
        other = element("tbody")
        for row in list(bodies[0])[1:]:
            other.append(row)
        bodies[0].addnext(other)
    return SAME


def two_tables(sheet: Sheet) -> Sequence[tuple[Any, Any]]:
    """Return the tables of venues that have another one behind them."""
    found = read_tables(sheet) if sheet.page_type == "venues" else []
    return [(first, second) for first, second in pairwise(found) if _are_alike(first, second)]


def _are_alike(first: Any, second: Any) -> bool:
    """Return whether two tables have the same headers, and headings that end in the same name."""
    headers = [[text(cell) for cell in header_cells(table)] for table in (first, second)]
    names = [heading_text(table).split()[2:] for table in (first, second)]
    return headers[0] == headers[1] and names[0] == names[1]


@alters(two_tables)
def two_tables_in_one(pair: tuple[Any, Any], pick: Pick) -> Seen:
    first, second = pair
    heading = heading_of(second)
    line = element("tr")
    line.append(element("td", text(heading), colspan=str(len(header_cells(first)))))
    last = body_rows(first)[-1]
    last.addnext(line)
    for row in reversed(body_rows(second)):
        line.addnext(row)
    heading.getparent().remove(heading)
    if pick((True, False)):
        second.getparent().remove(second)
    return SAME
