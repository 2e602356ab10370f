"""An inverted index in text: each word with the numbers of its documents, as gaps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

DIGITS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Digits to the base of 32: the first half ends a gap, the second half goes on."""

_OFTEN: Final = 1024
"""Gaps below are looked up."""


def gap(number: int) -> bytes:
    """Return a gap, its lowest digit first.

    >>> gap(0), gap(31), gap(32), gap(1000)
    (b'A', b'f', b'gB', b'of')
    """
    digits = ""
    while number >= 32:
        digits += DIGITS[32 + number % 32]
        number //= 32
    return f"{digits}{DIGITS[number]}".encode()


_GAPS: Final = tuple(map(gap, range(_OFTEN)))


class Postings:
    """Words → documents, which must come in the order of their numbers."""

    def __init__(self) -> None:
        self._gaps: defaultdict[str, bytearray] = defaultdict(bytearray)
        self._next: dict[str, int] = {}

    def add(self, document: int, words: Iterable[str]) -> None:
        """Say which words a document has, each once."""
        for word in words:
            number = document - self._next.get(word, 0)
            self._gaps[word] += _GAPS[number] if number < _OFTEN else gap(number)
            self._next[word] = document + 1

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield each word with its documents, in the order of words."""
        yield from ((word, self._gaps[word].decode()) for word in sorted(self._gaps))
