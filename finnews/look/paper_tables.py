"""The tables of a paper: its last prices by exchange, its news, its verdicts, its dates."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from finnews.look.model import Column, Table, columns, time_column
from finnews.look.sources import EXCHANGE, UNIT

OF_PAPER: Final = "instrument IN (SELECT instrument FROM paper_keys WHERE paper = $paper)"
"""SQL of what is about the paper, under all its names."""

_LAST_PRICES: Final = f"""
SELECT {EXCHANGE} AS exchange, mic, segment, price, {UNIT} AS unit, change, change_percent, bid,
  ask, open, day_low, day_high, previous_close, volume, quoted_at, quoted_at_day, fetched_at,
  url, instant AS _at
FROM quotes WHERE {OF_PAPER}
QUALIFY row_number() OVER (
  PARTITION BY {EXCHANGE}, mic, {UNIT}, price IS NULL ORDER BY instant DESC, version DESC, key) = 1
"""
"""The last price on each, and the last bid and ask that came without one."""

_PRICES: Final = f"""
SELECT quoted_at, quoted_at_day, price, {UNIT} AS unit, {EXCHANGE} AS exchange, mic, change_percent,
  bid, ask, volume, source, fetched_at, url, instant AS _at
FROM quotes WHERE {OF_PAPER}
"""

_NEWS: Final = f"""
SELECT date_published, date_published_day, headline, description, agency, section, is_listed, url,
  instant AS _at
FROM articles JOIN (
  SELECT article AS key, bool_and(coalesce(is_listed, false)) AS is_listed
  FROM article_papers WHERE {OF_PAPER} GROUP BY article) USING (key)
"""

_HOUSES: Final = f"""
SELECT firm, date_published, date_published_day, verdict, rating, previous_rating, action,
  price_target, previous_price_target, {UNIT} AS unit, analyst, url, instant AS _at
FROM ratings WHERE {OF_PAPER}
"""

_LAST_WORDS: Final = (
    f"{_HOUSES} QUALIFY row_number() OVER (PARTITION BY firm ORDER BY instant DESC, "
    "TRY_CAST(id AS BIGINT) DESC NULLS LAST, key) = 1"
)

_DATES: Final = f"""
SELECT date, event, period, is_estimated, eps_estimate, eps_actual, currency, url
FROM events WHERE {OF_PAPER}
"""


def paper_tables(parameters: Mapping[str, Any]) -> Iterator[Table]:
    """Yield the tables of a paper."""
    yield Table("last-prices", "Last prices by exchange", _LAST_PRICES, _last_price_columns(),
                parameters, "-quoted_at", empty="No price is archived.")  # fmt: skip
    yield Table("houses", "Each house's last word", _LAST_WORDS, _house_columns(), parameters,
                "-date_published", empty="No verdict is archived.")  # fmt: skip
    yield Table("news", "News", _NEWS, _news_columns(), parameters, "-date_published",
                empty="No article that names it is archived.")  # fmt: skip
    yield Table("dates", "Dates and earnings", _DATES, _date_columns(), parameters, "-date",
                empty="No date is archived.")  # fmt: skip
    yield Table("all-verdicts", "All verdicts", _HOUSES, _house_columns(), parameters,
                "-date_published", empty="No verdict is archived.")  # fmt: skip
    yield Table("prices", "All prices", _PRICES, _price_columns(), parameters, "-quoted_at",
                empty="No price is archived.")  # fmt: skip


def _last_price_columns() -> tuple[Column, ...]:
    return columns((
        ("exchange", "Exchange"),
        Column("price", "Price", "price"),
        ("unit", "Unit"),
        Column("change_percent", "Change", "percent"),
        Column("bid", "Bid", "price"),
        Column("ask", "Ask", "price"),
        Column("day_low", "Low", "price"),
        Column("day_high", "High", "price"),
        Column("volume", "Volume", "number"),
        time_column("quoted_at", "At"),
        Column("fetched_at", "Fetched", "time"),
    ))  # fmt: skip


def _price_columns() -> tuple[Column, ...]:
    return columns((
        time_column("quoted_at", "At"),
        Column("price", "Price", "price"),
        ("unit", "Unit"),
        ("exchange", "Exchange"),
        Column("change_percent", "Change", "percent"),
        Column("bid", "Bid", "price"),
        Column("ask", "Ask", "price"),
        Column("fetched_at", "Fetched", "time"),
        Column("source", "Read from", link="url"),
    ))  # fmt: skip


def _news_columns() -> tuple[Column, ...]:
    return columns((
        time_column("date_published", "Published"),
        Column("headline", "Headline", link="url"),
        ("agency", "Agency"),
        ("section", "Section"),
    ))  # fmt: skip


def _house_columns() -> tuple[Column, ...]:
    return columns((
        ("firm", "House"),
        time_column("date_published", "Published"),
        Column("verdict", "Verdict", "verdict", link="url"),
        ("rating", "In its words"),
        ("action", "Change"),
        Column("price_target", "Target", "price"),
        Column("previous_price_target", "Before", "price"),
        ("unit", "Unit"),
        ("analyst", "Analyst"),
    ))  # fmt: skip


def _date_columns() -> tuple[Column, ...]:
    return columns((
        Column("date", "Day", "day"),
        Column("event", "Event", link="url"),
        ("period", "Period"),
        Column("eps_estimate", "EPS expected", "price"),
        Column("eps_actual", "EPS reported", "price"),
        ("currency", "Currency"),
    ))  # fmt: skip
