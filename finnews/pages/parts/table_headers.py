"""The header of a table: found in its rows, and which of its columns has which field."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from finnews.bounds import CELL, Bounded, kept
from finnews.items import Rejection
from finnews.pages.base import Page
from finnews.pages.parts.grid import GridRow
from finnews.pages.rules import Rule
from finnews.processors import without_ornaments

_FOOTNOTE = Bounded(re.compile(r"(?:\s*(?:[*†‡]|\([0-9a-z]\)))+$"), CELL)
_HYPHEN = re.compile(r"(?<=\w)- (?=[a-zäöüß])")


@dataclass(slots=True)
class Header:
    """The header of a table: what its columns are called, and which field is in which."""

    texts: list[str]
    """As they are compared, in small letters."""

    places: dict[str, int] = field(default_factory=dict)
    """Field → number of its column, from 0."""

    ambiguous: dict[str, str] = field(default_factory=dict)
    """Field that two columns could mean → the text above them."""

    def is_of(self, row: GridRow) -> bool:
        """Return whether a row repeats the header; most are told by their first cell."""
        is_alike = self.texts[:1] == [header_text(row.texts[0])]
        return is_alike and self.texts == column_names(row)

    def find(self, name: str, text: str) -> None:
        """Find the column of a field under a header."""
        searched = text.casefold()
        for place in (at for at, header in enumerate(self.texts) if header == searched):
            if self.places.setdefault(name, place) != place:
                self.ambiguous[name] = text

    def leave_ambiguous(self) -> None:
        """Forget the fields that two columns could mean."""
        for name in self.ambiguous:
            del self.places[name]


def is_header_of_cells(
    header: Header, row: GridRow, columns: Iterable[Rule], required: Collection[str]
) -> bool:
    """Return whether the row is the header of a table that has no header cells."""
    if header.texts:
        return False
    names = column_names(row)
    known = {rule.field for rule in columns if rule.text.casefold() in names}
    return len(known) > 1 and set(required) <= known


def header_below(
    page: Page, names: list[str], above: Header, columns: Sequence[Rule], parts: Sequence[Rule]
) -> Header:
    """Return the header, in which an empty cell has the text of the header above."""
    if len(above.texts) == len(names):
        names = [name or other for name, other in zip(names, above.texts, strict=True)]
    header = Header(names)
    for rule in columns:
        header.find(rule.field, rule.text)
    for rule in parts:
        header.find(rule.text, rule.text)
    header.leave_ambiguous()
    rules = (*columns, *parts)
    known = {rule.text for rule in rules if rule.text.casefold() in names}
    page.stats.count_headers(rules, known)
    return header


def tell_columns(
    page: Page, header: Header, required: Collection[str], rules: Sequence[Rule]
) -> Iterator[Rejection]:
    """Tell which columns are missing or ambiguous: by a rejection if they are required."""
    if missing := [name for name in required if name not in header.places]:
        yield page.rejection("missing-column", missing, printed=header.texts)
        return
    for name, text in header.ambiguous.items():
        page.doubt(name, "ambiguous", text)
    known = {rule.text.casefold() for rule in rules}
    unknown = sorted(set(filter(None, header.texts)) - known)
    by_text = {rule.text: rule.field for rule in reversed(rules)}
    fields = {rule.field for rule in rules if rule.text.casefold() in header.texts}
    for name in sorted(set(by_text.values()) - fields) if unknown else ():
        page.doubt(name, "unreadable", ", ".join(unknown))


def column_names(row: GridRow) -> list[str]:
    """Return the texts of a row as headers are compared."""
    return list(map(header_text, row.texts))


@kept(maxsize=256)
def header_text(text: str) -> str:
    """Return the text of a header without footnotes, arrows of its order, and hyphenation.

    >>> header_text("Abstand Kurs- ziel**"), header_text("Volumen (St.)"), header_text("% (1)")
    ('abstand kursziel', 'volumen (st.)', '%')
    >>> header_text("Letzter ▼")
    'letzter'
    """
    return _HYPHEN.sub("", _FOOTNOTE.sub("", without_ornaments(text))).casefold()
