"""Rules: where a field is on a page, by a selector, a table's column header or a row's label."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

PAGE = "page"
"""The field of a rule that is not for one field, such as the selector of a table"""


class Rule(NamedTuple):
    """Where a field can be: ``Rule("kicker", "xpath", "./span")``. Reports print it as a string.

    Where Python searches the elements, the rule is the expression that finds about the same.

    >>> str(Rule("kicker", "xpath", "./span"))
    'kicker/xpath/./span'
    """

    field: str
    """A field of an item, or `PAGE`."""

    language: str
    """``css``, ``xpath``, ``jmes`` or ``jmespath``; for a table, ``column`` or ``label``."""

    text: str

    def __str__(self) -> str:
        return "/".join(self)


@cache
def loader_rule(key: str) -> Rule:
    """Return the rule in a key under which itemloaders counts a selector.

    >>> loader_rule("parser/kicker/xpath/./span")
    Rule(field='kicker', language='xpath', text='./span')
    """
    _, field, language, text = key.split("/", 3)
    return Rule(field, language, text)


def columns(**headers: str | tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the rules for columns of a table, from field → header, or → alternative headers.

    >>> columns(firm="Analyst")
    (Rule(field='firm', language='column', text='Analyst'),)
    """
    return tuple(_rules("column", headers))


def labels(**texts: str | tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the rules for labelled rows or cells, from field → label, or → alternative labels.

    >>> [label.text for label in labels(open=("Eröffnung", "Eröffnungskurs"))]
    ['Eröffnung', 'Eröffnungskurs']
    """
    return tuple(_rules("label", texts))


def _rules(language: str, fields: dict[str, str | tuple[str, ...]]) -> Iterator[Rule]:
    for field, texts in fields.items():
        for text in (texts,) if isinstance(texts, str) else texts:
            yield Rule(field, language, text)
