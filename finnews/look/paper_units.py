"""What a paper's charts have in common: the units of its prices, the verdicts' colours."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

import altair as alt

from finnews.look.paper_tables import OF_PAPER
from finnews.look.sources import EXCHANGE, UNIT

NO_UNIT: Final = "no named unit"
MOST_POINTS: Final = 1600  # of all lines of a chart
VERDICTS: Final = ("buy", "hold", "sell")
COLOURS: Final = ("$up", "$hold", "$down")
"""Of the three verdicts, by names that the page's style has for light and dark."""

_WORD: Final = re.compile("[a-z0-9]+")

OF_UNIT: Final = f"""
priced AS (
  SELECT {EXCHANGE} AS exchange, local, instant, is_day, price FROM quotes
  WHERE {OF_PAPER} AND price IS NOT NULL AND coalesce({UNIT}, '') = $unit),
span AS (
  SELECT min(local) AS first, max(local) AS last,
    greatest(epoch(max(local)) - epoch(min(local)), 1) AS seconds,
    greatest(7 * 86400, seconds * 0.15) AS beside FROM priced)
"""
"""SQL of the prices in a unit, and of the time that they span."""


def suffixes(units: Iterable[str]) -> dict[str, str]:
    """Return units with the ends of the names of what is in them, each its own.

    >>> suffixes(["EUR", "eur", "EUR/oz", ""])
    {'EUR': '-eur', 'eur': '-eur-2', 'EUR/oz': '-eur-oz', '': '-no-unit'}
    """
    ends: dict[str, str] = {}
    names: Counter[str] = Counter()
    for unit in units:
        name = "-".join(_WORD.findall(unit.lower())) or ("other" if unit else "no-unit")
        names[name] += 1
        ends[unit] = f"-{name}-{names[name]}" if names[name] > 1 else f"-{name}"
    return ends


def target() -> alt.Tooltip:
    """Return how a price target is told where the pointer stands."""
    return alt.Tooltip("price_target:Q", title="target")


def verdict_colour() -> alt.Color:
    """Return the colours of verdicts, which light and dark pages have their own of."""
    return alt.Color(
        "verdict:N", title="verdict", scale=alt.Scale(domain=list(VERDICTS), range=list(COLOURS))
    )
