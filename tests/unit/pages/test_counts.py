"""What golden pages count: words that the vocabulary does not know, numbers that are none."""

import pytest

from finnews.pages.stats import Doubt, PageStats, Word
from tests.support.cases import golden_cases, read_pages


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("stock/tabs", Word("exchange", "Musterbörse")),
        ("stock/full", Word("rating", "Beobachten")),
        ("stock/one_exchange_of_unknown_code", Word("exchange", "XYZ")),
        ("venues/full", Word("exchange", "Beispielmakler")),
        ("price_targets/full", Word("rating", "Beobachten")),
        ("analysis/unknown_word", Word("rating", "Suspended")),
        ("analysis_list/all", Word("rating", "Suspended")),
        ("analysis_list/of_one_share", Word("rating", "Muster Vz meiden")),
    ],
)
def test_an_unknown_word_is_counted_by_name(name: str, word: Word) -> None:
    """The count shows which line the vocabulary lacks."""
    assert counted(name).words[word] == 1


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("stock/bad_isin", "isin"),
        ("stock/bad_isin", "wkn"),
    ],
)
def test_an_invalid_isin_or_wkn_is_counted(name: str, field: str) -> None:
    """It is a doubt for its check digit or form."""
    assert counted(name).doubts[Doubt(field, "unreadable")] == 1


def counted(name: str) -> PageStats:
    """Return what the golden page of that name counts."""
    (page,) = read_pages(case for case in golden_cases() if case.name == name)
    return page.stats
