"""Tables of an archive's lines in a temporary database of DuckDB."""

import mmap
import re
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from glob import escape
from pathlib import Path
from typing import Any, Final, Self

from finnews.archive.lines import files_of
from finnews.items import Item
from finnews.sql.columns import DECIMAL, SCALE, line_columns
from finnews.sql.engine import duckdb
from finnews.sql.keys import keys
from finnews.sql.stopping import Work
from finnews.sql.unfit import repaired
from finnews.sql.views import LAST, OBJECT_SIZE, literal, read_json, select, unusable

_TOO_FINE: Final = re.compile(rb"\.\d{%d}" % (SCALE + 1))
_SETTINGS: Final = {
    "memory_limit": "512MB",
    "threads": "4",  # each has buffers of its own
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Database:
    """The lines of some kinds as tables ``all_articles`` …, their last versions as ``articles`` ….

    They are copied once, so a crawl that goes on changes nothing in them, and a query reaches
    neither the archive's files nor any other. `problems` has a line for each damaged line.
    """

    def __init__(
        self, directory: Path, scratch: Path | None = None, work: Work | None = None
    ) -> None:
        self.directory = directory
        self.problems: list[str] = []
        self._duckdb = duckdb()
        self._stack = ExitStack()
        self._work = work or Work()
        folder = self._work.temporary_folder(".finnews-", scratch)
        self.folder = self._stack.enter_context(folder)
        self._path = self.folder / "lines.duckdb"
        self.connection = self._connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        self._stack.close()

    def load(self, item_classes: Iterable[type[Item]]) -> None:
        """Make the tables and views of item classes; those of a class without files are empty."""
        for item_class in item_classes:
            self._load(item_class)
            self.connection.execute(LAST.format(kind=item_class.collection))

    def drop(self, item_class: type[Item]) -> None:
        """Remove a class's table and view."""
        self.connection.execute(f"DROP VIEW {item_class.collection}")
        self.connection.execute(f"DROP TABLE all_{item_class.collection}")

    def close_to_the_outside(self) -> None:
        """Let queries read these tables alone: no file, no network, no change, no setting."""
        self._close()
        self.connection = self._connect(access_mode="READ_ONLY")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")

    def _connect(self, **settings: str) -> Any:
        options = _SETTINGS | settings | {"temp_directory": str(self.folder / "spilled")}
        connection = self._duckdb.connect(str(self._path), config=options)
        connection.execute("SET TimeZone = 'UTC'")
        self._work.watch(connection)
        return connection

    def _close(self) -> None:
        self._work.watch(None)
        self.connection.close()

    def _load(self, item_class: type[Item]) -> None:
        table = f"all_{item_class.collection}"
        paths = [self.directory / name for name in files_of(self.directory, item_class)]
        if not paths:
            self._create(item_class, [])
        elif not self._is_loaded(item_class, paths):
            self.connection.execute(f"DROP TABLE IF EXISTS {table}")
            self._load_repaired(item_class, paths)

    def _is_loaded(self, item_class: type[Item], paths: list[Path]) -> bool:
        """Load files in which nothing is wrong, which is the rule; return whether that is so."""
        if DECIMAL in line_columns(item_class).values() and any(map(_is_too_fine, paths)):
            return False
        try:
            self._create(item_class, paths)
        except (self._duckdb.InvalidInputException, self._duckdb.ConversionException):
            return False
        table = f"all_{item_class.collection}"
        query = f"SELECT count(*) FROM {table} WHERE {unusable(item_class)}"  # noqa: S608
        (number,) = self.connection.execute(query).fetchone()
        return not number

    def _load_repaired(self, item_class: type[Item], paths: list[Path]) -> None:
        with (
            tempfile.TemporaryDirectory(dir=self.folder) as copies,
            keys(self.directory, Path(copies)) as key,
        ):
            files = repaired(paths, item_class, Path(copies), key)
            self.problems.extend(files.problems)
            size = max(OBJECT_SIZE, files.longest + 1)
            self._create(item_class, files.files, size, skips_bad=True)

    def _create(
        self,
        item_class: type[Item],
        paths: list[Path],
        size: int = OBJECT_SIZE,
        *,
        skips_bad: bool = False,
    ) -> None:
        files = f"[{', '.join(literal(escape(str(path))) for path in paths)}]"
        source = read_json(item_class, files, size, skips_bad=skips_bad)
        if not paths:
            source = _nothing(item_class)
        query = select(item_class, source) + (" WHERE version IS NOT NULL" if skips_bad else "")
        self.connection.execute(f"CREATE TABLE all_{item_class.collection} AS {query}")


def _nothing(item_class: type[Item]) -> str:
    columns = ", ".join(
        f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in line_columns(item_class).items()
    )
    return f"(SELECT {columns} LIMIT 0)"


def _is_too_fine(path: Path) -> bool:
    """Return whether a file has what could be a number with too many decimals."""
    with path.open("rb") as file:
        if not file.seek(0, 2):
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return _TOO_FINE.search(content) is not None
