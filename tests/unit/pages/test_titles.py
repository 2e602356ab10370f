"""Titles of studies: the rating is read where it is certain, and never a piece of the name."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews import vocabulary
from finnews.pages.analysis_list import AnalysisListPage
from finnews.pages.ratings.titles import (
    is_plain_rating,
    read_title,
    starts_with_name,
    title,
)

WORDS = [word for group in vocabulary._RATINGS.values() for word in group]
NAMES = st.sampled_from(["Muster", "Muster C (ex Probe)", "1&1", "Beispiel-Werke Vz", "Ö AG"])
ENDINGS = ["AG", "SE", "S.A.", "N.V.", "Holding", "Inc.", "plc", "Group", "SE & Co. KGaA", "A/S"]


@given(NAMES, st.sampled_from(WORDS))
def test_a_title_splits_into_name_and_rating(name: str, word: str) -> None:
    """The longest known rating at its end is the rating, with the name known or not."""
    rating = word.title()
    assert title(f"{name} {rating}", [name]) == (name, rating)
    assert title(f"{name} {rating}") == (name, rating)


@given(st.sampled_from(ENDINGS), st.sampled_from(WORDS))
def test_a_legal_form_is_of_the_name(ending: str, word: str) -> None:
    """The heading of a table leaves it out, its rows print it."""
    assert title(f"Muster {ending} {word}", ["Muster"]) == (f"Muster {ending}", word)
    assert title(f"Muster {word}", [f"Muster {ending}"]) == ("Muster", word)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_name_without_a_rating_has_none(ending: str) -> None:
    """No piece of a name is a rating."""
    assert title(f"Muster {ending}", ["Muster"]) is None


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "",
            "Muster",
            "Buy",
            " - ",
            "Muster beobachtet",
            "Muster nicht kaufen",
            "Muster kein Buy",
        ),
        *("Muster nicht mehr kaufen", "Muster NICHT kaufen", "Muster not Buy"),
        *("Muster Don't Buy", "Muster Hold/Buy"),
        *("Muster Buy (zuvor: Hold)", "Muster Buy (Hold)", "Muster (Buy) Hold", "Muster Buy Hold"),
        *("Muster Hold -> Buy", "Muster Hold → Buy", "Muster Buy / Hold"),
        *("Muster Buy?", "Muster Buy!", "Muster: Buy", "Muster zuvor Hold", "Muster statt Buy"),
        *("Muster Ultra Sell", "Muster Short-Term Sell-Off", "Muster Buy – bestätigt"),
        *("Sollten Anleger Muster kaufen", "Muster (Buy", "Best Buy Hold", "Muster Ex-Buy"),
    ],
)
def test_a_title_that_is_not_certain_is_not_read(printed: str) -> None:
    """Negations, two ratings, arrows, questions and modifiers of unknown ratings."""
    assert title(printed) is None


@pytest.mark.parametrize(
    "printed",
    [
        *("Muster nicht kaufen", "Muster Buy (zuvor: Hold)", "Muster Hold → Buy", "Muster Vz"),
        *("Muster Ultra Sell", "Muster Buy Hold", "Muster Ex-Buy", "Muster Strong", "Muster A"),
    ],
)
def test_the_known_name_makes_no_doubtful_title_certain(printed: str) -> None:
    """Nor is a class of shares or a modifier a rating."""
    parts = title(printed, ["Muster"])
    assert parts is None


@pytest.mark.parametrize(
    ("printed", "rating"),
    [
        *(("Muster Long-Term Sell", "Long-Term Sell"), ("Muster Conviction Buy", "Conviction Buy")),
        *(("Muster Strong-Buy", "Strong-Buy"), ("Muster Sector Perform", "Sector Perform")),
        *(("Muster Suspended", "Suspended"), ("Muster Meiden", "Meiden"), ("Buy", "Buy")),
    ],
)
def test_a_long_or_unknown_rating_is_read_whole(printed: str, rating: str) -> None:
    """Behind the known name, an unknown word is the rating."""
    parts = title(printed, ["Muster"])
    assert parts
    assert parts == ("Muster", rating)


def test_the_longest_known_rating_gives_way_to_the_known_name() -> None:
    """A company can be called as ratings begin."""
    assert title("Muster Sector Perform", ["Muster Sector"]) == ("Muster Sector", "Perform")
    assert title("Best Buy Hold", ["Best Buy"]) == ("Best Buy", "Hold")
    assert title("Fresh Market Buy", ["Fresh Market"]) == ("Fresh Market", "Buy")


def test_a_title_of_another_share_is_not_cut_by_the_name() -> None:
    """A name that only begins alike is not the name."""
    assert title("Musterwerk Buy", ["Muster"]) == ("Musterwerk", "Buy")
    assert title("Muster Energy Hold", ["Muster"]) == ("Muster Energy", "Hold")


@given(st.text(), st.lists(st.text(max_size=5), max_size=2))
def test_any_text_has_a_title_or_none(printed: str, names: list[str]) -> None:
    """Nothing raises, and a rating is always a part of what is printed."""
    parts = title(printed, names)
    assert parts is None or parts.rating in " ".join(printed.split()).replace("\u00ad", "") or names


@pytest.mark.parametrize(
    "printed",
    ["nicht kaufen", "Hold → Buy", "Buy (zuvor: Hold)", "Buy, Hold", "Buy 2", "", "Rating: Buy"],
)
def test_more_than_a_rating_is_no_rating(printed: str) -> None:
    """A cell of a summary holds one rating."""
    assert not is_plain_rating(printed)


def test_a_title_as_long_as_a_page_is_not_read() -> None:
    """It is a doubt, and costs no more memory than a few titles."""
    page = AnalysisListPage("https://www.finanzen.net/analysen", "<html></html>")
    printed = "Muster " * 30_000 + "Buy"
    tracemalloc.start()
    assert read_title(page, printed, ["Probe"]) is None
    assert not starts_with_name(printed, ["Probe"])
    assert starts_with_name(printed, ["Muster AG"])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100 * len(printed)
    assert list(map(str, page.stats.doubts)) == ["doubt/rating/unreadable"]
