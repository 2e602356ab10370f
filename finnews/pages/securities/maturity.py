"""The last day of a certificate or bond in its table of terms: ``Fälligkeit`` = ``18.09.2026``."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml.etree import _Element

from finnews.pages.base import Page
from finnews.pages.securities.box_headings import Numbers, is_number_of
from finnews.pages.securities.expiry_words import DAY, YEAR
from finnews.pages.visible import text_of
from finnews.processors import german_day, isin, wkn

_LAST_DAYS: Final = frozenset(
    {"Fälligkeit", "Fälligkeitstag", "Fälligkeitsdatum", "Endfälligkeit", "Letzter Handelstag"}
    | {"Letzter Börsenhandelstag", "Bewertungstag", "Letzter Bewertungstag"}
    | {"Finaler Bewertungstag", "Laufzeitende", "Laufzeit bis", "Verfall", "Verfallstag"}
    | {"Verfalltag", "Verfallsdatum", "Rückzahlung", "Rückzahlungstag", "Rückzahlungstermin"}
    | {"Rückzahlungsdatum"}
)
_ORNAMENTS = " :*"


class LastDay(NamedTuple):
    """A last day, after which there is no price."""

    day: str
    printed: str


def last_days(page: Page, numbers: Numbers) -> Iterator[LastDay]:
    """Yield the last days in rows of tables and lists, but not of those of another paper.

    A row that has several days means the latest; one that has none that is read is told.
    """
    for label, value in _rows(page.root.root, numbers):
        if label in _LAST_DAYS:
            yield from last_day(page, f"{label}: {value}")


def last_day(page: Page, printed: str) -> Iterator[LastDay]:
    """Yield the latest day in a text about the end; one that is not read is told."""
    texts = DAY.findall(printed)
    days = [german_day(text) for text in texts]
    if None in days or (not days and YEAR.search(printed)):
        page.doubt("price", "unreadable", printed)
    elif days:
        yield LastDay(max(day for day in days if day), printed)


def _rows(root: _Element, numbers: Numbers) -> Iterator[tuple[str, str]]:
    """Yield label and value of the rows of two cells, and of the lists of terms."""
    parts: defaultdict[_Element | None, list[tuple[str, str]]] = defaultdict(list)
    for label, value in _pairs(root):
        row = (text_of(label).rstrip(_ORNAMENTS), text_of(value))
        parts[next(label.iterancestors("table", "dl"), None)].append(row)
    for rows in parts.values():
        printed = [value for label, value in rows if label in ("ISIN", "WKN")]
        valid = [text for text in printed if isin(text) or wkn(text)]
        if all(is_number_of(number, numbers) for number in valid):
            yield from rows


def _pairs(root: _Element) -> Iterator[tuple[_Element, _Element]]:
    for part in root.iter("tr", "dt"):
        cells = [cell for cell in part if cell.tag in ("td", "th")]
        value = part.getnext()
        if len(cells) == 2:
            yield cells[0], cells[1]
        elif part.tag == "dt" and value is not None and value.tag == "dd":
            yield part, value
