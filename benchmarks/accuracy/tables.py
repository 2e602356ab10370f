"""The tables of the benchmark, for a person and for ``docs/accuracy.md``."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rich.console import Console
from rich.table import Table as RichTable

from benchmarks.accuracy.comparing import Tally, compared, line_outcomes, outcome, word_f1
from benchmarks.accuracy.pages import TruePage, read
from benchmarks.accuracy.tools import Found, Reader, Tool, own_article

_NOTHING = "–"
_TRIPLE = "exact / null / wrong"

FIELDS = ("field", f"captures: {_TRIPLE}", f"golden: {_TRIPLE}")
ARTICLES = (
    *("articles", "tool", f"headline: {_TRIPLE}", f"day: {_TRIPLE}", f"authors: {_TRIPLE}"),
    *(f"lines of text: {_TRIPLE}", "words, F1", "noise"),
)
FIELDS_COMPARED = ("headline", "day", "authors")
SPEED = ("tool", "time, as a multiple of lxml's parsing")


class Table(NamedTuple):
    """A table: its heading, the headings of its columns, its rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def field_table(captured: Iterable[TruePage], golden: Iterable[TruePage]) -> Table:
    """Return exact, null and wrong of each field that finnews reads."""
    sets = [_by_field(captured), _by_field(golden)]
    names = sorted({name for tallies in sets for name in tallies})
    rows = [(name, *(printed(tallies.get(name)) for tallies in sets)) for name in names]
    totals = [sum(tallies.values(), Tally()) for tallies in sets]
    return Table("Fields", FIELDS, [*rows, ("all", *map(printed, totals))])


def differences(pages: Iterable[TruePage]) -> Iterator[str]:
    """Yield a line for each value that is not read as it is."""
    for page in pages:
        for field in compared(page.items, read(page.url, page.text)):
            if field.outcome != "exact":
                yield f"{page.name}: {field.field} is {field.true!r}, read {field.given!r}"


def article_rows(
    name: str, pages: list[TruePage], readers: Mapping[Tool, Reader]
) -> list[tuple[str, ...]]:
    """Return a row for each tool: what it gives of these articles."""
    return [
        (f"{len(pages)} {name}", tool.label, *_article_cells(tool, reader, pages))
        for tool, reader in readers.items()
    ]


def field_tally(name: str, found: Iterable[tuple[TruePage, Found]]) -> Tally:
    """Return what the readings of a field of articles are."""
    outcomes = (
        outcome(_value(_true(page), name), _value(reading, name)) for page, reading in found
    )
    return Tally(reading for reading in outcomes if reading)


def line_tally(found: Iterable[tuple[TruePage, Found]]) -> Tally:
    """Return what the readings of the lines of articles are."""
    return sum((line_outcomes(*text) for text in _texts(found)), Tally())


def printed(tally: Tally | None) -> str:
    """Return a tally as it stands in a table.

    >>> printed(Tally({"exact": 12, "wrong": 3}))
    '12 / 0 / 3'
    """
    if not tally:
        return _NOTHING
    return f"{tally['exact']} / {tally['null']} / {tally['wrong']}"


def markdown(table: Table) -> str:
    """Return a table in Markdown, with its heading."""
    lines = [table.columns, tuple("---" for _ in table.columns), *table.rows]
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"### {table.title}\n\n{body}\n"


def show(table: Table, console: Console) -> None:
    """Print a table."""
    rich_table = RichTable(title=table.title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for heading in table.columns:
        rich_table.add_column(heading, overflow="fold")
    for row in table.rows:
        rich_table.add_row(*row)
    console.print(rich_table)


def _by_field(pages: Iterable[TruePage]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for page in pages:
        for field in compared(page.items, read(page.url, page.text)):
            tallies[field.field][field.outcome] += 1
    return tallies


def _article_cells(tool: Tool, reader: Reader, pages: list[TruePage]) -> list[str]:
    found = [(page, reader(page.url, page.text)) for page in pages]
    cells = [_field_cell(tool, name, found) for name in FIELDS_COMPARED]
    words = sum(word_f1(*text) for text in _texts(found)) / len(found)
    return [*cells, printed(line_tally(found)), f"{words:.2f}", _noise_cell(found)]


def _field_cell(tool: Tool, name: str, found: list[tuple[TruePage, Found]]) -> str:
    if name not in tool.gives:
        return _NOTHING
    return printed(field_tally(name, found))


def _noise_cell(found: list[tuple[TruePage, Found]]) -> str:
    noise = [text in "\n".join(reading.lines) for page, reading in found for text in page.noise]
    return f"{sum(noise)} of {len(noise)}" if noise else _NOTHING


def _texts(found: Iterable[tuple[TruePage, Found]]) -> list[tuple[list[str], list[str]]]:
    return [(_true(page).lines, _own_lines(page, reading)) for page, reading in found]


def _own_lines(page: TruePage, reading: Found) -> list[str]:
    """Return the lines that a tool gives, without headline, kicker and lead, which are no fault."""
    article = page.article or {}
    head = {article.get(name) for name in ("headline", "kicker", "description")}
    return [line for line in reading.lines if line not in head]


def _true(page: TruePage) -> Found:
    return own_article(page.article or {})


def _value(article: Found, name: str) -> object:
    return sorted(article.authors) or None if name == "authors" else getattr(article, name)
