"""The boxes in a text that only their first words name: advertising, links to others, a poll."""

from typing import NamedTuple

from lxml.etree import _Element

from finnews.pages.texts.advertising import is_advertising
from finnews.pages.texts.labels import OTHER_BOXES, SUBJECTS, is_label, is_related
from finnews.pages.texts.sentences import sentence_in, structure_in
from finnews.pages.tree import has_class

_OF_SITE = "ad-hint"  # the class of the site's own label of advertising
_START = 200  # characters
_CONTAINERS = frozenset({"div", "section", "aside", "details", "table", "p", "li", "center"})


class _Text(NamedTuple):
    start: str
    """As much of it as tells whether a label begins it."""
    length: int


class _Texts:
    """The texts of elements, each put together once."""

    def __init__(self) -> None:
        self._known: dict[_Element, _Text] = {}

    def of(self, element: _Element) -> _Text:
        """Return what is to be known of an element's text."""
        if element not in self._known:
            text = _text(element)
            self._known[element] = _Text(text[:_START], len(text))
        return self._known[element]


def labelled_boxes(root: _Element, doubtful: list[str]) -> set[_Element]:
    """Return the elements in a text that are boxes, because their first words are a box's label.

    An element that is all of the text is none. A text may be about what is a label too: ``Werbung
    machte 80 Prozent des Umsatzes aus``. To `doubtful` a sentence is added of each element in
    which this is not certain.
    """
    boxes = set()
    texts = _Texts()
    judged: set[tuple[_Element, str, bool]] = set()  # a box can have the same label many times
    for element in root.iter("*"):
        label = (element.text or "").strip()
        box = _labelled(element, root, texts) if label and is_label(label) else None
        is_own = has_class(element, _OF_SITE)
        if box is None or (box, label, is_own) in judged:
            continue
        judged.add((box, label, is_own))
        is_all = texts.of(root).length <= texts.of(box).length
        if not is_all and (is_own or _is_box(box, label, doubtful)):
            boxes.add(box)
    return boxes


def _is_box(box: _Element, label: str, doubtful: list[str]) -> bool:
    is_line = box.tag in ("p", "li")
    hrefs = [link.get("href", "") for link in box.iter("a")]
    sentence = sentence_in(box, label)
    if sentence is None and not is_label(label, OTHER_BOXES):
        sentence = structure_in(box)
    if is_line and is_label(label, SUBJECTS) and not is_advertising(_text(box), hrefs):
        doubtful.append(_text(box))
        return False
    if sentence is None:
        return True
    doubtful.append(sentence)
    may_be_text = is_label(label, SUBJECTS) or (is_related(label) and not hrefs)
    return is_advertising(_text(box), hrefs) or not may_be_text


def _labelled(element: _Element, root: _Element, texts: _Texts) -> _Element | None:
    """Return the innermost element around a label that has more text than that."""
    label = texts.of(element)
    while element is not root:
        parent = element.getparent()
        if parent is None or parent is root or not texts.of(parent).start.startswith(label.start):
            return None
        if texts.of(parent).length != label.length:
            return parent if parent.tag in _CONTAINERS else None
        element = parent
    return None


def _text(element: _Element) -> str:
    return " ".join(" ".join(element.itertext()).split())
