"""All papers of which something is archived, and where a name or number leads: ``papers/SAP``."""

from collections.abc import Iterator
from typing import Final

from finnews.look.live_tables import LiveTables
from finnews.look.model import Answer, Column, Missing, Moved, Page, Table, columns, time_column
from finnews.look.reading import Arguments
from finnews.look.sources import ADDRESS, UNIT, papers_named

_PAPERS: Final = f"""
WITH last AS (
  SELECT paper, count(*) AS prices,
    max_by(struct_pack(price, unit := {UNIT}, quoted_at, quoted_at_day, instant),
      (instant, price)) AS last
  FROM quotes JOIN paper_keys USING (instrument) WHERE price IS NOT NULL GROUP BY paper),
named AS (
  SELECT paper, count(DISTINCT article) AS articles
  FROM article_papers JOIN paper_keys USING (instrument) GROUP BY paper),
rated AS (
  SELECT paper, count(*) AS verdicts FROM ratings JOIN paper_keys USING (instrument)
  GROUP BY paper)
SELECT papers.name, kind, isin, wkn, last.price, last.unit, last.quoted_at AS priced_at,
  last.quoted_at_day AS priced_at_day, last.instant AS _at,
  coalesce(articles, 0) AS articles, coalesce(verdicts, 0) AS verdicts,
  coalesce(prices, 0) AS prices, {ADDRESS} AS _address
FROM papers LEFT JOIN last USING (paper) LEFT JOIN named USING (paper) LEFT JOIN rated USING (paper)
"""


def page(tables: LiveTables, names: tuple[str, ...], _: Arguments) -> Answer:
    """Return the page of all papers, or where the one with a name, an ISIN or a WKN is."""
    if len(names) == 1:
        table = Table("papers", "Papers", _PAPERS, _columns(), order="-articles")
        return Page("papers", "Papers", (table,))
    name = "/".join(names[1:])
    found = papers_named(tables, name)
    if len(found) == 1:
        return Moved(found[0][1])
    if found:
        return Missing(f"{name} is the name of several papers:", tuple(found))
    return Missing(
        f"{name}: no archived paper has this name, ISIN or WKN.", (("Papers", "papers"),)
    )


def addresses(_: LiveTables) -> Iterator[str]:
    """Yield the address of the page of all papers."""
    yield "papers"


def _columns() -> tuple[Column, ...]:
    return columns((
        Column("name", "Paper", link="_address"),
        ("kind", "Kind"),
        ("isin", "ISIN"),
        ("wkn", "WKN"),
        Column("price", "Last price", "price"),
        ("unit", "Unit"),
        time_column("priced_at", "At"),
        Column("articles", "Articles", "number"),
        Column("verdicts", "Verdicts", "number"),
        Column("prices", "Prices", "number"),
    ))  # fmt: skip
