"""How long a text can be, by what it is, so that no page makes a pattern or a cache grow.

A longer one is not read: it matches no `Bounded` pattern, and is kept by no cache.
"""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

ADDRESS: Final = 2000
"""Characters of an address, or of another attribute; browsers and servers take little more"""

TITLE: Final = 500
"""Characters of a title, a heading or a name"""

CELL: Final = 200
"""Characters of a table's cell or a box's; the longest of captures has 60 (2026-09)"""

LINE: Final = 500
"""Characters of a line at either end of a text that tells who made it"""

PARAGRAPH: Final = 20_000
"""Characters of a text on one line, such as a description"""

_KEPT: Final = 300
"""Characters of a text that a cache keeps"""

P = ParamSpec("P")
T = TypeVar("T")


class Bounded:
    """A pattern for texts of a bounded length; no longer one matches, and none is cut for it."""

    __slots__ = ("longest", "pattern")

    def __init__(self, pattern: re.Pattern[str], longest: int) -> None:
        self.pattern = pattern
        self.longest = longest

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of a whole text.

        >>> pattern = Bounded(re.compile("(?:a|aa)+"), 3)
        >>> bool(pattern.fullmatch("aaa")), bool(pattern.fullmatch("aaaa"))
        (True, False)
        """
        return self.pattern.fullmatch(text) if len(text) <= self.longest else None

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text."""
        return self.pattern.search(text) if len(text) <= self.longest else None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the match at a place from which so many characters are left at most."""
        return self.pattern.match(text, start) if len(text) - start <= self.longest else None

    def sub(self, replacement: str, text: str) -> str:
        """Return a text with its matches replaced; a longer one as it is."""
        return self.pattern.sub(replacement, text) if len(text) <= self.longest else text


class AtStart:
    """A pattern for the first characters of a text, however long that is."""

    __slots__ = ("longest", "pattern")

    def __init__(self, pattern: re.Pattern[str], longest: int) -> None:
        self.pattern = pattern
        self.longest = longest

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the match at a place, if it ends within so many characters.

        >>> pattern = AtStart(re.compile("a+b"), 3)
        >>> bool(pattern.match("aab, aaab")), bool(pattern.match("aaab"))
        (True, False)
        """
        return self.pattern.match(text, start, start + self.longest)


class AtEnd:
    """A pattern for the last characters of a text, however long that is."""

    __slots__ = ("longest", "pattern")

    def __init__(self, pattern: re.Pattern[str], longest: int) -> None:
        self.pattern = pattern
        self.longest = longest

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match that starts within the last characters."""
        return self.pattern.search(text, max(0, len(text) - self.longest))


def kept(
    maxsize: int, longest: int = _KEPT
) -> Callable[[Callable[Concatenate[str, P], T]], Callable[Concatenate[str, P], T]]:
    """Return a decorator that caches a function of a text, and of others perhaps, if it is short.

    >>> @kept(maxsize=8)
    ... def letters(text: str) -> int:
    ...     return len(text)
    >>> letters("Muster"), letters("x" * 400)
    (6, 400)
    """

    def decorate(function: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
        cached: Any = lru_cache(maxsize=maxsize)(function)

        @wraps(function)
        def value(text: str, /, *arguments: P.args, **named: P.kwargs) -> T:
            read: Callable[Concatenate[str, P], T] = cached if len(text) <= longest else function
            return read(text, *arguments, **named)

        return value

    return decorate
