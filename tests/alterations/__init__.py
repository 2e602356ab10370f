"""Alterations of pages, and the law that the reading of an altered page keeps.

`sheets` are pages that can be altered, `places` where their values are `printed`, `grids` their
tables, `registry` what an alteration is, `readings` what was read, `law` what may be read, `trials`
one alteration of one page. The other modules are the alterations, by the rules of reading.
"""

from tests.alterations import (
    columns,
    endings,
    lists,
    numbers,
    ornaments,
    ownership,
    prose,
    quotes,
    ranges,
    ratings,
    rows,
    signs,
    snapshots,
    structure,
    tables,
    times,
    units,
    visibility,
    witnesses,
)
from tests.alterations.registry import ALTERATIONS

__all__ = [
    "ALTERATIONS",
    "columns",
    "endings",
    "lists",
    "numbers",
    "ornaments",
    "ownership",
    "prose",
    "quotes",
    "ranges",
    "ratings",
    "rows",
    "signs",
    "snapshots",
    "structure",
    "tables",
    "times",
    "units",
    "visibility",
    "witnesses",
]
