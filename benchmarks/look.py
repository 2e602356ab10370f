"""How long pages of ``finnews look`` take over HTTP, beside their queries in bare DuckDB.

The archive is that of a year: a million quotes, a hundred thousand articles, ten thousand ratings,
and 300 runs. Bare DuckDB has the same rows in tables of its own, and the same settings.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import duckdb
import requests

from benchmarks.archives import LAST_DAY, write_archive
from benchmarks.rows import Row, Target, row
from benchmarks.run_reports import write_reports
from finnews.look.live_tables import LiveTables
from finnews.look.model import Page, Table
from finnews.look.reading import ordered_by
from finnews.look.registry import answer
from finnews.sql.engine import connected
from finnews.sql.export import EXPORTED
from finnews.sql.views import literal, read_json
from tests.support.looking import look

RUNS: Final = 300
ROUNDS: Final = 7
TIMEOUT: Final = 300
COMMON: Final = "qua"
"""A syllable of the texts: a word that all articles have, and the beginning of others."""

FIRST_PAGE: Final = "look, the first page: time / its queries in DuckDB"
PAGES: Final = {
    FIRST_PAGE: "index",
    "look, all days: time / its queries in DuckDB": "days",
    "look, a day: time / its queries in DuckDB": f"days/{LAST_DAY.replace(month=6)}",
    "look, all papers: time / its queries in DuckDB": "papers",
    "look, the paper of most articles: time / its queries in DuckDB": "stocks/muster-stock-0",
    "look, an ordinary paper: time / its queries in DuckDB": "stocks/muster-stock-90",
    "look, an index: time / its queries in DuckDB": "indices/muster-index-3",
    "look, verdicts: time / its queries in DuckDB": "verdicts",
    "look, crawls: time / its queries in DuckDB": "crawls",
    "look, a run: time / its queries in DuckDB": "runs/",
}
"""Line → address of the page; that of a run goes on."""

JSON: Final = "look, a table's JSON: time / its query in DuckDB"
CSV: Final = "look, a table's CSV of 57795 rows: time / DuckDB's COPY"
FILES: Final = {JSON: "days", CSV: "stocks/muster-stock-0/news"}
WORD: Final = "look, search for a frequent word: time / DuckDB's scan"
PREFIX: Final = "look, search for a prefix: time / DuckDB's scan"
SEARCHES: Final = {WORD: (COMMON, rf"\b{COMMON}\b"), PREFIX: (f"{COMMON}*", rf"\b{COMMON}")}
LOADING: Final = "look, loading: time / DuckDB's CREATE TABLE AS"
START: Final = "look, from start to the first page: time / DuckDB's loading"
INDEX: Final = "look, until all words are indexed: time / DuckDB's loading"

LINES: Final = {
    LOADING: Target(2.0),
    START: Target(2.5),
    INDEX: None,
    **dict.fromkeys(PAGES, Target(3.0)),
    **dict.fromkeys(FILES, Target(3.0)),
    **dict.fromkeys(SEARCHES, Target(3.0)),
}

_SCAN: Final = """
SELECT date_published, headline, agency, url FROM articles
WHERE regexp_matches(lower(concat_ws(' ', headline, description, article_body)), $pattern)
ORDER BY instant DESC LIMIT 50"""

Query = tuple[str, dict[str, Any]]


class Asked(NamedTuple):
    """What a page takes over HTTP, and what bare DuckDB takes for the same."""

    seconds: list[float]
    bare: list[float]
    size: int

    @property
    def ratio(self) -> float:
        """The median of the ratios in turn, without the first, for which nothing was cached."""
        pairs = zip(self.seconds[1:], self.bare[1:], strict=True)
        return statistics.median(page / bare for page, bare in pairs)

    @property
    def told(self) -> str:
        """The seconds of the first and the median of later answers, and their size."""
        later = statistics.median(self.seconds[1:])
        return f"{self.seconds[0]:.2f} s, then {later:.3f} s, {self.size / 1000:.0f} kB"


class Bare(NamedTuple):
    """A plain connection to tables with the same rows, and the queries of the pages."""

    connection: Any
    queries: dict[str, list[Query]]
    run: str
    """The address of a run's page."""

    loading: list[float]
    """Seconds in which `LiveTables` loads the archive, and in which bare DuckDB does."""

    def ask(self, what: str) -> None:
        """Run the queries of a line, and fetch their rows."""
        for sql, parameters in self.queries[what]:
            self.connection.execute(sql, parameters).fetchall()


def rows() -> Iterator[Row]:
    """Yield the figures of loading, of each page, of files and of searches."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="finnews-")))
        write_archive(folder / "output")
        write_reports(folder / "output", RUNS)
        bare = prepared(folder, folder / "output")
        stack.enter_context(closing(bare.connection))
        own, plain = bare.loading
        yield row(LINES, LOADING, own / plain, f"{own:.1f} s")
        started = time.monotonic()
        base, _ = stack.enter_context(look(folder / "output"))
        fetched(base)
        first = time.monotonic() - started
        yield row(LINES, START, first / plain, f"{first:.1f} s")
        indexing = wait_for_index(base, started)
        yield row(LINES, INDEX, indexing / plain, f"{indexing:.0f} s")
        yield from measured(base, bare)
        yield from searched(base, bare)


def prepared(folder: Path, output: Path) -> Bare:
    """Load the archive, and copy its tables into a database that knows nothing of finnews."""
    loads = [load(folder, output)]
    path = folder / "bare.duckdb"
    start = time.monotonic()
    with LiveTables(output) as tables:
        loads.append(time.monotonic() - start)
        (last,) = tables.rows("SELECT name FROM runs ORDER BY started DESC LIMIT 1")
        run = f"{PAGES['look, a run: time / its queries in DuckDB']}{last['name']}"
        queries = {what: queries_of(tables, address) for what, address in pages(run).items()}
        queries[JSON] = queries_of(tables, FILES[JSON])
        queries[CSV] = [copied(tables, folder)]
        copy(tables, path)
    plain = connected_to(path, folder)
    for what, (_, pattern) in SEARCHES.items():
        queries[what] = [(_SCAN, {"pattern": pattern})]
    return Bare(plain, queries, run, [loads[1], loads[0]])


def load(folder: Path, output: Path) -> float:
    """Return the seconds in which bare DuckDB makes tables of the same lines."""
    path = folder / "loading"
    path.mkdir()
    with closing(connected(path, preserve_insertion_order="false")) as connection:
        start = time.monotonic()
        for kind in EXPORTED:
            name = f"{kind.collection}.jsonl" if kind.is_in_one_file else f"{kind.collection}/*"
            source = read_json(kind, literal(f"{output}/{name}"))
            connection.execute(f"CREATE TABLE {kind.collection} AS FROM {source}")
        return time.monotonic() - start


def pages(run: str) -> dict[str, str]:
    """Return the address of each page, with that of a run."""
    return {what: run if address == "runs/" else address for what, address in PAGES.items()}


def page_at(tables: LiveTables, address: str) -> Page:
    """Return the page of an address."""
    page = answer(tables, address, {})
    if not isinstance(page, Page):
        raise RuntimeError(f"{address}: {page}")
    return page


def queries_of(tables: LiveTables, address: str) -> list[Query]:
    """Return the queries of a page's tables: of those in charts all rows, of others some."""
    page = page_at(tables, address)
    own = {part.name for part in page.parts if isinstance(part, Table)}
    return [
        (
            ordered_by(table, {}) + (f" LIMIT {table.size}" if table.name in own else ""),
            dict(table.parameters),
        )
        for table in page.tables()
    ]


def copied(tables: LiveTables, folder: Path) -> Query:
    """Return the statement that writes a paper's news to a file."""
    address, _, name = FILES[CSV].rpartition("/")
    table = next(table for table in page_at(tables, address).tables() if table.name == name)
    source = f"SELECT * EXCLUDE (_at) FROM ({ordered_by(table, {})})"  # noqa: S608
    return f"COPY ({source}) TO {literal(f'{folder}/bare.csv')}", dict(table.parameters)


def copy(tables: LiveTables, path: Path) -> None:
    """Copy all tables into a new database."""
    with closing(tables.cursor()) as cursor:
        cursor.execute(f"ATTACH {literal(str(path))} AS bare")
        cursor.execute("SHOW TABLES")
        for (name,) in cursor.fetchall():
            cursor.execute(f"CREATE TABLE bare.{name} AS FROM {name}")
        cursor.execute("DETACH bare")


def connected_to(path: Path, folder: Path) -> Any:
    """Return a connection with the settings that pages have."""
    config: dict[str, Any] = {
        "memory_limit": "512MB",
        "threads": "4",
        "temp_directory": str(folder / "bare"),
    }
    connection = duckdb.connect(str(path), config=config)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def measured(base: str, bare: Bare) -> Iterator[Row]:
    """Yield the figure of each page and file."""
    addresses = pages(bare.run) | {JSON: f"{FILES[JSON]}.json", CSV: f"{FILES[CSV]}.csv"}
    for what, address in addresses.items():
        asked = in_turns(base + address.removeprefix("index"), partial(bare.ask, what))
        yield row(LINES, what, asked.ratio, asked.told)


def searched(base: str, bare: Bare) -> Iterator[Row]:
    """Yield the figure of each search for words, beside a scan of all texts."""
    for what, (words, _) in SEARCHES.items():
        asked = in_turns(f"{base}search?q={words}", partial(bare.ask, what))
        yield row(LINES, what, asked.ratio, asked.told)


def in_turns(address: str, compared: Callable[[], None]) -> Asked:
    """Ask for a page and do what it is compared with, in turns."""
    seconds, bare, size = [], [], 0
    for _ in range(ROUNDS):
        start = time.monotonic()
        size = len(fetched(address))
        answered = time.monotonic()
        compared()
        seconds.append(answered - start)
        bare.append(time.monotonic() - answered)
    return Asked(seconds, bare, size)


def fetched(address: str) -> bytes:
    """Return what is at an address."""
    response = requests.get(address, timeout=TIMEOUT)
    response.raise_for_status()
    return response.content


def wait_for_index(base: str, started: float) -> float:
    """Wait until all words are indexed, and return the seconds since the start of the server."""
    deadline = started + TIMEOUT
    while b"indexed so far" in fetched(f"{base}search?q=nothing"):
        if time.monotonic() > deadline:
            raise RuntimeError(f"words are not indexed after {TIMEOUT} s")
        time.sleep(1)
    return time.monotonic() - started
