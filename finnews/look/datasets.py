"""The rows of tables as charts get them: the columns that are drawn, each value sent once."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from finnews.look.links import Links, is_of_web
from finnews.look.model import Row

LINKED: Final = "href"
"""The column of a chart's table with the address where a mark leads."""

_READ: Final = re.compile(r"\bdatum\.(\w+)")

Dataset = dict[str, list[list[Any]]]
"""Column → its values and, if many rows share them, the place of each row's value among these."""


def dataset(rows: list[Row], drawing: Mapping[str, Any], links: Links) -> Dataset:
    """Return the columns of rows that a drawing names.

    >>> from finnews.look.links import OnServer
    >>> rows = [{"field": field, "unseen": 1} for field in ("isin", "wkn", "isin", "isin")]
    >>> dataset(rows, {"encoding": {"y": {"field": "field"}}}, OnServer())
    {'field': [['isin', 'wkn'], [0, 1, 0, 0]]}
    """
    words = set(_texts(drawing))
    names = [name for name in (rows[0] if rows else ()) if name in words]
    return {name: _column(name, [row[name] for row in rows], links) for name in names}


def _column(name: str, values: list[Any], links: Links) -> list[list[Any]]:
    places: dict[Any, int] = {}
    numbers = [places.setdefault(value, len(places)) for value in values]
    is_shared = len(places) <= len(values) / 2
    shown = [_value(name, value, links) for value in (places if is_shared else values)]
    return [shown, numbers] if is_shared else [shown]


def _texts(drawing: Any) -> Iterator[str]:
    """Yield all texts in a specification; the names of columns are among them."""
    match drawing:
        case str():
            yield drawing
        case Mapping():
            yield from _READ.findall(drawing.get("calculate", ""))
            for part in drawing.values():
                yield from _texts(part)
        case list() | tuple():
            for part in drawing:
                yield from _texts(part)


def _value(name: str, value: Any, links: Links) -> Any:
    match value:
        case str() if name == LINKED and not is_of_web(value):
            return links.page(value)
        case Decimal():
            return float(value)
        case datetime():
            return _milliseconds(value)
        case date():
            return _milliseconds(datetime(value.year, value.month, value.day))
    return value


def _milliseconds(wall_clock: datetime) -> int:
    return int(wall_clock.replace(tzinfo=UTC).timestamp() * 1000)
