"""How fast saved pages are read, beside parsing them from the same file with lxml; with workers.

What starting takes is left out: each time is the difference between the medians for two files.
"""

import statistics
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from lxml.etree import HTMLParser, fromstring
from warcio.archiveiterator import ArchiveIterator

from benchmarks.rows import Row, Target, row
from benchmarks.runs import Took, run
from tests.support.saved_pages import write_sample

ROUNDS = 3
SIZES = ((240, 24), (1500, 60))
"""Articles and shares of the two files; of the smaller one, too, each worker reads a part"""

ALONE = "saved, one process: pages a CPU second / parsed by lxml"
WORKERS = "saved, two workers: pages a second / one process"
WORKERS_CPU = "saved, two workers: pages a CPU second / one process"
LINES = {
    ALONE: Target(0.55, is_least=True),
    WORKERS: Target(1.7, is_least=True),
    WORKERS_CPU: None,
}


class Sample(NamedTuple):
    """A file, and how many pages it has."""

    path: Path
    pages: int


class Round(NamedTuple):
    """What both files take in turn, each the smaller one first."""

    parsing: list[float]
    """CPU seconds."""

    alone: list[Took]
    shared: list[Took]


def rows() -> Iterator[Row]:
    """Yield the figures of one process and of two workers."""
    with TemporaryDirectory(prefix="finnews-") as name:
        samples = [sample(Path(name) / f"{size[0]}.warc.gz", *size) for size in SIZES]
        rounds = [measured(samples, Path(name) / str(turn)) for turn in range(ROUNDS)]
    alone_cpu = more([took.cpu for took in each.alone] for each in rounds)
    shared_cpu = more([took.all_cpu for took in each.shared] for each in rounds)
    alone = more([took.seconds for took in each.alone] for each in rounds)
    shared = more([took.seconds for took in each.shared] for each in rounds)
    yield row(LINES, ALONE, more(each.parsing for each in rounds) / alone_cpu)
    yield row(LINES, WORKERS, alone / shared)
    yield row(LINES, WORKERS_CPU, alone_cpu / shared_cpu)


def more(figures: Iterable[list[float]]) -> float:
    """Return by how much the median for the larger file is more than that for the smaller one.

    >>> more([[1, 5], [2, 9], [9, 9]])
    7
    """
    pairs = list(figures)
    larger = statistics.median(figure for _, figure in pairs)
    return larger - statistics.median(figure for figure, _ in pairs)


def sample(path: Path, articles: int, stocks: int) -> Sample:
    """Write pages of the sample site into a file."""
    return Sample(path, write_sample(path, articles, stocks))


def measured(samples: list[Sample], output: Path) -> Round:
    """Parse and read both files, in turns."""
    parsing = [parsing_time(path) for path, _ in samples]
    alone = [read(each, output / "alone") for each in samples]
    shared = [read(each, output / "shared", workers="2") for each in samples]
    return Round(parsing, alone, shared)


def parsing_time(path: Path) -> float:
    """Return the CPU seconds that it takes to parse the pages in a file."""
    start = time.process_time()
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            fromstring(record.content_stream().read(), HTMLParser(encoding="utf-8"))
    return time.process_time() - start


def read(sample: Sample, output: Path, **arguments: str) -> Took:
    """Read a file into an archive of its own."""
    path, pages = sample
    settings = {"OUTPUT_DIR": output / path.stem}
    return run("saved", settings, {"files": str(path), **arguments}, pages)
