"""Which part of the items of each source had each field, over the runs: a redesign is a fall."""

import re
from functools import partial
from typing import Any, Final

import altair as alt

from finnews.look.charts import data_table, drawn, moment, time_axis
from finnews.look.fill_queries import FALLS, OF_SOURCE, SOURCES, STEADY
from finnews.look.live_tables import LiveTables
from finnews.look.model import Chart, Column, Note, Row, Table, columns
from finnews.look.run_parts import NEWEST, SHARPLY

_NO_WORD: Final = re.compile(r"\W+", re.ASCII)
_ROWS: Final = 25  # on a page of each table

_ABOUT: Final = (
    "Below, what part of the items of each source had each field. A field that all pages lack at "
    "once tells that the site changed them."
)


def falls_table() -> Table:
    """Return the table of shares that fell, the newest first."""
    shown = columns((
        Column("local", "Run", "time", link="_run"),
        ("source", "Source"),
        ("field", "Field"),
        Column("percent", "Filled, %", "number"),
        Column("lowest", "Lowest before, %", "number"),
        Column("items", "Items", "number"),
        ("spider", "Spider"),
    ))  # fmt: skip
    note = (
        f"Fields that fewer items had than a third of the lowest share of the {NEWEST} points "
        "before. The site may have changed its pages."
    )
    return Table("falls", "Fields that fell", FALLS, shown, order="-local", size=_ROWS, note=note,
                 empty="No field fell below a third of what it was.")  # fmt: skip


def fill_charts(tables: LiveTables) -> list[Note | Chart]:
    """Return a chart of each source whose fields varied, that of the newest fall first."""
    charts = [_chart(row) for row in tables.rows(SOURCES)]
    return [Note(f"{_ABOUT} {SHARPLY}"), *charts] if charts else []


def steady_table() -> Table:
    """Return the table of fields that every run filled alike."""
    shown = columns((
        ("source", "Source"),
        ("field", "Field"),
        Column("lowest", "Lowest, %", "number"),
        Column("highest", "Highest, %", "number"),
        Column("items", "Items", "number"),
        Column("runs", "Runs", "number"),
    ))  # fmt: skip
    note = "Those that no item ever had are left out."
    return Table("steady", "Fields that did not vary", STEADY, shown, order="source", size=_ROWS,
                 note=note, empty="There is none.")  # fmt: skip


def _chart(row: Row) -> Chart:
    source = row["source"]
    name = _NO_WORD.sub("-", f"fields-{source}")
    shown = columns((
        Column("local", "Run", "time", link="href"),
        ("field", "Field"),
        ("spider", "Spider"),
        Column("percent", "Filled, %", "number"),
        Column("filled", "Filled", "number"),
        Column("items", "Items", "number"),
        Column("runs", "Runs", "number"),
    ))  # fmt: skip
    title = f"Fields of {_words(source)}"
    table = data_table(name, title, OF_SOURCE, shown, {"source": source}, "-local")
    fall = f"The newest fall: {row['fall']:%Y-%m-%d %H:%M}." if row["fall"] else "None fell."
    description = f"Percent of the items that had the field, over the runs. {fall}"
    return Chart(f"{name}-chart", title, description, (table,), partial(_draw, name), 200)


def _words(source: str) -> str:
    """Return a source in words: ``quotes on stock pages``, ``the ticker``."""
    page_type, _, kind = source.rpartition("/")
    return f"{kind} on {page_type} pages" if page_type else f"the {kind}"


@drawn
def _draw(name: str) -> Any:
    lines = alt.Chart(alt.NamedData(name), height=80).mark_line(
        point=alt.OverlayMarkDef(size=14), strokeWidth=1.5
    )
    percent = alt.Scale(domain=[0, 100])
    one = lines.encode(
        x=time_axis("local:T", ticks=4),
        y=alt.Y("percent:Q", title=None, scale=percent, axis=alt.Axis(values=[0, 50, 100])),
        color=alt.Color("spider:N", title="spider"),
        href="href:N",
        tooltip=[
            "field:N", "spider:N", moment("local:T", "run"), "percent:Q", "filled:Q", "items:Q",
            "runs:Q",
        ],
    )  # fmt: skip
    most_varied = alt.EncodingSortField("_spread", op="max", order="descending")
    facet = alt.Facet("field:N", title=None, sort=most_varied)
    return one.facet(facet, columns=4).resolve_axis(x="independent")
