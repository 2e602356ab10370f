"""The page of all days, and which addresses are days."""

from datetime import date
from pathlib import Path

import pytest

from finnews.look.model import Missing
from finnews.look.registry import answer
from tests.support.look_pages import archived, article, page_at, price, rows_at, study
from tests.support.open_tables import open_tables


def test_each_day_is_counted_and_leads_to_its_page(tmp_path: Path) -> None:
    """What has only a day is of it; what has neither is of the day of fetching."""
    items = [
        *(article("2026-11-26T23:30:00+00:00"), article("2026-11-27", number=2)),
        *(study("2026-11-25"), price("2026-11-25"), price("2026-11-25T10:00:00+01:00")),
        price(None, fetched_at="2026-11-23T23:30:00+00:00"),
    ]
    tables = open_tables(archived(tmp_path, items))
    asked = ("day", "articles", "verdicts", "prices", "_address")
    rows = rows_at(tables, "days", "days", *asked)
    assert rows == [
        (date(2026, 11, 27), 2, 0, 0, "days/2026-11-27"),
        (date(2026, 11, 25), 0, 1, 2, "days/2026-11-25"),
        (date(2026, 11, 24), 0, 0, 1, "days/2026-11-24"),
    ]
    for day, *_, address in rows:
        assert page_at(tables, address).title.endswith(f"{day.day} November 2026")


@pytest.mark.parametrize(
    "name",
    [
        *("2026-02-30", "2026-13-01", "2026-W48-5", "20261127", "2026-11-27T00:00:00", "heute", ""),
        *("0000-01-01", "２０２６-11-27", "2026-11-27/x", "-2026-11-27", "2026-331"),
    ],
)
def test_what_is_no_day_is_told(tmp_path: Path, name: str) -> None:
    """With an example, and a link to all days; a day has one spelling."""
    found = answer(open_tables(tmp_path), f"days/{name}", {})
    expected = f"{name}: no day, such as 2026-11-27."
    assert found == Missing(expected, (("Days", "days"),))


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:30:00-10:00", "0001-01-01", "9999-12-31"]
)
def test_a_time_that_no_clock_shows_is_missing(tmp_path: Path, time: str) -> None:
    """All pages are there; what has it is of the day of fetching."""
    items = [article(time, "muster"), price(time), study(time, action="upgraded", price_target="1")]
    tables = open_tables(archived(tmp_path, items))
    assert rows_at(tables, "days", "days", "day", "articles", "verdicts", "prices") == [
        (date(2026, 11, 27), 1, 1, 1)
    ]
    for address in ("index", "days/2026-11-27", "papers", "stocks/muster", "verdicts"):
        page_at(tables, address)
