"""Which items are exported: those since a day, and those about some instruments."""

from collections.abc import Iterator
from dataclasses import dataclass

from finnews.items import Instrument, Item, instrument_key
from finnews.outcome import WrongUsage
from finnews.sql.columns import day_of, instrument_of, key_of, line_columns
from finnews.sql.database import Database
from finnews.sql.views import literal


@dataclass(frozen=True)
class Choice:
    """What is exported."""

    form: str = "parquet"
    has_all_versions: bool = False
    since: str | None = None
    """Day from which on items are exported: their own, or that of fetching where they have none."""

    names: tuple[str, ...] = ()
    """Page names, ISINs, WKNs of the only instruments whose items are exported."""


def conditions(item_class: type[Item], choice: Choice, keys: list[str]) -> Iterator[str]:
    """Yield the conditions in SQL of the chosen items of a class."""
    day = day_of(item_class)
    if choice.since and day:
        yield f"{day} >= DATE {literal(choice.since)}"
    if choice.names:
        names = f"[{', '.join(map(literal, keys))}]"
        yield _mentions(item_class, names) or "true"


def _mentions(item_class: type[Item], keys: str) -> str | None:
    """Return the condition that an item is about an instrument of these keys, or names one."""
    columns = line_columns(item_class)
    if key := instrument_of(item_class):
        return f"list_contains({keys}, {key})"
    lists = [name for name, kind in columns.items() if kind.endswith("[]") and '"page"' in kind]
    named = [
        f"list_has_any({keys}, list_transform({name}, lambda x: {key_of('x.kind', 'x.page')}))"
        for name in lists
    ]
    return f"({' OR '.join(named)})" if named else None


def instrument_keys(database: Database, names: tuple[str, ...]) -> list[str]:
    """Return the keys of the instruments with these page names, ISINs or WKNs."""
    if not names:
        return []
    database.load([Instrument])
    query = "SELECT kind, page, isin, wkn FROM instruments"
    instruments = database.connection.execute(query).fetchall()
    database.drop(Instrument)
    database.problems.clear()  # they are told when the register is exported
    keys: list[str] = []
    for name in names:
        named = [str(instrument_key(*row[:2])) for row in instruments if _has_name(row, name)]
        if not named:
            message = "no archived instrument has this page name, ISIN or WKN"
            raise WrongUsage(f"{name}: {message}")
        keys.extend(named)
    return keys


def _has_name(instrument: tuple[str, str, str | None, str | None], name: str) -> bool:
    kind, page, isin, wkn = instrument
    is_page = instrument_key(kind, page) == instrument_key(kind, name)
    return is_page or name.upper() in (isin, wkn)
