"""A grown page, what it cost, and whether that is in proportion to its size."""

import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tests.growth.costs import Cost, read, read_apart
from tests.growth.parts import Part, parts
from tests.growth.ways import Way, ways

FEW, MANY = 10_000, 100_000
"""Characters that a part grows to"""

_FLOOR = 0.4  # seconds of the processor; less is not judged
_RATIO = 30
"""How much more time ten times as much may take"""

_MOST = 20  # seconds of the processor that a reading may take
_MULTIPLE = 200
"""Bytes of memory for each of a page; the parser's tree of short elements has up to 90"""

_LEAST_MEMORY = 5_000  # kilobytes, that differ from process to process


class Growth(NamedTuple):
    """A part of a page, and a way that it grows in."""

    part: Part
    way: Way

    def __str__(self) -> str:
        return f"{self.part.source.name}: {self.part.name} {self.way.__name__}"

    def page(self, size: int) -> str:
        """Return the page whose part has so many characters."""
        return self.way(self.part, size)


class Trial(NamedTuple):
    """What reading a grown page cost, and what is wrong with it."""

    growth: Growth
    cost: Cost
    multiple: float = 0.0
    """Bytes of memory for each of the page's."""

    fault: str = ""


@cache
def growths() -> tuple[Growth, ...]:
    """Return all growths of all parts."""
    return tuple(Growth(part, way) for part in parts() for way in ways(part))


def sample(number: int, seed: int) -> list[Growth]:
    """Return some growths: of each way, and of each page type, as many as of each other."""
    by_kind: dict[tuple[str, str], list[Growth]] = {}
    for growth in random.Random(seed).sample(growths(), len(growths())):
        kind = growth.part.source.page_type, growth.way.__name__
        by_kind.setdefault(kind, []).append(growth)
    return [growth for of_kind in by_kind.values() for growth in of_kind[:number]]


def trial(growth: Growth) -> Trial:
    """Read a grown page in this process."""
    cost = read(growth.part.source.url, growth.page(MANY))
    return Trial(growth, cost, fault=cost.error or _slowness(growth, cost))


def trial_apart(growth: Growth) -> Trial:
    """Read a grown page in a process of its own."""
    text = growth.page(MANY)
    cost = read_apart(growth.part.source.url, text, _MOST)
    more = max(0, cost.kilobytes - _LEAST_MEMORY)
    multiple = more * 1024 / len(text.encode())
    fault = cost.error or _slowness(growth, cost)
    too_much = f"{multiple:.0f} bytes of memory for each byte" if multiple > _MULTIPLE else ""
    return Trial(growth, cost, multiple, fault or too_much)


def _slowness(growth: Growth, cost: Cost) -> str:
    """Return how a time is out of proportion, which is measured again; empty if it is not."""
    url, least = growth.part.source.url, cost.seconds
    for _ in range(2):
        if least <= _FLOOR:
            return ""
        less = min(_seconds(url, growth.page(FEW)))
        if least <= _RATIO * less:
            return ""
        least = min(least, read(url, growth.page(MANY)).seconds)
    return f"{least:.2f} s, and {less:.3f} s for a tenth"


def _seconds(url: str, text: str) -> Iterator[float]:
    for _ in range(3):
        yield read(url, text).seconds
