"""Altered pages are read by the law; ``python -m tests.proofs.alterations`` alters thousands."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from finnews.pages import PAGE_TYPES
from tests.alterations import ALTERATIONS
from tests.alterations.law import violations
from tests.alterations.readings import reading
from tests.alterations.registry import SAME
from tests.alterations.sheets import Sheet, Source
from tests.alterations.trials import before, pages, pages_for, trial

GOLDEN = [page for page in pages() if not page.name.startswith("captures/")]


@pytest.mark.parametrize("source", pages(), ids=lambda source: source.name)
def test_a_page_that_is_written_anew_reads_the_same(source: Source) -> None:
    """So what is found on an altered page comes from its alteration."""
    again = reading(source.url, Sheet(source).text())
    assert violations(before(source), again, SAME) == []
    assert again.items == before(source).items


@pytest.mark.parametrize("name", ALTERATIONS)
@settings(max_examples=4, phases=[Phase.generate])  # choices are small: nothing to shrink
@given(draw=st.data())
def test_an_altered_page_is_read_right_or_null_or_told(name: str, draw: st.DataObject) -> None:
    """Never as another value, never in silence."""
    source = draw.draw(st.sampled_from(pages_for(name, golden=True)))
    found = trial(source, ALTERATIONS[name], lambda options: draw.draw(st.sampled_from(options)))
    assert not found.violations, str(found)


def test_every_alteration_has_a_place_on_a_golden_page() -> None:
    """None passes because it alters nothing."""
    assert [name for name in ALTERATIONS if not pages_for(name, golden=True)] == []


def test_every_page_type_is_altered() -> None:
    """In several ways."""
    for page in PAGE_TYPES:
        names = {
            name
            for name in ALTERATIONS
            for source in pages_for(name, golden=True)
            if source.page_type == page.name()
        }
        assert len(names) >= 4, page.name()
