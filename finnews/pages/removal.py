"""Elements taken out of a tree, all in one pass, so that many of them take no longer each."""

import re
from collections import defaultdict
from collections.abc import Iterable

from lxml.etree import _Element

from finnews.pages.occurrences import Occurrences

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BEFORE = 8  # characters before an element that tell what it stands behind


class Removal:
    """Removes elements, not the text behind them, which lxml keeps in their ``tail``.

    That text is put in its place by `finish`, once for all elements that stood side by side.
    """

    def __init__(self) -> None:
        self._behind: defaultdict[_Element, list[str]] = defaultdict(list)
        self._inside: defaultdict[_Element, list[str]] = defaultdict(list)

    def remove(self, element: _Element) -> None:
        """Remove an element."""
        parent, previous = element.getparent(), element.getprevious()
        if parent is None:
            return
        tail = list(filter(None, (element.tail, *self._behind.pop(element, ()))))
        if tail and previous is not None:
            self._behind[previous] += tail
        elif tail:
            self._inside[parent] += tail
        parent.remove(element)

    def text_before(self, element: _Element) -> str:
        """Return the last characters of the text before an element, after its elder sibling."""
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            return _end(previous.tail, self._behind.get(previous, []))
        return "" if parent is None else _end(parent.text, self._inside.get(parent, []))

    def finish(self) -> None:
        """Put the texts behind the removed elements in their places."""
        for element, texts in self._behind.items():
            element.tail = _without_controls((element.tail or "") + "".join(texts))
        for element, texts in self._inside.items():
            element.text = _without_controls((element.text or "") + "".join(texts))
        self._behind.clear()
        self._inside.clear()


def remove_copies(root: _Element, elements: Iterable[_Element]) -> None:
    """Remove the elements whose text stands beside them again, as in a carousel's clones.

    Where all that stands there is a copy, one of them stays.
    """
    texts = {element: text for element in elements if (text := _text(element))}
    around = {element: element.getparent() for element in texts}
    copies: defaultdict[_Element, set[str]] = defaultdict(set)
    for element, parent in around.items():
        if parent is not None:
            copies[parent].add(texts[element])
    beside = {parent: _Beside(_text(parent), inside) for parent, inside in copies.items()}
    removal = Removal()
    for element, text in texts.items():
        parent = around[element]
        if element is root or parent is None or beside[parent].count(text) < 2:
            continue
        for ancestor in element.iterancestors():
            if ancestor in beside:
                beside[ancestor].leave_out(text)
        removal.remove(element)
    removal.finish()


class _Beside:
    """How often texts stand in an element, without what was removed of it."""

    def __init__(self, text: str, texts: set[str]) -> None:
        self._occurrences = Occurrences(texts)
        self._counts = self._occurrences.count(text)

    def count(self, text: str) -> int:
        """Return how often a text is still in it."""
        return self._counts[text]

    def leave_out(self, text: str) -> None:
        """Take note that a text was removed."""
        self._counts.subtract(self._occurrences.count(text))


def _end(text: str | None, texts: list[str]) -> str:
    return "".join(((text or "")[-_BEFORE:], *texts[-_BEFORE:]))[-_BEFORE:]


def _text(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _without_controls(text: str) -> str:
    """Return a text without the control characters that lxml reads, but refuses to write.

    >>> _without_controls("b\\x1f c")
    'b c'
    """
    return _CONTROLS.sub("", text)
