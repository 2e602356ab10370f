"""DuckDB itself: whether it is installed, its settings, what it says, which kinds a query names."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from finnews.items import ITEM_CLASSES, Item
from finnews.outcome import WrongUsage

_SETTINGS: Final = {
    "memory_limit": "512MB",
    "threads": "4",  # each has buffers of its own
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_KINDS: Final = [item_class.collection for item_class in ITEM_CLASSES]
_NO_TABLE: Final = re.compile("^Catalog Error: Table with name .* does not exist!")
_ADVICE: Final = re.compile("Did you mean|Candidate bindings")
_WORD: Final = re.compile(r"\w+")
_CATALOGUE: Final = re.compile(
    "query|query_table|show|tables|information_schema|(duckdb|pg|pragma|sqlite)_.*|pragma"
)
"""A word of a query that names tables indirectly, or asks which there are."""


def duckdb() -> ModuleType:
    """Return the module; raise `WrongUsage`, which says how to install it, if it is not there."""
    try:
        import duckdb as module  # noqa: PLC0415
    except ImportError:
        advice = 'pip install "finnews[sql]", or pip install -r requirements.txt in a checkout'
        raise WrongUsage(f"SQL and export need duckdb: {advice}") from None
    return module


def connected(folder: Path, **settings: str) -> Any:
    """Return a connection to the database in a folder, which is made if there is none."""
    options = _SETTINGS | settings | {"temp_directory": str(folder / "spilled")}
    connection = duckdb().connect(str(folder / "lines.duckdb"), config=options)
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    return connection


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Raise what DuckDB says of a query as `WrongUsage`, of memory and disk as `OSError`."""
    module = duckdb()
    try:
        yield
    except (module.OutOfMemoryException, module.IOException) as error:
        raise OSError(one_line(str(error))) from error
    except module.Error as error:
        raise WrongUsage(one_line(str(error))) from error


def one_line(message: str) -> str:
    r"""Return what DuckDB says is wrong, and which names there are, without the query.

    >>> one_line('Column "foo" not found!\nCandidate bindings: "price"\n\nLINE 1: select foo')
    'Column "foo" not found! Candidate bindings: "price"'
    """
    first, *others = message.strip().partition("\n\nLINE ")[0].splitlines()
    if _NO_TABLE.search(first):  # DuckDB would propose one of those that are loaded
        return f"{first} There are {', '.join(_KINDS)}, and all_{_KINDS[0]} … with all versions"
    advice = (line.replace(": :", ":") for line in others if _ADVICE.match(line))
    return " ".join([first, *advice])


def named_in(query: str) -> list[type[Item]]:
    """Return the item classes whose tables a query can name; all if it names them indirectly.

    >>> [kind.__name__ for kind in named_in("SELECT * FROM all_quotes JOIN Ratings USING (page)")]
    ['Quote', 'Rating']
    >>> len(named_in("FROM duckdb_tables()")) == len(ITEM_CLASSES)
    True
    """
    words = {word.lower().removeprefix("all_") for word in _WORD.findall(query)}
    named = [item_class for item_class in ITEM_CLASSES if item_class.collection in words]
    names_none = not named and words & {"describe", "summarize"}
    if names_none or any(map(_CATALOGUE.fullmatch, words)):
        return list(ITEM_CLASSES)
    return named
