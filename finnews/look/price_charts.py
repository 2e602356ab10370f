"""The prices of a paper by exchange, with the articles and verdicts of their times."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import altair as alt

from finnews.look.charts import data_table, drawn, time_axis
from finnews.look.live_tables import LiveTables
from finnews.look.model import Chart, Column, columns, time_column
from finnews.look.paper_tables import OF_PAPER
from finnews.look.paper_units import MOST_POINTS, NO_UNIT, OF_UNIT, suffixes, target, verdict_colour
from finnews.look.sources import UNIT

MOST_EXCHANGES: Final = 8  # colours that can be told apart
POINTS: Final = 400  # of a line, and groups of marks: about one for each two pixels
HEIGHT: Final = 300  # of prices, in pixels
BESIDE: Final = 8  # where marks stand, above and below the prices
MOST_HEADLINES: Final = 3  # of a group of articles

_UNITS: Final = f"""
SELECT coalesce({UNIT}, '') AS unit FROM quotes WHERE {OF_PAPER} AND price IS NOT NULL
GROUP BY ALL ORDER BY count(*) DESC, unit
"""

_TIME: Final = """\
CASE WHEN NOT last.is_day THEN last.local END AS local,
  CAST(last.local AS DATE) AS local_day, last.local AS _local"""
"""SQL of the time of the last of several; of one that has only a day, the place is its start."""

_PRICES: Final = f"""
WITH {OF_UNIT},
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
WITH {OF_UNIT},
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
WITH {OF_UNIT},
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


def price_charts(tables: LiveTables, parameters: Mapping[str, Any]) -> list[Chart]:
    """Return a chart of the prices in each unit: two currencies have no axis in common."""
    units = suffixes(row["unit"] for row in tables.rows(_UNITS, parameters))
    return [_price_chart(unit, end, {**parameters, "unit": unit}) for unit, end in units.items()]


def _price_chart(unit: str, suffix: str, parameters: Mapping[str, Any]) -> Chart:
    words = unit or NO_UNIT
    prices = columns((
        time_column("local", "Until", "_local"),
        ("exchange", "Exchange"),
        Column("price", "Price", "price"),
        Column("lowest", "Lowest", "price"),
        Column("highest", "Highest", "price"),
        Column("prices", "Prices", "number"),
    ))  # fmt: skip
    articles = columns((
        time_column("local", "Published", "_local"),
        Column("headline", "Headline, of several the newest", link="href"),
        Column("articles", "Articles", "number"),
    ))  # fmt: skip
    verdicts = columns((
        time_column("local", "Published", "_local"),
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


_TOLD: Final = (
    "utcFormat(datum._local, isValid(datum.local) ? '%x %H:%M' : '%x')"  # a day is never midnight
)


def _told(title: str) -> alt.Tooltip:
    return alt.Tooltip("told:N", title=title)


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
                    "firm:N", "verdict:N", "rating:N", target(),
                    "unit:N", "verdicts:Q", _told("published"),
                ],
                color=verdict_colour(),
            ),
        )
        .resolve_scale(color="independent")
        .properties(width="container", height=HEIGHT, padding={"top": 2 * BESIDE})
    )  # fmt: skip
