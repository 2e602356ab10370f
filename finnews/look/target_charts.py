"""What houses say of a paper: the range of their price targets, their verdicts by month."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import altair as alt

from finnews.look.charts import data_table, day, drawn, time_axis, whole_numbers
from finnews.look.live_tables import LiveTables
from finnews.look.model import Chart, Column, columns
from finnews.look.paper_tables import OF_PAPER
from finnews.look.paper_units import MOST_POINTS, NO_UNIT, OF_UNIT, suffixes, target, verdict_colour
from finnews.look.sources import UNIT

_UNITS: Final = f"""
SELECT coalesce({UNIT}, '') AS unit FROM ratings
WHERE {OF_PAPER} AND price_target IS NOT NULL GROUP BY ALL ORDER BY count(*) DESC, unit
"""

_TARGETS: Final = f"""
WITH {OF_UNIT},
targets AS (
  SELECT firm, day, (instant, TRY_CAST(id AS BIGINT), key) AS place, price_target AS target
  FROM ratings
  WHERE {OF_PAPER} AND price_target IS NOT NULL AND coalesce({UNIT}, '') = $unit),
ends AS (
  SELECT greatest(max(day), (SELECT CAST(last AS DATE) FROM span)) AS last FROM targets),
days AS (
  SELECT day FROM targets
  UNION SELECT day + 366 FROM targets, ends WHERE day < last - 365
  UNION SELECT last FROM ends),
valid AS (
  SELECT days.day, firm, max_by(target, place) AS target
  FROM days LEFT JOIN targets ON targets.day BETWEEN days.day - 365 AND days.day GROUP BY ALL)
SELECT day, min(target) AS lowest, avg(target)::DECIMAL(38,2) AS mean, max(target) AS highest,
  count(target) AS houses
FROM valid GROUP BY day
"""
"""The range of the last targets of all houses, none older than a year: on each day that one came or
grew too old, and on that of the last price."""

_TARGETS_OF_HOUSES: Final = f"""
SELECT day, firm, verdict, price_target, url AS href FROM ratings
WHERE {OF_PAPER} AND price_target IS NOT NULL AND coalesce({UNIT}, '') = $unit
QUALIFY row_number() OVER (ORDER BY instant DESC, key) <= {MOST_POINTS}
"""

_DAILY: Final = f"""
WITH {OF_UNIT}
SELECT CAST(local AS DATE) AS day, max_by(price, (instant, price)) AS price
FROM priced GROUP BY ALL
"""

_MONTHS: Final = f"""
SELECT CAST(date_trunc('month', day) AS DATE) AS month, verdict, count(*) AS verdicts
FROM ratings WHERE {OF_PAPER} AND verdict IS NOT NULL GROUP BY ALL
"""


def target_charts(tables: LiveTables, parameters: Mapping[str, Any]) -> list[Chart]:
    """Return a chart of the price targets in each unit, with the prices in it."""
    units = suffixes(row["unit"] for row in tables.rows(_UNITS, parameters))
    return [_target_chart(unit, end, {**parameters, "unit": unit}) for unit, end in units.items()]


def month_chart(parameters: Mapping[str, Any]) -> Chart:
    """Return the chart of verdicts by month."""
    shown = columns((
        Column("month", "Month", "day"),
        Column("verdict", "Verdict", "verdict"),
        Column("verdicts", "Number", "number"),
    ))  # fmt: skip
    table = data_table("months", "Verdicts by month", _MONTHS, shown, parameters, "-month",
                  empty="No verdict is archived.")  # fmt: skip
    description = "How many studies said buy, hold or sell in each month."
    return Chart("by-month", "Verdicts by month", description, (table,), _draw_months, 220)


def _target_chart(unit: str, suffix: str, parameters: Mapping[str, Any]) -> Chart:
    words = unit or NO_UNIT
    ranges = columns((
        Column("day", "Day", "day"),
        Column("lowest", "Lowest", "price"),
        Column("mean", "Mean", "price"),
        Column("highest", "Highest", "price"),
        Column("houses", "Houses", "number"),
    ))  # fmt: skip
    houses = columns((
        Column("day", "Day", "day"),
        ("firm", "House"),
        Column("verdict", "Verdict", "verdict", link="href"),
        Column("price_target", "Target", "price"),
    ))  # fmt: skip
    prices = columns((Column("day", "Day", "day"), Column("price", "Price", "price")))
    names = tuple(f"{name}{suffix}" for name in ("targets", "house-targets", "daily"))
    tables = (
        data_table(names[0], f"Price targets in {words}", _TARGETS, ranges, parameters, "day"),
        data_table(
            names[1], "Targets of the houses", _TARGETS_OF_HOUSES, houses, parameters, "day"
        ),
        data_table(names[2], f"Last prices of days in {words}", _DAILY, prices, parameters, "day"),
    )
    description = (
        f"The range of the houses' last price targets in {words}, none older than a year, their "
        f"mean, each of the last {MOST_POINTS} targets as a mark, and the price."
    )
    draw = partial(_draw_targets, names, words)
    return Chart(f"targets{suffix}-chart", f"Price targets in {words}", description, tables, draw)


@drawn
def _draw_targets(names: tuple[str, ...], words: str) -> Any:
    ranges = alt.Chart(alt.NamedData(names[0]))
    houses = alt.Chart(alt.NamedData(names[1])).mark_point(filled=True, size=40)
    prices = alt.Chart(alt.NamedData(names[2])).mark_line(color="$text", point={"size": 14})
    scale = alt.Scale(zero=False)
    return alt.layer(
        ranges.mark_area(color="$link", opacity=0.18, interpolate="step-after").encode(
            x=time_axis("day:T"),
            y=alt.Y("lowest:Q", title=words, scale=scale),
            y2="highest:Q",
        ),
        ranges.mark_line(color="$link", interpolate="step-after").encode(
            x=time_axis("day:T"),
            y="mean:Q",
            tooltip=[day("day:T"), "lowest:Q", "mean:Q", "highest:Q", "houses:Q"],
        ),
        prices.encode(x=time_axis("day:T"), y="price:Q", tooltip=[day("day:T"), "price:Q"]),
        houses.encode(
            x=time_axis("day:T"),
            y="price_target:Q",
            href="href:N",
            color=verdict_colour(),
            tooltip=[
                "firm:N",
                "verdict:N",
                target(),
                day("day:T"),
            ],
        ),
    ).properties(width="container", height=240)


@drawn
def _draw_months() -> Any:
    bars = alt.Chart(alt.NamedData("months"), width="container", height=160).mark_bar()
    return bars.encode(
        x=alt.X("month:T", timeUnit="utcyearmonth", title=None),
        y=alt.Y("verdicts:Q", title="verdicts", axis=whole_numbers()),
        color=verdict_colour(),
        order=alt.Order("verdict:O"),
        tooltip=[alt.Tooltip("month:T", timeUnit="utcyearmonth"), "verdict:N", "verdicts:Q"],
    )
