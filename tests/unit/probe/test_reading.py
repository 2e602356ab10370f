"""What a probe says of a page, for every golden page."""

from typing import Any

import pytest

from finnews.probe.reading import probed
from finnews.site import FINANZEN_NET
from tests.support.cases import golden_cases


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.name)
def test_every_golden_page_can_be_probed(case: Any) -> None:
    """No selector has more hits than calls."""
    reading = probed(case.url, case.text.encode(), site=FINANZEN_NET)
    rules = [
        *reading.rules,
        *(rule for kind in reading.kinds for field in kind.fields for rule in field.rules),
    ]
    assert all(rule.hits <= rule.calls for rule in rules)
