"""What houses say, how they change their minds, and how prices went after it. ``verdicts``."""

from collections.abc import Iterator
from typing import Any, Final

import altair as alt

from finnews.look.charts import drawn
from finnews.look.live_tables import LiveTables
from finnews.look.model import Answer, Chart, Column, Page, Table, columns, time_column
from finnews.look.paper_units import verdict_colour
from finnews.look.reading import Arguments
from finnews.look.sources import ADDRESS, EXCHANGE, STUDIES, UNIT

MOST_HOUSES: Final = 20  # of a chart

_HOUSES: Final = """
SELECT firm, count(*) FILTER (verdict = 'buy') AS buy, count(*) FILTER (verdict = 'hold') AS hold,
  count(*) FILTER (verdict = 'sell') AS sell, count(*) AS verdicts,
  (100 * count(*) FILTER (verdict = 'buy') / count(*))::DECIMAL(5,1) AS buy_percent,
  count(DISTINCT instrument) AS papers
FROM ratings WHERE verdict IS NOT NULL GROUP BY firm
"""

_SHARES: Final = f"""
SELECT firm, verdict, count(*) AS verdicts
FROM ratings WHERE verdict IS NOT NULL AND firm IN (
  SELECT firm FROM ratings WHERE verdict IS NOT NULL GROUP BY firm
  ORDER BY count(*) DESC, firm LIMIT {MOST_HOUSES})
GROUP BY ALL
"""

_CHANGES: Final = f"{STUDIES} WHERE action IN ('upgraded', 'downgraded')"

NEAR: Final = 5
"""Days by which a price can be older than the day that it stands for: weekends, holidays."""

_CASES: Final = f"""
WITH changes AS (
  SELECT ratings.key, paper, action, instant, is_day, day AS said
  FROM ratings JOIN paper_keys USING (instrument)
  WHERE action IN ('upgraded', 'downgraded')),
near AS (
  SELECT changes.*, days, said + days - CAST(older AS INTEGER) AS day
  FROM changes, (VALUES (0), (30), (90)) AS ends(days), range({NEAR} + 1) AS ages(older)
  WHERE said + days <= (SELECT max(day) FROM quotes)),
priced AS (
  SELECT paper, day, instant, is_day, price, {EXCHANGE} AS exchange, coalesce({UNIT}, '') AS unit
  FROM quotes JOIN paper_keys USING (instrument)
  WHERE price > 0 AND (quoted_at IS NOT NULL OR is_day)),
ends AS (
  SELECT key, action, days, exchange, unit, paper, max_by(price, (priced.instant, price)) AS price,
    count(*) AS prices
  FROM near JOIN priced USING (paper, day)
  WHERE days > 0 OR day < said
    OR NOT near.is_day AND NOT priced.is_day AND priced.instant <= near.instant
  GROUP BY ALL),
cases AS (
  SELECT key, first.action, later.days, exchange, unit, paper, first.price AS before,
    later.price AS later, 100 * (later.price / first.price - 1) AS change
  FROM ends AS first JOIN ends AS later USING (key, exchange, unit, paper)
  WHERE first.days = 0 AND later.days > 0
  QUALIFY row_number() OVER (
    PARTITION BY key, later.days ORDER BY first.prices + later.prices DESC, exchange, unit) = 1)
"""


def _percent(change: str) -> str:
    """Return the SQL of a change with two decimals; one of more than all bounds is missing."""
    return f"TRY_CAST({change} AS DECIMAL(18, 2))"


_AFTER: Final = f"""
{_CASES}
SELECT action, days, count(*) AS cases, {_percent("median(change)")} AS median,
  {_percent("avg(change)")} AS mean, count(*) FILTER (change > 0) AS rose,
  {_percent("min(change)")} AS lowest, {_percent("max(change)")} AS highest
FROM cases GROUP BY ALL
"""

_EACH_CASE: Final = f"""
{_CASES}
SELECT ratings.date_published, ratings.date_published_day, firm,
  coalesce(papers.name, ratings.name) AS name, cases.action, days, exchange,
  nullif(cases.unit, '') AS unit, before, later, {_percent("change")} AS change, url,
  ratings.instant AS _at, {ADDRESS} AS _paper
FROM cases JOIN ratings USING (key) JOIN papers ON papers.paper = cases.paper
"""


def page(_: LiveTables, __: tuple[str, ...], ___: Arguments) -> Answer:
    """Return the page of all verdicts."""
    parts = (
        _chart(),
        Table("houses", "Houses", _HOUSES, _house_columns(), order="-verdicts"),
        Table("after", "Prices after a change of mind", _AFTER, _after_columns(), order="action",
              empty="No price is archived 30 days after an upgrade or a downgrade.",
              note=_AFTER_NOTE),
        Table("changes", "Upgrades and downgrades", _CHANGES, _change_columns(),
              order="-date_published", empty="No upgrade or downgrade is archived."),
        Table("cases", "Each change of mind with prices", _EACH_CASE, _case_columns(),
              order="-date_published", empty="There is none."),
    )  # fmt: skip
    return Page("verdicts", "Verdicts", parts)


def addresses(_: LiveTables) -> Iterator[str]:
    """Yield the address of the page."""
    yield "verdicts"


_AFTER_NOTE: Final = (
    f"From the last price of the {NEAR} days before a study to the last of the {NEAR} days before "
    "the 30th and the 90th day after it, on the same exchange and in the same currency: that with "
    "most prices on these days. Studies without such prices, or younger, are no cases. Neither "
    "dividends nor splits are taken out."
)


def _chart() -> Chart:
    shown = columns((
        ("firm", "House"),
        Column("verdict", "Verdict", "verdict"),
        Column("verdicts", "Number", "number"),
    ))  # fmt: skip
    table = Table("shares", "Verdicts by house", _SHARES, shown, order="firm",
                  empty="No verdict is archived. Run: scrapy crawl ratings")  # fmt: skip
    description = (
        f"Which part of its verdicts is buy, hold or sell, for the {MOST_HOUSES} houses with most."
    )
    return Chart("by-house", "Verdicts by house", description, (table,), _draw, 440)


@drawn
def _draw() -> Any:
    bars = alt.Chart(alt.NamedData("shares"), width="container", height=alt.Step(20)).mark_bar()
    total = alt.EncodingSortField(field="verdicts", op="sum", order="descending")
    return bars.encode(
        x=alt.X("verdicts:Q", stack="normalize", title="part of its verdicts"),
        y=alt.Y("firm:N", title=None, sort=total),
        color=verdict_colour(),
        order=alt.Order("verdict:O"),
        tooltip=["firm:N", "verdict:N", "verdicts:Q"],
    )


def _house_columns() -> tuple[Column, ...]:
    numbers = {"buy": "Buy", "hold": "Hold", "sell": "Sell", "verdicts": "All"}
    return columns((
        ("firm", "House"),
        *(Column(name, label, "number") for name, label in numbers.items()),
        Column("buy_percent", "Buy, %", "number"),
        Column("papers", "Papers", "number"),
    ))  # fmt: skip


def _after_columns() -> tuple[Column, ...]:
    return columns((
        ("action", "Change"),
        Column("days", "Days after", "number"),
        Column("cases", "Cases", "number"),
        Column("rose", "Of them higher", "number"),
        Column("median", "Median", "percent"),
        Column("mean", "Mean", "percent"),
        Column("lowest", "Lowest", "percent"),
        Column("highest", "Highest", "percent"),
    ))  # fmt: skip


def _change_columns() -> tuple[Column, ...]:
    return columns((
        time_column("date_published", "Published"),
        Column("firm", "House"),
        Column("name", "Paper", link="_paper"),
        ("action", "Change"),
        ("previous_rating", "From"),
        Column("rating", "To", link="url"),
        Column("verdict", "Verdict", "verdict"),
        Column("price_target", "Target", "price"),
        Column("previous_price_target", "Before", "price"),
        ("unit", "Unit"),
    ))  # fmt: skip


def _case_columns() -> tuple[Column, ...]:
    return columns((
        time_column("date_published", "Published"),
        Column("firm", "House", link="url"),
        Column("name", "Paper", link="_paper"),
        ("action", "Change"),
        Column("days", "Days after", "number"),
        ("exchange", "Exchange"),
        Column("before", "Price then", "price"),
        Column("later", "Price later", "price"),
        ("unit", "Unit"),
        Column("change", "Change of price", "percent"),
    ))  # fmt: skip
