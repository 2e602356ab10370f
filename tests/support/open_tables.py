"""Tables of archives that are closed when a test ends."""

from pathlib import Path

from finnews.look.live_tables import LiveTables

OPENED: list[LiveTables] = []
"""Those of the test that runs."""


def open_tables(directory: Path) -> LiveTables:
    """Return the tables of an archive."""
    OPENED.append(LiveTables(directory))
    return OPENED[-1]


def close_tables() -> None:
    """Close all that are open."""
    while OPENED:
        OPENED.pop().close()
