"""Each golden page says what the file beside it says; no page type needs a test of its own."""

import ast
import gc
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from finnews import pages
from finnews.pages import PAGE_TYPES
from finnews.pages.stats import PageStats
from tests.support.cases import Case, golden_cases, read_pages, reading, rendered, type_of

CASES = golden_cases()
PAGE_NAMES = [page.name() for page in PAGE_TYPES]
MODULES = sorted(Path(pages.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_golden_page_reads_to_its_file(case: Case, regold: bool) -> None:
    """Items and links equal the JSON file byte by byte, so ``--regold`` changes nothing."""
    assert type_of(case.url).name() == case.folder
    text = rendered(reading(case.url, case.text))
    if regold:
        case.expected.write_text(text, encoding="utf-8")
    assert text == case.expected.read_bytes().decode()


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_every_selector_finds_something_on_a_golden_page(name: str) -> None:
    """A selector without a hit is dead, or lacks the golden page that needs it."""
    stats = counted(case for case in CASES if case.folder == name)
    assert stats.asked, f"no golden page in golden/{name}"
    assert [str(rule) for rule in stats.asked if not stats.hit[rule]] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_selector_in_the_source_is_tried_on_a_golden_page(path: Path) -> None:
    """A selector that no golden page reaches lacks a case."""
    tried = {rule.text for rule in counted(CASES).asked}
    assert [rule for rule in rules_in(path) if rule not in tried] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_selector_matches_every_page(path: Path) -> None:
    """``string(…)`` gives a text even if nothing is there, so its hits would show no redesign."""
    assert [rule for rule in rules_in(path) if rule.startswith("string(")] == []


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_a_page_that_was_read_is_freed(name: str) -> None:
    """Nothing keeps a reference, so a long crawl holds one page at a time."""
    cases = [case for case in CASES if case.folder == name]
    references = [weakref.ref(page) for page in read_pages(cases)]
    gc.collect()
    assert references
    assert [reference for reference in references if reference() is not None] == []


def counted(cases: Iterable[Case]) -> PageStats:
    """Return what pages count, together."""
    stats = PageStats()
    for page in read_pages(cases):
        stats.add(page.stats)
    return stats


def rules_in(path: Path) -> Iterator[str]:
    """Yield the rules that stand as plain text in calls of a page's or a loader's methods."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(ast.Name("self" | "page"), "css" | "xpath"),
                args=[ast.Constant(str(rule)), *_],
            ):
                yield rule
            case ast.Call(
                func=ast.Attribute(_, "add_css" | "add_xpath" | "add_jmes"),
                args=[_, ast.Constant(str(rule)), *_],
            ):
                yield rule
