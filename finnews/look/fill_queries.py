"""Which part of the items of a source had a field, by parts of the runs; SQL."""

from typing import Final

from finnews.look.run_parts import ADDRESS, NEWEST, PARTS

FEWEST_ITEMS: Final = 5  # of runs that can show a fall
LOWEST: Final = 10  # percent of items, from where a share can fall
FALL: Final = 3
"""A share has fallen if it is below this part of its lowest before."""

MOVED: Final = 1
"""By how many points in a hundred a share varies if it is shown in a chart."""

_SHARES: Final = f"""
{PARTS},
shares AS (
  SELECT source, field, spider, sharp_part AS part, max(local) AS local,
    max_by(run, started) AS run, sum(filled) AS filled, sum(items) AS items, count(*) AS runs,
    (100 * sum(filled) / sum(items))::DECIMAL(18,1) AS percent
  FROM run_fields JOIN parts USING (run) WHERE items > 0 GROUP BY ALL),
varied AS (
  SELECT source, field, max(percent) - min(percent) AS spread FROM shares GROUP BY ALL
  HAVING spread >= {MOVED})
"""

_LINE: Final = "PARTITION BY source, field, spider ORDER BY part DESC"

_FALLEN: Final = f"""
{_SHARES},
fallen AS (
  SELECT *, min(percent) OVER ({_LINE} ROWS BETWEEN {NEWEST} PRECEDING AND 1 PRECEDING) AS lowest
  FROM shares
  QUALIFY percent < lowest / {FALL} AND lowest >= {LOWEST} AND items >= {FEWEST_ITEMS})
"""

FALLS: Final = f"""
WITH {_FALLEN}
SELECT local, source, field, percent, lowest, items, spider, {ADDRESS.format("run")} AS _run
FROM fallen
"""

SOURCES: Final = f"""
WITH {_FALLEN},
last AS (SELECT source, max(local) AS fall FROM fallen GROUP BY source)
SELECT DISTINCT source, fall FROM varied LEFT JOIN last USING (source)
ORDER BY fall DESC NULLS LAST, source
"""

OF_SOURCE: Final = f"""
WITH {_SHARES.replace("items > 0", "items > 0 AND source = $source")}
SELECT field, spider, local, percent, filled, items, runs, spread AS _spread,
  {ADDRESS.format("run")} AS href
FROM shares JOIN varied USING (source, field)
QUALIFY percent IS DISTINCT FROM lag(percent) OVER ({_LINE})
  OR percent IS DISTINCT FROM lead(percent) OVER ({_LINE})
"""
"""Between two equal points, an equal one changes nothing of the line."""

STEADY: Final = f"""
WITH {_SHARES}
SELECT source, field, min(percent) AS lowest, max(percent) AS highest, sum(items) AS items,
  sum(runs) AS runs
FROM shares ANTI JOIN varied USING (source, field) GROUP BY ALL HAVING highest > 0
"""
"""What all items had, or nearly the same part of them, in all runs."""
