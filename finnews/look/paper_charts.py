"""The charts of a paper: its prices with what was said at the time, targets, verdicts by month."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

import altair as alt

from finnews.look.charts import data_table, day, drawn, time_axis, whole_numbers
from finnews.look.live_tables import LiveTables
from finnews.look.model import Chart, Column, columns
from finnews.look.paper_tables import OF_PAPER
from finnews.look.sources import EXCHANGE, UNIT

MOST_EXCHANGES: Final = 8  # colours that can be told apart
POINTS: Final = 400  # of a line, and groups of marks: about one for each two pixels
HEIGHT: Final = 300  # of prices, in pixels
BESIDE: Final = 8  # where marks stand, above and below the prices
MOST_HEADLINES: Final = 3  # of a group of articles
MOST_POINTS: Final = 1600  # of all lines of a chart
VERDICTS: Final = ("buy", "hold", "sell")
COLOURS: Final = ("$up", "$hold", "$down")
"""Of the three verdicts, by names that the page's style has for light and dark."""

_NO_UNIT: Final = "no named unit"
_WORD: Final = re.compile("[a-z0-9]+")

_UNITS: Final = f"""
SELECT coalesce({UNIT}, '') AS unit FROM quotes WHERE {OF_PAPER} AND price IS NOT NULL
GROUP BY ALL ORDER BY count(*) DESC, unit
"""

_TARGET_UNITS: Final = f"""
SELECT coalesce({UNIT}, '') AS unit FROM ratings
WHERE {OF_PAPER} AND price_target IS NOT NULL GROUP BY ALL ORDER BY count(*) DESC, unit
"""

_OF_UNIT: Final = f"""
priced AS (
  SELECT {EXCHANGE} AS exchange, local, instant, is_day, price FROM quotes
  WHERE {OF_PAPER} AND price IS NOT NULL AND coalesce({UNIT}, '') = $unit),
span AS (
  SELECT min(local) AS first, max(local) AS last,
    greatest(epoch(max(local)) - epoch(min(local)), 1) AS seconds,
    greatest(7 * 86400, seconds * 0.15) AS beside FROM priced)
"""

_TIME: Final = """\
CASE WHEN NOT last.is_day THEN last.local END AS local,
  CAST(last.local AS DATE) AS local_day, last.local AS _local"""
"""SQL of the time of the last of several; of one that has only a day, the place is its start."""

_PRICES: Final = f"""
WITH {_OF_UNIT},
named AS (SELECT exchange FROM priced GROUP BY ALL ORDER BY count(*) DESC, exchange
  LIMIT {MOST_EXCHANGES})
SELECT exchange, {_TIME}, last.price, lowest, highest, prices FROM (
  SELECT exchange, max_by(struct_pack(local, is_day, price), (instant, price)) AS last,
    min(price) AS lowest, max(price) AS highest, count(*) AS prices
  FROM priced, span WHERE exchange IN (FROM named)
  GROUP BY exchange, floor((epoch(local) - epoch(first)) / seconds
    * least({POINTS}, {MOST_POINTS} / (SELECT count(*) FROM named))))
"""
"""The last price of each of some hundred parts of the time, by exchange."""

_BESIDE: Final = """\
local BETWEEN first - to_seconds(beside) AND last + to_seconds(beside)"""
"""SQL of what is shown with the prices: what was said while they were made, and a little beside."""

_PART: Final = f"floor((epoch(local) - epoch(first) + beside) / (seconds + 2 * beside) * {POINTS})"
"""SQL of the part of the time in which something was said."""

_ARTICLES: Final = f"""
WITH {_OF_UNIT},
said AS (
  SELECT struct_pack(local, is_day, headline, url, day) AS said, (instant, key) AS place,
    CASE WHEN count(*) OVER () > {POINTS} THEN {_PART}
      ELSE floor((epoch(local) - epoch(first)) / seconds * {POINTS}) END AS part
  FROM articles, span
  WHERE key IN (SELECT article FROM article_papers WHERE {OF_PAPER}) AND {_BESIDE})
SELECT {_TIME}, articles, headlines || CASE WHEN articles > {MOST_HEADLINES} THEN ' …' ELSE '' END
    AS headline,
  CASE articles WHEN 1 THEN last.url ELSE 'days/' || last.day END AS href
FROM (
  SELECT max_by(said, place) AS last, count(*) AS articles,
    array_to_string(list(said.headline ORDER BY place DESC)[:{MOST_HEADLINES}], ' · ') AS headlines
  FROM said GROUP BY part)
"""
"""Articles too near to each other to be told apart are one; if there are many, all in a part."""

_VERDICTS: Final = f"""
WITH {_OF_UNIT},
said AS (
  SELECT struct_pack(local, is_day, day, firm, verdict, rating, price_target, unit := {UNIT}, url)
    AS said, (instant, key) AS place, verdict,
    CASE WHEN count(*) OVER () > {POINTS} THEN CAST({_PART} AS VARCHAR) ELSE key END AS part
  FROM ratings, span WHERE {OF_PAPER} AND verdict IS NOT NULL AND {_BESIDE})
SELECT {_TIME}, last.firm, verdict, last.rating, last.price_target, last.unit, verdicts,
  CASE verdicts WHEN 1 THEN last.url ELSE 'days/' || last.day END AS href
FROM (
  SELECT max_by(said, place) AS last, verdict, count(*) AS verdicts FROM said
  GROUP BY part, verdict)
"""
"""If there are many, those of a part of the time that are alike are one."""

_TARGETS: Final = f"""
WITH {_OF_UNIT},
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
WITH {_OF_UNIT}
SELECT CAST(local AS DATE) AS day, max_by(price, (instant, price)) AS price
FROM priced GROUP BY ALL
"""

_MONTHS: Final = f"""
SELECT CAST(date_trunc('month', day) AS DATE) AS month, verdict, count(*) AS verdicts
FROM ratings WHERE {OF_PAPER} AND verdict IS NOT NULL GROUP BY ALL
"""


def price_charts(tables: LiveTables, parameters: Mapping[str, Any]) -> list[Chart]:
    """Return a chart of the prices in each unit: two currencies have no axis in common."""
    units = _suffixes(row["unit"] for row in tables.rows(_UNITS, parameters))
    return [_price_chart(unit, end, {**parameters, "unit": unit}) for unit, end in units.items()]


def target_charts(tables: LiveTables, parameters: Mapping[str, Any]) -> list[Chart]:
    """Return a chart of the price targets in each unit, with the prices in it."""
    units = _suffixes(row["unit"] for row in tables.rows(_TARGET_UNITS, parameters))
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


def _price_chart(unit: str, suffix: str, parameters: Mapping[str, Any]) -> Chart:
    words = unit or _NO_UNIT
    prices = columns((
        _time("Until"),
        ("exchange", "Exchange"),
        Column("price", "Price", "price"),
        Column("lowest", "Lowest", "price"),
        Column("highest", "Highest", "price"),
        Column("prices", "Prices", "number"),
    ))  # fmt: skip
    articles = columns((
        _time("Published"),
        Column("headline", "Headline, of several the newest", link="href"),
        Column("articles", "Articles", "number"),
    ))  # fmt: skip
    verdicts = columns((
        _time("Published"),
        Column("firm", "House"),
        Column("verdict", "Verdict", "verdict", link="href"),
        Column("price_target", "Target", "price"),
        ("unit", "Unit"),
        Column("verdicts", "Verdicts", "number"),
    ))  # fmt: skip
    names = tuple(f"{name}{suffix}" for name in ("line", "articles-at", "verdicts-at"))
    tables = (
        data_table(
            names[0], f"Prices in {words} by exchange", _PRICES, prices, parameters, "local"
        ),
        data_table(names[1], "Articles at the time", _ARTICLES, articles, parameters, "local"),
        data_table(names[2], "Verdicts at the time", _VERDICTS, verdicts, parameters, "local"),
    )
    description = (
        f"Prices in {words} by exchange, of the {MOST_EXCHANGES} with most of them. Below, a mark "
        "for each article that names the paper; above, one for each verdict. A mark says which, "
        "and leads there. A price without a time stands where it was fetched."
    )
    draw = partial(_draw_prices, names, words)
    return Chart(f"prices{suffix}-chart", f"Prices in {words}", description, tables, draw, 380)


def _target_chart(unit: str, suffix: str, parameters: Mapping[str, Any]) -> Chart:
    words = unit or _NO_UNIT
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


def _suffixes(units: Iterable[str]) -> dict[str, str]:
    """Return units with the ends of the names of what is in them, each its own.

    >>> _suffixes(["EUR", "eur", "EUR/oz", ""])
    {'EUR': '-eur', 'eur': '-eur-2', 'EUR/oz': '-eur-oz', '': '-no-unit'}
    """
    suffixes: dict[str, str] = {}
    names: Counter[str] = Counter()
    for unit in units:
        name = "-".join(_WORD.findall(unit.lower())) or ("other" if unit else "no-unit")
        names[name] += 1
        suffixes[unit] = f"-{name}-{names[name]}" if names[name] > 1 else f"-{name}"
    return suffixes


def _time(label: str) -> Column:
    return Column("local", label, "time", day="local_day", order="_local")


_TOLD: Final = (
    "utcFormat(datum._local, isValid(datum.local) ? '%x %H:%M' : '%x')"  # a day is never midnight
)


def _told(title: str) -> alt.Tooltip:
    return alt.Tooltip("told:N", title=title)


def _target() -> alt.Tooltip:
    return alt.Tooltip("price_target:Q", title="target")


@drawn
def _draw_prices(names: tuple[str, ...], words: str) -> Any:
    data = (alt.Chart(alt.NamedData(name)).transform_calculate(told=_TOLD) for name in names)
    prices, articles, verdicts = data
    line = prices.mark_line(point=alt.OverlayMarkDef(size=14))
    articles = articles.mark_point(shape="triangle-up", filled=True)
    verdicts = verdicts.mark_point(shape="diamond", filled=True)
    return (
        alt.layer(
            line.encode(
                x=time_axis("_local:T", offset=2 * BESIDE),
                y=alt.Y("price:Q", title=words, scale=alt.Scale(zero=False)),
                color=alt.Color("exchange:N", title="exchange"),
                tooltip=["exchange:N", "price:Q", _told("at")],
            ),
            articles.encode(
                x=time_axis("_local:T", offset=2 * BESIDE),
                y=alt.value(HEIGHT + BESIDE),
                href="href:N",
                tooltip=["headline:N", "articles:Q", _told("published")],
                color=alt.value("$quiet"),
            ),
            verdicts.encode(
                x=time_axis("_local:T", offset=2 * BESIDE),
                y=alt.value(-BESIDE),
                href="href:N",
                tooltip=[
                    "firm:N", "verdict:N", "rating:N", _target(),
                    "unit:N", "verdicts:Q", _told("published"),
                ],
                color=_verdict_colour(),
            ),
        )
        .resolve_scale(color="independent")
        .properties(width="container", height=HEIGHT, padding={"top": 2 * BESIDE})
    )  # fmt: skip


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
            color=_verdict_colour(),
            tooltip=[
                "firm:N",
                "verdict:N",
                _target(),
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
        color=_verdict_colour(),
        order=alt.Order("verdict:O"),
        tooltip=[alt.Tooltip("month:T", timeUnit="utcyearmonth"), "verdict:N", "verdicts:Q"],
    )


def _verdict_colour() -> alt.Color:
    return alt.Color(
        "verdict:N", title="verdict", scale=alt.Scale(domain=list(VERDICTS), range=list(COLOURS))
    )
