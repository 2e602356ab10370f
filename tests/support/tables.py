"""Archives for the tests of tables: large ones, changed ones, damaged ones."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from finnews.archive import Archive
from finnews.archive.lines import append, file_of, line
from finnews.items import Item, Quote
from tests.support.archive_items import as_archived, quote

LINES = 50_000
LATE = 48_000
"""From this line on there are decimals, and a unit that no line before has."""


def late_quotes() -> Iterator[Quote]:
    """Yield quotes in whole euros and then, after more lines than a sample has, in pence."""
    for number in range(LINES):
        is_late = number >= LATE
        price = f"{number % 500}.55" if is_late else f"{number % 500 + 1}"
        item = as_archived(quote(number, price))
        yield replace(item, currency=None, unit="GBX") if is_late else item


def write_lines(directory: Path, *items: Item) -> None:
    """Append lines as they are."""
    by_file: dict[str, list[bytes]] = {}
    for item in items:
        by_file.setdefault(file_of(item), []).append(line(item))
    for name, lines in by_file.items():
        append(directory / name, lines)


def all_last(directory: Path, item_class: type[Item]) -> dict[str, Item]:
    """Return the last version of each record, as the archive finds it."""
    with Archive(directory) as archive:
        return {str(item.key): item for item in archive.all_of(item_class)}
