"""The schema of each kind of line: what holds for every line, and for none that is wrong."""

import json
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from finnews.archive.lines import line
from finnews.items import ITEM_CLASSES, Article, Instrument, Item, Quote, Rating, Rejection
from finnews.schema import docstrings, json_schema
from tests.support.archive_items import FETCHED, article, as_archived, quote, rating

RIGHT: list[Item] = [
    article(1),
    quote(1, price="159.00"),
    rating(),
    rating("7", page=None, verdict=None),
    Instrument(fetched_at=FETCHED, url="https://www.finanzen.net/", page="muster", kind="stock"),
    Rejection(fetched_at=FETCHED, url="https://www.finanzen.net/", reason="truncated", item={}),
]

WRONG: dict[type[Item], list[dict[str, Any]]] = {
    Article: [
        {"key": None},
        {"key": ""},
        {"headline": None},
        {"headline": ""},
        {"id": 7},
        {"date_published": "20.11.2026"},
        {"date_published": "2026-11-20T10:00:00"},
        {"version": 0},
        {"fetched_at": "2026-11-20T10:00:00+01:00"},
        {"subheadings": "Ausblick"},
        {"instruments": [{"name": "Muster AG", "kind": "share"}]},
        {"is_sponsored": "no"},
        {"in_language": "en"},
        {"author": "Erika Muster"},
    ],
    Quote: [
        {"price": "159,00"},
        {"price": None},
        {"kind": "share"},
        {"kind": None},
        {"currency": "Euro"},
        {"isin": "DE000123456"},
        {"volume": -1},
        {"volume": 1.5},
        {"segment": "swiss"},
    ],
    Rating: [
        {"firm": None},
        {"page": None},
        {"verdict": "neutral"},
        {"rating": None, "verdict": None},
        {"action": "raised"},
    ],
}


@pytest.mark.parametrize("item_class", ITEM_CLASSES)
def test_a_schema_is_valid_and_describes_every_field(item_class: type[Item]) -> None:
    """It is of draft 2020-12 and has the docstring of each field."""
    schema = json_schema(item_class)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert list(schema["properties"]) == [field.name for field in fields(item_class)]
    assert {field.name for field in fields(item_class)} <= dict(docstrings(item_class)).keys()
    assert all(field["description"] for field in schema["properties"].values())


@pytest.mark.parametrize("item", RIGHT)
def test_an_archived_line_is_valid(item: Item) -> None:
    """A line of each kind fits its schema."""
    assert not list(Draft202012Validator(json_schema(type(item))).iter_errors(_row(item)))


@pytest.mark.parametrize(
    ("item_class", "change"),
    [(item_class, change) for item_class, changes in WRONG.items() for change in changes],
)
def test_a_line_with_a_wrong_value_is_invalid(
    item_class: type[Item], change: dict[str, Any]
) -> None:
    """One wrong value is enough."""
    item = next(candidate for candidate in RIGHT if isinstance(candidate, item_class))
    validator = Draft202012Validator(json_schema(item_class))
    assert list(validator.iter_errors(_row(item) | change))


@pytest.mark.parametrize("item", RIGHT)
def test_only_required_keys_are_required(item: Item) -> None:
    """A line of an earlier version may lack keys that came later."""
    validator = Draft202012Validator(json_schema(type(item)))
    given = {name: value for name, value in _row(item).items() if value is not None}
    assert validator.is_valid(given)
    assert validator.is_valid({name: given[name] for name in given if name != "key"})
    assert not validator.is_valid({name: given[name] for name in given if name != "fetched_at"})


def _row(item: Item) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line(as_archived(item)), parse_float=Decimal)
    return row
