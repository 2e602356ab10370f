"""What of an archive cannot be read: damaged lines, damaged reports of runs."""

from typing import Final

from finnews.look.live_tables import LiveTables
from finnews.look.model import Column, Table

FEW: Final = 25  # rows on a page

_UNREADABLE: Final = "SELECT unnest($problems::VARCHAR[]) AS problem"


def unreadable(tables: LiveTables) -> Table | None:
    """Return a table of what cannot be read, by file and line; ``None`` if all can."""
    if not tables.problems:
        return None
    start = f"{tables.directory}/"
    problems = [problem.removeprefix(start) for problem in tables.problems]
    return Table(
        "unreadable",
        "What cannot be read",
        _UNREADABLE,
        (Column("problem", "File, line, reason"),),
        {"problems": problems},
        "problem",
        note="All else is on these pages. Run: scrapy archive check",
        size=FEW,
    )
