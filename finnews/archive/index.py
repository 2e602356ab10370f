"""The index of the archive: which record's last version stands where. A cache of the lines."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

from finnews.archive.lines import FileState

SCHEMA_VERSION = 3

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
_BULK = 128  # MB: what a million names and places need in memory to be put in quickly
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
WHERE excluded.version > records.version
"""


class Row(NamedTuple):
    """A version of a record, and where it stands; `file` is the number of `Index.put_file`."""

    record: int
    collection: str
    version: int
    file: int
    start: int
    length: int
    instrument: str | None


class Place(NamedTuple):
    """Where the last version of a record stands."""

    record: int
    version: int
    path: str
    start: int
    length: int


class Index:
    """One SQLite file. Lines are synced before their rows are committed, so that it is never ahead.

    Its own commits are not synced: after a power cut it may have forgotten the last of them, and
    is caught up. Raises `sqlite3.DatabaseError` where the file is no index, or of another schema.
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
        found = execute("PRAGMA user_version").fetchone()[0]
        if not execute("SELECT 1 FROM sqlite_master").fetchone():
            version = f"PRAGMA user_version = {SCHEMA_VERSION}"
            self.database.executescript(f"BEGIN; {_SCHEMA} {version}; COMMIT")
        elif found != SCHEMA_VERSION:
            raise sqlite3.DatabaseError(f"schema {found}, {SCHEMA_VERSION} is needed")

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Self:
        """Begin a change, which is committed whole or not at all."""
        self.database.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        try:
            if error is None:
                self.database.execute("COMMIT")
        finally:
            if self.database.in_transaction:
                self.database.execute("ROLLBACK")

    def revision(self) -> int:
        """Return a number that changes when another process has changed the index."""
        return int(self.database.execute("PRAGMA data_version").fetchone()[0])

    def place(self, collection: str, key: str) -> Place | None:
        """Return where the record of that name stands."""
        row = self.database.execute(_ONE_RECORD, (collection, key)).fetchone()
        return Place(*row) if row else None

    def places(self, collection: str, keys: Iterable[str]) -> dict[str, Place]:
        """Return where the records of many names stand, by name."""
        wanted = json.dumps(list(keys))
        rows = self.database.execute(_MANY_RECORDS, (wanted, collection))
        return {key: Place(*where) for key, *where in rows}

    def places_of(self, collection: str, instrument: str) -> Iterator[Place]:
        """Yield where everything about an instrument stands, newest first."""
        rows = self.database.execute(_OF_INSTRUMENT, (instrument, collection)).fetchall()
        yield from (Place(*row) for row in rows)

    def all_places(self, collection: str) -> Iterator[Place]:
        """Yield where everything of a collection stands, in the order of the lines."""
        rows = self.database.execute(_ALL_RECORDS, (collection,))
        yield from (Place(*row) for row in rows)

    def files(self) -> dict[str, FileState]:
        """Return the files as they were when they were read last."""
        rows = self.database.execute("SELECT path, size, modified, tail FROM files")
        return {path: FileState(*rest) for path, *rest in rows}

    def put_file(self, path: str, state: FileState) -> int:
        """Record how a file is now, and return its number."""
        return int(self.database.execute(_PUT_FILE, (path, *state)).fetchone()[0])

    def next_record(self) -> int:
        """Return the number of the next new record."""
        query = "SELECT coalesce(max(id), 0) + 1 FROM records"
        return int(self.database.execute(query).fetchone()[0])

    def put(self, rows: Iterable[Row], names: Iterable[tuple[str, str, int]]) -> None:
        """Record versions of records, and names: collection, key, record.

        An older version does not replace a newer one; a name that a record has stays with it.
        """
        self.database.executemany(_PUT_RECORD, rows)
        self.database.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", sorted(names))

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Use more memory for a while, in which very many lines are put."""
        (usual,) = self.database.execute("PRAGMA cache_size").fetchone()
        self.database.execute(f"PRAGMA cache_size = -{_BULK * 1024}")
        try:
            yield
        finally:
            self.database.execute(f"PRAGMA cache_size = {usual}")

    def clear(self) -> None:
        """Forget everything."""
        for table in _TABLES:
            self.database.execute(f"DELETE FROM {table}")  # noqa: S608
