"""The cost of the archive, compared with plain files and SQLite.

The table has the ratios at 100 000 items; ``python -m benchmarks.archive`` prints all figures from
10 000 to 1 000 000.
The items are quotes, the shortest and most frequent lines. The archive of each size is in a
temporary directory; another process opens it, so that only the archive's memory is measured.
"""

import os
import random
import sqlite3
import statistics
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

from benchmarks.rows import Row, row
from finnews.archive import Archive
from finnews.archive.lines import file_of, line
from finnews.items import Quote

SIZES = (10_000, 100_000, 1_000_000)
MEASURED = 10_000  # look-ups and appends in each measurement
DAYS = 28
COMMIT_EVERY = 1000  # items that a crawl at full speed reads between two syncs, in a second

ROUNDS = 3
SIZE = 100_000
LOOK_UP = f"archive of {SIZE} items: look-up / SQLite"
APPEND = f"archive of {SIZE} items: append / plain files"
REBUILD = f"archive of {SIZE} items: rebuild / writing the files"
LINES = dict.fromkeys((LOOK_UP, APPEND, REBUILD))

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
    """Seconds for the same operation on the archive, on plain files and on SQLite."""

    archive: float
    file: float
    sqlite: float


def rows() -> Iterator[Row]:
    """Yield the main ratios at one size."""
    rounds = [measured(SIZE) for _ in range(ROUNDS)]
    for what, figures in zip(LINES, zip(*rounds, strict=True), strict=True):
        yield row(LINES, what, statistics.median(figures))


def measured(size: int) -> tuple[float, float, float]:
    """Return the ratios of look-up, append and rebuild of a new archive."""
    with tempfile.TemporaryDirectory(prefix="finnews-") as name:
        rebuilding = rebuild(Path(name), size)
        look_ups, sqlite_look_ups = look_up(Path(name), size)
        appends = append(Path(name), size)
    return look_ups / sqlite_look_ups, ratios(appends)[0], ratios(rebuilding)[0]


def main() -> None:
    """Print a table of the archive's costs, and of their ratios to those of files and SQLite."""
    print("".join(f"{header:>{len(form.format(0))}}" for header, form in COLUMNS))
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="finnews-") as name:
            figures = all_figures(Path(name), size)
        forms = (form for _, form in COLUMNS)
        print("".join(map(str.format, forms, figures)), flush=True)


def all_figures(directory: Path, size: int) -> tuple[float, ...]:
    """Return the figures of `COLUMNS` for an archive of this size."""
    rebuilding = rebuild(directory, size)
    opening_time, memory = open_in_subprocess(directory / "output")
    look_ups, sqlite_look_ups = look_up(directory, size)
    appends = append(directory, size)
    return (
        *(size, opening_time * 1e3, memory / 1e6),
        *(look_ups / MEASURED * 1e6, look_ups / sqlite_look_ups),
        *(appends.archive / MEASURED * 1e6, *ratios(appends)),
        *(size / rebuilding.archive, *ratios(rebuilding)),
    )


def ratios(cost: Cost) -> tuple[float, float]:
    """Return the archive's cost as a multiple of the files' and of SQLite's."""
    return cost.archive / cost.file, cost.archive / cost.sqlite


def rebuild(directory: Path, size: int) -> Cost:
    """Measure how long the archive builds its index, files are written, SQLite inserts rows."""
    file = seconds(lambda: write_lines(directory / "output", quotes(0, size)))
    archive = seconds(lambda: Archive(directory / "output").close())
    sqlite = seconds(lambda: write_rows(directory / "alone.sqlite3", quotes(0, size)))
    return Cost(archive, file, sqlite)


def look_up(directory: Path, size: int) -> tuple[float, float]:
    """Measure looking up keys, half of them unknown, in the archive and in SQLite."""
    rng = random.Random(1)
    keys = [quote(rng.randrange(2 * size)).keys[0] for _ in range(MEASURED)]
    with Archive(directory / "output") as archive:
        archive_time = seconds(lambda: [archive.knows(Quote, key) for key in keys])
    with closing(sqlite3.connect(directory / "alone.sqlite3")) as database:
        query = "SELECT 1 FROM items WHERE key = ?"
        sqlite_time = seconds(lambda: [database.execute(query, (key,)).fetchone() for key in keys])
    return archive_time, sqlite_time


def append(directory: Path, size: int) -> Cost:
    """Measure appending new items, with a sync every `COMMIT_EVERY` items."""
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
    """Append items to plain files, one a day, and sync them."""
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
    """Insert items as rows of a database, by their key."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE IF NOT EXISTS items (key TEXT PRIMARY KEY, line BLOB)")
        for batch in batches(items):
            rows = ((item.keys[0], line(item)) for item in batch)
            with database:
                database.executemany("INSERT OR IGNORE INTO items VALUES (?, ?)", rows)


def open_in_subprocess(directory: Path) -> tuple[float, float]:
    """Return how many seconds and bytes of memory it takes to open an archive in a new process."""
    command = [sys.executable, "-m", "benchmarks.archive", str(directory)]
    figures = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(figures[0]), float(figures[1])


def print_cost_of_opening(directory: Path) -> None:
    """Open an archive, look up items, and print how many seconds and bytes it took."""
    memory_before = resident_memory()
    start = time.perf_counter()
    with Archive(directory) as archive:
        opening_time = time.perf_counter() - start
        for item in quotes(0, MEASURED):
            archive.knows(Quote, item.keys[0])
        print(opening_time, resident_memory() - memory_before)


def resident_memory() -> int:
    """Return this process's resident memory in bytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def batches(items: Iterable[Quote]) -> Iterator[list[Quote]]:
    """Yield the items in lists that are synced together."""
    remaining = iter(items)
    while batch := list(islice(remaining, COMMIT_EVERY)):
        yield batch


def quotes(start: int, end: int) -> Iterator[Quote]:
    """Yield a different quote for each number, days in order."""
    for number in range(start, end):
        yield quote(number, 1 + DAYS * (number - start) // (end - start))


def quote(number: int, day: int = 1) -> Quote:
    """Return a quote, for each number of another stock or another minute."""
    stock, minute = number % 1000, number // 1000
    date = f"2026-{minute // 40320 + 1:02}-{minute // 1440 % 28 + 1:02}"
    return Quote(
        url=f"https://www.finanzen.net/boersenplaetze/muster_{stock}",
        fetched_at=f"2026-11-{day:02}T10:00:00+00:00",
        name=f"Muster {stock} AG",
        kind="stock",
        page=f"muster_{stock}",
        isin=f"DE000000{stock:03}0",
        price=Decimal(number) / 100,
        currency="EUR",
        previous_close=Decimal("159.00"),
        exchange="Stuttgart",
        mic="XSTU",
        segment="german",
        quoted_at=f"{date}T{minute // 60 % 24:02}:{minute % 60:02}:00+01:00",
        source="venues",
    )


if __name__ == "__main__":
    print_cost_of_opening(Path(sys.argv[1])) if sys.argv[1:] else main()
