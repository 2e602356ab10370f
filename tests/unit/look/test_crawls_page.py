"""The page of all crawls: what it tells of runs, fields that fell, doubts and new words."""

import json as standard
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from finnews.look import crawls_page
from finnews.look.fill_charts import fill_charts
from finnews.look.links import OnServer
from finnews.look.live_tables import LiveTables
from finnews.look.model import Chart, Note, Page
from finnews.look.reading import all_rows, ordered
from finnews.look.rendering import html, json
from finnews.look.run_parts import NEWEST, POINTS
from finnews.reporting.model import Doubted, Doubts, Filled, Report
from finnews.reporting.runs import write
from tests.support.open_tables import open_tables
from tests.support.reports import run


def filled(**fields: int) -> dict[str, Filled]:
    """Return what ten articles had."""
    return {"article/articles": Filled(10, fields)}


def doubts(printed: str, url: str = "https://x.test/a") -> dict[str, Doubts]:
    """Return one doubt of a price."""
    return {"stock": Doubts(5, {"price": {"unit": Doubted(3, 2, url, printed)}})}


def loaded(directory: Path, *reports: Report) -> LiveTables:
    """Return the tables of an archive with these runs."""
    for report in reports:
        write(directory, report)
    return open_tables(directory)


def page_of(tables: LiveTables) -> Page:
    """Return the page."""
    page = crawls_page.page(tables, ("crawls",), {})
    assert isinstance(page, Page)
    return page


def rows_of(tables: LiveTables, name: str) -> list[dict[str, Any]]:
    """Return the rows of one of the page's tables."""
    (table,) = (table for table in page_of(tables).tables() if table.name == name)
    return all_rows(tables, table)


def picked(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Return some columns of rows."""
    return [tuple(row[name] for name in names) for row in rows]


def drawn(chart: Chart) -> str:
    """Return a chart's specification as a text."""
    return standard.dumps(chart.draw())


def test_without_runs_it_says_how_to_make_one(tmp_path: Path) -> None:
    """It is the same page, with a table that is empty."""
    tables = loaded(tmp_path)
    text = html(page_of(tables), tables, OnServer(), {})
    assert "No run is reported. Run: scrapy crawl news" in text
    assert rows_of(tables, "runs") == []


def test_each_run_is_a_row_and_a_mark_that_lead_to_its_page(tmp_path: Path) -> None:
    """The newest run is the first row; what it wrote is the sum over kinds."""
    items = {"articles": {"written": 3}, "quotes": {"written": 4, "updated": 2}}
    older = run(2, items=items, requests_per_new=1.5, rejected={"empty": 2})
    tables = loaded(tmp_path, older, run(1, spider="stocks", status=3, refused=6))
    asked = ("spider", "meaning", "written", "rejected", "refused", "requests_per_new")
    stocks, news = rows_of(tables, "runs")
    assert picked([stocks, news], *asked) == [
        ("stocks", "refused", 0, 0, 6, None),
        ("news", "done", 7, 2, 0, 1.5),
    ]
    marks = picked(rows_of(tables, "ends"), "spider", "meaning", "items", "runs", "href")
    assert marks == [
        ("stocks", "refused", 0, 1, stocks["_run"]),
        ("news", "done", 9, 1, news["_run"]),
    ]
    assert news["_run"].startswith("runs/20261124T040000Z-news-")


def test_each_spider_is_told_with_its_last_run(tmp_path: Path) -> None:
    """How it ended, and how many runs of the spider were not done."""
    reports = [run(3, status=1), run(2, seconds=4.0), run(1, status=4, seconds=8.0)]
    rows = rows_of(loaded(tmp_path, *reports), "spiders")
    assert picked(rows, "spider", "meaning", "runs", "not_done") == [
        ("news", "below baseline", 3, 2)
    ]


def test_a_line_has_no_more_points_than_can_be_seen(tmp_path: Path) -> None:
    """Points are means of runs alike in number; together they have them all."""
    items = {"articles": {"written": 6}}
    many = (run(number, items=items, requests_per_new=2.0) for number in range(3 * POINTS))
    tables = loaded(tmp_path, *many)
    for name, values in (("work", ("written", 6)), ("costs", ("requests_per_new", 2))):
        rows = rows_of(tables, name)
        assert len(rows) == POINTS
        assert {row["runs"] for row in rows} == {3}
        assert {row[values[0]] for row in rows} == {values[1]}


def test_few_runs_are_points_each(tmp_path: Path) -> None:
    """Up to `POINTS` runs of a spider are not added up."""
    tables = loaded(tmp_path, *(run(number, refused=number) for number in range(POINTS)))
    assert [row["refused"] for row in rows_of(tables, "work")] == list(range(POINTS))


def test_a_field_that_all_pages_lack_has_fallen(tmp_path: Path) -> None:
    """The fall is told with the run and the lowest share before; a field that was rare is not."""
    before = [run(9 - n, filled=filled(headline=10 - n % 2, kicker=0, agency=5)) for n in range(6)]
    after = run(1, filled=filled(headline=2, kicker=0, agency=4))
    tables = loaded(tmp_path, *before, after)
    falls = picked(rows_of(tables, "falls"), "source", "field", "percent", "lowest", "items")
    assert falls == [("article/articles", "headline", 20, 90, 10)]
    assert rows_of(tables, "falls")[0]["_run"].startswith("runs/20261124T050000Z-news-")


def test_the_last_runs_are_not_drowned_by_many_before(tmp_path: Path) -> None:
    """Each of the newest is a point of its own, so that a fall in the last run alone is seen."""
    whole = (run(number, filled=filled(headline=10)) for number in range(1, 5 * POINTS))
    tables = loaded(tmp_path, *whole, run(0, filled=filled(headline=0)))
    assert picked(rows_of(tables, "falls"), "percent", "items") == [(0, 10)]
    rows = rows_of(tables, "fields-article-articles")
    assert picked(rows, "percent", "runs") == [(0, 1), (100, 1), (100, rows[-1]["runs"])]
    assert NEWEST < POINTS < sum(row["runs"] for row in rows) + 5 * POINTS


def test_sources_come_by_their_newest_fall(tmp_path: Path) -> None:
    """Then those that varied without a fall, by name; those that did not vary are in a table."""
    steady = {"b/quotes": Filled(10, {"bid": 10, "ask": 0})}
    varied = [{"a/quotes": Filled(10, {"price": number})} for number in (9, 8, 9, 8)]
    fell = [{"z/events": Filled(10, {"date": number})} for number in (10, 10, 0, 0)]
    last = [{"m/ratings": Filled(10, {"firm": number})} for number in (10, 10, 10, 0)]
    runs = zip(varied, fell, last, strict=True)
    reports = [run(9 - n, filled=steady | a | z | m) for n, (a, z, m) in enumerate(runs)]
    tables = loaded(tmp_path, *reports)
    charts = [part for part in fill_charts(tables) if isinstance(part, Chart)]
    titles = ["ratings on m pages", "events on z pages", "quotes on a pages"]
    assert [chart.title for chart in charts] == [f"Fields of {title}" for title in titles]
    steady_rows = picked(rows_of(tables, "steady"), "source", "field", "lowest", "items", "runs")
    assert steady_rows == [("b/quotes", "bid", 100, 40, 4)]


def test_points_between_equal_ones_are_left_out(tmp_path: Path) -> None:
    """The line is the same without them."""
    shares = [10, 10, 10, 10, 4, 4, 4, 9]
    reports = [run(20 - n, filled=filled(headline=share)) for n, share in enumerate(shares)]
    rows = rows_of(loaded(tmp_path, *reports), "fields-article-articles")
    assert [row["percent"] for row in rows] == [90, 40, 40, 100, 100]


def test_doubts_are_added_up_with_the_newest_example(tmp_path: Path) -> None:
    """Values, pages and runs are all of them; what is printed is that of the last run."""
    old, new = doubts("1,5 Mio.", "https://x.test/old"), doubts("2,5 Mio.", "https://x.test/new")
    rows = rows_of(loaded(tmp_path, run(2, doubts=old), run(1, doubts=new), run(0)), "doubts")
    asked = ("page_type", "field", "reason", "values", "pages", "runs", "printed", "url")
    expected = ("stock", "price", "unit", 6, 4, 2, "2,5 Mio.", "https://x.test/new")
    assert picked(rows, *asked) == [expected]


def test_new_words_are_added_up(tmp_path: Path) -> None:
    """How often, in how many runs."""
    words: list[Mapping[str, Any]] = [{"rating": {"Solid": 2}}, {"rating": {"Solid": 3, "Gut": 1}}]
    reports = [run(hours, vocabulary=of_run) for hours, of_run in enumerate(words)]
    rows = sorted(picked(rows_of(loaded(tmp_path, *reports), "words"), "word", "number", "runs"))
    assert rows == [("Gut", 1, 1), ("Solid", 5, 2)]


HOSTILE = "</script><script>alert(1)</script>"


@pytest.mark.parametrize(
    "report",
    [
        run(doubts=doubts(HOSTILE)),
        run(doubts=doubts("x", f"javascript:{HOSTILE}")),
        run(vocabulary={HOSTILE: {HOSTILE: 1}}),
        run(spider="a b", arguments={"stocks": HOSTILE}, finish_reason=HOSTILE),
        run(filled={f"{HOSTILE}/{HOSTILE}": Filled(10, {HOSTILE: 10})}),
    ],
)
def test_what_pages_print_is_never_markup(tmp_path: Path, report: Report) -> None:
    """It stands on the page as it was printed, as text, and in JSON as a string."""
    emptied = {
        source: Filled(10, dict.fromkeys(of.fields, 0)) for source, of in report.filled.items()
    }
    tables = loaded(tmp_path, report, replace(run(1), filled=emptied, spider=report.spider))
    page = page_of(tables)
    text = html(page, tables, OnServer(), {})
    assert HOSTILE not in text
    assert 'href="javascript' not in text
    assert text.count("<script") == text.count("</script>")
    content = json(page, tables, {})
    assert standard.loads(content)["tables"]["runs"]["total"] == 2
    assert "alert(1)" in standard.dumps(standard.loads(content))


def test_each_chart_has_its_tables_and_leads_to_runs(tmp_path: Path) -> None:
    """A chart's data are named as its tables are; what they have can be had as files."""
    reports = [run(n, filled=filled(headline=n), requests_per_new=1.0) for n in range(4)]
    tables = loaded(tmp_path, *reports)
    charts = [part for part in page_of(tables).parts if isinstance(part, Chart)]
    assert len(charts) == 4
    for chart in charts:
        assert f'"name": "{chart.tables[0].name}"' in drawn(chart)
        assert all(row["href"].startswith("runs/") for row in all_rows(tables, chart.tables[0]))
    assert any(isinstance(part, Note) for part in page_of(tables).parts)


def test_every_table_can_be_ordered_by_each_column(tmp_path: Path) -> None:
    """No name of a column is a word that the database takes for its own."""
    tables = loaded(tmp_path, run(1, doubts=doubts("x"), vocabulary={"rating": {"Solid": 1}}))
    for table in page_of(tables).tables():
        for column in table.columns:
            tables.rows(ordered(table, f"-{column.name}"), table.parameters)


def test_a_table_under_a_chart_has_pages(tmp_path: Path) -> None:
    """The chart shows all rows; an address asks for those behind the first page."""
    tables = loaded(tmp_path, *(run(hour, status=hour % 2) for hour in range(100)))
    first, second = (
        html(page_of(tables), tables, OnServer(), arguments)
        for arguments in ({}, {"ends.page": "2"})
    )
    assert "25 of" in first
    assert "page 2" not in first
    assert "page 2</span>" in second
