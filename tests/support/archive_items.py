"""Items for the tests of the archive, and a process that archives them."""

import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from finnews.archive import Archive
from finnews.items import Article, Item, NamedInstrument, Quote, Rating
from finnews.pipelines import instrument_of

ItemT = TypeVar("ItemT", bound=Item)

FETCHED = "2026-11-23T10:00:00+00:00"
SITE = "https://www.finanzen.net"

COMMITTED = 20
"""Pages that are archived at once."""


def quote(number: int, price: str = "1.50", day: str = "2026-11-23") -> Quote:
    """Return a quote of its own for each number and day."""
    return Quote(
        url=f"{SITE}/aktien/muster-{number}-aktie",
        fetched_at=f"{day}T10:00:00+00:00",
        name=f"Muster {number} AG",
        kind="stock",
        page=f"muster-{number}",
        price=Decimal(price),
        currency="EUR",
        exchange="Stuttgart",
        quoted_at=f"{day}T10:00:00+01:00",
        source="stock",
    )


def article(number: int, headline: str = "Muster AG wächst") -> Article:
    """Return an article of its own for each number."""
    return Article(
        url=f"{SITE}/nachricht/aktien/muster-{number}",
        fetched_at=FETCHED,
        id=str(number),
        headline=headline,
        article_body="Die Muster AG wächst. " * 40,
        date_published="2026-11-23T09:00:00+01:00",
    )


def rating(id: str | None = None, **values: object) -> Rating:  # noqa: A002
    """Return a rating of the house Musterbank; with an `id`, as the analysis page shows it."""
    place = f"analyse/muster-buy-musterbank_{id}" if id else "nachricht/aktien/muster-1"
    described = {"page": "muster", "firm": "Musterbank", "date_published": "2026-11-20"}
    stated: dict[str, Any] = {"rating": "Buy", "verdict": "buy", **described, **values}
    return Rating(url=f"{SITE}/{place}", fetched_at=FETCHED, id=id, **stated)


def as_archived(item: ItemT, version: int = 1) -> ItemT:
    """Return an item as the archive stores the first reading of its record."""
    return replace(item, key=item.keys[0], version=version)


def small_archive(directory: Path) -> Path:
    """Archive five records, one of which has two versions; return the directory."""
    named = NamedInstrument(name="Muster 1", kind="stock", page="muster-1")
    with Archive(directory) as archive:
        archive.add(quote(1))
        archive.add(quote(2))
        archive.add(rating("7", page="muster_1", price_target=Decimal("97.00"), currency="EUR"))
        archive.add(replace(article(1), instruments=[named]))
        archive.add(replace(instrument_of(quote(1)), isin="DE0001234563"))
        archive.commit()
        archive.add(replace(quote(1), volume=7))
    return directory


def pages(start: int, end: int) -> Iterator[list[Item]]:
    """Yield what pages hold: two quotes, and the article last."""
    for number in range(start, end):
        yield [quote(number), quote(number, day="2026-11-24"), article(number)]


def write(directory: Path, start: int, end: int) -> None:
    """Archive pages as a crawl does: those whose article is known are not read again."""
    with Archive(directory) as archive:
        for items in pages(start, end):
            if not archive.knows(Article, items[-1].keys[0]):
                for item in items:
                    archive.add(item)
            if int(items[-1].keys[0].removeprefix("id:")) % COMMITTED == 0:
                archive.commit()


def damaged_pages(index: Path, table: str) -> None:
    """Make the pages of a table unreadable, which shows only where they are read."""
    with closing(sqlite3.connect(index)) as database:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (root,) = database.execute(query, (table,)).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    with index.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\x99" * size)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job's is ignored
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
