"""The keys of lines that have none, as finnews 1.0 wrote them."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from finnews.archive import Archive
from finnews.archive.index import Index
from finnews.archive.lines import InvalidLine, files_of, lines_from, read_line
from finnews.archive.repair import INDEX, rebuild
from finnews.items import Item, may_be_same


@contextmanager
def keys(directory: Path, folder: Path, *, is_read_only: bool = False) -> Iterator[Any]:
    """Give a function that returns the key of a line that has none, from the archive's index.

    An archive that has no index, or where nothing can or may be written, is copied to the folder.
    """
    with ExitStack() as stack:
        opened: list[Archive] = []

        def key(item: Item) -> str:
            if not opened:
                is_used = _has_index(directory) and not is_read_only
                place = directory if is_used else _copied(directory, type(item), folder)
                opened.append(stack.enter_context(Archive(place)))
            records = (opened[0].find(type(item), known) for known in item.keys)
            same = (record for record in records if record and may_be_same(record, item))
            return str(next(same, item).key or item.keys[0])

        yield key


def _has_index(directory: Path) -> bool:
    index = directory / INDEX
    return index.exists() and all(os.access(path, os.W_OK) for path in (directory, index))


def _copied(directory: Path, item_class: type[Item], folder: Path) -> Path:
    """Return an archive of the whole lines of a class, with an index."""
    copy = folder / "archive"
    for name in files_of(directory, item_class):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        with (copy / name).open("wb") as file:
            file.writelines(_valid_lines(directory / name, item_class))
    with closing(Index(copy / INDEX)) as index:
        rebuild(copy, index)
    return copy


def _valid_lines(path: Path, item_class: type[Item]) -> Iterator[bytes]:
    for _, raw in lines_from(path, 0):
        with suppress(InvalidLine):
            read_line(raw, item_class)
            yield raw
