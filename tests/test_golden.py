"""Each golden page says what the file beside it says; no page type needs a test of its own."""

import pytest

from finnews.pages import PAGE_TYPES
from tests.cases import Case, Counts, golden_cases, parsed, reading, rendered, type_of

CASES = golden_cases()
PAGE_NAMES = [page.name() for page in PAGE_TYPES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_golden_page_reads_to_its_file(case: Case, regold: bool) -> None:
    """Items and links are those of the file, in its order and with its digits; no more."""
    assert type_of(case.url).name() == case.folder
    read = rendered(reading(case.url, case.text))
    if regold:
        case.expected.write_text(read, encoding="utf-8")
    assert parsed(read) == parsed(case.expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_every_selector_finds_something_on_a_golden_page(name: str) -> None:
    """A rule that hits nowhere is dead, or the case that needs it is missing."""
    counts = Counts()
    for case in CASES:
        if case.folder == name:
            reading(case.url, case.text, counts)
    rules = {key: hits for key, hits in counts.values.items() if key.startswith("parser/")}
    assert rules, f"no golden page in golden/{name}"
    assert [rule for rule, hits in rules.items() if not hits] == []
