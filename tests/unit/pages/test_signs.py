"""The colour or an icon beside a number shows its sign, or contradicts it."""

import pytest
from parsel import Selector

from finnews.pages.parts.signs import is_of_other_sign


@pytest.mark.parametrize(
    ("cell", "printed", "expected"),
    [
        ('<td class="font-color-green">', "+31,91%", False),
        ('<td class="font-color-green">', "31,91%", False),
        ('<td class="font-color-red">', "31,91%", True),
        ('<td class="font-color-red">', "−31,91%", False),
        ('<td><span class="value--negative">', "- 3,40 EUR", False),
        ('<td><i class="icon icon--minus"></i>', "0,60", True),
        ('<td><i class="icon icon--arrow-up"></i>', "-0,60", True),
        ('<td class="quote-ticker__value--negative">', "+0,0%", False),
        ('<td class="font-color-red"><i class="icon--up"></i>', "0,60", True),
        ('<td class="table__td">', "-0,60", False),
        ('<td class="colorRed">', "0,60", True),
        ('<td class="Negative">', "0,60", True),
        ('<td style="color: red">', "0,60", True),
        ('<td><i aria-label="minus"></i>', "0,60", True),
        ('<td><img alt="fallend">', "0,60", True),
        ('<td><img alt="-">', "0,60", True),
        ('<td><span title="gefallen">', "0,60", True),
        ('<tr class="table__tr--negative"><td>', "0,60", True),
        ('<td class="markup dropdown">', "-0,60", False),
    ],
)
def test_a_colour_tells_the_sign_of_a_number(cell: str, printed: str, expected: bool) -> None:
    """Not that of zero; two colours at once contradict each other."""
    element = Selector(text=f"<table><tr>{cell}{printed}").css("td")[0]
    assert is_of_other_sign(element, printed) is expected
