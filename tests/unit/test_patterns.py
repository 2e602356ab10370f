"""No pattern of the package takes longer on a text than in proportion to its length."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from signal import ITIMER_VIRTUAL, SIGVTALRM, setitimer, signal
from time import perf_counter
from typing import Any

import pytest

from tests.support.hostile_texts import HostileText, hostile_texts
from tests.support.patterns import Named, compiled, methods_of, patterns, patterns_in, uses

STEPS = ((24, None), (160, 40), (640, 10), (2560, 3), (10_000, 3), (30_000, 2))
"""Characters of the texts, and how many of them, of those that took longest before"""

FLOOR = 0.05
"""Seconds under which nothing counts"""

LONGEST = 0.5
"""Seconds after which a search is ended"""

SHORT = 30
"""Characters of a text on which any search ends in time"""

GROWTH, MOST = 4, 2.5
"""A text so many times as long takes 2.5 times as long at most as that many texts; if squared, 4"""

PATTERNS = patterns()
USES = uses()


class _TooLong(Exception):
    """A search took longer than `LONGEST`."""


@contextmanager
def ended() -> Iterator[None]:
    """End searches after `LONGEST`, by a signal, which ``re`` heeds."""

    def end(*_: object) -> None:
        raise _TooLong

    before = signal(SIGVTALRM, end)
    try:
        yield
    finally:
        signal(SIGVTALRM, before)


def searcher(pattern: Any, method: str) -> Callable[[str], object]:
    """Return what applies a method of a pattern to a text, up to its end."""
    function = getattr(pattern, method)
    is_of_bytes = isinstance(_compiled(pattern).pattern, bytes)
    replacement = (b"" if is_of_bytes else "",) if method in ("sub", "subn") else ()

    def search(text: str) -> object:
        result = function(*replacement, text.encode("latin-1", "replace") if is_of_bytes else text)
        return list(result) if method == "finditer" else result

    return search


def _compiled(pattern: Any) -> re.Pattern[Any]:
    inner: re.Pattern[Any] = pattern if isinstance(pattern, re.Pattern) else pattern.pattern
    return inner


def seconds(search: Callable[[str], object], text: str, times: int = 1) -> float:
    """Return the least time that a search took, infinite if it was ended after `LONGEST`.

    A process's own time is too coarse for that: on some machines, it is counted in ticks.
    """
    taken = []
    for _ in range(times):
        start = perf_counter()
        if len(text) <= SHORT:
            search(text)
        elif not ends_in_time(search, text):
            return inf
        taken.append(perf_counter() - start)
    return min(taken)


def ends_in_time(search: Callable[[str], object], text: str) -> bool:
    """Return whether a search ends before `LONGEST`."""
    setitimer(ITIMER_VIRTUAL, LONGEST)
    try:
        search(text)
    except _TooLong:
        return False
    finally:
        setitimer(ITIMER_VIRTUAL, 0)
    return True


def takes_longer(search: Callable[[str], object], hostile: HostileText, length: int) -> bool:
    """Return whether a text takes more than in proportion to a shorter one, measured again."""
    long, short = hostile.of(length), hostile.of(length // GROWTH)

    def as_much(text: str) -> None:
        for _ in range(GROWTH):
            search(text)

    for times in (1, 2, 4):
        needed = seconds(search, long, times)
        if needed < max(FLOOR, MOST * seconds(as_much, short, times)):
            return False
    return True


def hostile_text(pattern: Any, method: str) -> tuple[HostileText, int] | None:
    """Return a text, and its length, on which a method takes more than in proportion."""
    search = searcher(pattern, method)
    texts = hostile_texts(_compiled(pattern))
    for length, count in STEPS:
        taken = []
        for hostile in texts[:count]:
            needed = seconds(search, hostile.of(length))
            if needed > FLOOR and takes_longer(search, hostile, length):
                return hostile, length
            taken.append((needed, hostile))
        texts = [hostile for _, hostile in sorted(taken, key=lambda pair: -pair[0])]
    return None


def test_patterns_are_found_wherever_they_are_compiled() -> None:
    """Each ``re.compile`` is in a statement whose name leads to as many patterns."""
    places = list(compiled())
    assert [place for place in places if place.name is None] == []
    counted = Counter((place.module, str(place.name)) for place in places)
    reached = {id(named.pattern) for named in PATTERNS}
    for (module, name), times in counted.items():
        inner = patterns_in(module, name)
        assert len(inner) >= times, f"{module}.{name}"
        assert {*map(id, inner)} <= reached, f"{module}.{name}"


@pytest.mark.parametrize("named", PATTERNS, ids=str)
def test_time_grows_with_the_length_of_a_text(named: Named) -> None:
    """A text made of the pattern's own parts takes no more than in proportion."""
    with ended():
        hostile = {
            method: hostile_text(named.pattern, method) for method in methods_of(named, USES)
        }
    assert {method: text for method, text in hostile.items() if text} == {}


@pytest.mark.parametrize("form", [r"(?:a|aa)+", r"\s+x", r"\d*?(\d+)x", r"<b.*>", r"(?:ab?)*c"])
def test_a_pattern_that_is_not_linear_is_found(form: str) -> None:
    """The texts make known forms of such patterns take longer."""
    with ended():
        methods = [hostile_text(re.compile(form), method) for method in ("search", "fullmatch")]
    assert any(methods)
