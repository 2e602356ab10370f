"""All days of which something is archived, and the page of each: ``days``, ``days/2026-11-27``."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from finnews.look import day_page
from finnews.look.live_tables import LiveTables
from finnews.look.model import Answer, Column, Missing, Page, Table, columns
from finnews.look.reading import Arguments

_DAYS: Final = """
WITH counts AS (
  SELECT day, count(*) AS articles, 0 AS verdicts, 0 AS prices, 0 AS dates FROM articles
  GROUP BY day
  UNION ALL SELECT day, 0, count(*), 0, 0 FROM ratings GROUP BY day
  UNION ALL SELECT day, 0, 0, count(*), 0 FROM quotes GROUP BY day
  UNION ALL SELECT date, 0, 0, 0, count(*) FROM events GROUP BY date)
SELECT day, sum(articles)::BIGINT AS articles, sum(verdicts)::BIGINT AS verdicts,
  sum(prices)::BIGINT AS prices, sum(dates)::BIGINT AS dates,
  'days/' || day AS _address
FROM counts WHERE day IS NOT NULL GROUP BY day
"""


def page(tables: LiveTables, names: tuple[str, ...], _: Arguments) -> Answer:
    """Return the page of a day, or the one of all."""
    if len(names) == 1:
        return Page("days", "Days", (Table("days", "Days", _DAYS, _columns(), order="-day"),))
    day = _day(names[1])
    if day is None or len(names) > 2:
        return Missing(f"{'/'.join(names[1:])}: no day, such as 2026-11-27.", (("Days", "days"),))
    return day_page.of_day(tables, day)


def addresses(tables: LiveTables) -> Iterator[str]:
    """Yield the address of the page of all days, and of each day's."""
    yield "days"
    yield from (row["_address"] for row in tables.rows(_DAYS))


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _columns() -> tuple[Column, ...]:
    return columns((
        Column("day", "Day", "day", link="_address"),
        Column("articles", "Articles", "number"),
        Column("verdicts", "Verdicts", "number"),
        Column("prices", "Prices", "number"),
        Column("dates", "Dates of companies", "number"),
    ))  # fmt: skip
