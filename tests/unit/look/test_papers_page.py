"""The page of all papers, and where names and numbers lead."""

from datetime import date, datetime
from pathlib import Path

import pytest

from finnews.look.model import Missing, Moved
from finnews.look.registry import answer
from tests.support.look_pages import archived, article, price, registered, rows_at, study
from tests.support.open_tables import open_tables

AT = "2026-11-27T12:00:00+01:00"
ISIN = "DE0007164600"


def test_each_paper_has_its_last_price_and_its_counts(tmp_path: Path) -> None:
    """A price of a day is of that day; the time of fetching is none of a price."""
    items = [
        *(price(AT, "1"), price("2026-11-26T12:00:00+01:00", "2"), article(AT, "muster", "neu")),
        *(price("2026-11-27", "3", page="tag"), study(AT), study(AT, "B", 2)),
        price(None, "4", page="ohne", currency=None, unit="points"),
    ]
    tables = open_tables(archived(tmp_path, items))
    asked = ("name", "price", "unit", "priced_at", "articles", "verdicts", "prices")
    day = date(2026, 11, 27)
    assert rows_at(tables, "papers", "papers", *asked, papers="name") == [
        ("Muster", 1, "EUR", datetime.fromisoformat(AT), 1, 2, 2),
        ("Neu", None, None, None, 1, 0, 0),
        ("Ohne", 4, "points", None, 0, 0, 1),
        ("Tag", 3, "EUR", None, 0, 0, 1),
    ]
    days = rows_at(tables, "papers", "papers", "priced_at_day", papers="name")
    assert days == [(day,), (None,), (None,), (day,)]


@pytest.mark.parametrize("name", ["muster-ag", "MUSTER_AG", ISIN, ISIN.lower(), "716460"])
def test_a_name_or_number_leads_to_the_paper(tmp_path: Path, name: str) -> None:
    """In any spelling."""
    items = [registered("muster-ag", isin=ISIN, wkn="716460")]
    tables = open_tables(archived(tmp_path, items))
    assert answer(tables, f"papers/{name}", {}) == Moved("stocks/muster-ag")


@pytest.mark.parametrize("name", ["nobody", "", "..", "'; DROP TABLE papers; --", "%", "muster"])
def test_a_name_that_nobody_has_is_told(tmp_path: Path, name: str) -> None:
    """With a link to all papers."""
    tables = open_tables(archived(tmp_path, [registered("muster-ag")]))
    text = f"{name}: no archived paper has this name, ISIN or WKN."
    assert answer(tables, f"papers/{name}", {}) == Missing(text, (("Papers", "papers"),))
