"""Texts: what is printed, on one line; what prints nothing, or says that nothing is given, gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.processors import paragraph, text


def test_characters_that_print_nothing_are_removed() -> None:
    """Soft hyphens, zero-width blanks and half characters are no part of a text."""
    assert text("Muster\u00adaktie \u200b ") == "Musteraktie"
    assert text("\u200b") is None
    assert text("Muster \ud83d AG") == "Muster AG"
    assert paragraph("\ufeffeins\u00a0zwei \n\u00ad\n drei") == "eins zwei\ndrei"


@pytest.mark.parametrize(
    "printed", ["", "-", "--", "–", "−", "n/a", "N/A", "k. A.", "k.A.", "n. a.", "ausgesetzt"]
)
def test_a_word_for_nothing_is_none(printed: str) -> None:
    """In capitals and small letters, with blanks around it."""
    assert text(f" {printed}\n") is None
    assert text(f"Muster {printed}") is not None


@given(st.text() | st.text(alphabet="ab-\n\t\u00a0\u00ad."))
def test_cleaning_twice_is_cleaning_once(value: str) -> None:
    """What is left can be written as UTF-8."""
    for reader in (text, paragraph):
        cleaned = reader(value)
        if cleaned is not None:
            assert cleaned.encode()
            assert reader(cleaned) == cleaned
