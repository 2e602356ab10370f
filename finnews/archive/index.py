"""The index of the archive: where the last version of each record is. A cache of the lines."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

from finnews.archive.lines import FileState

SCHEMA_VERSION = 4

_SCHEMA = """
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    tail BLOB NOT NULL
);
CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    version INTEGER NOT NULL,
    file INTEGER NOT NULL REFERENCES files,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    instrument TEXT
);
CREATE TABLE keys (
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    record INTEGER NOT NULL REFERENCES records,
    PRIMARY KEY (collection, key)
) WITHOUT ROWID;
CREATE INDEX records_of_instrument ON records (instrument, collection) WHERE instrument IS NOT NULL;
"""
_TABLES = ("keys", "records", "files")
_BULK_CACHE = 128  # MB: holds a million keys and records, so that a rebuild stays fast
_ONE_RECORD = """
SELECT records.id, records.version, files.path, records.start, records.length
FROM keys JOIN records ON records.id = keys.record JOIN files ON files.id = records.file
WHERE keys.collection = ? AND keys.key = ?
"""
_MANY_RECORDS = """
SELECT keys.key, records.id, records.version, files.path, records.start, records.length
FROM json_each(?) AS wanted
CROSS JOIN keys ON keys.collection = ? AND keys.key = wanted.value
CROSS JOIN records ON records.id = keys.record CROSS JOIN files ON files.id = records.file
"""
_OF_INSTRUMENT = """
SELECT records.id, records.version, files.path, records.start, records.length
FROM records JOIN files ON files.id = records.file
WHERE records.instrument = ? AND records.collection = ? ORDER BY files.path DESC, records.start DESC
"""
_ALL_RECORDS = """
SELECT records.id, records.version, files.path, records.start, records.length
FROM records JOIN files ON files.id = records.file
WHERE records.collection = ? ORDER BY files.path, records.start
"""
_PUT_FILE = """
INSERT INTO files (path, size, modified, tail) VALUES (?, ?, ?, ?)
ON CONFLICT (path) DO UPDATE
SET size = excluded.size, modified = excluded.modified, tail = excluded.tail
RETURNING id
"""
_PUT_RECORD = """
INSERT INTO records (id, collection, version, file, start, length, instrument)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE
SET version = excluded.version, file = excluded.file, start = excluded.start,
    length = excluded.length, instrument = excluded.instrument
WHERE excluded.version >= records.version
"""


class Row(NamedTuple):
    """A version of a record and its location; `file` is the number from `Index.put_file`."""

    record: int
    collection: str
    version: int
    file: int
    start: int
    length: int
    instrument: str | None


class Location(NamedTuple):
    """Where the last version of a record is."""

    record: int
    version: int
    path: str
    start: int
    length: int


class Index:
    """A SQLite database. Lines are synced before their rows are committed: it is never ahead.

    Its own commits are not synced: a power cut may undo the last of them, and their lines are
    indexed again. Raises `sqlite3.DatabaseError` if the file is no database or of another schema.
    """

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path, timeout=60, isolation_level=None)
        try:
            self._open()
        except sqlite3.Error:
            self.database.close()
            raise

    def _open(self) -> None:
        execute = self.database.execute
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = NORMAL")
        version = execute("PRAGMA user_version").fetchone()[0]
        if not execute("SELECT 1 FROM sqlite_master").fetchone():
            set_version = f"PRAGMA user_version = {SCHEMA_VERSION}"
            self.database.executescript(f"BEGIN; {_SCHEMA} {set_version}; COMMIT")
        elif version != SCHEMA_VERSION:
            raise sqlite3.DatabaseError(f"schema version {version}, expected {SCHEMA_VERSION}")

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Self:
        """Begin a transaction."""
        self.database.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        try:
            if error is None:
                self.database.execute("COMMIT")
        finally:
            self.roll_back()

    def roll_back(self) -> None:
        """End a transaction that is still open, and undo it."""
        if self.database.in_transaction:
            self.database.execute("ROLLBACK")

    def revision(self) -> int:
        """Return a number that changes when another process changes the index."""
        return int(self.database.execute("PRAGMA data_version").fetchone()[0])

    def location(self, collection: str, key: str) -> Location | None:
        """Return where the record with that key is."""
        row = self.database.execute(_ONE_RECORD, (collection, key)).fetchone()
        return Location(*row) if row else None

    def locations(self, collection: str, keys: Iterable[str]) -> dict[str, Location]:
        """Return where the records with those keys are, by key."""
        wanted = json.dumps(list(keys))
        rows = self.database.execute(_MANY_RECORDS, (wanted, collection))
        return {key: Location(*columns) for key, *columns in rows}

    def locations_about(self, collection: str, instrument: str) -> Iterator[Location]:
        """Yield where the records about an instrument are, newest first."""
        rows = self.database.execute(_OF_INSTRUMENT, (instrument, collection)).fetchall()
        yield from (Location(*row) for row in rows)

    def all_locations(self, collection: str) -> Iterator[Location]:
        """Yield where the records of a collection are, in the order of the lines."""
        rows = self.database.execute(_ALL_RECORDS, (collection,))
        yield from (Location(*row) for row in rows)

    def files(self) -> dict[str, FileState]:
        """Return the state of each file when it was indexed last."""
        rows = self.database.execute("SELECT path, size, modified, tail FROM files")
        return {path: FileState(*columns) for path, *columns in rows}

    def put_file(self, path: str, state: FileState) -> int:
        """Store the state of a file, and return the file's number."""
        return int(self.database.execute(_PUT_FILE, (path, *state)).fetchone()[0])

    def next_record(self) -> int:
        """Return the number for the next new record."""
        query = "SELECT coalesce(max(id), 0) + 1 FROM records"
        return int(self.database.execute(query).fetchone()[0])

    def put(self, rows: Iterable[Row], keys: Iterable[tuple[str, str, int]]) -> None:
        """Store versions of records, and keys as (collection, key, record).

        An older version does not replace a newer one; of two equal ones the last counts. A key
        stays with its first record.
        """
        self.database.executemany(_PUT_RECORD, rows)
        self.database.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", sorted(keys))

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Use a larger cache while very many lines are indexed."""
        (cache_size,) = self.database.execute("PRAGMA cache_size").fetchone()
        self.database.execute(f"PRAGMA cache_size = -{_BULK_CACHE * 1024}")
        try:
            yield
        finally:
            self.database.execute(f"PRAGMA cache_size = {cache_size}")

    def clear(self) -> None:
        """Delete all rows."""
        for table in _TABLES:
            self.database.execute(f"DELETE FROM {table}")  # noqa: S608
