"""``make bench``: the table of all ratios; ``python -m benchmarks reading saved``: some of them.

Each row is printed as it comes. The exit status is 0 whatever the figures are.
"""

import argparse
import logging
import subprocess
from collections.abc import Iterator
from importlib import import_module

from benchmarks.rows import Benchmark, Row, aligned
from finnews.streams import prepare_streams

NAMES = ("reading", "crawling", "saved", "memory", "nothing_new", "archive", "look", "peers")
"""The benchmarks, in the order of the table; `peers` comes last, for it refuses connections."""

_FAILURES = (OSError, RuntimeError, subprocess.SubprocessError)


def main(arguments: list[str] | None = None) -> None:
    """Print the table, or the part of it that is named."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    names = parser.parse_args(arguments).names or list(NAMES)
    if unknown := set(names) - set(NAMES):
        parser.error(f"{', '.join(sorted(unknown))}: expected {', '.join(NAMES)}")
    prepare_streams()
    logging.disable(logging.CRITICAL)
    print(aligned("ratio", "target", "figure", "verdict"), flush=True)
    for name in NAMES:
        if name in names:
            for row in measured(benchmark(name)):
                print(row, flush=True)
    print("\nHow each is measured, on what, and earlier figures: benchmarks/README.md")


def benchmark(name: str) -> Benchmark:
    """Return a benchmark; it is imported here, for `peers` needs less than the others."""
    module = import_module(f"benchmarks.{name}")
    return Benchmark(module.LINES, module.rows)


def measured(benchmark: Benchmark) -> Iterator[Row]:
    """Yield the rows of a benchmark; if it fails, the rest of its lines with the reason."""
    lines = dict(benchmark.lines)
    try:
        for row in benchmark.rows():
            lines.pop(row.what)
            yield row
    except _FAILURES as error:
        for what, target in lines.items():
            yield Row(what, target, note=f"failed: {type(error).__name__}: {str(error)[:100]}")


if __name__ == "__main__":
    main()
