"""The rows of the table: what is measured, what it should be, what it is."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

WIDTHS = (64, 9, 9)
"""Columns of what, target and figure; the verdict comes last"""


class Target(NamedTuple):
    """What a ratio should be at most, or at least."""

    limit: float
    is_least: bool = False

    def __str__(self) -> str:
        return f"{'>=' if self.is_least else '<='} {self.limit:.2f}"


class Row(NamedTuple):
    """A ratio with its target; `note` says why there is no figure, or what else is measured."""

    what: str
    target: Target | None = None
    figure: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the figure is as it should be; ``None`` without a target or a figure."""
        if self.target is None or self.figure is None:
            return None
        limit, is_least = self.target
        return self.figure >= limit if is_least else self.figure <= limit

    @property
    def verdict(self) -> str:
        """How far the figure is from its target.

        >>> Row("", Target(0.8, is_least=True), 0.6).verdict, Row("", Target(2), 2.5).verdict
        ('misses by 25%', 'misses by 25%')
        >>> Row("", Target(2), 2).verdict, Row("", None, 2).verdict
        ('met', '-')
        """
        if self.target is None or self.figure is None:
            return (self.note if self.figure is None else "") or "-"
        if self.is_met:
            return "met"
        return f"misses by {abs(self.figure / self.target.limit - 1):.0%}"

    def __str__(self) -> str:
        figure = "-" if self.figure is None else f"{self.figure:.2f}"
        more = f" ({self.note})" if self.note and self.figure is not None else ""
        return aligned(self.what, str(self.target or "-"), figure, f"{self.verdict}{more}")


Lines = Mapping[str, Target | None]
"""What a benchmark measures → its target"""


class Benchmark(NamedTuple):
    """The lines of one subject, and what measures them, in their order."""

    lines: Lines
    rows: Callable[[], Iterator[Row]]


def row(lines: Lines, what: str, figure: float | None = None, note: str = "") -> Row:
    """Return the row of a line."""
    return Row(what, lines[what], figure, note)


def aligned(what: str, target: str, figure: str, verdict: str) -> str:
    """Return four cells as a line of the table."""
    first, second, third = WIDTHS
    return f"{what:<{first}}{target:>{second}}{figure:>{third}}  {verdict}"
