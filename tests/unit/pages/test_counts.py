"""What golden pages count: words that the vocabulary does not know, numbers that are none."""

from collections import Counter

import pytest

from finnews.pages import page_type
from tests.support.cases import Case, Counts, golden_cases


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("stock/full", "vocabulary/exchange/Musterbörse"),
        ("stock/full", "vocabulary/rating/Beobachten"),
        ("stock/one_exchange_of_unknown_code", "vocabulary/exchange/XYZ"),
        ("venues/full", "vocabulary/exchange/Beispielmakler"),
        ("price_targets/full", "vocabulary/rating/Beobachten"),
        ("analysis/unknown_word", "vocabulary/rating/Suspended"),
        ("analysis_list/all", "vocabulary/rating/Muster Suspended"),
        ("analysis_list/of_one_share", "vocabulary/rating/Muster Vz meiden"),
    ],
)
def test_an_unknown_word_is_counted_under_its_name(name: str, count: str) -> None:
    """So that a line in a table is all that it takes to know it."""
    assert counted(name)[count] == 1


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("stock/bad_isin", "refused/isin"),
        ("stock/bad_isin", "refused/wkn"),
        ("stock/two_isins", "refused/isin"),
        ("stock/boxes_without_tabs", "refused/wkn"),
    ],
)
def test_a_number_that_is_none_is_counted(name: str, count: str) -> None:
    """A bad check digit or another form: refused, and the next badge of the key is read."""
    assert counted(name)[count] == 1


def counted(name: str) -> Counter[str]:
    """Return what the golden page of that name counts."""
    case: Case = next(case for case in golden_cases() if case.name == name)
    counts, found = Counts(), page_type(case.url)
    assert found
    list(found(case.url, case.text, counts).items())
    return counts.values
