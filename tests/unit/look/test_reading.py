"""The rows of a table: in any order, on any page, as any file."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import polars
import pytest
from parsel import Selector

from finnews.look.live_tables import LiveTables
from finnews.look.model import Missing, Table
from finnews.look.reading import shown
from finnews.look.registry import addresses, answer
from finnews.look.table_files import content
from finnews.sql.answers import plain
from tests.support.look_pages import (
    archived,
    article,
    charts_of,
    document,
    page_at,
    price,
    rows_at,
    study,
    table_at,
)
from tests.support.open_tables import open_tables

PAPER = "stocks/muster"
AT = "2026-11-27T12:00:00+01:00"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveTables]:
    """Give tables with many rows, of which some lack some values."""
    times = [f"2026-11-{day:02}T{2 * n:02}:00:00+01:00" for day in range(1, 26) for n in range(5)]
    items: list[Any] = [
        price(time, f"{number}.{number:03}0", bid=Decimal(number) if number % 3 else None,
              volume=number * 1000 if number % 4 else None)
        for number, time in enumerate(times, 1)
    ]  # fmt: skip
    items += [price(None, "7.5", fetched_at="2026-11-20T10:00:00+00:00"), price("2026-11-10", "8")]
    items += [
        study(time, f"Häuser, {number} \"&\" Söhne\n", number,
              price_target=f"{number}.10", action="upgraded" if number % 2 else None)
        for number, time in enumerate([*times[:30], "2026-11-03"], 1)
    ]  # fmt: skip
    items += [article(time, "muster", number=number) for number, time in enumerate(times)]
    with LiveTables(archived(tmp_path_factory.mktemp("reading"), items)) as opened:
        yield opened


def all_tables(tables: LiveTables) -> Iterator[tuple[str, Table]]:
    """Yield the tables of all pages."""
    for address in ("index", "days", "papers", PAPER, "verdicts", "crawls"):
        for table in page_at(tables, address).tables():
            yield address, table


def test_any_column_orders_a_table_both_ways(tables: LiveTables) -> None:
    """What is missing comes last both ways; all pages together have each row once."""
    for _, table in all_tables(tables):
        total = shown(tables, table, {}).total
        for column in table.columns:
            if not column.is_sortable:
                continue
            values = []
            for sign in ("", "-"):
                order = f"{sign}{column.name}"
                rows: list[dict[str, Any]] = []
                for number in range(1, -(-total // table.size) + 1):
                    asked = {table.name: order, f"{table.name}.page": str(number)}
                    rows += shown(tables, table, asked).rows
                assert len(rows) == total
                assert len({repr(row) for row in rows}) == total
                names = [name for name in (column.name, column.day) if name]
                given = [next((row[n] for n in names if row[n] is not None), None) for row in rows]
                known = [value for value in given if value is not None]
                assert given[len(known) :] == [None] * (total - len(known))
                keys = [row[column.order or column.name] for row in rows][: len(known)]
                assert keys == sorted(keys, reverse=bool(sign))
                values.append(known)
            assert sorted(map(repr, values[0])) == sorted(map(repr, values[1]))


@pytest.mark.parametrize(
    "asked",
    [
        *("nothing", "-", "--price", "_at", "-_at", "price DESC", 'price"', "PRICE", "url", ""),
        "1; DROP TABLE quotes",
    ],
)
def test_an_order_that_there_is_not_is_ignored(tables: LiveTables, asked: str) -> None:
    """So is what only the page needs, and what is no column."""
    rows = table_at(tables, PAPER, "prices", {"prices": asked})
    assert (rows.order, rows.rows) == ("-quoted_at", table_at(tables, PAPER, "prices").rows)


@pytest.mark.parametrize("asked", ["0", "-1", "1.5", "x", "", "٢", "1e3", "99999999999", " 2"])
def test_a_page_that_is_no_number_is_the_first(tables: LiveTables, asked: str) -> None:
    """Whatever stands in the address."""
    assert table_at(tables, PAPER, "prices", {"prices.page": asked}).number == 1


@pytest.mark.parametrize("name", ["prices", "news", "line-eur", "articles-at-eur"])
def test_a_page_beyond_the_end_says_so_and_leads_back(tables: LiveTables, name: str) -> None:
    """To the last page there is, in the same order; of tables under charts as well."""
    text = document(tables, PAPER, {f"{name}.page": "99", name: "local"})
    assert "The table has no page 99." in text
    (link,) = Selector(text).xpath("//a[starts-with(., 'Last page')]")
    pages = table_at(tables, PAPER, name).pages
    assert f"{name}.page={pages}" in link.attrib["href"]
    assert pages > 1
    assert f"{name}=local" in link.attrib["href"]


def test_a_table_under_a_chart_has_pages_and_orders(tables: LiveTables) -> None:
    """The chart itself has all rows."""
    text = document(tables, PAPER, {"line-eur": "-price", "line-eur.page": "2"})
    table = Selector(text).css("table#line-eur")
    assert table.css("th[aria-sort=descending] button::attr(data-column)").get() == "price"
    rows = charts_of(text)["prices-eur-chart"]["line-eur"]
    size = table_at(tables, PAPER, "line-eur").table.size
    prices = sorted((row["price"] for row in rows), reverse=True)
    values = [float(one) for one in table.css("tr td:nth-child(3) data::attr(value)").getall()]
    assert values == prices[size : 2 * size]
    assert "Previous" in text


def test_files_have_what_the_table_has(tables: LiveTables) -> None:
    """All rows in the order asked for, exact decimals, nothing that only serves the page."""
    for address, table in all_tables(tables):
        order = {table.name: f"-{table.columns[0].name}"} if table.columns[0].is_sortable else {}
        expected: list[dict[str, Any]] = []
        for number in range(1, shown(tables, table, order).pages + 1):
            expected += shown(tables, table, {**order, f"{table.name}.page": str(number)}).rows
        names = [name for name in (expected[0] if expected else {}) if not name.startswith("_")]
        text = content(tables, table, "csv", order).decode()
        rows = list(csv.DictReader(StringIO(text, newline="")))
        frame = polars.read_parquet(BytesIO(content(tables, table, "parquet", order)))
        assert len(rows) == len(frame) == len(expected), (address, table.name)
        if not expected:
            continue
        assert list(rows[0]) == frame.columns == names
        for row, read, true in zip(rows, frame.iter_rows(named=True), expected, strict=True):
            assert {name: _text(true[name]) for name in names} == {
                name: _compared(row[name], true[name]) for name in names
            }
            assert all(
                read[name] == true[name] for name in names if isinstance(true[name], Decimal)
            )


def _text(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value
    return "" if value is None else plain(value) if isinstance(value, list) else str(value)


def _with_time(paper: dict[str, Any]) -> dict[str, Any]:
    time = paper["priced_at"]
    return paper | {"priced_at": time and datetime.fromisoformat(time).isoformat()}


def _compared(text: str, true: Any) -> Any:
    match true:
        case Decimal():
            return Decimal(text)
        case datetime():
            read = datetime.fromisoformat(text)
            return str(read.astimezone(true.tzinfo) if true.tzinfo else read)
        case list():
            return [_with_time(paper) for paper in json.loads(text, parse_float=Decimal)]
        case bool():
            return text.title()
        case float():
            return str(float(text))
    return text


def test_each_page_has_an_address_that_leads_to_it(tables: LiveTables) -> None:
    """The one that it names itself by."""
    for address in addresses(tables):
        assert page_at(tables, address).address == address


def test_words_are_ordered_as_in_a_dictionary(tmp_path: Path) -> None:
    """Umlauts beside their letters, capitals beside small ones."""
    names = ["zebra", "Ärger", "apfel", "Zoo", "Arbeit", "öl"]
    items = [
        article(f"2026-11-20T1{number}:00:00+01:00", number=number, headline=name)
        for number, name in enumerate(names)
    ]
    tables = open_tables(archived(tmp_path, items))
    found = rows_at(tables, "index", "articles", "headline", articles="headline")
    assert [name for (name,) in found] == ["apfel", "Arbeit", "Ärger", "öl", "zebra", "Zoo"]


def test_lists_in_a_csv_are_json_with_exact_numbers(tmp_path: Path) -> None:
    """And with times as everywhere else."""
    items = [article("2026-11-20T10:00:00+01:00", "muster"), price("2026-11-20T09:00:00+01:00")]
    tables = open_tables(archived(tmp_path / "archive", items))
    (table,) = (one for one in page_at(tables, "index").tables() if one.name == "articles")
    (row,) = csv.DictReader(StringIO(content(tables, table, "csv", {}).decode()))
    (paper,) = json.loads(row["papers"])
    assert (paper["price"], paper["priced_at"]) == (10, "2026-11-20T08:00:00+00:00")


@pytest.mark.parametrize("address", ["verdicts/x", "crawls/x", "search/x", "index/x"])
def test_what_is_below_a_page_that_stands_alone_is_missing(
    tables: LiveTables, address: str
) -> None:
    """Another address does not have its content."""
    assert isinstance(answer(tables, address, {}), Missing)
