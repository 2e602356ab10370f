"""What several pages ask of the archive: SQL for papers, their addresses, and the days."""

from datetime import date
from typing import Final

from finnews.items import instrument_key
from finnews.look.live_tables import LiveTables
from finnews.look.model import address

SECTIONS: Final[dict[str, str]] = {
    "stock": "stocks",
    "etf": "etfs",
    "fund": "funds",
    "index": "indices",
    "currency": "currencies",
    "crypto": "coins",
    "commodity": "commodities",
    "bond": "bonds",
    "certificate": "certificates",
}
"""Kind of security → first name in the addresses of its pages."""

_CASES: Final = " ".join(f"WHEN '{kind}' THEN '{name}'" for kind, name in SECTIONS.items())

ADDRESS: Final = f"""(CASE WHEN papers.page NOT IN ('.', '..') THEN \
CASE papers.kind {_CASES} ELSE 'stocks' END || '/' || url_encode(papers.page) END)"""
"""SQL of the address of a paper's page, where ``papers`` is joined; dots alone have none."""

UNIT: Final = "coalesce(currency, unit)"
"""SQL of what a price is in; ``NULL`` if the page prints neither."""

EXCHANGE: Final = """\
CASE WHEN price_type = 'nav' THEN 'net asset value' ELSE coalesce(exchange, mic, 'not named') END"""
"""SQL of where a price was made, in words."""

STUDIES: Final = f"""
SELECT date_published, date_published_day, firm, coalesce(papers.name, ratings.name) AS name,
  action, previous_rating, rating, verdict, price_target, previous_price_target, {UNIT} AS unit,
  analyst, ratings.url, ratings.instant AS _at, {ADDRESS} AS _paper
FROM ratings LEFT JOIN paper_keys USING (instrument) LEFT JOIN papers USING (paper)"""
"""SQL of studies with their papers."""


def paper_address(kind: str | None, page: str) -> str:
    """Return the address of a paper's page.

    >>> paper_address("index", "dax")
    'indices/dax'
    """
    return address(SECTIONS.get(kind or "", "stocks"), page)


def day_address(day: date) -> str:
    """Return the address of a day's page."""
    return address("days", day.isoformat())


def newest_day(tables: LiveTables) -> date | None:
    """Return the last day of which articles or verdicts are archived, else prices; or ``None``."""
    said = "SELECT max(day) AS day FROM articles UNION ALL SELECT max(day) FROM ratings"
    for source in (said, "SELECT max(day) AS day FROM quotes"):
        day = tables.rows(f"SELECT max(day) AS day FROM ({source})")[0]["day"]
        if isinstance(day, date):
            return day
    return None


_NAMED: Final = f"""
WITH found AS (
  SELECT coalesce(papers.name, papers.page) AS name, {ADDRESS} AS address,
    paper_keys.instrument IN $keys OR papers.isin = upper($name) OR papers.wkn = upper($name)
      AS is_own
  FROM papers JOIN paper_keys USING (paper)
  WHERE address IS NOT NULL AND (is_own OR lower(papers.name) = lower($name)))
SELECT DISTINCT name, address FROM found
WHERE is_own OR NOT EXISTS (FROM found WHERE is_own)
ORDER BY name, address"""


def papers_named(
    tables: LiveTables, name: str, kinds: tuple[str, ...] = tuple(SECTIONS)
) -> list[tuple[str, str]]:
    """Return name and address of the papers of some kinds that have a page name; or ISIN, WKN.

    Where there is none, of those that are shown under this name.
    """
    keys = [instrument_key(kind, name) for kind in kinds]
    rows = tables.rows(_NAMED, {"keys": keys, "name": name})
    return [(row["name"], row["address"]) for row in rows]
