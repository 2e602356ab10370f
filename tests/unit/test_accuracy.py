"""The benchmark of accuracy: how it compares, and that what it compares with is so."""

import doctest
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.accuracy import comparing, pages, pointers, tables, tools
from benchmarks.accuracy.comparing import (
    Row,
    Tally,
    compared,
    line_outcomes,
    lines,
    outcome,
    word_f1,
)
from benchmarks.accuracy.pages import article_of, golden_items, hand_written, oracle
from benchmarks.accuracy.tools import TOOLS
from tests.support.cases import golden_cases

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "accuracy.md").read_text("utf-8")
REQUIREMENT = re.compile(r"([\w.-]+)==\S+(?:  #.*)?")
ARTICLE_CASES = {case.name: case for case in golden_cases() if case.folder == "article"}


@pytest.mark.parametrize(
    ("true", "given", "expected"),
    [
        ("129.51", "129.51", "exact"),
        ("129.50", "129.5", "wrong"),
        ("129.51", None, "null"),
        (None, "129.51", "wrong"),
        (None, None, None),
        (False, False, "exact"),
        (False, None, "null"),
        (None, False, "wrong"),
        (["A", "B"], ["B", "A"], "wrong"),
    ],
)
def test_a_reading_is_exact_null_or_wrong(true: Any, given: Any, expected: str | None) -> None:
    """Another number of digits or order is another value; what is nowhere does not count."""
    assert outcome(true, given) == expected


def quote(**values: Any) -> Row:
    """Return a quote."""
    return {"type": "Quote", **values}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            [quote(exchange="XETRA", price="2"), quote(exchange="gettex", price="1")],
            {"Quote.exchange": {"exact": 2}, "Quote.price": {"exact": 2}},
        ),
        (
            [quote(exchange="gettex", price="9"), quote(exchange="XETRA")],
            {"Quote.exchange": {"exact": 2}, "Quote.price": {"wrong": 1, "null": 1}},
        ),
        (
            [quote(exchange="XETRA", price="2")],
            {
                "Quote.exchange": {"exact": 1, "null": 1},
                "Quote.price": {"exact": 1, "null": 1},
            },
        ),
        (
            [
                *(quote(exchange=name, price=price) for name, price in [("gettex", "1")]),
                *(quote(exchange="XETRA", price="2") for _ in range(2)),
            ],
            {
                "Quote.exchange": {"exact": 2, "wrong": 1},
                "Quote.price": {"exact": 2, "wrong": 1},
            },
        ),
        (
            [{"type": "Rating", "price": "1"}],
            {
                "Quote.exchange": {"null": 2},
                "Quote.price": {"null": 2},
                "Rating.price": {"wrong": 1},
            },
        ),
    ],
    ids=["in another order", "other values", "one missing", "one twice", "another kind"],
)
def test_each_item_is_compared_with_its_own_reading(
    given: list[Row], expected: dict[str, dict[str, int]]
) -> None:
    """The reading that agrees with it most; missing items are null, superfluous ones wrong."""
    true = [quote(exchange="gettex", price="1"), quote(exchange="XETRA", price="2")]
    tallies: dict[str, Tally] = {}
    for field in compared(true, given):
        tallies.setdefault(field.field, Tally())[field.outcome] += 1
    assert tallies == expected


def test_lines_of_a_text_count_as_often_as_they_are_there() -> None:
    """One of two equal lines is exact, the other missing; a superfluous line is wrong."""
    tally = line_outcomes(["Plus", "Plus", "Muster AG"], ["Muster AG", "Plus", "Werbung"])
    assert tally == {"exact": 2, "null": 1, "wrong": 1}


def test_words_count_wherever_they_stand() -> None:
    """Order and lines do not matter, superfluous and missing words do."""
    assert word_f1(["Der DAX", "steigt"], ["steigt der DAX", "Der"]) == 2 * 3 / (3 + 4)
    assert word_f1(["Der DAX"], []) == 0
    assert word_f1([], []) == 1


@pytest.mark.parametrize("module", [comparing, pages, pointers, tables, tools])
def test_the_examples_in_docstrings_are_so(module: ModuleType) -> None:
    """Those of the benchmark's modules."""
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", hand_written()["noise"])
def test_noise_stands_on_its_page_and_not_in_its_text(name: str) -> None:
    """Else no tool could be found to give it, or each that is right would be."""
    case, noise = ARTICLE_CASES[name], hand_written()["noise"][name]
    article = article_of(golden_items(case)) or {}
    assert [text for text in noise if text not in case.text] == []
    assert [text for text in noise if text in "\n".join(lines(article.get("article_body")))] == []


@pytest.mark.parametrize("name", hand_written()["unread"])
def test_what_is_unread_stands_on_its_page(name: str) -> None:
    """Values that a person reads on golden pages, and their JSON does not have."""
    case, unread = ARTICLE_CASES[name], hand_written()["unread"][name]
    article = article_of(golden_items(case)) or {}
    assert unread
    assert [value for value in unread.values() if value not in case.text] == []
    assert [field for field in unread if field in article] == []


@pytest.mark.usefixtures("captures")
def test_captures_are_those_that_were_read_by_hand() -> None:
    """Each is there unchanged, and its noise is no part of its text."""
    captured, absent = pages.captured_pages()
    assert absent == []
    for page in captured:
        text = "\n".join(lines((page.article or {}).get("article_body")))
        assert [noise for noise in page.noise if noise not in page.text] == []
        assert [noise for noise in page.noise if noise in text] == []


def test_a_capture_is_left_out_if_it_is_another_file(tmp_path: Path) -> None:
    """Its places would be those of other texts."""
    page = {"url": "https://www.finanzen.net/", "sha256": "0" * 16, "groups": []}
    path = tmp_path / "page.html"
    assert pointers.hand_read(path, page) is None
    path.write_text("<html></html>")
    assert pointers.hand_read(path, page) is None
    assert pointers.hand_read(path, page | {"sha256": pointers.digest(path)})


@pytest.mark.parametrize("call", ["create_connection(('127.0.0.1', 9))", "getaddrinfo('a.b', 80)"])
def test_no_tool_reaches_the_network(call: str) -> None:
    """A connection, or a question for an address, is refused before it leaves the process."""
    code = f"import socket, benchmarks.accuracy.tools as t; t.refuse_network(); socket.{call}"
    command = [sys.executable, "-c", code]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "the benchmark opens no connection" in process.stderr


def test_the_document_names_every_field_and_tool() -> None:
    """Its first table has the fields that are compared, its others the tools."""
    items = [
        *chain.from_iterable(pointers.rows(page) for page in oracle().values()),
        *chain.from_iterable(golden_items(case) for case in golden_cases()),
    ]
    fields = {f"{item['type']}.{name}" for item in items for name in item.keys() - {"type"}}
    assert set(re.findall(r"^\| (\w+\.\w+) \|", DOCUMENT, re.MULTILINE)) == fields
    for heading in (*tables.FIELDS, *tables.ARTICLES, *tables.SPEED):
        assert f"| {heading} |" in DOCUMENT
    for tool in TOOLS:
        assert re.search(rf"\| {tool.name}(?: [\d.]+)? \|", DOCUMENT)


def test_other_tools_are_pinned_and_needed_for_nothing_else() -> None:
    """They stand in requirements of their own, with the version that the document names."""
    own = requirements(ROOT / "benchmarks" / "requirements.txt")
    ours = {
        **requirements(ROOT / "requirements.txt"),
        **requirements(ROOT / "requirements-dev.txt"),
    }
    assert own.keys() & ours.keys() <= {"python-dateutil", "PyYAML", "six"}  # both bring them
    for tool in TOOLS[1:]:
        assert f"| {own[tool.name].replace('==', ' ')} |" in DOCUMENT


def requirements(path: Path) -> dict[str, str]:
    """Return the requirements in a file by their names; each is pinned."""
    lines_of_file = path.read_text("utf-8").splitlines()
    pins = [line for line in lines_of_file if line and not line.startswith(("#", "-r"))]
    pins = [pin.partition(";")[0].partition("  #")[0] for pin in pins]
    assert [pin for pin in pins if not REQUIREMENT.fullmatch(pin)] == []
    return {pin.partition("==")[0]: pin for pin in pins}
