"""The ways in which a part of a page grows, each to a number of characters."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count

from tests.growth.parts import Part

_NUMBER = re.compile(r"\d+")
_VALUE = re.compile(r'="([^"]+)"')
_LETTERS = re.compile(r">([^<>]+)<")
_NESTED = 170  # elements in one another, with those around them fewer than are too many

Way = Callable[[Part, int], str]
"""Returns the page with a part grown to a number of characters."""


def repeated(part: Part, size: int) -> str:
    """The part many times, side by side."""
    return part.page(part.whole * _times(part.whole, size // part.places))


def numbered(part: Part, size: int) -> str:
    """The part many times, each with another number in its text and links."""
    of_place = size // part.places
    each = (_with_number(part.whole, number) for number in count(1))
    return part.page("".join(_up_to(each, of_place)))


def nested(part: Part, size: int) -> str:
    """The part in itself, as deep as the size allows."""
    times = _times(part.opening + part.closing, size)
    return part.page(part.opening * times + part.content + part.closing * times)


def nested_often(part: Part, size: int) -> str:
    """The part in itself, as deep as a page may be, many times."""
    inner = part.content if len(part.content) < 500 else "x"
    tower = part.opening * _NESTED + inner + part.closing * _NESTED
    return part.page(tower * _times(tower, size // part.places))


def filled(part: Part, size: int) -> str:
    """The part with its content many times in it."""
    content = part.content or "x "
    return part.page(part.opening + content * _times(content, size) + part.closing)


def worded(part: Part, size: int) -> str:
    """The part with a long text in it, that of its own first words."""
    words = _LETTERS.search(part.whole)
    text = f"{words[1] if words else 'Muster'} "
    return part.page(part.opening + text * _times(text, size) + part.content + part.closing)


def ruled(part: Part, size: int) -> str:
    """The part with many line breaks in it."""
    return part.page(part.opening + "<br>x" * _times("<br>x", size) + part.content + part.closing)


def attributed(part: Part, size: int) -> str:
    """The part with the values of its attributes many times."""
    values = _VALUE.findall(part.opening)
    times = _times(" ".join(values), size)
    opening = _VALUE.sub(lambda value: f'="{f"{value[1]} " * times}"', part.opening)
    return part.page(opening + part.content + part.closing)


def unclosed(part: Part, size: int) -> str:
    """The part with many tags that open it, which nothing closes."""
    return part.page(part.opening * _times(part.opening, size) + part.content + part.closing)


def struck(part: Part, size: int) -> str:
    """The part with many letters struck out, and copies for screen readers."""
    text = '<s>a</s>b<i aria-hidden="true">x</i><sup>2</sup>'
    return part.page(part.opening + text * _times(text, size) + part.content + part.closing)


def spread(part: Part, size: int) -> str:
    """The part, if a cell, over columns and rows, many times."""
    cell = part.opening.replace(">", ' colspan="100" rowspan="100">') + part.content + part.closing
    return part.page(cell * _times(cell, size // part.places))


def labelled(part: Part, size: int) -> str:
    """The part with many phrases in it that can head a box."""
    text = "<div> diese Erwähnte </div>"
    return part.page(part.opening + text * _times(text, size) + part.content + part.closing)


def listed(part: Part, size: int) -> str:
    """A value of JSON many times, in a list in its place."""
    value = f"{part.content}, "
    return part.page("[" + value * _times(value, size) + part.content + "]")


def in_place(part: Part, size: int) -> str:
    """A value of JSON many times, beside itself."""
    value = f"{part.content}, "
    return part.page(value * _times(value, size) + part.content)


def in_lists(part: Part, size: int) -> str:
    """A value of JSON in as many lists."""
    return part.page("[" * (size // 2) + part.content + "]" * (size // 2))


def in_objects(part: Part, size: int) -> str:
    """A value of JSON in as many objects."""
    times = _times('{"il": }', size)
    return part.page('{"il": ' * times + part.content + "}" * times)


_OF_ELEMENTS = (
    repeated,
    numbered,
    nested,
    nested_often,
    filled,
    worded,
    ruled,
    attributed,
    unclosed,
    struck,
    spread,
    labelled,
)
_OF_JSON = (listed, in_place, in_lists, in_objects, worded)
_OF_COLUMNS = (repeated, numbered, spread)
_OF_EMPTY = (repeated, numbered, attributed, unclosed)


def ways(part: Part) -> list[Way]:
    """Return the ways that a part can grow in."""
    if part.source.page_type == "suggestions":
        return list(_OF_JSON)
    if part.name.startswith("column "):
        return list(_OF_COLUMNS)
    of_part = list(_OF_ELEMENTS if part.closing else _OF_EMPTY)
    is_cell = part.opening.startswith(("<td", "<th"))
    return [
        way
        for way in of_part
        if (way is not spread or is_cell) and (way is not attributed or _VALUE.search(part.opening))
    ]


def _times(text: str, size: int) -> int:
    return max(1, size // max(1, len(text)))


def _with_number(text: str, number: int) -> str:
    return _NUMBER.sub(str(number), text)


def _up_to(texts: Iterable[str], size: int) -> Iterator[str]:
    """Yield texts until they have so many characters together."""
    length = 0
    for text in texts:
        yield text
        length += len(text)
        if length >= size:
            return
