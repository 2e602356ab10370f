"""Checks an archive and changes nothing: every line by itself, versions, names, the index."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import jsonschema_rs
import msgspec

from finnews.archive.lines import ForeignLine, file_of, line_at, read_line
from finnews.archive.merging import says_the_same
from finnews.archive.origin import host_of
from finnews.archive.repair import INDEX
from finnews.archive.snapshot import Snapshot
from finnews.items import ITEM_CLASSES, Item, may_be_same
from finnews.schema import json_schema


class _Line(NamedTuple):
    path: str
    number: int
    start: int
    length: int
    version: int
    instrument: str | None


@dataclass(slots=True)
class _Record:
    last: _Line


class Check:
    """Finds what is wrong with an archive; crawls may go on writing meanwhile.

    The names of all records of one kind are held in memory: some 500 bytes for each.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.lines = 0
        self.records = 0
        self.site: str | None = None
        self._validators = {
            kind: jsonschema_rs.validator_for(json_schema(kind)) for kind in ITEM_CLASSES
        }

    def problems(self) -> Iterator[str]:
        """Yield a line for each problem: file, number of the line, what is wrong."""
        with Snapshot(self.directory) as snapshot:
            yield from snapshot.problems
            yield from self._of_folders()
            for kind in ITEM_CLASSES:
                names: dict[str, _Record] = {}
                for path, number, start, raw in snapshot.lines(kind):
                    self.lines += 1
                    for problem in self._of_line(kind, (path, number, start), raw, names):
                        yield f"{self.directory / path}:{number}: {problem}"
                if not snapshot.problems:
                    yield from self._of_index(snapshot, kind, names)

    def _of_folders(self) -> Iterator[str]:
        """Yield the folders of files by day that belong to no kind of item."""
        known = {kind.collection for kind in ITEM_CLASSES if not kind.is_in_one_file}
        days = self.directory.glob("*/????-??-??.jsonl")
        for folder in sorted({path.parent for path in days}):
            if folder.name not in known:
                yield f"{folder}: no kind of item is archived here"

    def _of_line(
        self, kind: type[Item], where: tuple[str, int, int], raw: bytes, names: dict[str, _Record]
    ) -> Iterator[str]:
        problems = list(self._of_text(kind, raw))
        yield from problems
        try:
            item = read_line(raw, kind)
        except ForeignLine as error:
            if not problems:
                yield f"no {kind.__name__}: {error}"
            return
        self.site = self.site or host_of(item)
        if host_of(item) != self.site:
            yield f"it is of {host_of(item)}, the archive of {self.site}"
        if file_of(item) != where[0]:
            yield f"it belongs into {file_of(item)}"
        line = _Line(*where, len(raw), item.version or 0, item.instrument())
        yield from self._of_version(item, line, names)

    def _of_text(self, kind: type[Item], raw: bytes) -> Iterator[str]:
        """Yield what is wrong with a line by itself."""
        if not raw.endswith(b"\n"):
            yield "the end of the line is missing"
        try:
            said = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as no_json:
            yield f"no JSON: {no_json}"
            return
        for error in self._validators[kind].iter_errors(said):
            yield f"{'.'.join(map(str, error.instance_path)) or 'the line'}: {error.message}"

    def _of_version(self, item: Item, line: _Line, names: dict[str, _Record]) -> Iterator[str]:
        """Yield what is wrong with a line as the next version of its record."""
        record = self._record(item, names)
        if record is None:
            self.records += 1
        before = record.last.version if record else 0
        if line.version != before + 1:
            yield f"version {line.version} of {item.keys[0]} follows version {before}"
        elif record and says_the_same(item, self._item(record, type(item))):
            yield f"version {line.version} of {item.keys[0]} says nothing new"
        record = record or _Record(line)
        record.last = line
        for name in item.keys:
            names.setdefault(name, record)

    def _record(self, item: Item, names: dict[str, _Record]) -> _Record | None:
        """Return the record that a line is a version of, as the archive decides it."""
        sure, *weaker = item.keys
        if sure in names:
            return names[sure]
        found = (names[name] for name in weaker if name in names)
        same = (one for one in found if may_be_same(self._item(one, type(item)), item))
        return next(same, None)

    def _item(self, record: _Record, kind: type[Item]) -> Item:
        return line_at(
            self.directory / record.last.path, record.last.start, record.last.length, kind
        )

    def _of_index(
        self, snapshot: Snapshot, kind: type[Item], names: dict[str, _Record]
    ) -> Iterator[str]:
        index = self.directory / INDEX
        known: set[str] = set()
        try:
            for name, *said in snapshot.names(kind):
                known.add(name)
                if name not in names or said != _as_indexed(names[name].last):
                    yield f"{index}: the lines say otherwise of {kind.collection} {name}"
        except sqlite3.DatabaseError as error:
            yield f"{index}: {error}"
            return
        for name in sorted(names.keys() - known):
            at = f"{self.directory / names[name].last.path}:{names[name].last.number}"
            yield f"{at}: the index does not know {name}"


def _as_indexed(line: _Line) -> list[object]:
    return [line.version, line.path, line.start, line.instrument]
