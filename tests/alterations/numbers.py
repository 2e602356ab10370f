"""Rule 1: a value is read whole or not at all."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.alterations.places import of_form
from tests.alterations.printed import Place, number
from tests.alterations.registry import SAME, Pick, Seen, alters
from tests.alterations.sheets import PAPERS, Sheet, as_entities

PREFIXES = ("ca. ", "bis ", "unter ", "über ", "> ", "< ", "rund ", "etwa ", "ab ", "~", "min. ")


REMAINDERS = ("?", " geschätzt", " (alt)", "x", " oder mehr", "/2", " u. a.", "…", "+", ",-")


NOT_GIVEN = ("-", "--", "k. A.", "n. a.", "n/a", "", "ausgesetzt")


FOLLOWING = {"price_target": {"previous_price_target"}}
"""A field → those that are told of it, and need not be known without it"""


_DIGITS = re.compile(r"\d[\d.,]*")


amounts = of_form("amount")


numbers = of_form("amount", "plain", "percent")


def in_one_row(sheet: Sheet) -> list[Place]:
    """Return the values of tables and summaries that the page prints once."""
    if sheet.page_type in (*PAPERS, "article"):
        return []
    places = [place for place in numbers(sheet) if not _is_in_box(place) and place.mark == ","]
    return unique(places)


def unique(places: list[Place]) -> list[Place]:
    """Return the places whose number the page prints in no other place, in any form."""
    text = places[0].node.getroottree().getroot().text_content() if places else ""
    printed = Counter(map(_digits, _DIGITS.findall(text)))
    return [place for place in places if printed[_digits(_DIGITS.findall(place.printed)[0])] == 1]


def _digits(number: str) -> str:
    """Return a number without separators, which can be German or English ones."""
    return number.replace(".", "").replace(",", "")


def alone(form: str) -> Callable[[Sheet], list[Place]]:
    """Return a function that finds such values of one form."""
    return lambda sheet: [place for place in in_one_row(sheet) if place.form == form]


def _is_in_box(place: Place) -> bool:
    return bool(place.node.xpath("ancestor-or-self::*[contains(@class, 'accordion')]"))


def instead(place: Place, printed: str, *shown: Any) -> Seen:
    """Print something else, of which a reader takes one of the values `shown`, or none."""
    old = place.number
    place.print(printed)
    void = {} if old in shown else {place.field: old}
    gone = frozenset(FOLLOWING.get(place.field, ()))
    return Seen(shown={place.field: shown}, void=void, gone=gone)


def without_unit(place: Place) -> str:
    """Return a value as printed, without its unit."""
    return place.printed.removesuffix(place.unit).rstrip()


@alters(numbers)
def a_footnote_star_behind_a_number(place: Place, pick: Pick) -> Seen:
    place.print(place.printed + pick(("*", "**", " *", "¹")))
    return SAME


@alters(of_form("amount", "plain"))
def other_separators(place: Place, pick: Pick) -> Seen:
    separator = pick(("'", "’", chr(0x202F), " "))
    place.print(place.printed.replace("." if place.mark == "," else ",", separator))
    return SAME


@alters(alone("amount"))
def separators_of_both_kinds_in_one_number(place: Place, pick: Pick) -> Seen:
    odd = pick(("1.2.3,4", "1,2,3", "12.34,5", "1.0,57", "1,234.5,6"))
    return instead(place, f"{odd} {place.unit}")


@alters(numbers)
def entities_for_digits(place: Place, _pick: Pick) -> Seen:
    printed = place.printed
    place.print("".join(as_entities(part) if part.isdigit() else part for part in printed))
    return SAME


@alters(alone("amount"))
def a_letter_for_a_digit(place: Place, pick: Pick) -> Seen:
    old = place.printed
    letter, digit = pick((("O", "0"), ("l", "1"), ("S", "5"), ("B", "8")))
    at = old.rfind(digit)
    return instead(place, f"{old[:at]}{letter}{old[at + 1 :]}" if at > 0 else f"O{old}")


@alters(alone("amount"))
def a_tiny_amount(place: Place, pick: Pick) -> Seen:
    printed = pick(("0,0000005", "0,000000071", "0,00000001"))
    return instead(place, f"{printed} {place.unit}", number(printed))


@alters(in_one_row)
def other_digits(place: Place, pick: Pick) -> Seen:
    digits = pick(("7,25", "1.017,30", "0,07", "12"))
    sign = place.sign
    printed = f"{sign}{digits} {place.unit}".strip()
    return instead(place, printed, number(f"{sign}{digits}"))


@alters(in_one_row)
def a_word_before_a_number(place: Place, pick: Pick) -> Seen:
    return instead(place, pick(PREFIXES) + place.printed)


@alters(in_one_row)
def a_remainder_behind_a_number(place: Place, pick: Pick) -> Seen:
    return instead(place, place.printed + pick(REMAINDERS))


@alters(in_one_row)
def a_value_that_is_not_given(place: Place, pick: Pick) -> Seen:
    units = {"currency", "unit"} if place.unit else set()
    place.print(pick(NOT_GIVEN))
    return Seen(gone=frozenset({place.field} | units | FOLLOWING.get(place.field, set())))
