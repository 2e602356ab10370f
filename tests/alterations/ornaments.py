"""Rule 1: what stands beside a name, a star, an arrow or a badge, is no part of it."""

import re
from collections.abc import Sequence
from typing import Any

from finnews.vocabulary import is_exchange
from tests.alterations.grids import body_rows, column, tables, text
from tests.alterations.ownership import boxes, element
from tests.alterations.registry import ANY, SAME, Pick, Seen, alters
from tests.alterations.sheets import PAPERS, Sheet

STARS = ("*", " *", "**", "¹", "²", " †")
ARROWS = ("▲ ", "▼ ", "► ", "• ")
BADGES = ("Neu", "Top", "15 Min.", "geöffnet")
WORDS = (" (geöffnet)", " 1", " / Frankfurt", " neu", " (15 Min. verzögert)")
_PRICE = re.compile(r"\d,\d\d [A-Z]{3}")
_CHOSEN = '//div[contains(@class, "dropdown__trigger")]'


def names(sheet: Sheet) -> Sequence[Any]:
    """Return the elements whose whole text is the name of a security, exchange, firm or event."""
    headlines = sheet.xpath("//h1 | " + _CHOSEN) if sheet.page_type in PAPERS else []
    found = [*headlines, *_cells(sheet, "Börse", "Terminart"), *boxes(sheet)]
    return [part for part in found if len(part) == 0 and text(part)]


def venues(sheet: Sheet) -> Sequence[Any]:
    """Return the names of known exchanges in links, beside prices; a page has each once."""
    found = [(table, column(table, "Börse"), column(table, "Letzter")) for table in tables(sheet)]
    rows = [
        (row[name], row[price])
        for table, name, price in found
        if name is not None and price is not None
        for row in body_rows(table)
    ]
    priced = [part for name, price in rows if _PRICE.search(text(price)) for part in name.iter()]
    known = [part for part in priced if len(part) == 0 and is_exchange(text(part))]
    printed = sheet.text()
    is_each_once = all(printed.count(f">{text(part)}<") == 1 for part in known)
    return [part for part in known if is_each_once and part.xpath("ancestor-or-self::a")]


def _cells(sheet: Sheet, *headers: str) -> Sequence[Any]:
    """Return the innermost elements with a text in the columns of some headers."""
    found = [(table, column(table, *headers)) for table in tables(sheet)]
    cells = [row[at] for table, at in found if at is not None for row in body_rows(table)]
    return [part for cell in cells for part in cell.iter() if (part.text or "").strip()]


@alters(names)
def a_star_behind_a_name(part: Any, pick: Pick) -> Seen:
    part.text = part.text.rstrip() + pick(STARS)
    return SAME


@alters(names)
def an_arrow_in_front_of_a_name(part: Any, pick: Pick) -> Seen:
    part.text = pick(ARROWS) + part.text.lstrip()
    return SAME


@alters(names)
def a_badge_behind_a_name(part: Any, pick: Pick) -> Seen:
    part.append(element(f'<span class="badge">{pick(BADGES)}</span>'))
    return SAME


@alters(venues)
def other_words_behind_an_exchange(part: Any, pick: Pick) -> Seen:
    part.text = part.text.rstrip() + pick(WORDS)
    return Seen(void={"exchange": ANY})
