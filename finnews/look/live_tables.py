"""An archive's last versions as tables of DuckDB that follow its files while crawls write."""

import threading
from collections.abc import Mapping
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from finnews.archive.origin import origin
from finnews.items import Item
from finnews.look.full_text import FullText
from finnews.look.kinds import ReadKind, read_again
from finnews.look.papers import TABLES, name_again, name_all
from finnews.look.run_tables import RunTables
from finnews.look.shown import HIDDEN
from finnews.look.staging import Staging
from finnews.look.versions import bring_in
from finnews.site import site_at
from finnews.sql.engine import connected, duckdb
from finnews.sql.export import EXPORTED
from finnews.sql.stopping import Work

_ATTEMPTS: Final = 3  # to read files while others remove or rename them


class LiveTables:
    """The last versions of an archive's lines as tables of DuckDB that follow its files.

    ``articles``, ``quotes`` … have the columns of ``archive sql``, the security's key as
    `instrument`, and the item's time: `instant`, `local` by the clock of the site, `day`, and
    `is_day` where only the day is known. ``article_papers``, ``papers`` and ``paper_keys`` say what
    security each is of. The database is a temporary one; nothing is written to the archive.

    `site` is the host whose pages are archived, `zone` that of its clock, `as_of` when the last
    line was fetched, `full_text` the index of words.
    """

    def __init__(self, directory: Path, work: Work | None = None) -> None:
        self.directory = directory
        self.generation = 0
        self.site = origin(directory)
        self.as_of: str | None = None
        self.zone = site_at(f"https://{self.site}").zone
        self._kinds: dict[type[Item], ReadKind] = {}
        self._refreshing = threading.Lock()
        self._stack = ExitStack()
        self._work = work or Work()
        folder = self._stack.enter_context(self._work.temporary_folder(".finnews-", None))
        try:
            self._open(folder)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and remove it."""
        self._work.watch(None)
        self._stack.close()

    @property
    def problems(self) -> list[str]:
        """A line for each damaged line (file, number, reason), and for each damaged report."""
        kinds = [self._kinds[item_class] for item_class in EXPORTED if item_class in self._kinds]
        lines = [str(problem) for kind in kinds for problem in sorted(kind.problems)]
        return lines + self._runs.problems

    def rows(
        self, sql: str, parameters: Mapping[str, object] | None = None
    ) -> list[dict[str, Any]]:
        """Return the rows of a query, from any thread; ``$name`` is the parameter ``name``."""
        with closing(self.cursor()) as cursor:
            cursor.execute(sql, dict(parameters) if parameters else None)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def cursor(self) -> Any:
        """Return a new connection to the tables, to be closed by the caller.

        Raises `Stopped` if the work that they are for was interrupted.
        """
        self._work.go_on()
        return self._connection.cursor()

    def refresh(self) -> bool:
        """Read what has changed in the files; return whether anything was.

        Raises `OSError` if they cannot be read; the tables are then as before.
        """
        with self._refreshing:
            for attempt in range(1, _ATTEMPTS + 1):
                try:
                    is_changed = self._refreshed()
                    return self._runs.refresh(self._writer) or is_changed
                except (OSError, duckdb().IOException) as error:
                    if attempt == _ATTEMPTS:
                        raise OSError(str(error)) from error
        return False

    @property
    def is_refreshing(self) -> bool:
        """Whether files are being read at this moment."""
        return self._refreshing.locked()

    def _open(self, folder: Path) -> None:
        self._connection = connected(
            folder,
            fsync_mode="NONE",  # nobody reads the database after a power cut
            preserve_insertion_order="false",  # it would double the time of loading
        )
        self._stack.callback(self._connection.close)
        self._writer = self._connection.cursor()
        self._stack.callback(self._writer.close)
        self._work.watch(self._writer)
        self._staging = Staging(self._writer, folder, self.directory, self.zone)
        self._runs = RunTables(self.directory, self.zone)
        self._writer.execute("CREATE SCHEMA latest")
        self.refresh()
        views = {kind.collection: f"* EXCLUDE ({HIDDEN})" for kind in EXPORTED} | TABLES
        for name, columns in views.items():
            query = f"SELECT {columns} FROM latest.{name}"
            self._writer.execute(f"CREATE VIEW {name} AS {query}")
        self.full_text = self._stack.enter_context(FullText(self))

    def _refreshed(self) -> bool:
        read = {
            item_class: kind
            for item_class in EXPORTED
            if (kind := self._read_again(item_class)) is not None
        }
        changed = {item_class: kind for item_class, kind in read.items() if kind.table}
        if changed:
            self._writer.begin()
            try:
                self._bring_in(changed)
            except BaseException:
                self._writer.rollback()
                raise
            self._writer.commit()
            self.generation += 1
            self.site = self.site or origin(self.directory)
            self.as_of = self._last_fetch()
        self._kinds |= read
        return bool(changed)

    def _last_fetch(self) -> str | None:
        """Return when the last line was fetched, UTC; ``None`` if there is none."""
        times = " UNION ALL ".join(
            f"SELECT max(fetched_at) AS fetched_at FROM latest.{kind.collection}"
            for kind in EXPORTED
        )
        query = f"SELECT max(fetched_at) FROM ({times})"
        (last,) = self._writer.execute(query).fetchone()
        return last.isoformat() if isinstance(last, datetime) else None

    def _read_again(self, item_class: type[Item]) -> ReadKind | None:
        return read_again(self._kinds.get(item_class), item_class, self.directory, self._staging)

    def _bring_in(self, changed: dict[type[Item], ReadKind]) -> None:
        """Make the new tables part of those that are read."""
        concerned: set[str] = set()
        for item_class, kind in changed.items():
            if kind.is_whole:
                table = item_class.collection
                self._writer.execute(f"DROP TABLE IF EXISTS latest.{table}")
                self._writer.execute(f"ALTER TABLE {kind.table} RENAME TO {table}")
            else:
                concerned |= bring_in(self._writer, item_class, str(kind.table))
        if any(kind.is_whole for kind in changed.values()):
            name_all(self._writer)
        else:
            name_again(self._writer, concerned)
