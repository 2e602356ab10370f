"""The page of a day: prices then, movers, hours, neighbours; a day is never midnight."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finnews.items import Event
from finnews.look.model import Note
from tests.support.look_pages import (
    FETCHED,
    archived,
    article,
    document,
    page_at,
    price,
    registered,
    rows_at,
    study,
    table_at,
)
from tests.support.open_tables import open_tables

DAY = "days/2026-11-27"
AT = "2026-11-27T12:00:00+01:00"
ISIN = "DE0007164600"


def at(hours: float) -> str:
    """Return the time some hours after `AT`."""
    return (datetime.fromisoformat(AT) + timedelta(hours=hours)).isoformat()


def papers_of(directory: Path, items: Iterable[Any]) -> list[tuple[str, Any, Any]]:
    """Return the papers of the only article of the day, with the prices then and their times."""
    tables = open_tables(archived(directory, items))
    ((papers,),) = rows_at(tables, DAY, "articles", "papers")
    return [(row["name"], row["price"], row["priced_at"]) for row in papers or ()]


def price_then(hours: list[float]) -> float | None:
    """Return which of the hours before (negative) and after an article has the price then."""
    before = [one for one in hours if -24 <= one <= 0]
    after = [one for one in hours if 0 < one <= 24]
    return max(before) if before else min(after) if after else None


@pytest.mark.parametrize(
    ("hours", "then"),
    [
        ([], None),
        ([-1, -3, 0.5], -1),
        ([0], 0),
        ([-24, 1], -24),
        ([-24.1, 23, 24], 23),
        ([24], 24),
        ([-24.1, 24.1], None),
    ],
)
def test_the_price_then_is_the_last_of_a_day_before(
    tmp_path: Path, hours: list[float], then: float | None
) -> None:
    """Else the first of the day after; with the time that the site printed."""
    items = [article(AT, "muster"), *(price(at(hour), str(100 + hour)) for hour in hours)]
    expected = (
        None if then is None else (Decimal(str(100 + then)), datetime.fromisoformat(at(then)))
    )
    assert papers_of(tmp_path, items) == [("Muster", *(expected or (None, None)))]
    assert price_then(hours) == then


@settings(max_examples=20)
@given(hours=st.lists(st.integers(-40, 40), unique=True, max_size=6))
def test_prices_then_are_those_of_a_model(
    tmp_path_factory: pytest.TempPathFactory, hours: list[int]
) -> None:
    """In whatever order and number they were archived."""
    items = [article(AT, "muster"), *(price(at(hour), str(100 + hour)) for hour in hours)]
    then = price_then([float(hour) for hour in hours])
    ((_, shown, _),) = papers_of(tmp_path_factory.mktemp("then"), items) or [("", None, None)]
    assert shown == (None if then is None else 100 + then)


@pytest.mark.parametrize(
    "other",
    [
        price("2026-11-27"),
        price(None, fetched_at="2026-11-27T10:30:00+00:00"),
        price(AT, page="anders"),
    ],
    ids=["a day", "no time", "another paper"],
)
def test_a_price_without_a_time_is_none_of_then(tmp_path: Path, other: Any) -> None:
    """A day alone is not midnight, and the time of fetching is not that of the price."""
    items = [article(AT, "muster"), other, registered("muster")]
    assert papers_of(tmp_path, items) == [("Muster", None, None)]


def test_an_article_of_a_day_has_no_prices_then(tmp_path: Path) -> None:
    """It is shown with its day, below those with a time, and in no bar of an hour."""
    items = [
        *(article("2026-11-27", "muster"), article("2026-11-27T00:30:00+01:00", number=2)),
        *(price("2026-11-27T00:00:00+01:00"), price("2026-11-26T23:00:00+01:00")),
    ]
    tables = open_tables(archived(tmp_path, items))
    asked = ("headline", "date_published", "date_published_day")
    assert rows_at(tables, DAY, "articles", *asked) == [
        ("Meldung 2", datetime.fromisoformat("2026-11-27T00:30:00+01:00"), date(2026, 11, 27)),
        ("Meldung 1", None, date(2026, 11, 27)),
    ]
    ((papers,),) = rows_at(tables, DAY, "articles", "papers", articles="headline")[:1]
    assert papers[0]["price"] is None
    assert dict(rows_at(tables, DAY, "hours", "hour", "articles"))[0] == 1
    assert '<time datetime="2026-11-27">2026-11-27</time>' in document(tables, DAY)


def test_a_paper_that_an_article_has_under_two_names_is_named_once(tmp_path: Path) -> None:
    """With the price that is archived under the other name."""
    items = [
        *(registered("alt", isin=ISIN, fetched_at="2026-01-01T00:00:00+00:00"),),
        *(registered("neu", isin=ISIN), article(AT, "alt", "neu", "dritt")),
        price(at(-1), "7", page="alt"),
    ]
    names = [(name, value) for name, value, _ in papers_of(tmp_path, items)]
    assert names == [("Neu", 7), ("Dritt", None)]


def test_times_are_those_of_the_clock_of_the_site(tmp_path: Path) -> None:
    """Also on the days when it is changed: midnight in Berlin parts the days."""
    times = [
        *("2026-10-24T21:59:00+00:00", "2026-10-24T22:00:00+00:00"),
        *("2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00", "2026-10-25T22:59:00+00:00"),
        *("2026-10-25T23:00:00+00:00", "2026-03-29T00:59:00+00:00", "2026-03-29T01:00:00+00:00"),
    ]
    items = [article(time, number=number) for number, time in enumerate(times)]
    tables = open_tables(archived(tmp_path, items))
    autumn, spring = "days/2026-10-25", "days/2026-03-29"
    hours = dict(rows_at(tables, autumn, "hours", "hour", "articles"))
    assert {hour: number for hour, number in hours.items() if number} == {0: 1, 2: 2, 23: 1}
    hours = dict(rows_at(tables, spring, "hours", "hour", "articles"))
    assert {hour: number for hour, number in hours.items() if number} == {1: 1, 3: 1}
    assert "2026-10-25 02:30</time>" in document(tables, autumn)


def test_movers_are_the_last_prices_of_papers_that_have_a_change(tmp_path: Path) -> None:
    """As they were printed, with a day where no time is; the largest rises and falls of all."""
    rises = [price(AT, page=f"auf-{n:02}", change_percent=Decimal(n)) for n in range(1, 13)]
    items = [
        *rises,
        price(at(-3), "1", change_percent=Decimal(-50)),
        price(at(-2), "2", change_percent=Decimal("-2.5"), exchange="Xetra"),
        price(at(-1), "3"),
        price(at(-24), "4", page="gestern", change_percent=Decimal(99)),
        price(AT, "5", page="gleich", change_percent=Decimal(0)),
        price("2026-11-27", "6", page="tag", change_percent=Decimal(-7)),
        price(None, "8", page="ohne", currency=None, change_percent=Decimal(-1)),
    ]
    tables = open_tables(archived(tmp_path, items))
    asked = ("name", "change_percent", "price", "unit", "exchange", "priced_at", "priced_at_day")
    movers = rows_at(tables, DAY, "movers", *asked)
    time = datetime.fromisoformat
    assert [row[1] for row in movers] == [*range(12, 2, -1), -1, Decimal("-2.5"), -7]
    assert movers[-3:] == [
        ("Ohne", -1, 8, None, "Stuttgart", None, None),
        ("Muster", Decimal("-2.5"), 2, "EUR", "Xetra", time(at(-2)), date(2026, 11, 27)),
        ("Tag", -7, 6, "EUR", "Stuttgart", None, date(2026, 11, 27)),
    ]


def test_a_day_without_anything_says_so_and_leads_to_its_neighbours(tmp_path: Path) -> None:
    """The last day before and the first after of which something is archived."""
    items = [article(f"2026-11-{day}T10:00:00+01:00", number=day) for day in (20, 22, 26, 27)]
    tables = open_tables(archived(tmp_path, items))
    page = page_at(tables, "days/2026-11-24")
    assert page.parts == (Note("Nothing is archived of it."),)
    assert page.links == (
        ("Earlier: 2026-11-22", "days/2026-11-22"),
        ("Later: 2026-11-26", "days/2026-11-26"),
        ("All days", "days"),
    )
    assert page_at(tables, "days/2020-01-01").links[0] == ("Later: 2026-11-20", "days/2026-11-20")
    assert page_at(tables, "days/2030-01-01").links[0] == ("Earlier: 2026-11-27", DAY)


def test_a_day_with_nothing_but_a_date_of_a_company_shows_it(tmp_path: Path) -> None:
    """It is counted, too."""
    event = Event(page="muster", fetched_at=FETCHED, event="Hauptversammlung", date="2027-05-01")
    tables = open_tables(archived(tmp_path, [event, registered("muster")]))
    assert rows_at(tables, "days/2027-05-01", "dates", "name", "event") == [
        ("Muster", "Hauptversammlung")
    ]


def test_only_the_newest_version_counts(tmp_path: Path) -> None:
    """An article that was corrected stands there once, on its new day."""
    corrected = article(at(-24), "muster", headline="Neu", fetched_at="2026-11-28T00:00:00+00:00")
    archived(tmp_path, [article(AT, "muster", headline="Alt")])
    tables = open_tables(archived(tmp_path, [corrected]))
    assert rows_at(tables, "index", "articles", "headline") == [("Neu",)]
    assert page_at(tables, "index").title == "Thursday, 26 November 2026"


def test_verdicts_of_a_day_and_of_a_time_are_those_of_the_day(tmp_path: Path) -> None:
    """Those with a time first; the day itself is shown of the others."""
    items = [study("2026-11-27", "A"), study(AT, "B", 2), study("2026-11-26", "C", 3)]
    tables = open_tables(archived(tmp_path, items))
    asked = ("firm", "date_published")
    expected = [("B", datetime.fromisoformat(AT)), ("A", None)]
    assert rows_at(tables, DAY, "verdicts", *asked) == expected


def test_a_day_of_many_articles_has_pages(tmp_path: Path) -> None:
    """Together they have each article once, in any order."""
    items = [article(at(-number % 3), number=number, headline="Gleich") for number in range(60)]
    tables = open_tables(archived(tmp_path, items))
    for order in ("-date_published", "headline", "-agency"):
        pages = [{"articles": order, "articles.page": str(number)} for number in (1, 2, 3)]
        urls = [
            row["url"] for page in pages for row in table_at(tables, DAY, "articles", page).rows
        ]
        assert sorted(urls) == sorted(item.url for item in items if item.url)
