"""Values as pages print them, and where in a page each stands."""

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from lxml.html import HtmlElement, fromstring

Form = Literal["amount", "percent", "plain", "range", "count", "clock", "day", "sized"]
"""How a value is printed: ``61,40 EUR``, ``+1,10%``, ``+0,60``, ``60,10 - 61,75``, ``22.631``,
``21:57:30``, ``20.11.2026``, ``361,90 / 200 Stk.``"""


Mark = Literal[",", "."]
"""A decimal mark"""


_NUMBER = re.compile(r"(?P<sign>[-+−±]?)(?P<digits>\d[\d.,]*)(?P<gap>\s*)(?P<unit>\D*)")


class Place(NamedTuple):
    """A value in a text node of a page."""

    node: HtmlElement
    slot: Literal["text", "tail"]
    """Whether it is in the element's text or in the text behind the element."""

    start: int
    end: int
    field: str
    form: Form
    mark: Mark = ","
    """Its decimal mark."""

    @property
    def whole(self) -> str:
        """The text of its node."""
        return str(getattr(self.node, self.slot))

    @property
    def printed(self) -> str:
        """The value as printed."""
        return self.whole[self.start : self.end]

    @property
    def number(self) -> Decimal:
        """The value of its number."""
        return number(self.printed, self.mark)

    @property
    def unit(self) -> str:
        """What stands behind its number: ``EUR``, ``%``, or nothing."""
        match = _NUMBER.fullmatch(self.printed)
        return match["unit"].strip() if match else ""

    @property
    def sign(self) -> str:
        """What stands before its number."""
        match = _NUMBER.fullmatch(self.printed)
        return match["sign"] if match else ""

    @property
    def unsigned(self) -> str:
        """The value without its sign."""
        return self.printed.removeprefix(self.sign)

    def print(self, printed: str) -> None:
        """Print something else in its place."""
        text = self.whole
        setattr(self.node, self.slot, text[: self.start] + printed + text[self.end :])

    def print_markup(self, markup: str) -> None:
        """Put elements in its place; the first thing in `markup` may be text."""
        text = self.whole
        parts = fromstring(f"<div>{markup}</div>")
        before, after = text[: self.start] + (parts.text or ""), text[self.end :]
        children = list(parts)
        children[-1].tail = (children[-1].tail or "") + after
        setattr(self.node, self.slot, before)
        parent = self.node if self.slot == "text" else self.node.getparent()
        at = 0 if self.slot == "text" else parent.index(self.node) + 1
        parent[at:at] = children


def number(printed: str, mark: str = ",") -> Decimal:
    """Return the number that is printed in front of a unit.

    >>> number("−1.234,50 EUR"), number("74,908.89 EUR", ".")
    (Decimal('-1234.50'), Decimal('74908.89'))
    """
    match = _NUMBER.match(printed.strip())
    assert match, printed
    digits = match["digits"].rstrip(".,").replace("." if mark == "," else ",", "")
    value = Decimal(digits.replace(mark, "."))
    return -value if match["sign"] in ("-", "−") else value


def german(value: Decimal) -> str:
    """Return a number in German notation.

    >>> german(Decimal("-1234.50"))
    '-1.234,50'
    """
    return f"{value:,}".translate(str.maketrans(",.", ".,"))
