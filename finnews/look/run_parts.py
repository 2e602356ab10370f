"""Runs of a spider in parts, by which charts have no more points than can be seen; SQL."""

from typing import Final

POINTS: Final = 60
"""The most parts of a spider's runs."""

NEWEST: Final = 20
"""How many of the newest runs are points of their own, so that what is new does not drown."""

_OLDER: Final = POINTS - NEWEST

PARTS: Final = f"""
parts AS (
  SELECT name AS run, *,
    CASE WHEN number <= {POINTS} THEN age ELSE ceil(age * {POINTS} / number) END AS part,
    CASE WHEN age <= {NEWEST} THEN age
      ELSE {NEWEST} + ceil((age - {NEWEST}) * {_OLDER} / (number - {NEWEST})) END AS sharp_part
  FROM (SELECT *, row_number() OVER (PARTITION BY spider ORDER BY started DESC, name DESC) AS age,
    count(*) OVER (PARTITION BY spider) AS number FROM runs))
"""
"""The runs of each spider, from the newest on, with the number of their ``part``, one of `POINTS`
alike, and of their ``sharp_part``: each of the newest is one."""

IN_PARTS: Final = f"A point is the mean of several runs of a spider that has more than {POINTS}."
SHARPLY: Final = (
    f"A point is the mean of several runs of a spider that has more than {POINTS}, but each of the "
    f"{NEWEST} newest runs is one."
)

ADDRESS: Final = "'runs/' || url_encode({})"
"""SQL of the address of a run's page by the SQL of its name."""
