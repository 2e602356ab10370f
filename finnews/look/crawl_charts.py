"""The charts of all runs: when they were and how they ended, what they wrote, what that took."""

from typing import Any, Final

import altair as alt

from finnews.look.charts import data_table, drawn, moment, time_axis
from finnews.look.model import Chart, Column, columns
from finnews.look.run_parts import ADDRESS, IN_PARTS, PARTS

MARKS: Final = 120  # of a spider and an end

ENDS: Final[dict[str, tuple[str, str]]] = {
    "done": ("$up", "circle"),
    "below baseline": ("$hold", "triangle-down"),
    "errors": ("$down", "cross"),
    "refused": ("$down", "diamond"),
    "stopped": ("$quiet", "square"),
    "wrong usage": ("$text", "triangle-up"),
}
"""What an exit status means → colour and shape of its mark."""

_LAST: Final = ADDRESS.format("max_by(name, started)")

_ENDS: Final = f"""
WITH span AS (
  SELECT min(local) AS first, greatest(epoch(max(local)) - epoch(min(local)), 1) AS length
  FROM runs)
SELECT spider, meaning, max(local) AS local, count(*) AS runs,
  max_by(finish_reason, started) AS finish_reason, max_by(seconds, started) AS seconds,
  sum(written + updated) AS items, {_LAST} AS href
FROM runs, span GROUP BY spider, meaning, floor((epoch(local) - epoch(first)) / length * {MARKS})
"""
"""Runs that cannot be told apart on the screen, and ended alike, are one."""

_WORK: Final = f"""
WITH {PARTS}
SELECT spider, max(local) AS local, count(*) AS runs, avg(written)::DECIMAL(18,1) AS written,
  avg(rejected)::DECIMAL(18,1) AS rejected, avg(refused)::DECIMAL(18,1) AS refused, {_LAST} AS href
FROM parts GROUP BY spider, part
"""

_COSTS: Final = f"""
WITH {PARTS}
SELECT spider, max(local) AS local, count(*) AS runs,
  avg(requests_per_new)::DECIMAL(18,2) AS requests_per_new, {_LAST} AS href
FROM parts WHERE requests_per_new IS NOT NULL GROUP BY spider, part
"""

_WORKS: Final = ("written", "rejected", "refused")


def ends_chart() -> Chart:
    """Return the chart of when runs started and how they ended."""
    shown = columns((
        Column("local", "Started", "time", link="href"),
        ("spider", "Spider"),
        ("meaning", "Ended"),
        ("finish_reason", "By"),
        Column("seconds", "Seconds", "number"),
        Column("items", "Items written or updated", "number"),
        Column("runs", "Runs", "number"),
    ))  # fmt: skip
    table = data_table("ends", "Runs and how they ended", _ENDS, shown, order="-local")
    description = (
        "A mark for each run, by its spider; its shape and colour say how it ended. It leads to "
        "its run. Runs that ended alike within one mark's width are one: it tells of the last."
    )
    return Chart("ends-chart", "Runs", description, (table,), _draw_ends, 300)


def work_chart() -> Chart:
    """Return the chart of what runs wrote, rejected and were refused."""
    shown = columns((
        Column("local", "Started", "time", link="href"),
        ("spider", "Spider"),
        *(Column(name, name.capitalize(), "number") for name in _WORKS),
        Column("runs", "Runs", "number"),
    ))  # fmt: skip
    table = data_table("work", "Items of runs", _WORK, shown, order="-local")
    description = f"Items written and rejected, and refusals of the site, in a run. {IN_PARTS}"
    return Chart("work-chart", "Items and refusals", description, (table,), _draw_work, 250)


def costs_chart() -> Chart:
    """Return the chart of the requests that a new item took."""
    shown = columns((
        Column("local", "Started", "time", link="href"),
        ("spider", "Spider"),
        Column("requests_per_new", "Requests for a new item", "number"),
        Column("runs", "Runs", "number"),
    ))  # fmt: skip
    table = data_table("costs", "Requests for a new item", _COSTS, shown, order="-local",
                  empty="No run had a new item.")  # fmt: skip
    description = f"Runs without a new item are left out. {IN_PARTS}"
    return Chart("costs-chart", "Requests for a new item", description, (table,), _draw_costs, 240)


@drawn
def _draw_ends() -> Any:
    colours, shapes = zip(*ENDS.values(), strict=True)
    domain = list(ENDS)
    marks = alt.Chart(alt.NamedData("ends"), width="container", height=alt.Step(10))
    return marks.mark_point(filled=True, size=60, opacity=1).encode(
        x=time_axis("local:T"),
        y=alt.Y("spider:N", title=None, axis=alt.Axis(grid=True, tickBand="extent")),
        yOffset=alt.YOffset("meaning:N", sort=domain),
        color=alt.Color("meaning:N", title="ended", scale=alt.Scale(domain=domain, range=colours)),
        shape=alt.Shape("meaning:N", title="ended", scale=alt.Scale(domain=domain, range=shapes)),
        href="href:N",
        tooltip=[
            moment("local:T", "started"), "spider:N", alt.Tooltip("meaning:N", title="ended"),
            alt.Tooltip("finish_reason:N", title="by"), alt.Tooltip("seconds:Q", format=",.0f"),
            alt.Tooltip("items:Q", title="items written or updated"), "runs:Q",
        ],
    )  # fmt: skip


@drawn
def _draw_work() -> Any:
    return (
        over_runs("work", "number:Q", "a run", ticks=4, height=160)
        .transform_fold(list(_WORKS), as_=["what", "number"])
        .facet(alt.Facet("what:N", title=None, sort=list(_WORKS)), columns=len(_WORKS))
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )


@drawn
def _draw_costs() -> Any:
    return over_runs("costs", "requests_per_new:Q", "requests", width="container", height=180)


def over_runs(name: str, field: str, title: str, ticks: int = 10, **size: Any) -> alt.Chart:
    """Return the lines of spiders over their runs, each point of which leads to its last run."""
    lines = alt.Chart(alt.NamedData(name), **size)
    chart: alt.Chart = lines.mark_line(point=alt.OverlayMarkDef(size=18), strokeWidth=1.5).encode(
        x=time_axis("local:T", ticks=ticks),
        y=alt.Y(field, title=title),
        color=alt.Color("spider:N", title="spider"),
        href="href:N",
        tooltip=["spider:N", moment("local:T", "started"), field, "runs:Q"],
    )
    return chart
