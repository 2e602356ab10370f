"""Tables of an archive's lines in a temporary database of DuckDB."""

from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Self

from finnews.archive.lines import files_of
from finnews.items import Item
from finnews.sql.engine import connected
from finnews.sql.keys import keys
from finnews.sql.loading import Loading
from finnews.sql.stopping import Work
from finnews.sql.views import LAST


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
        self._stack = ExitStack()
        self._work = work or Work()
        folder = self._work.temporary_folder(".finnews-", scratch)
        self.folder = self._stack.enter_context(folder)
        self.connection = self._connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        self._stack.close()

    def load(self, item_classes: Iterable[type[Item]]) -> None:
        """Make the tables and views of item classes; those of a class without files are empty."""
        loading = Loading(self.connection, self.folder, partial(keys, self.directory))
        for item_class in item_classes:
            kind = item_class.collection
            paths = [self.directory / name for name in files_of(self.directory, item_class)]
            self.problems.extend(map(str, loading.load(item_class, f"all_{kind}", paths)))
            self.connection.execute(LAST.format(kind=kind))

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
        connection = connected(self.folder, **settings)
        self._work.watch(connection)
        return connection

    def _close(self) -> None:
        self._work.watch(None)
        self.connection.close()
