"""The columns of tables follow from the items' own definition."""

from dataclasses import dataclass, field, make_dataclass
from decimal import Decimal
from typing import Any

import pytest

from finnews.items import ITEM_CLASSES, Article, Checkpoint, Item, Quote, Rejection
from finnews.items.forms import Day, DayOrTime
from finnews.sql.columns import day_of, line_columns, selected


def test_types_are_exact() -> None:
    """Decimals are none of binary fractions, times have a zone, days are days."""
    columns = line_columns(Quote)
    assert columns["price"] == "DECIMAL(38,12)"
    assert columns["volume"] == columns["version"] == "BIGINT"
    assert columns["fetched_at"] == "TIMESTAMP WITH TIME ZONE"
    assert columns["unit"] == columns["kind"] == "VARCHAR"
    assert line_columns(Article)["is_complete"] == "BOOLEAN"
    assert line_columns(Article)["instruments"].startswith('STRUCT("name" VARCHAR, "kind" VARCHAR')
    assert line_columns(Article)["instruments"].endswith("[]")
    assert line_columns(Checkpoint)["unfinished"].startswith('STRUCT("top" VARCHAR[], "tries" BIG')
    assert line_columns(Rejection)["item"] == "JSON"


@pytest.mark.parametrize("item_class", ITEM_CLASSES)
def test_every_kind_has_columns(item_class: type[Item]) -> None:
    """One for each field, in their order; a second for the day of what is a day or a time."""
    names = list(line_columns(item_class))
    columns = [name for name, _ in selected(item_class)]
    assert len(set(columns)) == len(columns)
    assert [name for name in columns if name in names] == names
    assert {name.removesuffix("_day") for name in set(columns) - set(names)} <= set(names)


def test_the_day_of_an_item_is_its_own_or_that_of_fetching() -> None:
    """The register of instruments has no day."""
    assert (day_of(Quote) or "").startswith('coalesce("quoted_at_day", ')
    days = [item_class.collection for item_class in ITEM_CLASSES if day_of(item_class)]
    assert days == ["articles", "events", "quotes", "ratings"]


def test_a_new_field_has_its_column() -> None:
    """Its annotation says which."""
    hints: list[Any] = [
        ("horizon_months", int | None),
        ("yields", list[Decimal] | None),
        ("until", Day | None),
        ("asked_at", DayOrTime | None),
    ]
    new = make_dataclass("New", [(name, hint, field(default=None)) for name, hint in hints])
    assert list(line_columns(new).values()) == ["BIGINT", "DECIMAL(38,12)[]", "DATE", "VARCHAR"]
    columns = [name for name, _ in selected(new)]
    assert columns == ["horizon_months", "yields", "until", "asked_at", "asked_at_day"]


def test_a_type_without_column_is_no_guess() -> None:
    """A kind of value that no table can have yet is an error, not text."""

    @dataclass
    class Odd:
        odd: complex | None = None

    with pytest.raises(KeyError):
        line_columns(Odd)
