"""DuckDB itself: whether it is installed, what it says, and which kinds a query names."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from finnews.items import ITEM_CLASSES, Item
from finnews.outcome import WrongUsage


def duckdb() -> ModuleType:
    """Return the module; raise `WrongUsage`, which says how to install it, if it is not there."""
    try:
        import duckdb as module  # noqa: PLC0415
    except ImportError:
        advice = 'pip install "finnews[sql]", or pip install -r requirements.txt in a checkout'
        raise WrongUsage(f"SQL and export need duckdb: {advice}") from None
    return module


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Raise what DuckDB says of a query as `WrongUsage`, of memory and disk as `OSError`.

    What it says has more lines, with the query in them, of which the first says what is wrong.
    """
    module = duckdb()
    try:
        yield
    except (module.OutOfMemoryException, module.IOException) as error:
        raise OSError(_first_line(error)) from error
    except module.Error as error:
        raise WrongUsage(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def named_in(query: str) -> list[type[Item]]:
    """Return the item classes whose tables a query can name; all if it names them indirectly.

    >>> [kind.__name__ for kind in named_in("SELECT * FROM all_quotes JOIN Ratings USING (page)")]
    ['Quote', 'Rating']
    """
    words = {word.lower().removeprefix("all_") for word in re.findall(r"\w+", query)}
    if words & {"query", "query_table", "show", "tables", "information_schema"}:
        return list(ITEM_CLASSES)
    return [item_class for item_class in ITEM_CLASSES if item_class.collection in words]
