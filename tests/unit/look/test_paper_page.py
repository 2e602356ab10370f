"""The page of a paper: its charts and tables, by unit, under all its names, however many."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from parsel import Selector

from finnews.look.model import Chart, Missing, Moved, Note
from finnews.look.paper_units import MOST_POINTS
from finnews.look.price_charts import POINTS
from finnews.look.reading import all_rows
from finnews.look.registry import answer
from tests.support.look_pages import (
    archived,
    article,
    charts_of,
    document,
    page_at,
    price,
    registered,
    rows_at,
    study,
    table_at,
)
from tests.support.open_tables import open_tables

PAPER = "stocks/muster"
ISIN = "DE0007164600"
DAY = date(2026, 11, 27)
AT = "2026-11-27T12:00:00+01:00"


def test_a_paper_without_anything_says_so(tmp_path: Path) -> None:
    """Each part says that it is empty; facts that are not known are dashes."""
    text = document(open_tables(archived(tmp_path, [registered("muster")])), PAPER)
    for words in (
        *("No price is archived.", "No verdict is archived.", "No date is archived."),
        "No article that names it is archived.",
    ):
        assert words in text
    assert "<figure" not in text
    assert '<span class="none" title="not archived">–</span>' in text


def test_each_unit_has_a_chart_of_its_own(tmp_path: Path) -> None:
    """Three currencies, points, no unit at all, units that are spelled alike or oddly."""
    units = [("EUR", None), ("USD", None), ("CHF", None), (None, "points"), (None, None)]
    units += [(None, unit) for unit in ("EUR/oz", "eur oz", "é", "..")]
    items = [
        price(AT, str(number), currency=currency, unit=unit, exchange=f"Börse {number}")
        for number, (currency, unit) in enumerate(units, 1)
    ]
    drawn = charts_of(document(open_tables(archived(tmp_path, items)), PAPER))
    prices = {
        name: {row["price"] for row in rows}
        for name, chart in drawn.items()
        for table, rows in chart.items()
        if table.startswith("line-")
    }
    assert sorted(value for values in prices.values() for value in values) == list(range(1, 10))
    assert all(len(values) == 1 for values in prices.values())
    named = {"eur", "usd", "chf", "points", "no-unit", "eur-oz", "eur-oz-2", "other", "other-2"}
    assert set(prices) == {f"prices-{name}-chart" for name in named}


def test_what_has_only_a_day_is_never_at_midnight(tmp_path: Path) -> None:
    """In tables and where the pointer stands it is a day; only its mark needs a place."""
    items: list[Any] = [price("2026-11-27"), price("2026-11-26T10:00:00+01:00")]
    items += [article("2026-11-27", "muster"), study("2026-11-27", price_target="12")]
    tables = open_tables(archived(tmp_path, items))
    for name in ("articles-at-eur", "verdicts-at-eur"):
        assert rows_at(tables, PAPER, name, "local", "local_day") == [(None, DAY)]
    assert rows_at(tables, PAPER, "line-eur", "local", "local_day") == [
        (datetime(2026, 11, 26, 10), date(2026, 11, 26)),
        (None, DAY),
    ]
    for name in ("news", "houses", "all-verdicts"):
        asked = ("date_published", "date_published_day")
        assert rows_at(tables, PAPER, name, *asked) == [(None, DAY)]
    for address in (PAPER, "papers", "verdicts", "days/2026-11-27"):
        assert "2026-11-27 00:00" not in document(tables, address)


def test_a_renamed_share_has_what_is_archived_under_both_names(tmp_path: Path) -> None:
    """One page, to which both addresses and the number lead, which tells the other name."""
    then = "2026-01-01T00:00:00+00:00"
    items = [
        registered("alt-ag", isin=ISIN, name="Alt & Söhne AG", fetched_at=then),
        registered("neu", isin=ISIN),
        *(price(AT, "1", page="alt-ag"), price(AT, "2", page="neu", exchange="Xetra")),
        *(article(AT, "alt-ag"), article(AT, "neu", "alt-ag", number=2)),
        *(study(AT, page="alt-ag"), study(AT, "Zweitbank", 2, page="neu")),
    ]
    tables = open_tables(archived(tmp_path, items))
    for name in ("alt-ag", "ALT_AG", ISIN):
        assert answer(tables, f"stocks/{name}", {}) == Moved("stocks/neu")
    assert (
        Note("It is also archived as Alt & Söhne AG (alt-ag).")
        in page_at(tables, "stocks/neu").parts
    )
    for table, number in (("prices", 2), ("news", 2), ("all-verdicts", 2), ("last-prices", 2)):
        assert table_at(tables, "stocks/neu", table).total == number
    counts = rows_at(tables, "papers", "papers", "name", "articles", "verdicts", "prices")
    assert counts == [("Neu", 2, 2, 2)]


def test_a_number_of_two_papers_leads_to_both(tmp_path: Path) -> None:
    """A name that a share and an index have is told, with both."""
    items = [registered("muster"), registered("muster", kind="index", name="Muster-Index")]
    tables = open_tables(archived(tmp_path, items))
    found = answer(tables, "papers/muster", {})
    assert found == Missing(
        "muster is the name of several papers:",
        (("Muster", "stocks/muster"), ("Muster-Index", "indices/muster")),
    )
    assert page_at(tables, "indices/muster").title == "Muster-Index"


@pytest.mark.parametrize("spread", [timedelta(minutes=10), timedelta(seconds=20)])
def test_many_articles_leave_the_page_bounded(tmp_path: Path, spread: timedelta) -> None:
    """Marks are as many as can be told apart, whatever the time of the prices; all are counted."""
    start = datetime.fromisoformat(AT) - 1000 * spread
    items = [
        article((start + number * spread).isoformat(), "muster", number=number)
        for number in range(2000)
    ]
    tables = open_tables(archived(tmp_path, [price(AT), *items]))
    marks = table_at(tables, PAPER, "articles-at-eur", {"articles-at-eur": "-articles"})
    assert marks.total <= POINTS + 1
    (chart,) = (
        p for p in page_at(tables, PAPER).parts if getattr(p, "name", "") == "prices-eur-chart"
    )
    assert isinstance(chart, Chart)
    total = sum(row["articles"] for row in all_rows(tables, chart.tables[1]))
    assert total == len([item for item in items if _is_beside(item.date_published)])
    assert table_at(tables, PAPER, "news").total == 2000
    assert len(document(tables, PAPER)) < 500_000


def _is_beside(time: str | None) -> bool:
    return abs(datetime.fromisoformat(time or "") - datetime.fromisoformat(AT)) <= timedelta(7)


def test_many_verdicts_leave_the_page_bounded(tmp_path: Path) -> None:
    """Of each part of the time there is one mark for those that are alike, with their number."""
    start = datetime.fromisoformat("2026-11-21T00:00:00+01:00")
    items = [
        study((start + number * timedelta(minutes=3)).isoformat(), f"Haus {number % 40}", number,
              price_target=str(number), verdict=("buy", "sell")[number % 2])
        for number in range(2 * MOST_POINTS)
    ]  # fmt: skip
    tables = open_tables(archived(tmp_path, [price(AT), *items]))
    marks = table_at(tables, PAPER, "verdicts-at-eur")
    assert marks.total <= 2 * (POINTS + 1)
    targets = table_at(tables, PAPER, "house-targets-eur", {"house-targets-eur": "-price_target"})
    assert (targets.total, targets.rows[0]["price_target"]) == (MOST_POINTS, len(items) - 1)
    assert table_at(tables, PAPER, "all-verdicts").total == len(items)


def test_few_verdicts_are_marks_each(tmp_path: Path) -> None:
    """Also those of one minute; each leads to its study."""
    items = [study(AT, f"Haus {number}", number) for number in range(3)]
    tables = open_tables(archived(tmp_path, [price(AT), *items]))
    marks = rows_at(tables, PAPER, "verdicts-at-eur", "firm", "verdicts", "href")
    assert sorted(marks) == [(item.firm, 1, item.url) for item in items]


def test_each_houses_last_word_is_its_newest_study(tmp_path: Path) -> None:
    """Of two on one day the one with a time, else with the higher number."""
    items = [
        *(study("2026-11-20", "A", 1, verdict="sell"), study("2026-11-21", "A", 2)),
        *(study("2026-11-21", "B", 999, verdict="sell"), study("2026-11-21", "B", 1000)),
        *(study("2026-11-21T08:00:00+01:00", "C", 4), study("2026-11-21", "C", 5, verdict="sell")),
    ]
    tables = open_tables(archived(tmp_path, items))
    words = rows_at(tables, PAPER, "houses", "firm", "verdict", houses="firm")
    assert words == [("A", "buy"), ("B", "buy"), ("C", "buy")]


def test_the_range_of_targets_is_of_each_houses_last_in_a_year(tmp_path: Path) -> None:
    """By unit; a target that is older than a year is none."""
    items = [
        study("2025-01-01", "A", 1, price_target="10"),
        study("2025-06-01", "B", 2, price_target="20"),
        study("2026-01-01", "C", 3, price_target="40"),
        study("2026-01-02", "B", 4, price_target="30"),
        study("2026-01-02", "A", 5, price_target="99", currency="USD"),
    ]
    tables = open_tables(archived(tmp_path, items))
    asked = ("day", "lowest", "mean", "highest", "houses")
    assert rows_at(tables, PAPER, "targets-eur", *asked) == [
        (date(2025, 1, 1), 10, 10, 10, 1),
        (date(2025, 6, 1), 10, 15, 20, 2),
        (date(2026, 1, 1), 10, Decimal("23.33"), 40, 3),
        (date(2026, 1, 2), 30, 35, 40, 2),
    ]
    assert rows_at(tables, PAPER, "targets-usd", *asked) == [(date(2026, 1, 2), 99, 99, 99, 1)]


def test_verdicts_by_month_count_studies_of_the_sites_months(tmp_path: Path) -> None:
    """The first minutes of a month in Berlin are of it."""
    items = [
        *(study("2026-10-31T23:30:00+00:00", "A", 1), study("2026-11-30", "B", 2)),
        *(study("2026-11-30T22:59:00+00:00", "C", 3, verdict="sell"), study("2026-10-31", "D", 4)),
        study("2026-11-05", "E", 5, verdict=None, rating="Eher nicht"),
    ]
    tables = open_tables(archived(tmp_path, items))
    assert rows_at(tables, PAPER, "months", "month", "verdict", "verdicts") == [
        (date(2026, 11, 1), "buy", 2),
        (date(2026, 11, 1), "sell", 1),
        (date(2026, 10, 1), "buy", 1),
    ]


def test_the_last_price_of_each_exchange_is_its_newest_version(tmp_path: Path) -> None:
    """Of each exchange and unit the one of the latest time."""
    items = [
        *(price("2026-11-26T10:00:00+01:00", "1"), price("2026-11-27T10:00:00+01:00", "2")),
        *(
            price(AT, "3", exchange="Xetra"),
            price("2026-11-27", "4", exchange="Xetra", currency="USD"),
        ),
        price("2026-11-27T10:00:00+01:00", "2", bid=Decimal("1.9"), fetched_at=AT),
    ]
    tables = open_tables(archived(tmp_path, items))
    asked = ("exchange", "unit", "price", "bid")
    assert sorted(map(str, rows_at(tables, PAPER, "last-prices", *asked))) == sorted(
        map(str, [
            ("Stuttgart", "EUR", Decimal("2.000000000000"), Decimal("1.900000000000")),
            ("Xetra", "EUR", Decimal("3.000000000000"), None),
            ("Xetra", "USD", Decimal("4.000000000000"), None),
        ])
    )  # fmt: skip


def test_texts_in_charts_are_never_markup(tmp_path: Path) -> None:
    """A headline, a house, an exchange; an address that is no page leads nowhere."""
    hostile = "</script><script>alert('{{ 7*7 }}')</script>\u202e\u2028" + "x" * 10_000
    items = [
        price(AT, exchange=hostile),
        article(AT, "muster", headline=hostile, url="javascript:alert(1)"),
        study(AT, hostile, url="//x.test/a", price_target="12"),
    ]
    text = document(open_tables(archived(tmp_path, items)), PAPER)
    assert "<script>alert" not in text
    assert "{{ 7*7 }}" in text
    links = Selector(text).css("a::attr(href)").getall()
    assert not [link for link in links if "alert" in link or "x.test" in link]
    rows = [row for chart in charts_of(text).values() for table in chart.values() for row in table]
    assert {row["href"] for row in rows if "href" in row} == {None}
    assert hostile in {row.get("headline") for row in rows}


def test_a_range_ends_when_its_targets_are_a_year_old(tmp_path: Path) -> None:
    """None stands for longer, whether another one comes or prices go on."""
    items = [
        study("2024-01-10", "A", 1, price_target="500"),
        study("2026-06-01", "B", 2, price_target="20"),
        price("2026-11-20T10:00:00+01:00"),
    ]
    tables = open_tables(archived(tmp_path, items))
    asked = ("day", "lowest", "mean", "highest", "houses")
    assert rows_at(tables, "stocks/muster", "targets-eur", *asked) == [
        (date(2024, 1, 10), 500, 500, 500, 1),
        (date(2025, 1, 10), None, None, None, 0),
        (date(2026, 6, 1), 20, 20, 20, 1),
        (date(2026, 11, 20), 20, 20, 20, 1),
    ]


def test_of_two_targets_of_a_day_the_newer_study_counts(tmp_path: Path) -> None:
    """Its number says which: 1000 came after 999."""
    days = [study("2026-06-01", "A", number, price_target=target)
            for number, target in ((999, "9"), (1000, "8"))]  # fmt: skip
    tables = open_tables(archived(tmp_path, days))
    assert rows_at(tables, "stocks/muster", "targets-eur", "highest") == [(8,)]


def test_a_bid_and_ask_do_not_hide_the_last_price(tmp_path: Path) -> None:
    """Both are shown, each with its time."""
    bids = price("2026-11-20T12:00:00+01:00", bid=Decimal(9), ask=Decimal(11))
    bids.price = None
    items = [price("2026-11-20T10:00:00+01:00", "50"), bids]
    tables = open_tables(archived(tmp_path, items))
    found = rows_at(tables, "stocks/muster", "last-prices", "price", "bid")
    assert sorted(found, key=str) == [(Decimal(50), None), (None, Decimal(9))]


def test_a_small_price_is_shown_with_its_digits(tmp_path: Path) -> None:
    """Not with an exponent, which no reader of prices expects."""
    tables = open_tables(archived(tmp_path, [price("2026-11-20T10:00:00+01:00", "0.00000013")]))
    assert 'value="0.00000013">0.00000013<' in document(tables, "stocks/muster")
