"""Checks an archive and changes nothing: lines, versions, keys and the index."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import jsonschema_rs
import msgspec

from finnews.archive.layout import check_layout
from finnews.archive.lines import InvalidLine, file_of, line_at, read_line
from finnews.archive.merging import says_the_same
from finnews.archive.repair import INDEX
from finnews.archive.snapshot import Snapshot
from finnews.items import ITEM_CLASSES, Checkpoint, Item, may_be_same
from finnews.schema import json_schema
from finnews.site import host_of, is_same_host

_REBUILD = "run scrapy archive rebuild"


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
    """Finds the problems of an archive, even while crawls write to it.

    The keys of all records of one class are held in memory, about 500 bytes for each.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.lines = 0
        self.records = 0
        self.site: str | None = None
        self._validators = {
            item_class: jsonschema_rs.validator_for(json_schema(item_class))
            for item_class in ITEM_CLASSES
        }

    def problems(self) -> Iterator[str]:
        """Yield a line for each problem: file, number of the line, what is wrong."""
        check_layout(self.directory)
        with Snapshot(self.directory) as snapshot:
            yield from snapshot.problems
            yield from self._folder_problems()
            for item_class in ITEM_CLASSES:
                records: dict[str, _Record] = {}
                for path, number, start, raw in snapshot.lines(item_class):
                    self.lines += 1
                    position = (path, number, start)
                    for problem in self._line_problems(item_class, position, raw, records):
                        yield f"{self.directory / path}:{number}: {problem}"
                if not snapshot.problems:
                    yield from self._index_problems(snapshot, item_class, records)

    def _folder_problems(self) -> Iterator[str]:
        """Yield the folders of files by day that no item class has."""
        collections = {
            item_class.collection for item_class in ITEM_CLASSES if not item_class.is_in_one_file
        }
        days = self.directory.glob("*/????-??-??.jsonl")
        for folder in sorted({path.parent for path in days}):
            if folder.name not in collections:
                yield f"{folder}: unknown kind of item, not read by this version of finnews"

    def _line_problems(
        self,
        item_class: type[Item],
        position: tuple[str, int, int],
        raw: bytes,
        records: dict[str, _Record],
    ) -> Iterator[str]:
        problems = list(self._text_problems(item_class, raw))
        yield from problems
        try:
            item = read_line(raw, item_class)
        except InvalidLine as error:
            if not problems:
                yield f"not a valid {item_class.__name__}: {error}"
            return
        yield from self._site_problems(item)
        if file_of(item) != position[0]:
            yield f"belongs in {file_of(item)}"
        line = _Line(*position, len(raw), item.version or 0, item.instrument())
        yield from self._version_problems(item, line, records)

    def _site_problems(self, item: Item) -> Iterator[str]:
        """Yield what is wrong with the address of an item in an archive of one site."""
        if isinstance(item, Checkpoint) and item.file:
            return
        host = host_of(item.url or "")
        self.site = self.site or host
        if item.url and not host:
            yield "url: not a web address"
        elif host and not is_same_host(host, self.site):
            yield f"from {host}, in an archive of {self.site}"

    def _text_problems(self, item_class: type[Item], raw: bytes) -> Iterator[str]:
        """Yield what is wrong with a line, whatever the other lines are."""
        if not raw.endswith(b"\n"):
            yield "no newline at the end"
        try:
            fields = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield f"not valid JSON: {error}"
            return
        for violation in self._validators[item_class].iter_errors(fields):
            yield f"{'.'.join(map(str, violation.instance_path)) or 'line'}: {violation.message}"

    def _version_problems(
        self, item: Item, line: _Line, records: dict[str, _Record]
    ) -> Iterator[str]:
        """Yield what is wrong with a line as the next version of its record."""
        record = self._record(item, records)
        if record is None:
            self.records += 1
        previous = record.last.version if record else 0
        if line.version == previous + 1 and record:
            yield from _change_problems(item, self._item(record, type(item)))
        elif line.version != previous + 1 and not self._is_of_joined_record(item, line, record):
            yield f"version {line.version} of {item.keys[0]}, expected version {previous + 1}"
        record = record or _Record(line)
        if line.version >= previous:
            record.last = line
        for key in item.known_keys:
            records.setdefault(key, record)

    def _is_of_joined_record(self, item: Item, line: _Line, record: _Record | None) -> bool:
        """Return whether a line is a version of what was a record of its own once.

        Keys change with finnews: quotes of "Euronext Paris" and "Paris" are of one exchange now.
        Lines of the first version of finnews have no key, so any of their versions can repeat.
        """
        if record is None or not 0 < line.version <= record.last.version:
            return False
        if item.key and record.last.version > 1:
            return False
        return not says_the_same(item, self._item(record, type(item)))

    def _record(self, item: Item, records: dict[str, _Record]) -> _Record | None:
        """Return the record that a line is a version of, as `Archive` finds it."""
        strongest, *weaker = item.known_keys
        if strongest in records:
            return records[strongest]
        candidates = (records[key] for key in weaker if key in records)
        matches = (
            record for record in candidates if may_be_same(self._item(record, type(item)), item)
        )
        return next(matches, None)

    def _item(self, record: _Record, item_class: type[Item]) -> Item:
        line = record.last
        return line_at(self.directory / line.path, line.start, line.length, item_class)

    def _index_problems(
        self, snapshot: Snapshot, item_class: type[Item], records: dict[str, _Record]
    ) -> Iterator[str]:
        index = self.directory / INDEX
        indexed: set[str] = set()
        try:
            for key, *columns in snapshot.keys(item_class):
                indexed.add(key)
                if key not in records or columns != _as_indexed(records[key].last):
                    yield f"{index}: wrong for {key} in {item_class.collection}; {_REBUILD}"
        except sqlite3.DatabaseError as error:
            yield f"{index}: {error}; {_REBUILD}"
            return
        for key in sorted(records.keys() - indexed):
            line = records[key].last
            yield f"{self.directory / line.path}:{line.number}: {key} is not indexed; {_REBUILD}"


def _change_problems(item: Item, earlier: Item) -> Iterator[str]:
    """Yield what is wrong with a line as a change of the version before it."""
    if says_the_same(item, earlier):
        yield f"version {item.version} of {item.keys[0]} repeats version {earlier.version}"
    key = earlier.key or earlier.keys[0]  # lines of earlier versions of finnews have none
    if item.key != key and (item.key or earlier.key):
        yield f"key {item.key}, expected {key} as in version {earlier.version}"


def _as_indexed(line: _Line) -> list[object]:
    return [line.version, line.path, line.start, line.instrument]
