"""Texts on which a pattern may take longer than in proportion: repetitions of its own parts."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_CHARACTERS = 'a1 .-,A/\n"<>:;(=x'
"""What may be in a class of characters"""

_ENDS = ("", "\x00", "\n", "\x00a1 ")
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    code.CATEGORY_DIGIT: str.isdigit,
    code.CATEGORY_SPACE: str.isspace,
    code.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
}
_OPPOSITES = {
    code.CATEGORY_NOT_DIGIT: code.CATEGORY_DIGIT,
    code.CATEGORY_NOT_SPACE: code.CATEGORY_SPACE,
    code.CATEGORY_NOT_WORD: code.CATEGORY_WORD,
}
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_MANY = 8

Part = tuple[Any, Any]
"""An operation of a parsed pattern with its arguments"""


class HostileText(NamedTuple):
    """A text that can be of any length."""

    front: str
    repeated: str
    end: str

    def of(self, length: int) -> str:
        """Return the text in about a length."""
        return self.front + self.repeated * max(1, length // len(self.repeated)) + self.end


def hostile_texts(pattern: re.Pattern[Any]) -> list[HostileText]:
    """Return texts made of a pattern's own parts."""
    source = pattern.pattern
    text = source if isinstance(source, str) else source.decode("latin-1")
    tree = list(
        parser.parse(
            text, pattern.flags & ~re.ASCII if isinstance(source, bytes) else pattern.flags
        )
    )
    units = dict.fromkeys(unit for unit in _units(tree) if unit)
    fronts = dict.fromkeys(("", *_fronts(tree)))
    texts = dict.fromkeys(map(HostileText._make, product(fronts, units, _ENDS)))
    return list(texts)


def _units(parts: list[Part]) -> Iterator[str]:
    """Yield what may be repeated: each sequence, its parts, and the beginnings of it."""
    for sequence in _sequences(parts):
        yield from _samples(sequence)
        for number, part in enumerate(sequence):
            yield from _characters_of(part)
            yield from _samples(sequence[:number])
            yield from _samples([part])
            yield from _samples(sequence[number : number + 2])


def _fronts(parts: list[Part]) -> Iterator[str]:
    """Yield what stands before each repetition of the whole sequence."""
    for number, part in enumerate(parts):
        if _has_repeat([part]):
            yield _shortest(parts[:number])


def _has_repeat(parts: list[Part]) -> bool:
    return any(
        operation in _REPEATS and arguments[1] > _MANY
        for sequence in _sequences(parts)
        for operation, arguments in sequence
    )


def _sequences(parts: list[Part]) -> Iterator[list[Part]]:
    """Yield a sequence of parts and each sequence within it."""
    yield parts
    for operation, arguments in parts:
        for inner in _inner(operation, arguments):
            yield from _sequences(list(inner))


def _inner(operation: Any, arguments: Any) -> list[Any]:
    if operation is code.BRANCH:
        return list(arguments[1])
    if operation in (*_REPEATS, code.SUBPATTERN):
        return [arguments[-1]]
    if operation in (code.ASSERT, code.ASSERT_NOT):
        return [arguments[1]]
    return [arguments] if operation is code.ATOMIC_GROUP else []


def _samples(parts: list[Part]) -> tuple[str, str]:
    return _shortest(parts), _longer(parts)


def _shortest(parts: list[Part]) -> str:
    """Return a short text that a sequence matches, but for what it looks around for."""
    return "".join(_sample(part, longer=False) for part in parts)


def _longer(parts: list[Part]) -> str:
    return "".join(_sample(part, longer=True) for part in parts)


def _sample(part: Part, *, longer: bool) -> str:
    operation, arguments = part
    inner = _inner(operation, arguments)
    if operation in _REPEATS:
        times = max(arguments[0], min(1, arguments[1])) if longer else arguments[0]
        return _joined(inner[0], longer=longer) * int(min(times, _MANY))
    if operation in (code.ASSERT, code.ASSERT_NOT):
        return ""
    if inner:
        return _joined(inner[-1 if longer else 0], longer=longer)
    characters = _characters_of(part)
    return characters[-1 if longer else 0] if characters else ""


def _joined(parts: Any, *, longer: bool) -> str:
    return "".join(_sample(part, longer=longer) for part in parts)


def _characters_of(part: Part) -> list[str]:
    """Return some characters that an operation for one character matches."""
    operation, arguments = part
    if operation is code.LITERAL:
        return [chr(arguments)]
    if operation is code.NOT_LITERAL:
        return [each for each in _CHARACTERS if ord(each) != arguments][:3]
    if operation is code.ANY:
        return ["a", " "]
    if operation is not code.IN:
        return []
    is_negated = arguments[0][0] is code.NEGATE
    named = [
        chr(each[1] if each[0] is code.LITERAL else each[1][0])
        for each in arguments
        if each[0] in (code.LITERAL, code.RANGE)
    ]
    members = [each for each in (*_CHARACTERS, *named) if _is_in(each, arguments) != is_negated]
    return list(dict.fromkeys(members))[:4]


def _is_in(character: str, members: list[Part]) -> bool:
    for operation, arguments in members:
        if operation is code.LITERAL and ord(character) == arguments:
            return True
        if operation is code.RANGE and arguments[0] <= ord(character) <= arguments[1]:
            return True
        if operation is code.CATEGORY and _is_of(character, arguments):
            return True
    return False


def _is_of(character: str, category: Any) -> bool:
    if category in _OPPOSITES:
        return not _CATEGORIES[_OPPOSITES[category]](character)
    return bool(_CATEGORIES[category](character))
