"""What charts get of their tables: the columns that are drawn, each value once."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from finnews.look.datasets import Dataset, dataset
from finnews.look.links import OnServer

DRAWING = {"layer": [{"encoding": {"x": {"field": "at"}, "y": {"field": "price"}}}], "other": 3}


def rows_of(columns: Dataset) -> list[dict[str, Any]]:
    """Return the rows, as the page's script makes them."""
    values = {
        name: [column[0][place] for place in column[1]] if len(column) == 2 else column[0]
        for name, column in columns.items()
    }
    return [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]


def test_only_columns_that_the_drawing_names_are_sent() -> None:
    """The others are in the table under the chart."""
    rows = [{"at": date(2026, 11, 28), "price": Decimal("1.5"), "lowest": Decimal("1.4")}]
    assert rows_of(dataset(rows, DRAWING, OnServer())) == [{"at": 1795824000000, "price": 1.5}]


def test_a_value_that_rows_share_is_sent_once() -> None:
    """Each row says which it is; of values that are all different, no row needs to."""
    rows = [{"at": at, "price": at % 2} for at in range(4)]
    columns = dataset(rows, DRAWING, OnServer())
    assert columns == {"at": [[0, 1, 2, 3]], "price": [[0, 1], [0, 1, 0, 1]]}
    assert rows_of(columns) == rows


def test_times_are_those_of_the_clock_on_the_wall() -> None:
    """In milliseconds, as if that clock stood in UTC; what is missing stays so."""
    rows: list[dict[str, Any]] = [{"at": datetime(1970, 1, 1, 0, 0, 1)}, {"at": None}]
    assert rows_of(dataset(rows, DRAWING, OnServer())) == [{"at": 1000}, {"at": None}]


def test_no_rows_are_no_columns() -> None:
    """Which the page's script makes no rows of."""
    assert dataset([], DRAWING, OnServer()) == {}


def test_a_mark_leads_to_a_page_here_or_of_the_web() -> None:
    """Anything else is taken for a page here."""
    rows = [{"href": "stocks/tesla"}, {"href": "https://x.test/a"}, {"href": "javascript:alert(1)"}]
    found = rows_of(dataset(rows, {"href": {"field": "href"}}, OnServer()))
    links = ["/stocks/tesla", "https://x.test/a", "/javascript:alert(1)"]
    assert [row["href"] for row in found] == links
