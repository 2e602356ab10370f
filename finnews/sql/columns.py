"""The columns of an item class in SQL, from its fields and their annotations."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from finnews.items import NAMESPACES, Item
from finnews.items.forms import Day, DayOrTime, Time, UtcTime

SCALE: Final = 12  # a crypto currency's price has ten decimals
DECIMAL: Final = f"DECIMAL(38,{SCALE})"
DATE: Final = "DATE"
TIME: Final = "TIMESTAMP WITH TIME ZONE"
TEXT: Final = "VARCHAR"
INTEGER: Final = "BIGINT"

_FORMS: Final[dict[Any, str]] = {Day: DATE, Time: TIME, UtcTime: TIME, DayOrTime: TEXT}
_PRIMITIVES: Final[dict[Any, str]] = {
    str: TEXT,
    bool: "BOOLEAN",
    int: INTEGER,
    Decimal: DECIMAL,
}


def line_columns(of: type[Any]) -> Mapping[str, str]:
    """Return the fields of a dataclass with the types by which DuckDB reads its lines.

    A day or time is text there.

    >>> from finnews.items import NamedInstrument
    >>> line_columns(NamedInstrument)["isin"]
    'VARCHAR'
    """
    hashable: Any = of
    return _columns(hashable)


@cache
def _columns(of: type[Any]) -> Mapping[str, str]:
    hints = get_type_hints(of, include_extras=True)
    return MappingProxyType({field.name: _type(hints[field.name]) for field in fields(of)})


def selected(item_class: type[Item]) -> Iterator[tuple[str, str]]:
    """Yield the columns of a class's table, and the expression of each over its lines.

    A field that is a day or a time is two columns: the time, null where only the day is known, and
    the day, as it was printed.
    """
    hints = get_type_hints(item_class, include_extras=True)
    for field in fields(item_class):
        name = quoted(field.name)
        if _given(hints[field.name]) == DayOrTime:
            yield field.name, f"CAST(CASE WHEN length({name}) > 10 THEN {name} END AS {TIME})"
            yield day_column(field.name), f"CAST(left({name}, 10) AS {DATE})"
        else:
            yield field.name, name


def day_column(name: str) -> str:
    """Return the name of the column with the day of a field that is a day or a time."""
    return f"{name}_day"


def day_of(item_class: type[Item]) -> str | None:
    """Return the SQL of an item's day: of its `date_field`, or of fetching where that is empty."""
    name = item_class.date_field
    if name is None:
        return None
    is_split = day_column(name) in dict(selected(item_class))
    fetched = "CAST(fetched_at AT TIME ZONE 'UTC' AS DATE)"
    return f"coalesce({quoted(day_column(name) if is_split else name)}, {fetched})"


def instrument_of(item_class: type[Item]) -> str | None:
    """Return the SQL of the `instrument_key` of a class's items; ``None`` if they are of none."""
    columns = line_columns(item_class)
    if "page" not in columns:
        return None
    return key_of("kind" if "kind" in columns else "'stock'", "page")


def key_of(kind: str, page: str) -> str:
    """Return the SQL of an `instrument_key`."""
    namespaces = " ".join(f"WHEN '{own}' THEN '{of_key}'" for own, of_key in NAMESPACES.items())
    namespace = f"(CASE {kind} {namespaces} ELSE {kind} END)"
    return f"({namespace} || ':' || replace(lower({page}), '-', '_'))"


def quoted(name: str) -> str:
    """Return a name as SQL has it, whatever keywords there are.

    >>> quoted("open")
    '"open"'
    """
    return '"' + name.replace('"', '""') + '"'


def _type(hint: Any) -> str:
    value = _given(hint)
    if value in _FORMS:
        return _FORMS[value]
    origin, arguments = get_origin(value), get_args(value)
    if origin is Annotated:
        return _type(arguments[0])
    if origin is Literal:
        return _PRIMITIVES[type(arguments[0])]
    if origin is list:
        return f"{_type(arguments[0])}[]"
    return "JSON" if origin is dict else _simple_type(value)


def _simple_type(value: Any) -> str:
    if not (isinstance(value, type) and is_dataclass(value)):
        return _PRIMITIVES[value]
    parts = (f"{quoted(name)} {kind}" for name, kind in line_columns(value).items())
    return f"STRUCT({', '.join(parts)})"


def _given(hint: Any) -> Any:
    """Return the type of a value that is there, without the ``None`` of one that is not."""
    if get_origin(hint) not in (types.UnionType, Union):
        return hint
    (value,) = (argument for argument in get_args(hint) if argument is not types.NoneType)
    return value
