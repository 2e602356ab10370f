"""Each golden page says what the file beside it says; no page type needs a test of its own."""

import ast
import gc
import json
import re
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from finnews import pages
from finnews.archive.lines import line
from finnews.items import ITEM_CLASSES, Item
from finnews.pages import PAGE_TYPES
from finnews.pages.rules import Rule
from finnews.pages.stats import PageStats
from finnews.schema import json_schema
from tests.support.archive_items import as_archived
from tests.support.cases import Case, golden_cases, read_pages, reading, rendered, type_of

CASES = golden_cases()
VALIDATORS = {kind: Draft202012Validator(json_schema(kind)) for kind in ITEM_CLASSES}
PAGE_NAMES = [page.name() for page in PAGE_TYPES]
MODULES = sorted(Path(pages.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_golden_page_reads_to_its_file(case: Case, regold: bool) -> None:
    """Items and links equal the JSON file byte by byte, so ``--regold`` changes nothing."""
    assert type_of(case.url).name() == case.folder
    text = rendered(reading(case.url, case.text))
    if regold:
        case.expected.write_text(text, encoding="utf-8")
    assert text == case.expected.read_bytes().decode()


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_every_rule_of_a_page_type_finds_something_on_its_golden_pages(name: str) -> None:
    """A rule without a hit is dead, or lacks the golden page that needs it.

    Its folder need not have what every page has, such as the ticker.
    """
    stats = counted(of_type(name))
    assert stats.asked, f"no golden page in golden/{name}"
    assert [str(rule) for rule in without_hit(stats) if rule.text not in OF_THE_BASE] == []


def test_every_rule_for_all_pages_finds_something_on_a_golden_page() -> None:
    """Whatever type of page it is."""
    stats = counted(CASES)
    assert {rule.text for rule in stats.asked} >= OF_THE_BASE
    assert [str(rule) for rule in without_hit(stats) if rule.text in OF_THE_BASE] == []


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_every_column_and_label_fills_its_field_on_a_golden_page(name: str) -> None:
    """Renamed, it gives the field other values or none: else no case says what stands there."""
    cases = of_type(name)
    printed = [rule for rule in counted(cases).asked if rule.language in ("column", "label")]
    assert [str(rule) for rule in printed if not any(is_filled(rule, on) for on in cases)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_complete_item_of_a_golden_page_fits_its_schema(case: Case) -> None:
    """Its values have the forms that the item's fields declare."""
    for page in read_pages([case]):
        for item in page.items():
            if not item.missing_fields():
                archived = as_archived(replace(item, fetched_at="2026-11-20T12:00:00+00:00"))
                row = json.loads(line(archived), parse_float=Decimal)
                errors = VALIDATORS[type(item)].iter_errors(row)
                assert [error.message for error in errors] == []


@pytest.mark.parametrize("item_class", [kind for kind in ITEM_CLASSES if kind.is_reported])
def test_every_field_is_filled_on_a_golden_page(item_class: type[Item]) -> None:
    """Except those that the crawl adds, or takes from the register of instruments."""
    numbers = {"isin", "wkn"} if item_class.is_of_instrument else set()
    added = {"key", "fetched_at", "version"} | numbers
    items = [item for page in read_pages(CASES) for item in page.items()]
    of_class = [item for item in items if isinstance(item, item_class)]
    names = {field.name for field in fields(item_class)} - added
    filled = {name for name in names for item in of_class if getattr(item, name) is not None}
    assert names - filled == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_rule_in_the_source_is_tried_on_a_golden_page(path: Path) -> None:
    """A rule that no golden page reaches lacks a case."""
    assert [rule for rule in rules_in(path) if rule not in tried()] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_selector_matches_every_page(path: Path) -> None:
    """``string(…)`` gives a text even if nothing is there, so its hits would show no redesign."""
    assert [rule for rule in rules_in(path) if rule.startswith("string(")] == []


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_a_page_that_was_read_is_freed(name: str) -> None:
    """Nothing keeps a reference, so a long crawl holds one page at a time."""
    references = [weakref.ref(page) for page in read_pages(of_type(name))]
    gc.collect()
    assert references
    assert [reference for reference in references if reference() is not None] == []


def of_type(name: str) -> list[Case]:
    """Return the golden pages of a page type."""
    return [case for case in CASES if case.folder == name]


def counted(cases: Iterable[Case]) -> PageStats:
    """Return what pages count, together."""
    stats = PageStats()
    for page in read_pages(cases):
        stats.add(page.stats)
    return stats


def without_hit(stats: PageStats) -> list[Rule]:
    """Return the rules that found nothing."""
    return [rule for rule in stats.asked if not stats.hit[rule]]


def is_filled(rule: Rule, case: Case) -> bool:
    """Return whether a field has other values on a page whose column or label is renamed."""
    header = re.compile(rf"([>/]\s*){re.escape(rule.text)}(?=\s*[*:/<])")
    renamed, times = header.subn(r"\1Umbenannt", case.text)
    return times > 0 and values(rule.field, case.text, case) != values(rule.field, renamed, case)


def values(field: str, text: str, case: Case) -> list[Any]:
    """Return what a field is in the items of a text that is read as a golden page."""
    items = reading(case.url, text).get("items", [])
    return [item[field] for item in items if field in item]


@cache
def tried() -> set[str]:
    """Return the rules that are tried on golden pages."""
    return {rule.text for rule in counted(CASES).asked}


def rules_in(path: Path) -> Iterator[str]:
    """Yield the rules in calls of a page's or a loader's methods: as text, or as a constant.

    And the headers of its tables.
    """
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
        for target in (node.targets[0] if isinstance(node, ast.Assign) else node.target,)
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(ast.Name("self" | "page"), "css" | "xpath" | "jmespath"),
                args=[rule, *_],
            ):
                yield from text_in(rule, constants)
            case ast.Call(
                func=ast.Attribute(_, "add_css" | "add_xpath" | "add_jmes"), args=[_, rule, *_]
            ):
                yield from text_in(rule, constants)
            case ast.Call(func=ast.Name("Rule"), args=[_, _, rule]):
                yield from text_in(rule, constants)
            case ast.Call(func=ast.Name("columns" | "labels"), keywords=headers):
                parts = (part for header in headers for part in ast.walk(header.value))
                yield from (str(part.value) for part in parts if isinstance(part, ast.Constant))


def text_in(rule: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """Yield a rule that is a text, or the name of one."""
    if isinstance(rule, ast.Name):
        rule = constants.get(rule.id, rule)
    if isinstance(rule, ast.Constant):
        yield str(rule.value)


BASE = [
    Path(pages.__file__).parent / f"{name}.py"
    for name in ("base", "parts/ticker", "parts/search_lists")
]
OF_THE_BASE = {rule for path in BASE for rule in rules_in(path)} - {
    rule for path in MODULES if path not in BASE for rule in rules_in(path)
}
"""The rules of what all page types have, such as the ticker"""
