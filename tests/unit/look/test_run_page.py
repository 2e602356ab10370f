"""The page of one run: what its report says, beside what earlier runs had."""

import json as standard
from pathlib import Path
from typing import Any, Final

import pytest

from finnews.look import run_page
from finnews.look.links import OnServer
from finnews.look.live_tables import LiveTables
from finnews.look.model import Facts, Missing, Moved, Page
from finnews.look.reading import all_rows, ordered
from finnews.look.registry import answer
from finnews.look.rendering import html, json
from finnews.reporting.model import Filled, Report
from finnews.reporting.runs import write
from tests.support.open_tables import open_tables
from tests.support.reports import run
from tests.unit.look.test_run_tables import WHOLE


def page_of(directory: Path, report: Report) -> tuple[Page, LiveTables]:
    """Write a report, and return its page with the tables that it asks."""
    name = write(directory, report).stem
    tables = open_tables(directory)
    page = answer(tables, f"runs/{name}", {})
    assert isinstance(page, Page)
    return page, tables


def rows_of(page: Page, tables: LiveTables) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each table of a page, sorted."""
    rows = {table.name: all_rows(tables, table) for table in page.tables()}
    return {name: sorted((tuple(row.values()) for row in of), key=str) for name, of in rows.items()}


def test_it_has_what_the_report_has(tmp_path: Path) -> None:
    """Each number, line, doubt and word of it."""
    page, tables = page_of(tmp_path, WHOLE)
    (facts,) = (part for part in page.parts if isinstance(part, Facts))
    told = {fact.label: fact.value for fact in facts.facts}
    assert told["Ended"] == "below baseline"
    assert told["By"] == "finished"
    assert told["Exit status"] == 4
    assert (told["Items written"], told["Updated"], told["Unchanged"]) == (7, 1, 9)
    assert (told["Rejected"], told["Refused"], told["Pending"]) == (3, 2, 7)
    assert (told["Pages"], told["Requests"], told["Requests for a new item"]) == (5, 6, 1.5)
    assert (told["Memory, MB"], told["CPU for a page, ms"]) == (114, 9.4)
    assert told["Arguments"] == "sections=aktien limit=5"
    assert page.title == "news, 2026-11-24 07:00"
    rows = rows_of(page, tables)
    assert [line for (line,) in rows["unusual"]] == sorted(WHOLE.unusual)
    assert [line for (line,) in rows["errors"]] == WHOLE.errors
    assert ("quotes", "unchanged", 9) in rows["items"]
    assert rows["rejected"] == [("empty", 1), ("truncated", 2)]
    assert rows["pending"] == [("not-requested", 7)]
    assert ("article", "503", 1) in rows["requests"]
    assert rows["words"] == [("rating", "Solid", 2)]
    assert rows["slowest"] == [("https://x.test/b", 1.5)]
    assert rows["counts"] == [("finnews/new", 4), ("finnews/share", 0.5)]
    doubt = ("article", "price", "unit", 3, 2, "61,40 Mio.", "https://x.test/a")
    assert rows["doubts"] == [doubt]


def test_fields_are_compared_with_earlier_runs_of_the_spider(tmp_path: Path) -> None:
    """Neither later runs count, nor other spiders; what is empty now as before is left out."""
    for hours, spider, headline in (
        (3, "news", 8),
        (2, "news", 10),
        (1, "stocks", 0),
        (-1, "news", 0),
    ):
        source = {"article/articles": Filled(10, {"headline": headline, "kicker": 0, "agency": 1})}
        write(tmp_path, run(hours, spider=spider, filled=source))
    now = {"article/articles": Filled(8, {"headline": 2, "kicker": 0, "agency": 0, "image": 4})}
    page, tables = page_of(tmp_path, run(0, filled=now))
    (table,) = (table for table in page.tables() if table.name == "fields")
    asked = ("field", "filled", "items", "percent", "before", "change")
    rows = [tuple(row[name] for name in asked) for row in all_rows(tables, table)]
    assert rows == [
        ("headline", 2, 8, 25, 90, -65),
        ("agency", 0, 8, 0, 10, -10),
        ("image", 4, 8, 50, None, None),
    ]


def test_it_leads_to_the_runs_before_and_after(tmp_path: Path) -> None:
    """To those of the same spider."""
    before = write(tmp_path, run(2)).stem
    write(tmp_path, run(1, spider="stocks"))
    after = write(tmp_path, run(-1)).stem
    page, _ = page_of(tmp_path, run(0))
    addresses = [address for _, address in page.links]
    assert addresses == [f"runs/{before}", f"runs/{after}", "crawls"]


def test_an_unknown_run_is_missing(tmp_path: Path) -> None:
    """It is said which; all runs are where those of no name are."""
    tables = open_tables(tmp_path)
    missing = answer(tables, "runs/20261124T060000Z-news-%3Cb%3E", {})
    assert isinstance(missing, Missing)
    assert "20261124T060000Z-news-<b>: no run" in missing.text
    assert answer(tables, "runs", {}) == Moved("crawls")


def test_each_run_has_an_address(tmp_path: Path) -> None:
    """It leads to its page, whatever its spider is called."""
    names = [write(tmp_path, run(n, spider=name)).stem for n, name in enumerate(("a b", "c?d=1&e"))]
    tables = open_tables(tmp_path)
    addresses = list(run_page.addresses(tables))
    assert len(addresses) == len(names) == 2
    for address in addresses:
        page = answer(tables, address, {})
        assert isinstance(page, Page)
        assert page.address == address


def test_every_table_can_be_ordered_by_each_column(tmp_path: Path) -> None:
    """No name of a column is a word that the database takes for its own."""
    page, tables = page_of(tmp_path, WHOLE)
    for table in page.tables():
        for column in table.columns:
            tables.rows(ordered(table, f"-{column.name}"), table.parameters)


LINE: Final = "<script>alert(1)</script> & javascript:x"


@pytest.mark.parametrize("report", [run(errors=[LINE]), run(unusual=[LINE])])
def test_lines_are_text(tmp_path: Path, report: Report) -> None:
    """A message can quote what a page prints: it is escaped, and no link."""
    page, tables = page_of(tmp_path, report)
    text = html(page, tables, OnServer(), {})
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; javascript:x" in text
    content = standard.loads(json(page, tables, {}))["tables"]
    assert [*content["errors"]["rows"], *content["unusual"]["rows"]] == [{"line": LINE}]
