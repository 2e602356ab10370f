"""Reports of invented runs, the same each time, for the pages about crawls."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from finnews.reporting.model import Doubted, Doubts, Filled, Report
from finnews.reporting.runs import encoded

LAST: Final = datetime(2026, 11, 23, 17, tzinfo=UTC)
SPIDERS: Final = ("news", "stocks", "ratings")
ENDS: Final = (("finished", 0), ("finished", 0), ("limit", 0), ("refused", 3), ("sigterm", 143))
SOURCES: Final = 6
VARYING: Final = 8
"""Fields of each source that some items lack; as many others have all."""

ITEMS: Final = 50


def write_reports(directory: Path, number: int) -> None:
    """Write the reports of runs that were an hour apart."""
    folder = directory / "runs"
    folder.mkdir()
    for count, report in enumerate(_reports(random.Random(1), number)):
        name = f"{report.start:%Y%m%dT%H%M%SZ}-{report.spider}-{1000 + count}.json"
        (folder / name).write_bytes(encoded(report))


def _reports(chance: random.Random, number: int) -> Iterator[Report]:
    for count in range(number):
        started = LAST - timedelta(hours=number - count)
        reason, status = ENDS[count % len(ENDS)]
        yield Report(
            SPIDERS[count % len(SPIDERS)],
            started.isoformat(),
            reason,
            status,
            seconds=chance.randrange(600, 6000) / 10,
            items={"articles": {"written": chance.randrange(30)}},
            rejected={"truncated": chance.randrange(3)},
            pages={"article": ITEMS},
            filled={f"page{source}/articles": _filled(chance) for source in range(SOURCES)},
            doubts={"stock": _doubts(chance)},
            requests_per_new=chance.randrange(100, 300) / 100,
        )


def _filled(chance: random.Random) -> Filled:
    varying = {f"varying{field}": chance.randrange(20, ITEMS) for field in range(VARYING)}
    return Filled(ITEMS, varying | {f"whole{field}": ITEMS for field in range(VARYING)})


def _doubts(chance: random.Random) -> Doubts:
    doubted = Doubted(chance.randrange(1, 9), 1, "https://www.finanzen.net/aktien/x", "61,40 Mio.")
    return Doubts(ITEMS, {f"field{chance.randrange(20)}": {"unreadable": doubted}})
