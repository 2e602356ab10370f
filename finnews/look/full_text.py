"""An index of all words of articles and studies, which follows the tables in the background."""

import sqlite3
import threading
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol, Self

from finnews.look.words import Term, normal, respelled
from finnews.sql.engine import duckdb, one_line

SEPARATOR: Final = "\x1e"
"""Stands between the hits, of which there can be a hundred thousand."""

TEXTS: Final = {
    "articles": "headline, description, article_body",
    "ratings": "concat_ws(' ', firm, name), rating, text",
}
"""What is searched → its title, its lead, its text."""

EDITION: Final = "(version || '/' || coalesce(epoch_us(fetched_at), 0))"
"""SQL of what differs in two readings of a record: a compacted archive counts versions anew."""

_BATCH: Final = 2000
_EDITIONS: Final = f"SELECT key, {EDITION} AS edition FROM {{kind}} ORDER BY instant DESC"
_CHANGED: Final = f"""
SELECT key, {EDITION}, {{texts}} FROM {{kind}}
WHERE key IN (SELECT unnest(string_split($keys, chr(30))))"""

_SCHEMA: Final = """
PRAGMA journal_mode = WAL;
CREATE TABLE {kind} (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, edition TEXT);
CREATE VIRTUAL TABLE {kind}_words USING fts5 (
  title, lead, body, respelled, content = '', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO {kind}_words ({kind}_words, rank) VALUES ('hashsize', 16777216);
"""
"""The words have no copy of the texts. Those of an old version stay, but no id leads to them."""

_DOCUMENT: Final = "INSERT OR REPLACE INTO {kind} (key, edition) VALUES (?, ?)"
_WORDS: Final = """
INSERT INTO {kind}_words (rowid, title, lead, body, respelled) VALUES (?, ?, ?, ?, ?)"""

_HITS: Final = """
SELECT group_concat(key || ' ' || edition, char(30)) FROM (
  SELECT key, edition FROM {kind}_words JOIN {kind} ON id = {kind}_words.rowid
  WHERE {kind}_words MATCH ? ORDER BY bm25({kind}_words, 8, 3, 1, 1), id)"""
_OTHERS: Final = """
SELECT group_concat(key || ' ' || edition, char(30)) FROM {kind}
WHERE id NOT IN (SELECT rowid FROM {kind}_words WHERE {kind}_words MATCH ?)"""


class Tables(Protocol):
    """What is asked of the tables."""

    generation: int

    def rows(
        self, sql: str, parameters: Mapping[str, object] | None = None
    ) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        ...

    def cursor(self) -> Any:
        """Return a new connection."""
        ...


class FullText:
    """The index, in a temporary folder; its methods can be called from any thread."""

    def __init__(self, tables: Tables) -> None:
        self.problem = ""
        """Why it is not kept up to date; empty if it is."""

        self._tables = tables
        self._generation = -1
        self._lock = threading.Lock()
        self._updating = threading.Lock()
        self._is_closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._folder: TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def folder(self) -> str | None:
        """Where it is; ``None`` before anything is indexed, and when it is closed."""
        return self._folder.name if self._folder else None

    def follow(self, seconds: float = 0) -> None:
        """Bring it up to date in the background; wait for that some seconds at most."""
        with self._lock:
            is_running = self._thread is not None and self._thread.is_alive()
            is_due = self._generation != self._tables.generation
            if is_due and not is_running and not self._is_closed.is_set():
                self._thread = threading.Thread(target=self.update, daemon=True)
                self._thread.start()
            thread = self._thread
        if thread:
            thread.join(seconds)

    def update(self) -> None:
        """Index what is new or has changed since the last time."""
        with self._updating:
            generation = self._tables.generation
            if generation == self._generation or self._is_closed.is_set():
                return
            try:
                with closing(self._connection()) as connection:
                    for kind in TEXTS:
                        self._update(connection, kind)
                self.problem = ""
            except (OSError, sqlite3.Error, duckdb().Error) as error:
                self.problem = f"The index of words cannot be written: {one_line(str(error))}."
                self._begin_anew()
                return
            if not self._is_closed.is_set():
                self._generation = generation

    def hits(self, kind: str, wanted: Iterable[Term]) -> str:
        """Return keys and editions, ``id:7 1/0``, of what is found, the most relevant first."""
        match, is_of_others = _match(list(wanted))
        query = (_OTHERS if is_of_others else _HITS).format(kind=kind)
        with closing(self._connection()) as connection:
            (found,) = connection.execute(query, (match,)).fetchone()
        return found or ""

    def indexed(self) -> int:
        """Return how many articles and studies can be found."""
        with closing(self._connection()) as connection:
            counts = (f"SELECT count(*) FROM {kind}" for kind in TEXTS)
            return sum(connection.execute(count).fetchone()[0] for count in counts)

    def close(self) -> None:
        """End what goes on in the background, and remove the index."""
        self._is_closed.set()
        with self._lock:
            thread, folder, self._folder = self._thread, self._folder, None
        if thread:
            thread.join()
        if folder:
            folder.cleanup()

    def _begin_anew(self) -> None:
        """Remove what could not be written whole; the next question makes it again."""
        with self._lock:
            folder, self._folder = self._folder, None
        if folder:
            folder.cleanup()

    def _connection(self) -> sqlite3.Connection:
        with self._lock:
            is_new = self._folder is None
            self._folder = self._folder or TemporaryDirectory(prefix=".finnews-")
            connection = sqlite3.connect(Path(self._folder.name) / "words.sqlite3", timeout=60)
            connection.execute("PRAGMA synchronous = OFF")  # nobody reads it after a power cut
            if is_new:
                for kind in TEXTS:
                    connection.executescript(_SCHEMA.format(kind=kind))
        return connection

    def _update(self, connection: sqlite3.Connection, kind: str) -> None:
        known = dict(connection.execute(f"SELECT key, edition FROM {kind}"))
        current = {
            row["key"]: row["edition"] for row in self._tables.rows(_EDITIONS.format(kind=kind))
        }
        gone = known.keys() - current.keys()
        with connection:
            connection.executemany(f"DELETE FROM {kind} WHERE key = ?", ((k,) for k in gone))
        changed = [key for key, edition in current.items() if known.get(key) != edition]
        for start in range(0, len(changed), _BATCH):
            if self._is_closed.is_set():
                return
            with connection:
                self._index(connection, kind, changed[start : start + _BATCH])

    def _index(self, connection: sqlite3.Connection, kind: str, keys: list[str]) -> None:
        query = _CHANGED.format(kind=kind, texts=TEXTS[kind])
        with closing(self._tables.cursor()) as cursor:
            rows = cursor.execute(query, {"keys": SEPARATOR.join(keys)}).fetchall()
        for key, edition, *texts in rows:
            identity = connection.execute(_DOCUMENT.format(kind=kind), (key, edition)).lastrowid
            columns = [normal(text or "") for text in texts]
            values = (identity, *columns, respelled(" ".join(columns)))
            connection.execute(_WORDS.format(kind=kind), values)


def _match(wanted: list[Term]) -> tuple[str, bool]:
    """Return a query of FTS5, and whether what it does not find is meant."""
    included = [_spelled(term) for term in wanted if not term.is_excluded]
    excluded = [_spelled(term) for term in wanted if term.is_excluded]
    if not included:
        return " OR ".join(excluded), True
    without = f" NOT ({' OR '.join(excluded)})" if excluded else ""
    return f"({' AND '.join(included)}){without}", False


def _spelled(term: Term) -> str:
    """Return a term of a query in all its spellings; words in a row stand in one column."""
    star = " *" if term.is_prefix else ""
    spellings = " OR ".join(f'"{" ".join(words)}"{star}' for words in term.spellings())
    return f"({spellings})" if len(term.words) == 1 else f"({{title lead body}} : ({spellings}))"
