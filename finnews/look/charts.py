"""Charts: specifications in Vega-Lite, with the rows of their tables as data."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from math import prod
from typing import Any, Final, ParamSpec, cast

import altair as alt

from finnews.look.datasets import dataset
from finnews.look.links import Links
from finnews.look.model import Chart, Row, Table

P = ParamSpec("P")

data_table: Final = partial(Table, size=25)
"""Returns a table under a chart; few rows are enough, for the chart shows all."""

_MOST: Final = 256  # specifications: a few for each unit of prices
_MINUTES: Final = "utcyearmonthdatehoursminutes"
_TIMES: Final = {
    "year": "%Y", "quarter": "%b %Y", "month": "%b %Y", "week": "%-d %b", "date": "%-d %b",
    "hours": "%H:%M", "minutes": "%H:%M", "seconds": "%H:%M:%S", "milliseconds": "%H:%M:%S",
}  # fmt: skip


def specification(chart: Chart, rows: Mapping[str, list[Row]], links: Links) -> Mapping[str, Any]:
    """Return a chart with its data.

    Times are those of a clock on the wall, written as if that clock stood in UTC: Vega knows only
    UTC and the zone of the browser.
    """
    drawing = _with_height(chart.draw(), rows)
    datasets = {name: dataset(of_table, drawing, links) for name, of_table in rows.items()}
    if "layer" in drawing:
        drawing = {**drawing, "layer": [part for part in drawing["layer"] if _has_data(part, rows)]}
    return {**drawing, "description": chart.description, "datasets": datasets}


def drawn(draw: Callable[P, alt.TopLevelMixin]) -> Callable[P, Mapping[str, Any]]:
    """Let a function return the specification of the chart that it draws, each of them made once.

    Altair takes 50 ms to check one.
    """

    @lru_cache(_MOST)
    def made(*args: P.args, **kwargs: P.kwargs) -> Mapping[str, Any]:
        return draw(*args, **kwargs).to_dict()

    return cast("Callable[P, Mapping[str, Any]]", made)


def whole_numbers() -> alt.Axis:
    """Return the axis of a count."""
    return alt.Axis(format="d", labelExpr="datum.value % 1 ? '' : datum.label")


def time_axis(field: str, ticks: int = 10, offset: int = 0) -> alt.X:
    """Return the axis of times, which are those of a clock on the wall, some pixels below."""
    axis = alt.Axis(
        format=dict(_TIMES),
        labelOverlap="greedy",
        labelSeparation=12,
        tickCount=ticks,
        offset=offset,
    )
    return alt.X(field, title=None, scale=alt.Scale(type="utc"), axis=axis)


def moment(field: str, title: str) -> alt.Tooltip:
    """Return how a time is told where the pointer stands."""
    return alt.Tooltip(field, title=title, timeUnit=_MINUTES, format="%x %H:%M")


def day(field: str) -> alt.Tooltip:
    """Return how a day is told where the pointer stands."""
    return alt.Tooltip(field, title="day", timeUnit="utcyearmonthdate", format="%x")


def _with_height(drawing: Mapping[str, Any], rows: Mapping[str, list[Row]]) -> Mapping[str, Any]:
    """Return a drawing with its height in pixels, if that is a step for each name on its axis."""
    height = drawing.get("height")
    if not isinstance(height, Mapping):
        return drawing
    encoding, data = drawing["encoding"], rows[drawing["data"]["name"]]
    fields = [encoding[name]["field"] for name in ("y", "yOffset") if name in encoding]
    names = [{row[field] for row in data} for field in fields]
    return {**drawing, "height": height["step"] * prod(map(len, names))}


def _has_data(layer: Mapping[str, Any], rows: Mapping[str, list[Row]]) -> bool:
    """Return whether there is something to draw: Vega complains of an axis without."""
    return bool(rows[layer["data"]["name"]])
