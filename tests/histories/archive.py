"""The files of the model: records, what is not committed yet, and the queue of a job."""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from scrapy import Request

from finnews.archive.merging import merged
from finnews.items import Article, Item, Rating


class Stored:
    """What is on the disk: the last version of each record, and a job's queue of requests."""

    def __init__(self, main_kind: type[Article | Rating] = Article) -> None:
        self.main_kind = main_kind
        self.records: dict[tuple[str, str], Item] = {}
        self.queue: list[Request] = []
        self.locks: dict[str, object] = {}
        """Name of a lock → the crawl that holds it."""

    def add(self, item: Item, now: datetime) -> None:
        """Store a record's next version."""
        key = (item.collection, item.keys[0])
        stored = self.records.get(key)
        version = merged(stored, item, now) if stored else item
        self.records[key] = replace(version, version=(stored.version or 0) + 1 if stored else 1)

    def version(self, id_: str) -> int | None:
        """Return in which version an article or a study is archived; ``None`` if it is not."""
        record = self.records.get((self.main_kind.collection, f"id:{id_}"))
        if record is None:
            return None
        text = record.headline if isinstance(record, Article) else getattr(record, "text")
        return int(str(text).removeprefix("version "))


class ModelLocks:
    """The locks of a crawl among those of other crawls at work on the archive."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored

    def acquire(self, name: str, _owner: object = None) -> bool:
        """Return whether this crawl holds the lock now."""
        return self.stored.locks.setdefault(name, self) is self

    def release(self, name: str, _owner: object = None) -> None:
        """Let other crawls have the lock."""
        if self.stored.locks.get(name) is self:
            del self.stored.locks[name]

    def release_all(self, _owner: object = None) -> None:
        """Release all, as the system does, too, when a process ends."""
        for name in [name for name, holder in self.stored.locks.items() if holder is self]:
            del self.stored.locks[name]


class ModelArchive:
    """An archive whose readings are lost in a kill unless they were committed."""

    directory = Path("output")
    has_failed = False

    def __init__(self, stored: Stored, clock: Callable[[], datetime]) -> None:
        self.stored = stored
        self.clock = clock
        self.readings: list[Item] = []
        self.on_committed: Callable[[], None] = lambda: None

    def find(self, item_class: type[Item], key: str) -> Item | None:
        """Return the last version of a record, committed or not."""
        record = self.stored.records.get((item_class.collection, key))
        for reading in self.readings:
            if reading.collection == item_class.collection and reading.keys[0] == key:
                record = merged(record, reading, self.clock()) if record else reading
        return record

    def all_of(self, item_class: type[Item]) -> Iterator[Item]:
        """Yield the last committed version of each record of a class."""
        records = list(self.stored.records.items())
        yield from (item for (kind, _), item in records if kind == item_class.collection)

    def add(self, item: Item) -> None:
        """Take a reading that waits for the commit."""
        self.readings.append(copy(item))

    def commit(self) -> None:
        """Store the readings."""
        for reading in self.readings:
            self.stored.add(reading, self.clock())
        self.readings.clear()
        self.on_committed()

    def close(self) -> None:
        """Store the readings."""
        self.commit()
