"""The index of the archive: which thing's last version stands where. A cache of the lines."""

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Self, cast

from finnews.items import Item
from finnews.lines import FileState

logger = logging.getLogger(__name__)

SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    tail BLOB NOT NULL
);
CREATE TABLE things (
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
    identity TEXT NOT NULL,
    thing INTEGER NOT NULL REFERENCES things,
    PRIMARY KEY (collection, identity)
) WITHOUT ROWID;
CREATE INDEX things_of_instrument ON things (instrument, collection) WHERE instrument IS NOT NULL;
"""
_ONE_THING = """
SELECT things.id, things.version, files.path, things.start, things.length
FROM keys JOIN things ON things.id = keys.thing JOIN files ON files.id = things.file
WHERE keys.collection = ? AND keys.identity = ?
"""
_OF_INSTRUMENT = """
SELECT things.id, things.version, files.path, things.start, things.length
FROM things JOIN files ON files.id = things.file
WHERE things.instrument = ? AND things.collection = ? ORDER BY files.path DESC, things.start DESC
"""


class Place(NamedTuple):
    """Where the last version of a thing stands."""

    thing: int
    version: int
    path: str
    start: int
    length: int


class Index:
    """One SQLite file. Lines are synced before their rows are committed, so that it is never ahead.

    Raises `sqlite3.DatabaseError` where the file is no index, or one of another schema.
    """

    def __init__(self, path: Path) -> None:
        self.is_new = not path.exists()
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
        if self.is_new or not execute("SELECT 1 FROM sqlite_master").fetchone():
            self.is_new = True
            self.database.executescript(f"{_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION};")
        elif found != SCHEMA_VERSION:
            raise sqlite3.DatabaseError(f"schema {found}, {SCHEMA_VERSION} is needed")

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Self:
        """Begin a change, which is committed whole or not at all."""
        self.database.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        self.database.execute("ROLLBACK" if error else "COMMIT")

    def revision(self) -> int:
        """Return a number that changes when another process has changed the index."""
        return int(self.database.execute("PRAGMA data_version").fetchone()[0])

    def place(self, collection: str, identity: str) -> Place | None:
        """Return where the thing of that name stands."""
        row = self.database.execute(_ONE_THING, (collection, identity)).fetchone()
        return Place(*row) if row else None

    def places_of(self, collection: str, instrument: str) -> Iterator[Place]:
        """Yield where everything about an instrument stands, newest first."""
        rows = self.database.execute(_OF_INSTRUMENT, (instrument, collection)).fetchall()
        yield from (Place(*row) for row in rows)

    def files(self) -> dict[str, FileState]:
        """Return the files as they were when they were read last."""
        rows = self.database.execute("SELECT path, size, modified, tail FROM files")
        return {path: FileState(*rest) for path, *rest in rows}

    def put_file(self, path: str, state: FileState) -> int:
        """Record how a file is now, and return its number."""
        query = (
            "INSERT INTO files (path, size, modified, tail) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (path) DO UPDATE SET"
            " size = excluded.size, modified = excluded.modified, tail = excluded.tail"
            " RETURNING id"
        )
        return int(self.database.execute(query, (path, *state)).fetchone()[0])

    def put(self, item: Item, file: int, start: int, length: int, thing: int | None) -> int:
        """Record where a version of a thing stands, and return the thing's number."""
        execute = self.database.execute
        where = (item.version, file, start, length, item.instrument())
        if thing is None:
            query = (
                "INSERT INTO things (version, file, start, length, instrument, collection)"
                " VALUES (?, ?, ?, ?, ?, ?)"
            )
            thing = cast("int", execute(query, (*where, item.collection)).lastrowid)
        else:
            query = (
                "UPDATE things SET version = ?, file = ?, start = ?, length = ?, instrument = ?"
                " WHERE id = ?"
            )
            execute(query, (*where, thing))
        self.name(item.collection, item.identities(), thing)
        return thing

    def name(self, collection: str, identities: Iterable[str], thing: int) -> None:
        """Give a thing more names; a name that another thing has stays with it."""
        rows = ((collection, identity, thing) for identity in identities)
        self.database.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", rows)

    def clear(self) -> None:
        """Forget everything."""
        for statement in ("DELETE FROM keys", "DELETE FROM things", "DELETE FROM files"):
            self.database.execute(statement)
