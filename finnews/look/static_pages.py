"""The pages as files that work from a disk."""

from collections.abc import Iterator
from pathlib import Path

from finnews.look import search_files
from finnews.look.links import OnDisk, path_on_disk
from finnews.look.live_tables import LiveTables
from finnews.look.model import Page
from finnews.look.registry import addresses, answer
from finnews.look.rendering import html, json
from finnews.look.scripts import STATIC, static_file
from finnews.look.table_files import FILES, write
from finnews.outcome import WrongUsage
from finnews.sql.new_folder import new_folder
from finnews.sql.stopping import Work


def write_pages(tables: LiveTables, target: Path, work: Work) -> int:
    """Write all pages, their JSON and their tables to a new directory; return how many pages."""
    if tables.directory.resolve() in target.resolve().parents:
        raise WrongUsage(f"{target}: is in the archive, which is only read")
    with new_folder(target, work) as folder:
        for name in STATIC:
            _write(folder / "static" / name, static_file(name))
        search_files.write(tables, folder)
        return sum(_write_page(page, tables, folder) for page in _pages(tables))


def _pages(tables: LiveTables) -> Iterator[Page]:
    for address in addresses(tables):
        page = answer(tables, address, {})
        if isinstance(page, Page):
            yield page


def _write_page(page: Page, tables: LiveTables, folder: Path) -> int:
    place = folder / path_on_disk(page.address)
    document = html(page, tables, OnDisk(page.address), {})
    _write(place.with_name(f"{place.name}.html"), document.encode())
    _write(place.with_name(f"{place.name}.json"), json(page, tables, {}))
    place.mkdir(exist_ok=True)
    for table in page.tables():
        for form in FILES:
            write(tables, table, place / f"{table.name}.{form}", {})
    return 1


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
