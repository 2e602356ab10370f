"""The site that an archive holds, known by the addresses in its lines."""

from itertools import islice
from pathlib import Path
from typing import Final

from finnews.archive.lines import InvalidLine, files_of, lines_from, read_line
from finnews.items import ITEM_CLASSES, Item
from finnews.site import host_of

_MAX_LINES: Final = 1000  # of a file, if none of them can be read


def origin(directory: Path) -> str | None:
    """Return the host whose pages a directory archives; ``None`` if the archive is empty."""
    for item_class in ITEM_CLASSES:
        for path in files_of(directory, item_class):
            if host := _first_host(directory / path, item_class):
                return host
    return None


def _first_host(path: Path, item_class: type[Item]) -> str | None:
    for _, raw in islice(lines_from(path, 0), _MAX_LINES):
        try:
            item = read_line(raw, item_class)
        except InvalidLine:
            continue
        if host := host_of(item.url or ""):
            return host
    return None
