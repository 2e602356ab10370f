"""A rule says where a field stands on a page: at a selector, under a header, beside a label."""

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
    """``css``, ``xpath``, ``jmes`` or ``jmespath``."""

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
