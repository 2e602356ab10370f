"""The page of all verdicts: houses, changes of mind, and prices after them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.look_pages import archived, document, price, rows_at, study
from tests.support.open_tables import open_tables

AT = "2026-06-10T12:00:00+02:00"
CASE = ("days", "before", "later", "change", "exchange", "unit")


def on(days: int, clock: str = "12:00:00") -> str:
    """Return a time some days after that of the study."""
    day = date(2026, 6, 10) + timedelta(days)
    return f"{day}T{clock}+02:00"


def cases(directory: Path, *items: Any, at: str = AT) -> list[tuple[Any, ...]]:
    """Return the cases of an upgrade among these prices."""
    items = (study(at, action="upgraded"), *items)
    tables = open_tables(archived(directory, items))
    rows = rows_at(tables, "verdicts", "cases", *CASE, cases="days")
    document(tables, "verdicts")
    return rows


def test_an_archive_without_verdicts_says_what_to_run(tmp_path: Path) -> None:
    """The page is there."""
    text = document(open_tables(tmp_path), "verdicts")
    assert "No verdict is archived. Run: scrapy crawl ratings" in text
    assert "No upgrade or downgrade is archived." in text


def test_houses_are_counted_by_what_they_say(tmp_path: Path) -> None:
    """Newest versions only; what is no verdict is not counted."""
    items = [
        *(study("2026-11-20", "A", 1), study("2026-11-21", "A", 2, verdict="hold")),
        *(study("2026-11-22", "A", 3, page="anders"), study("2026-11-22", "B", 4, verdict="sell")),
        study("2026-11-23", "A", 5, verdict=None, rating="Eher nicht"),
    ]
    archived(tmp_path, items)
    later = study("2026-11-22", "B", 4, verdict="hold", fetched_at="2026-11-28T00:00:00+00:00")
    tables = open_tables(archived(tmp_path, [later]))
    asked = ("firm", "buy", "hold", "sell", "verdicts", "buy_percent", "papers")
    assert rows_at(tables, "verdicts", "houses", *asked) == [
        ("A", 2, 1, 0, 3, Decimal("66.7"), 2),
        ("B", 0, 1, 0, 1, 0, 1),
    ]
    shares = rows_at(tables, "verdicts", "shares", "firm", "verdict", "verdicts")
    assert sorted(shares) == [("A", "buy", 2), ("A", "hold", 1), ("B", "hold", 1)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([0], [30], [30]),
        ([-5], [25], [30]),
        ([-6], [30], []),
        ([0], [24], []),
        ([0], [31], []),
        ([0], [90], [90]),
        ([0], [30, 85], [30, 90]),
        ([], [30, 90], []),
    ],
)
def test_a_case_has_a_price_then_and_later(
    tmp_path: Path, before: list[int], after: list[int], expected: list[int]
) -> None:
    """None is more than five days older than the day that it stands for, none is younger."""
    prices = [price(on(days, "11:00:00"), "10") for days in before]
    found = cases(tmp_path, *prices, *(price(on(days), "11") for days in (*after, 120)))
    assert [row[:4] for row in found] == [(days, 10, 11, 10) for days in expected]


def test_a_study_is_no_case_before_its_days_have_passed(tmp_path: Path) -> None:
    """A price of the 28th day stands for the 30th only if the archive goes on to that."""
    assert cases(tmp_path, price(on(0, "11:00:00"), "10"), price(on(28), "11")) == []


def test_the_last_price_counts(tmp_path: Path) -> None:
    """Before the study that before its time; later that of the day or the last before."""
    prices = [
        *(price(on(-1), "9"), price(on(0, "11:59:00"), "10"), price(on(0, "12:01:00"), "99")),
        *(price(on(28), "98"), price(on(30, "08:00:00"), "97"), price(on(30, "22:00:00"), "12.5")),
        price(on(31), "96"),
    ]
    assert [row[:4] for row in cases(tmp_path, *prices)] == [(30, 10, Decimal("12.5"), 25)]


@pytest.mark.parametrize(
    ("study_at", "price_at"),
    [
        ("2026-06-10", "2026-06-10T00:00:00+02:00"),
        ("2026-06-10", "2026-06-10T08:00:00+02:00"),
        ("2026-06-10", "2026-06-10"),
        (AT, "2026-06-10"),
        (AT, on(0, "12:00:01")),
    ],
)
def test_what_may_be_later_is_no_price_before(tmp_path: Path, study_at: str, price_at: str) -> None:
    """Of a study or price with only a day nobody knows which came first on that day."""
    assert cases(tmp_path, price(price_at), price(on(30), "11"), at=study_at) == []
    earlier = [price(on(-1), "8"), price(on(30), "11")]
    found = cases(tmp_path, *earlier, at=study_at)
    assert [row[:3] for row in found] == [(30, 8, 11)]


@pytest.mark.parametrize(
    "other",
    [{"exchange": "Xetra"}, {"currency": "USD"}, {"currency": None}, {"page": "anders"}],
)
def test_prices_of_different_kinds_are_no_case(tmp_path: Path, other: dict[str, Any]) -> None:
    """Both are of one exchange, in one unit, of one paper."""
    assert cases(tmp_path, price(on(0, "11:00:00")), price(on(30), **other)) == []


def test_the_exchange_with_most_prices_counts(tmp_path: Path) -> None:
    """Each study is one case, whatever the number of exchanges."""
    prices = [
        *(price(on(0, "11:00:00"), "10"), price(on(30), "11")),
        *(price(on(-days, "11:00:00"), "20", exchange="Xetra") for days in range(3)),
        price(on(30), "30", exchange="Xetra"),
    ]
    assert cases(tmp_path, *prices) == [(30, 20, 30, 50, "Xetra", "EUR")]


def test_a_unit_that_is_not_named_is_missing(tmp_path: Path) -> None:
    """It is no empty text."""
    prices = [price(on(days, "11:00:00"), currency=None) for days in (0, 30)]
    assert [row[5] for row in cases(tmp_path, *prices)] == [None]


def test_a_change_beyond_all_bounds_is_missing(tmp_path: Path) -> None:
    """And the page is there."""
    prices = [price(on(0, "11:00:00"), "0.000000000001"), price(on(30), "9" * 20)]
    assert [row[3] for row in cases(tmp_path, *prices)] == [None]


def test_changes_of_prices_are_added_up(tmp_path: Path) -> None:
    """How many cases, of them higher, with median and mean, by change of mind and days."""
    items: list[Any] = []
    for number, (action, later) in enumerate(
        [("upgraded", 11), ("upgraded", 9), ("upgraded", 14), ("downgraded", 8), ("maintained", 1)]
    ):
        page = f"muster-{number}"
        items.append(study(AT, number=number, action=action, page=page))
        items += [price(on(0, "11:00:00"), "10", page), price(on(30), str(later), page)]
    tables = open_tables(archived(tmp_path, items))
    asked = ("action", "days", "cases", "rose", "median", "mean", "lowest", "highest")
    assert rows_at(tables, "verdicts", "after", *asked) == [
        ("downgraded", 30, 1, 0, -20, -20, -20, -20),
        ("upgraded", 30, 3, 2, 10, Decimal("13.33"), -10, 40),
    ]
    changes = rows_at(tables, "verdicts", "changes", "action", "date_published")
    assert {row[1] for row in changes} == {datetime.fromisoformat(AT)}
    assert len(changes) == 4
