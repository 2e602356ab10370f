"""The newest day: its articles with the prices then, its verdicts, what moved most. ``index``."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import altair as alt

from finnews.look.charts import drawn, whole_numbers
from finnews.look.links import HOME
from finnews.look.live_tables import LiveTables
from finnews.look.model import (
    Answer,
    Chart,
    Column,
    Fact,
    Facts,
    Note,
    Page,
    Table,
    columns,
    time_column,
)
from finnews.look.reading import Arguments
from finnews.look.sources import ADDRESS, EXCHANGE, STUDIES, UNIT, day_address, newest_day

MOST_MOVERS: Final = 10
FEW: Final = 25  # rows of a table above others

_ARTICLES: Final = f"""
WITH of_day AS (SELECT * FROM articles WHERE day = $day),
named AS (
  SELECT of_day.key, of_day.instant, of_day.is_day, position, paper, papers.name,
    {ADDRESS} AS address
  FROM of_day JOIN article_papers ON article = of_day.key
    JOIN paper_keys USING (instrument) JOIN papers USING (paper)
  QUALIFY row_number() OVER (PARTITION BY of_day.key, paper ORDER BY position) = 1),
near AS (
  SELECT paper, price, {UNIT} AS unit, quoted_at AS instant, {EXCHANGE} AS exchange
  FROM quotes JOIN paper_keys USING (instrument)
  WHERE paper IN (SELECT paper FROM named) AND price IS NOT NULL
    AND quoted_at BETWEEN (SELECT min(instant) FROM named) - INTERVAL 1 DAY
      AND (SELECT max(instant) FROM named) + INTERVAL 1 DAY),
priced AS (
  SELECT key, paper, arg_min(near, (CASE
      WHEN near.instant <= named.instant THEN epoch(named.instant) - epoch(near.instant)
      ELSE epoch(near.instant) - epoch(named.instant) + 1e6 END, price, unit, exchange)) AS near
  FROM named JOIN near USING (paper)
  WHERE NOT is_day AND near.instant
    BETWEEN named.instant - INTERVAL 1 DAY AND named.instant + INTERVAL 1 DAY
  GROUP BY ALL),
listed AS (
  SELECT key, list(struct_pack(name, address, price := near.price, unit := near.unit,
      priced_at := near.instant) ORDER BY position) AS papers
  FROM named LEFT JOIN priced USING (key, paper) GROUP BY key)
SELECT date_published, date_published_day, headline, description, papers, agency, url,
  of_day.instant AS _at
FROM of_day LEFT JOIN listed USING (key)
"""
"""Of each paper the last price of the day before the article; else the first of the day after.

Only times that pages print: the time of fetching is none, nor is a day alone.
"""

_VERDICTS: Final = f"{STUDIES} WHERE day = $day"

_MOVERS: Final = f"""
WITH changes AS (
  SELECT paper, max_by(struct_pack(price, unit := {UNIT}, change_percent,
    exchange := {EXCHANGE}, quoted_at, quoted_at_day, instant), (instant, price, key)) AS last
  FROM quotes JOIN paper_keys USING (instrument)
  WHERE day = $day AND change_percent IS NOT NULL AND price IS NOT NULL GROUP BY paper)
SELECT papers.name, last.change_percent, last.price, last.unit, last.exchange,
  last.quoted_at AS priced_at, last.quoted_at_day AS priced_at_day, last.instant AS _at,
  {ADDRESS} AS _paper
FROM changes JOIN papers USING (paper)
WHERE last.change_percent <> 0
QUALIFY row_number() OVER (
  PARTITION BY last.change_percent > 0 ORDER BY abs(last.change_percent) DESC, paper
) <= {MOST_MOVERS}
"""

_HOURS: Final = """
SELECT hour, count(articles.key) AS articles
FROM range(24) AS hours(hour) LEFT JOIN articles
  ON hour(local) = hour AND day = $day AND NOT is_day
WHERE EXISTS (FROM articles WHERE day = $day AND NOT is_day)
GROUP BY hour
"""

_DATES: Final = f"""
SELECT coalesce(papers.name, events.name) AS name, event, period, is_estimated, eps_estimate,
  eps_actual, currency, {ADDRESS} AS _paper
FROM events LEFT JOIN paper_keys USING (instrument) LEFT JOIN papers USING (paper)
WHERE date = $day
"""

_COUNTS: Final = """
SELECT (SELECT count(*) FROM articles WHERE day = $day) AS "Articles",
  (SELECT count(*) FROM ratings WHERE day = $day) AS "Verdicts",
  (SELECT count(*) FROM quotes WHERE day = $day) AS "Prices",
  (SELECT count(DISTINCT paper) FROM quotes JOIN paper_keys USING (instrument) WHERE day = $day)
    AS "Papers with prices",
  (SELECT count(*) FROM events WHERE date = $day) AS "Dates of companies"
"""

_BESIDE: Final = """
WITH days AS (SELECT day FROM articles UNION SELECT day FROM ratings UNION SELECT day FROM quotes)
SELECT max(day) FILTER (WHERE day < $day) AS before, min(day) FILTER (WHERE day > $day) AS after
FROM days
"""


def page(tables: LiveTables, _: tuple[str, ...], __: Arguments) -> Answer:
    """Return the page of the newest day."""
    day = newest_day(tables)
    if day is None:
        advice = f"Nothing is archived in {tables.directory}. Run: scrapy crawl news -a limit=20"
        return Page(HOME, "No archive yet", (Note(advice),))
    return of_day(tables, day, HOME)


def addresses(_: LiveTables) -> Iterator[str]:
    """Yield the address of the page of the newest day."""
    yield HOME


def of_day(tables: LiveTables, day: date, address: str = "") -> Page:
    """Return the page of a day, at an address of its own if none is given."""
    (counts,) = tables.rows(_COUNTS, {"day": day})
    facts = Facts("counts", "", tuple(Fact(*fact, "number") for fact in counts.items()))
    is_empty = not any(counts.values())
    parts = (Note("Nothing is archived of it."),) if is_empty else (facts, *_parts(day))
    title = f"{day:%A}, {day.day} {day:%B %Y}"
    return Page(address or day_address(day), title, parts, _beside(tables, day))


def _beside(tables: LiveTables, day: date) -> tuple[tuple[str, str], ...]:
    (row,) = tables.rows(_BESIDE, {"day": day})
    beside = ((row["before"], "Earlier"), (row["after"], "Later"))
    days = ((f"{word}: {other}", day_address(other)) for other, word in beside if other)
    return *days, ("All days", "days")


def _parts(day: date) -> tuple[Table | Chart, ...]:
    parameters = {"day": day}
    return (
        Table("articles", "Articles", _ARTICLES, _article_columns(), parameters, "-date_published",
              size=FEW),
        Table("verdicts", "Verdicts", _VERDICTS, verdict_columns(), parameters, "-date_published"),
        Table("movers", "Movers", _MOVERS, _mover_columns(), parameters, "-change_percent",
              empty="No price with a change is archived.",
              note="The largest changes among the last archived prices, as the site printed them."),
        _hours_chart(parameters),
        Table("dates", "Dates of companies", _DATES, _date_columns(), parameters, "name"),
    )  # fmt: skip


def _article_columns() -> tuple[Column, ...]:
    return columns((
        time_column("date_published", "Published"),
        Column("headline", "Headline", link="url"),
        Column("papers", "Papers, and their prices then", "papers"),
        ("agency", "Agency"),
    ))  # fmt: skip


def verdict_columns() -> tuple[Column, ...]:
    """Return the columns of studies, each with its house, its paper and its target."""
    return columns((
        time_column("date_published", "Published"),
        Column("firm", "House"),
        Column("name", "Paper", link="_paper"),
        Column("verdict", "Verdict", "verdict", link="url"),
        ("rating", "In its words"),
        ("action", "Change"),
        Column("price_target", "Target", "price"),
        Column("previous_price_target", "Before", "price"),
        ("unit", "Unit"),
    ))  # fmt: skip


def _mover_columns() -> tuple[Column, ...]:
    return columns((
        Column("name", "Paper", link="_paper"),
        Column("change_percent", "Change", "percent"),
        Column("price", "Price", "price"),
        ("unit", "Unit"),
        ("exchange", "Exchange"),
        time_column("priced_at", "At"),
    ))  # fmt: skip


def _date_columns() -> tuple[Column, ...]:
    return columns((
        Column("name", "Paper", link="_paper"),
        ("event", "Event"),
        ("period", "Period"),
        Column("eps_estimate", "EPS expected", "price"),
        Column("eps_actual", "EPS reported", "price"),
        ("currency", "Currency"),
    ))  # fmt: skip


def _hours_chart(parameters: Mapping[str, Any]) -> Chart:
    shown = columns((Column("hour", "Hour", "number"), Column("articles", "Articles", "number")))
    table = Table("hours", "Articles by hour", _HOURS, shown, parameters, "hour",
                  empty="No article with a time of day is archived.")  # fmt: skip
    description = "How many articles were published in each hour of the day."
    return Chart("by-hour", "Articles by hour", description, (table,), _draw_hours, 180)


@drawn
def _draw_hours() -> Any:
    bars = alt.Chart(alt.NamedData("hours"), width="container", height=140).mark_bar(color="$link")
    return bars.encode(
        x=alt.X("hour:O", title="hour of publication", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("articles:Q", title="articles", axis=whole_numbers()),
        tooltip=["hour:O", "articles:Q"],
    )
