"""Many readings of a few records, in any order, in two processes' archives, with losses between."""

import shutil
import tempfile
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from finnews.archive import Archive
from finnews.archive.check import Check
from finnews.items import Article, Item, Quote, Rating
from finnews.pages import is_authoritative
from tests.support.archive_items import SITE

Facts = dict[str, Any]

RATINGS: list[Facts] = [
    {"id": "1", "firm": "Musterbank", "rating": "Buy", "verdict": "buy"},
    {"id": "2", "firm": "Musterbank", "rating": "Halten", "verdict": "hold"},
    {"id": "3", "firm": "Haus & Partner", "rating": "Outperform", "verdict": "buy"},
    {"id": "4", "firm": "Haus & Partner", "rating": "Unterdurchschnittlich", "verdict": None},
]
"""Four ratings of one share and day; of the last one's word the vocabulary knows no verdict."""

MORE: Facts = {"isin": "DE0001234563", "price_target": Decimal("97.00"), "currency": "EUR"}
EARLY = st.integers(0, 39_999)
LATE = st.integers(40_000, 79_999)
PARTS = st.sets(st.sampled_from(sorted(MORE))).map(
    lambda parts: parts if "price_target" in parts else parts - {"currency"}
)
"""What a page says besides; no page has a unit without an amount."""


class ReadingsMachine(RuleBasedStateMachine):
    """Two archives of one directory are given readings; what is true of each record is counted on.

    Tables agree with one another. A page of its own says all that can change: the last of them
    that was fetched is right, and any of them is more right than a table. Tables are fetched
    before, but what was fetched is added in any order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())
        self.archives = [Archive(self.directory), Archive(self.directory)]
        self.committed: list[Item] = []
        self.waiting: list[list[Item]] = [[], []]
        self.seconds: set[int] = set()

    def teardown(self) -> None:
        for archive in self.archives:
            archive.close()
        readings = [*self.committed, *self.waiting[0], *self.waiting[1]]
        with Archive(self.directory) as archive:
            for kind in (Rating, Article, Quote):
                ours = [item for item in readings if isinstance(item, kind)]
                self._is_true(archive, kind, ours)
        assert list(Check(self.directory).problems()) == []
        shutil.rmtree(self.directory)

    def _is_true(self, archive: Archive, kind: type[Item], readings: list[Any]) -> None:
        records = {_key(item) for item in readings}
        assert len(list(archive.all_of(kind))) == len(records)
        for key in records:
            about = [item for item in readings if _key(item) == key]
            for name in {name for item in about for name in item.keys}:
                record = archive.find(kind, name)
                assert record
                assert _facts(record) == _truth(about), name

    @rule(
        by=st.sampled_from([0, 1]),
        facts=st.sampled_from(RATINGS),
        parts=PARTS,
        page=st.sampled_from(["saint-gobain", "saint_gobain"]),
        is_linked=st.booleans(),
        at=EARLY,
    )
    def reads_a_table(
        self, by: int, facts: Facts, parts: set[str], page: str, is_linked: bool, at: int
    ) -> None:
        """A table names the study only where it links it."""
        facts_read = facts | {name: MORE[name] for name in parts} | {"text": "as in the table"}
        facts_read["id"] = facts_read["id"] if is_linked else None
        url = f"{SITE}/aktien/saint-gobain-aktie"
        self._add(
            by,
            Rating(url=url, page=page, name="Saint-Gobain", date_published=DAY, **facts_read),
            at,
        )

    @rule(by=st.sampled_from([0, 1]), facts=st.sampled_from(RATINGS), parts=PARTS, at=LATE)
    def reads_a_study(self, by: int, facts: Facts, parts: set[str], at: int) -> None:
        """Its own page says the time of day, and a text that can change."""
        facts_read = facts | {name: MORE[name] for name in parts} | {"text": f"as at {at}"}
        url = f"{SITE}/analyse/saint_gobain_{facts_read['id']}"
        names: Facts = {"page": "saint-gobain", "name": "Saint-Gobain S.A."}
        self._add(
            by, Rating(url=url, date_published=f"{DAY}T14:28:00-04:00", **names, **facts_read), at
        )

    @rule(by=st.sampled_from([0, 1]), number=st.integers(1, 2), kicker=st.booleans(), at=LATE)
    def reads_an_article(self, by: int, number: int, kicker: bool, at: int) -> None:
        """Its headline can change; its kicker can be missing."""
        facts_read: Facts = {"kicker": "Zahlen" if kicker else None, "headline": f"as at {at}"}
        url = f"{SITE}/nachricht/aktien/muster-{number}"
        self._add(by, Article(url=url, id=str(number), date_published=DAY, **facts_read), at)

    @rule(by=st.sampled_from([0, 1]), number=st.integers(1, 2), has_isin=st.booleans(), at=LATE)
    def reads_a_price(self, by: int, number: int, has_isin: bool, at: int) -> None:
        """On the share's page the volume goes on while the price's time stays."""
        self._add(by, _quote(number, has_isin, source="stock", volume=at), at)

    @rule(by=st.sampled_from([0, 1]), number=st.integers(1, 2), has_isin=st.booleans(), at=EARLY)
    def reads_the_venues(self, by: int, number: int, has_isin: bool, at: int) -> None:
        """They have a segment; their volume is older."""
        self._add(by, _quote(number, has_isin, source="venues", volume=1, segment="german"), at)

    def _add(self, by: int, item: Item, at: int) -> None:
        if at in self.seconds:
            return
        self.seconds.add(at)
        stamp = f"{DAY}T{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}+00:00"
        item = replace(item, fetched_at=stamp)
        self.archives[by].add(item)
        self.waiting[by].append(item)

    @rule(by=st.sampled_from([0, 1]))
    def commits(self, by: int) -> None:
        """What waited is on the disk."""
        self.archives[by].commit()
        self.committed += self.waiting[by]
        self.waiting[by].clear()

    @rule(by=st.sampled_from([0, 1]))
    def is_killed(self, by: int) -> None:
        """What waited is lost: it was never reported as stored, and would be read again."""
        self.waiting[by].clear()
        self.archives[by]._readings.clear()
        self.archives[by].close()
        self.archives[by] = Archive(self.directory)

    @precondition(lambda self: self.committed)
    @rule()
    def loses_its_index(self) -> None:
        """Both processes end, and the index is gone."""
        for by, archive in enumerate(self.archives):
            archive.close()
            self.committed += self.waiting[by]
            self.waiting[by].clear()
        (self.directory / "index.sqlite3").unlink()
        self.archives = [Archive(self.directory), Archive(self.directory)]

    @invariant()
    def knows_what_waits(self) -> None:
        """What one process has read, it finds."""
        for archive, waiting in zip(self.archives, self.waiting, strict=True):
            for item in waiting[-2:]:
                assert archive.knows(type(item), item.keys[0])


DAY = "2026-11-20"


def _quote(number: int, has_isin: bool, **facts: Any) -> Quote:
    at = f"{DAY}T10:0{number}:00+01:00"
    facts |= {"isin": MORE["isin"] if has_isin else None, "price": Decimal("1.50")}
    url = f"{SITE}/aktien/muster-aktie"
    return Quote(url=url, kind="stock", page="muster", exchange="Xetra", quoted_at=at, **facts)


def _key(item: Any) -> Any:
    if isinstance(item, Quote):
        return item.quoted_at
    return item.id if isinstance(item, Article) else (item.firm, item.rating)


def _facts(item: Item) -> Facts:
    no_facts = type(item).provenance | {"page"}
    return {
        field.name: getattr(item, field.name)
        for field in fields(item)
        if field.name not in no_facts
    }


def _truth(readings: list[Item]) -> Facts:
    """Return what is true of a record: fields of the surest reading first, whatever the order."""
    by_trust = sorted(readings, key=lambda item: (is_authoritative(item), str(item.fetched_at)))
    truth = dict.fromkeys(_facts(readings[0]))
    for item in by_trust:
        truth |= {name: value for name, value in _facts(item).items() if value is not None}
    return truth


TestReadings = ReadingsMachine.TestCase
TestReadings.settings = settings(
    deadline=None, max_examples=25, stateful_step_count=25, phases=[Phase.generate]
)
