"""How much is read right, field by field, beside general tools for articles.

The general tools are in ``benchmarks/requirements.txt``; one that is not installed is skipped with
a message, and so are the captured pages where there are none. ``--markdown`` prints the tables as
they stand in ``docs/accuracy.md``, ``--differences`` the values behind them.
"""

import argparse
import logging
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from benchmarks.accuracy.pages import TruePage, captured_pages, golden_pages, sample_pages
from benchmarks.accuracy.speed import speed_table
from benchmarks.accuracy.tables import (
    ARTICLES,
    Table,
    article_rows,
    differences,
    field_table,
    markdown,
    show,
)
from benchmarks.accuracy.tools import TOOLS, refuse_network
from finnews.reporting.tables import console


def main(arguments: list[str] | None = None) -> None:
    """Print the tables: of fields, of articles, of the time they take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="print the tables in Markdown")
    parser.add_argument(
        "--differences", action="store_true", help="print each value not read right"
    )
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    refuse_network()
    captured, absent = captured_pages()
    golden = list(golden_pages())
    for skipped in missing(absent):
        print(skipped, flush=True)
    if options.differences:
        for difference in differences([*captured, *golden]):
            print(difference)
        return
    for table in report(captured, golden):
        if options.markdown:
            print(markdown(table), flush=True)
        else:
            show(table, console())


def missing(captures: Iterable[str]) -> Iterator[str]:
    """Yield what is skipped: captures that are not there, tools that are not installed."""
    yield from (
        f"{name}: skipped, there is no such capture as was read by hand" for name in captures
    )
    yield from (f"{tool.name}: skipped, not installed" for tool in TOOLS if not tool.is_installed)


def report(captured: list[TruePage], golden: list[TruePage]) -> Iterator[Table]:
    """Yield the tables."""
    yield field_table(captured, golden)
    yield from article_tables(
        {"captured": captured, "golden": golden, "of the sample site": sample_pages()}
    )


def article_tables(sets: Mapping[str, Iterable[TruePage]]) -> Iterator[Table]:
    """Yield what the installed tools read of the articles in sets of pages, and how fast."""
    readers = {tool: tool.load() for tool in TOOLS if tool.is_installed}
    articles = {name: [page for page in pages if page.article] for name, pages in sets.items()}
    rows = (article_rows(name, pages, readers) for name, pages in articles.items() if pages)
    yield Table("Articles", ARTICLES, list(chain.from_iterable(rows)))
    yield speed_table(list(chain.from_iterable(articles.values())), readers)


if __name__ == "__main__":
    main()
