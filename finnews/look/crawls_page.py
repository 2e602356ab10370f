"""How the crawls went: their ends, their items, what pages no longer give. ``crawls``."""

from collections.abc import Iterator
from typing import Final

from finnews.look.crawl_charts import costs_chart, ends_chart, work_chart
from finnews.look.fill_charts import falls_table, fill_charts, steady_table
from finnews.look.live_tables import LiveTables
from finnews.look.model import Answer, Column, Page, Part, Table, columns
from finnews.look.problems import unreadable
from finnews.look.reading import Arguments
from finnews.look.run_parts import ADDRESS

FEW: Final = 25  # rows of a table above others

_RUNS: Final = f"""
SELECT started, spider, arguments, meaning, finish_reason, seconds, written, rejected, refused,
  pages, requests_per_new, {ADDRESS.format("name")} AS _run
FROM runs
"""

_SPIDERS: Final = f"""
SELECT spider, max(started) AS started, max_by(meaning, started) AS meaning, count(*) AS runs,
  count(*) FILTER (meaning <> 'done') AS not_done, median(seconds)::DECIMAL(18,1) AS seconds,
  sum(written) AS written, {ADDRESS.format("max_by(name, started)")} AS _run
FROM runs GROUP BY spider
"""

_DOUBTS: Final = f"""
SELECT max(started) AS started, page_type, field, reason, sum("values") AS "values",
  sum(run_doubts.pages) AS pages, count(*) AS runs, max_by(printed, started) AS printed,
  max_by(url, started) AS url, {ADDRESS.format("max_by(name, started)")} AS _run
FROM run_doubts JOIN runs ON name = run GROUP BY page_type, field, reason
"""

_WORDS: Final = f"""
WITH words AS (
  SELECT max(started) AS started, vocabulary, word, sum(number) AS number, count(*) AS runs,
    {ADDRESS.format("max_by(name, started)")} AS _run
  FROM run_words JOIN runs ON name = run GROUP BY vocabulary, word),
examples AS (
  SELECT 'exchange' AS vocabulary, exchange AS word, max_by(name, (fetched_at, key)) AS name,
    max_by(url, (fetched_at, key)) AS url
  FROM quotes WHERE exchange IN (SELECT word FROM words) GROUP BY exchange
  UNION ALL SELECT 'rating', rating, max_by(concat_ws(', ', firm, name), (fetched_at, key)),
    max_by(url, (fetched_at, key))
  FROM ratings WHERE rating IN (SELECT word FROM words) GROUP BY rating)
SELECT words.*, examples.name AS example, url
FROM words LEFT JOIN examples USING (vocabulary, word)
"""


def page(tables: LiveTables, _: tuple[str, ...], __: Arguments) -> Answer:
    """Return the page of all runs."""
    runs = Table("runs", "All runs", _RUNS, _run_columns(), order="-started", size=FEW,
                 empty="No run is reported. Run: scrapy crawl news")  # fmt: skip
    problems = unreadable(tables)
    told = (problems,) if problems else ()
    if not tables.rows("FROM runs LIMIT 1"):
        return Page("crawls", "Crawls", (runs, *told))
    spiders = Table("spiders", "Spiders", _SPIDERS, _spider_columns(), order="spider")
    parts: tuple[Part, ...] = (
        ends_chart(),
        *told,
        spiders,
        runs,
        work_chart(),
        costs_chart(),
        falls_table(),
        _doubts(),
        _words(),
        *fill_charts(tables),
        steady_table(),
    )
    return Page("crawls", "Crawls", parts)


def addresses(_: LiveTables) -> Iterator[str]:
    """Yield the address of the page."""
    yield "crawls"


def _run_columns() -> tuple[Column, ...]:
    numbers = {
        "seconds": "Seconds", "written": "Written", "rejected": "Rejected", "refused": "Refused",
        "pages": "Pages", "requests_per_new": "Requests/new",
    }  # fmt: skip
    return columns((
        Column("started", "Started", "time", link="_run"),
        ("spider", "Spider"),
        ("arguments", "Arguments"),
        ("meaning", "Ended"),
        ("finish_reason", "By"),
        *(Column(name, label, "number") for name, label in numbers.items()),
    ))  # fmt: skip


def _spider_columns() -> tuple[Column, ...]:
    return columns((
        ("spider", "Spider"),
        Column("started", "Last run", "time", link="_run"),
        ("meaning", "Ended"),
        Column("runs", "Runs", "number"),
        Column("not_done", "Of them not done", "number"),
        Column("seconds", "Median of seconds", "number"),
        Column("written", "Items written", "number"),
    ))  # fmt: skip


def _doubts() -> Table:
    shown = columns((
        Column("started", "Last met", "time", link="_run"),
        ("page_type", "Page type"),
        ("field", "Field"),
        ("reason", "Reason"),
        Column("values", "Values", "number"),
        Column("pages", "Pages", "number"),
        Column("runs", "Runs", "number"),
        Column("printed", "The last page prints", link="url"),
    ))  # fmt: skip
    note = "What pages print that was not read, or that contradicts itself; never guessed."
    return Table("doubts", "Doubts", _DOUBTS, shown, order="-started", size=FEW, note=note,
                 empty="No page was in doubt.")  # fmt: skip


def _words() -> Table:
    shown = columns((
        Column("started", "Last met", "time", link="_run"),
        ("vocabulary", "Vocabulary"),
        ("word", "Word"),
        Column("example", "Where it stands", link="url"),
        Column("number", "Times", "number"),
        Column("runs", "Runs", "number"),
    ))  # fmt: skip
    return Table("words", "New words", _WORDS, shown, order="-started", size=FEW,
                 note="Words that the vocabulary lacks.", empty="There is none.")  # fmt: skip
