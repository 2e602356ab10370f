"""The site that an archive holds, known by the addresses in its lines."""

from pathlib import Path
from urllib.parse import urlsplit

from finnews.archive.lines import InvalidLine, files_of, lines_from, read_line
from finnews.items import ITEM_CLASSES, Item


def host_of(item: Item) -> str:
    """Return the host that an item was fetched from, with the port if the address has one."""
    return urlsplit(item.url or "").netloc


def origin(directory: Path) -> str | None:
    """Return the host whose pages a directory archives; ``None`` if the archive is empty."""
    for item_class in ITEM_CLASSES:
        for path in files_of(directory, item_class):
            if host := _first_host(directory / path, item_class):
                return host
    return None


def _first_host(path: Path, item_class: type[Item]) -> str | None:
    for _, raw in lines_from(path, 0):
        try:
            return host_of(read_line(raw, item_class)) or None
        except InvalidLine:
            continue
    return None
