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
_NUMBERS: Final = frozenset({"ISIN", "WKN"})
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
        yield from last_day(page, f"{label}: {value}")


def last_day(page: Page, printed: str) -> Iterator[LastDay]:
    """Yield the latest day in a text about the end; one that is not read is told.

    Of a year alone, or a day in another form, that is the year's last; told if it may be past.
    """
    texts = DAY.findall(printed)
    days = [day for text in texts if (day := german_day(text))]
    years = [int(year) for year in YEAR.findall(printed)]
    is_past = bool(years) and max(years) <= page.now.year
    if len(days) < len(texts) or (not texts and is_past):
        page.doubt("price", "unreadable", printed)
    elif texts:
        yield LastDay(max(days), printed)
    if not texts and years:
        yield LastDay(f"{max(years)}-12-31", printed)


def _rows(root: _Element, numbers: Numbers) -> Iterator[tuple[str, str]]:
    """Yield label and value of last days in rows of two cells, and in lists of terms."""
    parts: defaultdict[_Element | None, list[tuple[str, str]]] = defaultdict(list)
    for cell, value in _pairs(root):
        label = text_of(cell).rstrip(_ORNAMENTS)
        if label in _LAST_DAYS or label in _NUMBERS:
            parts[next(cell.iterancestors("table", "dl"), None)].append((label, text_of(value)))
    for rows in parts.values():
        printed = [value for label, value in rows if label in _NUMBERS]
        valid = [text for text in printed if isin(text) or wkn(text)]
        if all(is_number_of(number, numbers) for number in valid):
            yield from (row for row in rows if row[0] in _LAST_DAYS)


def _pairs(root: _Element) -> Iterator[tuple[_Element, _Element]]:
    for part in root.iter("tr", "dt"):
        cells = [cell for cell in part if cell.tag in ("td", "th")]
        value = part.getnext()
        if len(cells) == 2:
            yield cells[0], cells[1]
        elif part.tag == "dt" and value is not None and value.tag == "dd":
            yield part, value
