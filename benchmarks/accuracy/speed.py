"""How long the tools take for the same pages, as multiples of lxml's parsing in the same run."""

import time
from collections.abc import Callable, Iterable, Mapping

from lxml import html as lxml_html

from benchmarks.accuracy.pages import TruePage
from benchmarks.accuracy.tables import SPEED, Table
from benchmarks.accuracy.tools import Reader, Tool

ROUNDS = 3


def speed_table(pages: list[TruePage], readers: Mapping[Tool, Reader]) -> Table:
    """Return the shortest time of each tool for all pages, divided by that of lxml."""
    times = multiples(pages, readers)
    rows: list[tuple[str, ...]] = [
        (tool.label, f"{multiple:.1f}") for tool, multiple in zip(readers, times, strict=True)
    ]
    size = sum(len(page.text) for page in pages) / len(pages) / 1e3
    return Table(f"Speed, {len(pages)} articles of {size:.0f} kB on average", SPEED, rows)


def multiples(pages: list[TruePage], readers: Mapping[Tool, Reader]) -> list[float]:
    """Return the shortest time of each tool for all pages, divided by that of lxml."""
    calls = [_parse, *readers.values()]
    rounds = [[seconds(call, pages) for call in calls] for _ in range(ROUNDS)]
    parsing, *reading = (min(times) for times in zip(*rounds, strict=True))
    return [own / parsing for own in reading]


def seconds(call: Callable[[str, str], object], pages: Iterable[TruePage]) -> float:
    """Return the CPU seconds that a call takes for all pages."""
    start = time.process_time()
    for page in pages:
        call(page.url, page.text)
    return time.process_time() - start


def _parse(_url: str, text: str) -> object:
    return lxml_html.document_fromstring(text)
