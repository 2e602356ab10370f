"""One run: how it ended, what it archived, what its pages gave. ``runs/<name of its report>``."""

from collections.abc import Iterator
from typing import Any, Final

from finnews.look.live_tables import LiveTables
from finnews.look.model import (
    Answer,
    Column,
    Fact,
    Facts,
    Form,
    Missing,
    Moved,
    Page,
    Row,
    Table,
    address,
    columns,
)
from finnews.look.reading import Arguments

EARLIER: Final = 10
"""With how many earlier runs of its spider the fields of a run are compared."""

_FACTS: Final[dict[str, tuple[str, Form]]] = {
    "meaning": ("Ended", "text"),
    "finish_reason": ("By", "text"),
    "status": ("Exit status", "number"),
    "started": ("Started", "time"),
    "ended": ("Until", "time"),
    "seconds": ("Seconds", "number"),
    "spider": ("Spider", "text"),
    "arguments": ("Arguments", "text"),
    "written": ("Items written", "number"),
    "updated": ("Updated", "number"),
    "unchanged": ("Unchanged", "number"),
    "rejected": ("Rejected", "number"),
    "pages": ("Pages", "number"),
    "requests": ("Requests", "number"),
    "requests_per_new": ("Requests for a new item", "number"),
    "refused": ("Refused", "number"),
    "pending": ("Pending", "number"),
    "memory_mb": ("Memory, MB", "number"),
    "cpu_ms_per_page": ("CPU for a page, ms", "number"),
}

_BESIDE: Final = """
SELECT max_by(name, started) FILTER (started < $started) AS before,
  min_by(name, started) FILTER (started > $started) AS later
FROM runs WHERE spider = $spider
"""

_FIELDS: Final = f"""
WITH this AS (FROM runs WHERE name = $run),
earlier AS (
  SELECT runs.name AS run FROM runs, this WHERE runs.spider = this.spider
    AND runs.started < this.started ORDER BY runs.started DESC LIMIT {EARLIER}),
before AS (
  SELECT source, field, (100 * sum(filled) / sum(items))::DECIMAL(18,1) AS before
  FROM run_fields JOIN earlier USING (run) WHERE items > 0 GROUP BY ALL)
SELECT source, field, filled, items, (100 * filled / items)::DECIMAL(18,1) AS percent, before,
  percent - before AS change
FROM run_fields LEFT JOIN before USING (source, field)
WHERE run = $run AND items > 0 AND (filled > 0 OR before > 0)
"""

_LINES: Final = "SELECT unnest({column}) AS line FROM runs WHERE name = $run"
_DOUBTS: Final = """
SELECT page_type, field, reason, "values", pages, printed, url FROM run_doubts WHERE run = $run
"""
_SLOWEST: Final = "SELECT url, seconds FROM run_slowest WHERE run = $run"


def page(tables: LiveTables, names: tuple[str, ...], _: Arguments) -> Answer:
    """Return the page of a run."""
    if len(names) == 1:
        return Moved("crawls")
    name = "/".join(names[1:])
    rows = tables.rows("FROM runs WHERE name = $run", {"run": name})
    if not rows:
        return Missing(f"{name}: no run of this name is reported.", (("Crawls", "crawls"),))
    row = rows[0]
    facts = Facts("facts", "", tuple(_facts(row)))
    title = f"{row['spider']}, {row['local']:%Y-%m-%d %H:%M}"
    return Page(_address(name), title, (facts, *_tables(name)), _beside(tables, row))


def addresses(tables: LiveTables) -> Iterator[str]:
    """Yield the address of each run."""
    for row in tables.rows("SELECT name FROM runs ORDER BY started, name"):
        yield _address(row["name"])


def _address(name: str) -> str:
    return address("runs", name)


def _facts(row: Row) -> Iterator[Fact]:
    for name, (label, form) in _FACTS.items():
        yield Fact(label, row[name] or "none" if name == "arguments" else row[name], form)


def _beside(tables: LiveTables, row: Row) -> tuple[tuple[str, str], ...]:
    spider = row["spider"]
    (names,) = tables.rows(_BESIDE, {"started": row["started"], "spider": spider})
    beside = ((f"{spider} before", names["before"]), (f"{spider} after", names["later"]))
    return (*((words, _address(name)) for words, name in beside if name), ("All crawls", "crawls"))


def _tables(run: str) -> Iterator[Table]:
    of_run = {"run": run}
    line = columns([("line", "Line")])
    yield Table("unusual", "Below the baseline", _LINES.format(column="unusual"), line, of_run,
                empty="Nothing was far below earlier runs.")  # fmt: skip
    yield Table("errors", "First errors", _LINES.format(column="errors"), line, of_run,
                empty="No error was logged.")  # fmt: skip
    yield _counts("items", "Items", "run_items", of_run, kind="Kind", fate="In the archive")
    yield _counts("rejected", "Rejected items", "run_rejections", of_run, reason="Reason")
    yield _counts("pending", "Pages not archived yet", "run_pending", of_run, reason="Reason")
    yield _counts("requests", "Requests", "run_requests", of_run, page_type="Page type",
                  answer="Answer")  # fmt: skip
    yield Table("fields", "Fields of items", _FIELDS, _field_columns(), of_run, "change",
                note=f"Before: in the {EARLIER} runs of the spider before. Fields that no item "
                "had, then or now, are left out.")  # fmt: skip
    yield Table("doubts", "Doubts", _DOUBTS, _doubt_columns(), of_run, "page_type",
                empty="No page was in doubt.")  # fmt: skip
    yield _counts("words", "New words", "run_words", of_run, vocabulary="Vocabulary", word="Word")
    slow = columns((Column("url", "Page", link="url"), Column("seconds", "Seconds", "number")))
    yield Table("slowest", "Slowest pages", _SLOWEST, slow, of_run, "-seconds")
    yield _counts("counts", "Other counts", "run_counts", of_run, name="Count")


def _counts(name: str, title: str, table: str, of_run: dict[str, Any], /, **labels: str) -> Table:
    """Return a table of numbers, by columns and their labels."""
    query = f"SELECT {', '.join(labels)}, number FROM {table} WHERE run = $run"
    shown = columns((*labels.items(), Column("number", "Number", "number")))
    return Table(name, title, query, shown, of_run, next(iter(labels)), empty="There is none.")


def _field_columns() -> tuple[Column, ...]:
    return columns((
        ("source", "Source"),
        ("field", "Field"),
        Column("percent", "Filled, %", "number"),
        Column("before", "Before, %", "number"),
        Column("change", "Change", "change"),
        Column("filled", "Filled", "number"),
        Column("items", "Items", "number"),
    ))  # fmt: skip


def _doubt_columns() -> tuple[Column, ...]:
    return columns((
        ("page_type", "Page type"),
        ("field", "Field"),
        ("reason", "Reason"),
        Column("values", "Values", "number"),
        Column("pages", "Pages", "number"),
        Column("printed", "The first page prints", link="url"),
    ))  # fmt: skip
