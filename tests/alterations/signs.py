"""Rules 1 and 6: the sign of a value is read with it, wherever it stands."""

from tests.alterations.numbers import instead, unique, without_unit
from tests.alterations.places import of_fields
from tests.alterations.printed import Place
from tests.alterations.registry import SAME, Pick, Seen, alters
from tests.alterations.sheets import Sheet

MINUSES = ("-", "−", "–")


def changes(sheet: Sheet) -> list[Place]:
    """Return changes and percentages that are not zero."""
    found = of_fields("change", "change_percent", "upside_percent")(sheet)
    return unique([place for place in found if place.number])


def positive(sheet: Sheet) -> list[Place]:
    """Return changes that are positive."""
    return [place for place in changes(sheet) if place.number > 0]


def negative(sheet: Sheet) -> list[Place]:
    """Return changes that are negative."""
    return [place for place in changes(sheet) if place.number < 0]


@alters(negative)
def a_minus_apart(place: Place, pick: Pick) -> Seen:
    place.print(f"{pick(MINUSES)}{pick((' ', chr(0xA0), ''))}{place.unsigned}")
    return SAME


@alters(positive)
def another_sign(place: Place, pick: Pick) -> Seen:
    return instead(place, f"{pick(MINUSES)}{pick(('', ' '))}{place.unsigned}", -place.number)


@alters(positive)
def a_minus_behind(place: Place, pick: Pick) -> Seen:
    behind = (f"{place.unsigned}-", f"{without_unit(place).lstrip('+')}- {place.unit}")
    return instead(place, pick(behind), -place.number)


@alters(positive)
def a_number_in_brackets(place: Place, _pick: Pick) -> Seen:
    return instead(place, f"({place.unsigned})", -place.number)


@alters(positive)
def a_minus_that_is_an_icon(place: Place, pick: Pick) -> Seen:
    old = place.number
    icon = pick(("icon icon--minus", "icon icon--arrow-down"))
    for part in place.node.xpath("ancestor-or-self::*[@class]"):
        red = part.get("class").replace("green", "red").replace("positive", "negative")
        part.set("class", red)
    place.print_markup(f'<i class="{icon}"></i>{place.unsigned}')
    return Seen(shown={place.field: (-old,)}, void={place.field: old})
