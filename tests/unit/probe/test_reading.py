"""What a probe says of a page, for every golden page."""

import json
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from finnews.outcome import ExitStatus
from finnews.probe.reading import PageRead, probed, reading
from finnews.probe.table import lines, show
from finnews.site import FINANZEN_NET
from tests.support.cases import golden_cases, type_of


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.name)
def test_every_golden_page_can_be_probed(case: Any) -> None:
    """No selector has more hits than calls."""
    reading = probed(case.url, case.text.encode(), site=FINANZEN_NET)
    rules = [
        *reading.rules,
        *(rule for kind in reading.kinds for field in kind.fields for rule in field.rules),
    ]
    assert all(rule.hits <= rule.calls for rule in rules)


@pytest.fixture
def doubtful() -> PageRead:
    """What is read of a complete page with two values that were not."""
    case = next(case for case in golden_cases() if case.name == "article/full")
    page = type_of(case.url)(case.url, case.text)
    page.doubt("price", "unit", "61,40 Mio.")
    page.doubt("price", "unit", "62,40 Mio.")
    return reading(page, case.url)


def test_a_doubt_is_told_and_no_problem(doubtful: PageRead) -> None:
    """An ordinary page may have some; it is read completely nevertheless."""
    assert (doubtful.problems, doubtful.status) == ([], ExitStatus.DONE)
    (text,) = lines([doubtful])
    printed = {"field": "price", "reason": "unit", "values": 2, "printed": "61,40 Mio."}
    assert printed in json.loads(text)["doubts"]


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_doubt_stands_above_the_table(doubtful: PageRead, is_whole: bool) -> None:
    """With the first of its values; the table is there if all is asked for."""
    output = StringIO()
    show([doubtful], Console(file=output, width=100, markup=False), is_whole=is_whole)
    assert ("field " in output.getvalue()) is is_whole
    above = output.getvalue().partition("field ")[0]
    assert '\n  doubt: 2 price unit: "61,40 Mio."\n' in above
