"""Lines that a table cannot take as they are: damaged ones, half ones, those without a key."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

from finnews.archive.lines import InvalidLine, line, lines_from, read_line
from finnews.items import Item
from finnews.sql.columns import DATE, DECIMAL, INTEGER, SCALE, TIME, line_columns

_DAY_OR_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:T.*)?", re.DOTALL)
_INTEGERS: Final = 38 - SCALE
_MAX: Final = 2**63


class Problem(NamedTuple):
    """What is wrong with a line of a file."""

    path: Path
    number: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.number}: {self.reason}"


@dataclass
class Repaired:
    """The files of a class, with copies in place of those that have lines a table cannot take."""

    files: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    longest: int = 0
    """Bytes of the longest line."""


def repaired(
    paths: list[Path], item_class: type[Item], folder: Path, key: Callable[[Item], str]
) -> Repaired:
    """Return the files to read, copies under the same name, and the problems of their lines.

    A line without a key gets its record's; one that is damaged, or that a crawl is writing, is left
    out, and so is a value that its column cannot hold.
    """
    result = Repaired()
    for path in paths:
        copy = folder / f"{len(result.files)}" / path.name
        copy.parent.mkdir()
        is_changed = False
        with copy.open("wb") as file:
            for number, (_, raw) in enumerate(lines_from(path, 0), 1):
                kept, problems = _kept(raw, item_class, key)
                is_changed |= kept != raw
                result.longest = max(result.longest, len(raw))
                result.problems.extend(Problem(path, number, reason) for reason in problems)
                file.write(kept)
        if not is_changed:
            copy.unlink()
        result.files.append(copy if is_changed else path)
    return result


def _kept(
    raw: bytes, item_class: type[Item], key: Callable[[Item], str]
) -> tuple[bytes, list[str]]:
    """Return what a table takes of a line, and what is wrong with it."""
    try:
        item = read_line(raw, item_class)
    except InvalidLine as error:
        is_torn = not raw.endswith(b"\n")
        return b"", [] if is_torn else [f"not a valid {item_class.__name__}: {error}"]
    problems = list(_misfits(item))
    if item.key and not problems:
        return raw, []
    for name, _ in problems:
        setattr(item, name, None)
    item.key = item.key or key(item)
    return line(item), [f"{name}: {reason}" for name, reason in problems]


def _misfits(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the fields whose values their columns cannot hold, and why."""
    columns = line_columns(type(item))
    for item_field in fields(item):
        value, column = getattr(item, item_field.name), columns[item_field.name]
        if value is not None and not _fits(value, column):
            yield item_field.name, f"{value} does not fit {column}"
        elif item_field.name == item.date_field and not _is_day_or_time(value):
            yield item_field.name, f"{value} is no day or time"


def _fits(value: Any, column: str) -> bool:
    if column == DECIMAL:
        return is_exact(value)
    if column == INTEGER:
        return -_MAX <= int(value) < _MAX
    if column in (DATE, TIME):
        return _is_read(date.fromisoformat if column == DATE else datetime.fromisoformat, value)
    return True


def is_exact(value: Decimal) -> bool:
    """Return whether a column of decimals holds a number with all its digits.

    >>> is_exact(Decimal("0.000000000001")), is_exact(Decimal("0.0000000000001"))
    (True, False)
    """
    whole, _, decimals = f"{abs(value):f}".partition(".")
    return len(decimals) <= SCALE and len(whole) <= _INTEGERS


def _is_day_or_time(value: str | None) -> bool:
    if value is None:
        return True
    return bool(_DAY_OR_TIME.fullmatch(value)) and _is_read(datetime.fromisoformat, value)


def _is_read(reader: Callable[[str], object], value: str) -> bool:
    with suppress(ValueError):
        return bool(reader(value))
    return False
