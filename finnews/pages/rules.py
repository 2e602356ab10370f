"""A rule says where a field stands on a page: at a selector, under a header, beside a label."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

PAGE = "page"
"""The field of a rule that reads several fields, or the page as a whole."""


class Rule(NamedTuple):
    """One way to a field: ``Rule("kicker", "xpath", "./span")``; as text its name in reports.

    >>> str(Rule("kicker", "xpath", "./span"))
    'kicker/xpath/./span'
    """

    field: str
    """The field of the item, or `PAGE`."""

    language: str
    """``css``, ``xpath``, ``jmes``, ``jmespath``; ``column`` or ``label`` of a table."""

    text: str

    def __str__(self) -> str:
        return "/".join(self)


@cache
def loader_rule(key: str) -> Rule:
    """Return the rule that itemloaders counts under a key.

    >>> loader_rule("parser/kicker/xpath/./span")
    Rule(field='kicker', language='xpath', text='./span')
    """
    _, field, language, text = key.split("/", 3)
    return Rule(field, language, text)


def columns(**headers: str | tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the columns of a table: field → its header, or all that it can have.

    >>> columns(firm="Analyst")
    (Rule(field='firm', language='column', text='Analyst'),)
    """
    return tuple(_rules("column", headers))


def labels(**printed: str | tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the labels of a table's rows or cells: field → its label, or all that it can have.

    >>> [label.text for label in labels(open=("Eröffnung", "Eröffnungskurs"))]
    ['Eröffnung', 'Eröffnungskurs']
    """
    return tuple(_rules("label", printed))


def _rules(language: str, fields: dict[str, str | tuple[str, ...]]) -> Iterator[Rule]:
    for field, texts in fields.items():
        for text in (texts,) if isinstance(texts, str) else texts:
            yield Rule(field, language, text)
