"""The law that altered pages are held to catches a wrong value and a silence, and nothing else."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.alterations.law import matched, violations
from tests.alterations.readings import Reading, Values
from tests.alterations.registry import ANY, SAME, Seen, inserted

STUTTGART: Values = {
    "type": "Quote",
    "page": "muster",
    "exchange": "Stuttgart",
    "price": Decimal("61.40"),
    "currency": "EUR",
    "change": Decimal("0.60"),
    "source": "venues",
}
HAMBURG = STUTTGART | {"exchange": "Hamburg", "price": Decimal("61.10")}
BEFORE = Reading(items=[STUTTGART, HAMBURG], doubts=Counter({("mic", "Makler"): 1}))


def after(*items: Values, doubt: str | None = None, rejected: str | None = None) -> Reading:
    """Return the reading of the altered page, with one more doubt or rejection."""
    doubts = BEFORE.doubts + Counter([(doubt, "unreadable")] if doubt else [])
    return Reading(list(items), Counter([rejected] if rejected else []), doubts)


def without(item: Values, *names: str) -> Values:
    """Return an item without the values of these fields."""
    return {name: value for name, value in item.items() if name not in names}


def found(reading: Reading, seen: Seen = SAME) -> list[tuple[str, str]]:
    """Return what the law says against a reading, and of which field."""
    return [(one.what, one.field) for one in violations(BEFORE, reading, seen)]


def test_the_same_reading_is_right() -> None:
    """In any order of the items, and if one is read twice."""
    assert found(after(STUTTGART, HAMBURG)) == []
    assert found(after(HAMBURG, STUTTGART, STUTTGART)) == []


def test_another_value_is_wrong_even_if_something_is_told() -> None:
    """A doubt is told instead of the value, not beside it."""
    wrong = STUTTGART | {"price": Decimal("58.00")}
    assert found(after(wrong, HAMBURG)) == [("another value", "Quote.price")]
    assert found(after(wrong, HAMBURG, doubt="price")) == [("another value", "Quote.price")]


def test_a_value_that_the_page_did_not_say_is_wrong() -> None:
    """What was null stays null, unless the alteration shows it."""
    more = STUTTGART | {"volume": Decimal(7)}
    assert found(after(more, HAMBURG)) == [("another value", "Quote.volume")]
    assert found(after(more, HAMBURG), Seen(shown={"volume": (Decimal(7),)})) == []


def test_null_is_right_if_it_is_told() -> None:
    """By a doubt of its field, or of one that is read together with it, or by a rejection."""
    less = without(STUTTGART, "change")
    assert found(after(less, HAMBURG)) == [("silence", "Quote.change")]
    assert found(after(less, HAMBURG, doubt="mic")) == [("silence", "Quote.change")]
    assert found(after(less, HAMBURG, doubt="change")) == []
    assert found(after(less, HAMBURG, doubt="price")) == []
    assert found(after(less, HAMBURG, rejected="unreadable-row")) == []


def test_a_doubt_of_the_unaltered_page_tells_nothing_of_the_altered_one() -> None:
    """One more must be counted."""
    doubts = Counter({("change", "unit"): 1})
    before = replace(BEFORE, doubts=doubts)
    same_doubt = Reading([without(STUTTGART, "change"), HAMBURG], doubts=doubts)
    assert [one.what for one in violations(before, same_doubt, SAME)] == ["silence"]


def test_what_a_reader_no_longer_sees_may_be_missing() -> None:
    """In one item, not in two."""
    gone = Seen(gone=frozenset({"change"}))
    stuttgart, hamburg = without(STUTTGART, "change"), without(HAMBURG, "change")
    assert found(after(stuttgart, HAMBURG), gone) == []
    assert found(after(stuttgart, hamburg), gone) == [("silence", "Quote.change")]
    assert found(after(HAMBURG), Seen(gone=frozenset({"price"}))) == []


def test_a_lost_item_is_told_or_gone() -> None:
    """A rejection tells it."""
    assert found(after(HAMBURG)) == [("lost", "Quote")]
    assert found(after(HAMBURG, rejected="unreadable-row")) == []
    assert found(after(HAMBURG), Seen(lost=1)) == []
    assert found(after(), Seen(lost=1)) == [("lost", "Quote")]


def test_an_item_that_was_not_there_is_wrong() -> None:
    """Unless the alteration shows it; one that it must show is missed."""
    munich = STUTTGART | {"exchange": "München", "price": Decimal("61.30")}
    shown = {"type": "Quote", "exchange": "München"}
    assert found(after(STUTTGART, HAMBURG, munich)) == [("added", "Quote")]
    assert found(after(STUTTGART, HAMBURG, munich), Seen(added=[shown])) == []
    assert found(after(STUTTGART, HAMBURG), Seen(must=[shown])) == [("missed", "Quote")]
    assert found(after(STUTTGART, HAMBURG, doubt="exchange"), Seen(must=[shown])) == []


@pytest.mark.parametrize("void", [Decimal("61.40"), ANY])
def test_a_value_that_the_page_says_no_more_is_not_kept(void: Any) -> None:
    """The new one, null and a doubt are right."""
    seen = Seen(shown={"price": (Decimal(70),)}, void={"price": void})
    assert found(after(STUTTGART, HAMBURG), seen) == [("kept", "Quote.price")]
    assert found(after(STUTTGART | {"price": Decimal(70)}, HAMBURG), seen) == []
    assert found(after(without(STUTTGART, "price"), HAMBURG, doubt="price"), seen) == []


def test_a_contradiction_must_be_told() -> None:
    """Or one of the fields is read anew."""
    seen = Seen(due=frozenset({"price", "change"}), shown={"price": (Decimal(70),)})
    assert found(after(STUTTGART, HAMBURG), seen) == [("contradiction", "change/price")]
    assert found(after(STUTTGART, HAMBURG, doubt="change"), seen) == []


def test_a_broken_page_is_told() -> None:
    """No item of it need be read."""
    assert found(Reading(broken="truncated")) == []


def test_a_value_that_is_computed_from_the_one_before() -> None:
    """As a text to which a sentence was added."""
    before = Reading([{"type": "Article", "id": "1", "article_body": "Eins.\n\nDrei."}])
    seen = Seen(shown={"article_body": (inserted("Zwei."),)})
    for body, expected in (("Eins.\n\nZwei.\n\nDrei.", 0), ("Eins.\n\nVier.\n\nDrei.", 1)):
        reading = Reading([{"type": "Article", "id": "1", "article_body": body}])
        assert len(violations(before, reading, seen)) == expected


def test_items_are_matched_by_what_they_are_about() -> None:
    """Whatever value was altered, and in whatever order they come."""
    altered = STUTTGART | {"price": Decimal(1), "currency": "USD"}
    pairs, lost, added = matched([STUTTGART, HAMBURG], [HAMBURG, altered])
    assert pairs == [(HAMBURG, HAMBURG), (STUTTGART, altered)]
    assert (lost, added) == ([], [])
