"""What a reading is beside the truth: exact, null or wrong; of texts also word by word."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

Row = dict[str, Any]
"""An item: ``type`` and the fields that have a value"""

Outcome = Literal["exact", "null", "wrong"]
"""``exact``: equal; ``null``: no reading of a value; ``wrong``: another value, or one of nothing"""

Tally = Counter[Outcome]


class Compared(NamedTuple):
    """A field of an item: what is true, what was read, and what the reading is."""

    field: str
    true: Any
    given: Any
    outcome: Outcome


_WORD = re.compile(r"\w+")
_BULLET = re.compile(r"^[-*•] ")


def outcome(true: Any, given: Any) -> Outcome | None:
    """Return what a reading of one value is; ``None`` if there is nothing, and nothing was read.

    >>> outcome("129.51", "129.51"), outcome("129.51", None)
    ('exact', 'null')
    >>> outcome("129.51", "129.50"), outcome(None, "129.51"), outcome(None, None)
    ('wrong', 'wrong', None)
    """
    if given == true:
        return None if true is None else "exact"
    return "null" if given is None else "wrong"


def compared(true: list[Row], given: list[Row]) -> Iterator[Compared]:
    """Yield ``Quote.price`` and what its reading is, for each field of each item of a page.

    An item that was not read has all fields null; one that is not there has all fields wrong.

    >>> list(compared([{"type": "Quote", "price": "1.10"}], []))
    [Compared(field='Quote.price', true='1.10', given=None, outcome='null')]
    """
    for true_item, given_item in pairs(true, given):
        kind = {**true_item, **given_item}["type"]
        for name in sorted({*true_item, *given_item} - {"type"}):
            values = true_item.get(name), given_item.get(name)
            if reading := outcome(*values):
                yield Compared(f"{kind}.{name}", *values, reading)


def pairs(true: list[Row], given: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield each item with its reading, which agrees with it in the most fields.

    An item that no reading is left for is paired with an empty one, and so is such a reading.
    """
    agreements = sorted(
        (-agreement(true_item, given_item), i, j)
        for i, true_item in enumerate(true)
        for j, given_item in enumerate(given)
    )
    unread, unpaired = dict(enumerate(true)), dict(enumerate(given))
    for agreeing, i, j in agreements:
        if agreeing and i in unread and j in unpaired:
            yield unread.pop(i), unpaired.pop(j)
    yield from ((item, {}) for item in unread.values())
    yield from (({}, item) for item in unpaired.values())


def agreement(true: Row, given: Row) -> int:
    """Return in how many fields two items agree; none if they are of two kinds."""
    if true["type"] != given["type"]:
        return 0
    return sum(given.get(name) == value for name, value in true.items())


def lines(text: str | None) -> list[str]:
    """Return the lines of a text that are not empty, with single spaces and without bullets.

    >>> lines("Der DAX  steigt.\\n\\n- Muster AG")
    ['Der DAX steigt.', 'Muster AG']
    """
    stripped = (_BULLET.sub("", " ".join(line.split())) for line in (text or "").splitlines())
    return [line for line in stripped if line]


def line_outcomes(true: list[str], given: list[str]) -> Tally:
    """Return how many lines of a text were read, how many were not, and how many are not its own.

    >>> line_outcomes(["A.", "B."], ["A.", "Werbung"])
    Counter({'exact': 1, 'null': 1, 'wrong': 1})
    """
    expected, read = Counter(true), Counter(given)
    exact = (expected & read).total()
    return Tally({"exact": exact, "null": len(true) - exact, "wrong": len(given) - exact})


def word_f1(true: list[str], given: list[str]) -> float:
    """Return the harmonic mean of precision and recall of the words of a text, in any order.

    >>> word_f1(["Der DAX steigt"], ["Der DAX fällt"]) == 2 / 3
    True
    """
    expected, read = (Counter(_WORD.findall(" ".join(text))) for text in (true, given))
    words = expected.total() + read.total()
    return 2 * (expected & read).total() / words if words else 1.0
