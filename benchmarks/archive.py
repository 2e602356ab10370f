"""What the archive costs, from 10 000 to 1 000 000 items, beside a plain file and SQLite alone.

The items are quotes, whose lines are the shortest and most frequent. Each size has its archive in
a temporary directory. A second process opens it, so that its memory is that of the archive alone.
"""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from finnews.archive import Archive
from finnews.archive.lines import file_of, line
from finnews.items import Quote

SIZES = (10_000, 100_000, 1_000_000)
MEASURED = 10_000  # look-ups and appends of each measurement
DAYS = 28
COMMIT_EVERY = 1000  # items: what a crawl at full speed reads in the second between two syncs


COLUMNS = (
    ("items", "{:>9}"),
    ("open ms", "{:>9.1f}"),
    ("MB", "{:>6.1f}"),
    ("look-up us", "{:>12.1f}"),
    ("/SQLite", "{:>9.1f}"),
    ("append us", "{:>11.1f}"),
    ("/file", "{:>7.1f}"),
    ("/SQLite", "{:>9.1f}"),
    ("rebuild lines/s", "{:>17.0f}"),
    ("/file", "{:>7.1f}"),
    ("/SQLite", "{:>9.1f}"),
)


class Cost(NamedTuple):
    """Seconds that a work took in the archive, with plain files, and with SQLite alone."""

    archive: float
    file: float
    sqlite: float


def main() -> None:
    """Print a table: what the archive costs, and how many times the same work without it."""
    print("".join(f"{name:>{len(form.format(0))}}" for name, form in COLUMNS))
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="finnews-") as name:
            figures = row(Path(name), size)
        forms = (form for _, form in COLUMNS)
        print("".join(map(str.format, forms, figures)), flush=True)


def row(directory: Path, size: int) -> tuple[float, ...]:
    """Return the figures of one size, as `COLUMNS` names them."""
    built = rebuild(directory, size)
    opened, memory = opened_elsewhere(directory / "output")
    known, sqlite_known = look_up(directory, size)
    added = append(directory, size)
    return (
        *(size, opened * 1e3, memory / 1e6),
        *(known / MEASURED * 1e6, known / sqlite_known),
        *(added.archive / MEASURED * 1e6, added.archive / added.file, added.archive / added.sqlite),
        *(size / built.archive, built.archive / built.file, built.archive / built.sqlite),
    )


def rebuild(directory: Path, size: int) -> Cost:
    """Measure making the index from the lines, beside writing them, and beside rows of them."""
    written = seconds(lambda: write_lines(directory / "output", quotes(0, size)))
    rebuilt = seconds(lambda: Archive(directory / "output").close())
    rows = seconds(lambda: write_rows(directory / "alone.sqlite3", quotes(0, size)))
    return Cost(rebuilt, written, rows)


def look_up(directory: Path, size: int) -> tuple[float, float]:
    """Measure whether records are known, half of which are not, beside SQLite alone."""
    chance = random.Random(1)
    asked = [quote(chance.randrange(2 * size)).keys[0] for _ in range(MEASURED)]
    with Archive(directory / "output") as archive:
        ours = seconds(lambda: [archive.knows(Quote, name) for name in asked])
    with closing(sqlite3.connect(directory / "alone.sqlite3")) as database:
        query = "SELECT 1 FROM items WHERE name = ?"
        alone = seconds(lambda: [database.execute(query, (name,)).fetchone() for name in asked])
    return ours, alone


def append(directory: Path, size: int) -> Cost:
    """Measure adding records that are new, synced every `COMMIT_EVERY` items."""
    new = list(quotes(2 * size, 2 * size + MEASURED))
    return Cost(
        seconds(lambda: write_items(directory / "output", new)),
        seconds(lambda: write_lines(directory / "plain", new)),
        seconds(lambda: write_rows(directory / "alone.sqlite3", new)),
    )


def write_items(directory: Path, items: Iterable[Quote]) -> None:
    """Add items to an archive."""
    with Archive(directory) as archive:
        for batch in batches(items):
            for item in batch:
                archive.add(item)
            archive.commit()


def write_lines(directory: Path, items: Iterable[Quote]) -> None:
    """Append items to plain files, one for each day, and sync them."""
    (directory / "quotes").mkdir(parents=True, exist_ok=True)
    for batch in batches(items):
        by_file: dict[str, list[bytes]] = {}
        for item in batch:
            item.version = 1
            by_file.setdefault(file_of(item), []).append(line(item))
        for path, lines in by_file.items():
            with (directory / path).open("ab") as file:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())


def write_rows(path: Path, items: Iterable[Quote]) -> None:
    """Insert items as rows of a database, by their name."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE IF NOT EXISTS items (name TEXT PRIMARY KEY, line BLOB)")
        for batch in batches(items):
            rows = ((item.keys[0], line(item)) for item in batch)
            with database:
                database.executemany("INSERT OR IGNORE INTO items VALUES (?, ?)", rows)


def opened_elsewhere(directory: Path) -> tuple[float, float]:
    """Return seconds and bytes of memory that opening an archive takes, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.archive", str(directory)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(said[0]), float(said[1])


def opened_here(directory: Path) -> None:
    """Open an archive, look something up, and print the seconds and bytes it took."""
    before = resident()
    start = time.perf_counter()
    with Archive(directory) as archive:
        taken = time.perf_counter() - start
        for item in quotes(0, MEASURED):
            archive.knows(Quote, item.keys[0])
        print(taken, resident() - before)


def resident() -> int:
    """Return the bytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


def seconds(work: Callable[[], object]) -> float:
    """Return how long a work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def batches(items: Iterable[Quote]) -> Iterator[list[Quote]]:
    """Yield items in lists of what is synced together."""
    rest = iter(items)
    while batch := list(islice(rest, COMMIT_EVERY)):
        yield batch


def quotes(start: int, end: int) -> Iterator[Quote]:
    """Yield quotes of their own for each number, days in order."""
    for number in range(start, end):
        yield quote(number, 1 + DAYS * (number - start) // (end - start))


def quote(number: int, day: int = 1) -> Quote:
    """Return a quote of a thousand shares, each at times of its own."""
    share, minute = number % 1000, number // 1000
    at = f"2026-{minute // 40320 + 1:02}-{minute // 1440 % 28 + 1:02}"
    return Quote(
        url=f"https://www.finanzen.net/boersenplaetze/muster_{share}",
        fetched_at=f"2026-11-{day:02}T10:00:00+00:00",
        name=f"Muster {share} AG",
        kind="stock",
        page=f"muster_{share}",
        isin=f"DE000000{share:03}0",
        price=Decimal(number) / 100,
        currency="EUR",
        previous_close=Decimal("159.00"),
        exchange="Stuttgart",
        mic="XSTU",
        segment="german",
        quoted_at=f"{at}T{minute // 60 % 24:02}:{minute % 60:02}:00+01:00",
        source="venues",
    )


if __name__ == "__main__":
    opened_here(Path(sys.argv[1])) if sys.argv[1:] else main()
