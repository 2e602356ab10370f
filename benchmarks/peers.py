"""How much general tools read right of the same articles, and how long they take.

The articles are those of the captures and of the sample site; ``python -m benchmarks.accuracy`` has
the golden ones, and each field, too.
"""

from collections.abc import Iterator

from benchmarks.accuracy.comparing import Tally
from benchmarks.accuracy.pages import TruePage, captured_pages, sample_pages
from benchmarks.accuracy.speed import multiples
from benchmarks.accuracy.tables import FIELDS_COMPARED, field_tally, line_tally
from benchmarks.accuracy.tools import TOOLS, Reader, Tool, refuse_network
from benchmarks.rows import Row, row

EXACT = "articles by {}: exact values / all"
TIME = "articles by {}: time / lxml's parsing"
LINES = {what.format(tool.name): None for tool in TOOLS for what in (EXACT, TIME)}


def rows() -> Iterator[Row]:
    """Yield the figures of each tool that is installed."""
    refuse_network()
    pages = [page for page in (*captured_pages()[0], *sample_pages()) if page.article]
    readers = {tool: tool.load() for tool in TOOLS if tool.is_installed}
    times = dict(zip(readers, multiples(pages, readers), strict=True))
    for tool in TOOLS:
        exact, note = None, "not installed: docs/accuracy.md says how"
        if tool in readers:
            exact, note = exact_share(tool, readers[tool], pages), ""
        yield row(LINES, EXACT.format(tool.name), exact, note)
        yield row(LINES, TIME.format(tool.name), times.get(tool), note)


def exact_share(tool: Tool, reader: Reader, pages: list[TruePage]) -> float:
    """Return the share of the values of articles, true or read, that a tool reads as they are."""
    found = [(page, reader(page.url, page.text)) for page in pages]
    names = [name for name in FIELDS_COMPARED if name in tool.gives]
    tally = sum((field_tally(name, found) for name in names), line_tally(found))
    return exact(tally)


def exact(tally: Tally) -> float:
    """Return the share of readings that are exact.

    >>> exact(Tally({"exact": 3, "null": 1}))
    0.75
    """
    return tally["exact"] / tally.total()
