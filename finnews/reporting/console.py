"""Where tables are printed: text as it is, and in colour on a terminal only."""

import sys

from rich.console import Console

_WIDTH = 160  # columns, where no terminal says how many


def console() -> Console:
    """Return a console for stdout that takes no part of a text for mark-up."""
    width = None if sys.stdout.isatty() else _WIDTH
    return Console(width=width, markup=False, highlight=False)
