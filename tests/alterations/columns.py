"""Rule 4: a column is read by its header, wherever it stands."""

from typing import Any

from lxml.html import fragment_fromstring

from tests.alterations.grids import body_rows, header_cells, read_tables, text
from tests.alterations.registry import ANY, SAME, Pick, Seen, alters
from tests.alterations.sheets import Sheet
from tests.alterations.tables import FIELDS, element, set_text

RENAMED = {
    "Letzter": ("Kurs", "Letzter Kurs", "Last"),
    "Vortag": ("Schlusskurs", "Vortageskurs"),
    "+/-": ("Veränderung", "Diff."),
    "%": ("+/- %", "in %"),
    "Spanne": ("Tagesspanne", "Tief - Hoch"),
    "Volumen (St.)": ("Volumen", "Umsatz (St.)"),
    "Zeit": ("Uhrzeit", "Kurszeit"),
    "Datum": ("Tag", "Kursdatum"),
    "Börse": ("Handelsplatz", "Börsenplatz"),
    "Analyst": ("Analysehaus", "Bank", "Institut"),
    "Kursziel": ("Ziel", "Price Target"),
    "Abstand Kursziel": ("Abst. Kursziel", "Potenzial"),
    "Rating": ("Einstufung", "Votum"),
    "Terminart": ("Termin", "Ereignis"),
    "Info": ("Periode", "Zeitraum"),
    "Schätzung EPS": ("EPS (erwartet)", "Erwartetes EPS"),
    "Tatsächliches EPS": ("EPS", "Gewinn je Aktie"),
}


OTHERS = {
    "Letzter": "58,00 EUR",
    "Vortag": "57,00 EUR",
    "+/-": "+9,90",
    "%": "+14,20%",
    "Spanne": "41,00 - 99,00",
    "Volumen (St.)": "77.777",
    "Zeit": "03:03:03",
    "Datum": "03.03.2025",
    "Börse": "Anderswo",
    "Analyst": "Andere Bank",
    "Kursziel": "80,00 EUR",
    "Abstand Kursziel": "+77,70%",
    "Rating": "Andere Sell",
    "Terminart": "Anderer Termin",
    "Info": "Q1 2001",
    "Schätzung EPS": "7,77 EUR",
    "Tatsächliches EPS": "8,88 EUR",
}


EXTRA = ("ISIN", "Trend", "Chart", "", "Währung", "52W-Hoch", "Aktion", "KGV")


def columns(sheet: Sheet) -> list[tuple[Any, int]]:
    """Return the columns of the page's tables that are read: table and index."""
    found = []
    for table in read_tables(sheet):
        headers = [text(cell) for cell in header_cells(table)]
        found += [(table, at) for at, header in enumerate(headers) if header in FIELDS]
    return found


def header_of(place: tuple[Any, int]) -> Any:
    """Return the header cell of a column."""
    table, at = place
    return header_cells(table)[at]


def moved(table: Any, old: int, new: int) -> None:
    """Move a column."""
    for row in [header_cells(table), *body_rows(table)]:
        cells = list(row)
        parent = cells[0].getparent()
        parent.remove(cells[old])
        parent.insert(new, cells[old])


@alters(columns)
def columns_in_another_order(place: tuple[Any, int], pick: Pick) -> Seen:
    table, at = place
    moved(table, at, pick(range(len(header_cells(table)))))
    return SAME


@alters(columns)
def one_more_column(place: tuple[Any, int], pick: Pick) -> Seen:
    table, at = place
    header = pick(EXTRA)
    cell = pick(("-", "DE000A0MST15", "61,75 EUR", "+3,3%", "", "▲"))
    for cells in [header_cells(table)]:
        cells[at].addprevious(element("th", header))
    for row in _rows_below(table):
        row[at].addprevious(element("td", cell))
    return SAME


def _rows_below(table: Any) -> list[Any]:
    """Return the rows that had as many cells as the first, before it got one more."""
    width = len(header_cells(table)) - 1
    return [row for row in table.xpath(".//tr[td]") if len(row) == width]


@alters(columns)
def one_more_column_at_the_end(place: tuple[Any, int], pick: Pick) -> Seen:
    table, _ = place
    header_cells(table)[-1].addnext(element("th", pick(EXTRA)))
    for row in _rows_below(table):
        row[-1].addnext(element("td", pick(("-", "72,00 EUR", "▲", "Beispiel"))))
    return SAME


@alters(columns)
def two_columns_of_one_header(place: tuple[Any, int], pick: Pick) -> Seen:
    table, at = place
    header = text(header_of(place))
    is_behind = pick((False, True))
    for row in [header_cells(table)[0].getparent(), *body_rows(table)]:
        is_header = row is header_cells(table)[0].getparent()
        other = element("th" if is_header else "td", header if is_header else OTHERS[header])
        row.append(other) if is_behind else row.insert(at, other)
    cells = [text(row[at + (0 if is_behind else 1)]) for row in body_rows(table)]
    is_given = all(cell not in ("", "-") for cell in cells)
    return Seen(void=_void(header) if is_given else {})


_NOT_CERTAIN = ("Datum", "Zeit", "Terminart", "Info", "Schätzung EPS", "Tatsächliches EPS")


def _void(header: str) -> dict[str, Any]:
    """Return that the first field of a column is told no more by it alone."""
    unsure: dict[str, tuple[str, ...]] = dict.fromkeys(_NOT_CERTAIN, ())
    fields = unsure.get(header, FIELDS[header][:1])
    return dict.fromkeys(fields, ANY)


@alters(columns)
def a_header_of_another_name(place: tuple[Any, int], pick: Pick) -> Seen:
    cell = header_of(place)
    name = pick(RENAMED[text(cell)])
    set_text(cell, name)
    return SAME


@alters(columns)
def a_header_with_a_star_or_a_break(place: tuple[Any, int], pick: Pick) -> Seen:
    cell = header_of(place)
    name = text(cell)
    set_text(cell, "")
    middle = max(1, len(name) // 2)
    ways = (
        *(f"{name}*", f"{name}<sup>1</sup>", f"{name} **", f"<br>{name}", f" {name}:"),
        *(f"{name[:middle]}&shy;{name[middle:]}", f"<span>{name}</span>", f"{name}<br>"),
    )
    markup = pick(ways)
    made = fragment_fromstring(f"<span>{markup}</span>")
    cell.append(made)
    return SAME


@alters(columns)
def a_header_in_capitals(place: tuple[Any, int], pick: Pick) -> Seen:
    cell = header_of(place)
    set_text(cell, pick((text(cell).upper(), text(cell).lower())))
    return SAME


@alters(columns)
def a_column_that_is_dropped(place: tuple[Any, int], _pick: Pick) -> Seen:
    table, at = place
    header = text(header_of(place))
    rows_of_table = body_rows(table)
    for row in [header_cells(table)[0].getparent(), *rows_of_table]:
        row.remove(row[at])
    gone = frozenset((*FIELDS[header], "quoted_at", "id"))
    return Seen(gone=gone, lost=len(rows_of_table) * 2)


@alters(columns)
def a_header_without_text(place: tuple[Any, int], _pick: Pick) -> Seen:
    table, _ = place
    header = text(header_of(place))
    set_text(header_of(place), "")
    return Seen(gone=frozenset((*FIELDS[header], "quoted_at")), lost=len(body_rows(table)) * 2)


@alters(columns)
def a_header_that_spans_two_columns(place: tuple[Any, int], _pick: Pick) -> Seen:
    table, at = place
    header_of(place).set("colspan", "2")
    for row in body_rows(table):
        row.insert(at + 1, element("td", "58,00"))
    return SAME


@alters(read_tables)
def headers_that_are_cells(table: Any, _pick: Pick) -> Seen:
    for cell in header_cells(table):
        cell.tag = "td"
    return SAME


@alters(read_tables)
def a_column_of_row_numbers(table: Any, _pick: Pick) -> Seen:
    header_cells(table)[0].addprevious(element("th", "#"))
    for number, row in enumerate(_rows_below(table), 1):
        row.insert(0, element("td", str(number)))
    return SAME
