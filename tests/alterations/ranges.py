"""Rule 1: ranges, counts, and cells that print two values."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tests.alterations.numbers import alone, amounts, instead, unique, without_unit
from tests.alterations.places import of_fields, of_form
from tests.alterations.printed import Place, german, number
from tests.alterations.registry import SAME, Pick, Seen, alters
from tests.alterations.sheets import Sheet


def ranges(sheet: Sheet) -> list[Place]:
    """Return the ranges that have two ends, and that no other row prints."""
    places = [place for place in of_form("range")(sheet) if " - " in place.printed]
    printed = Counter(place.printed for place in places)
    return [place for place in places if printed[place.printed] == 1]


def counts(sheet: Sheet) -> list[Place]:
    """Return the volumes that are not zero."""
    return unique([place for place in of_fields("volume")(sheet) if place.number])


@alters(alone("amount"))
def a_range_as_a_value(place: Place, pick: Pick) -> Seen:
    old, other = without_unit(place), german(place.number + Decimal("4.00"))
    ranges = (f"{old} - {other}", f"{old} bis {other}", f"{old}–{other}", f"{old}/{other}")
    low_first = (*ranges, f"{old} {place.unit} - {other}")
    return instead(place, f"{pick(low_first)} {place.unit}")


@alters(alone("amount"))
def a_move_of_a_value(place: Place, pick: Pick) -> Seen:
    old, new = without_unit(place), place.number + Decimal("4.00")
    arrow = pick((" → ", " -> ", " auf ", " nach ", " ➜ "))
    return instead(place, f"{old}{arrow}{german(new)} {place.unit}", new)


@alters(alone("amount"))
def a_value_and_another_one(place: Place, pick: Pick) -> Seen:
    other = f"{german(place.number + Decimal('4.00'))} {place.unit}"
    both = (f"{place.printed} {other}", f"{place.printed} / {other}", f"{place.printed} ({other})")
    return instead(place, pick(both))


@alters(ranges)
def a_range_in_other_words(place: Place, pick: Pick) -> Seen:
    low, _, high = place.printed.partition(" - ")
    ways = (
        *(f"{low} bis {high}", f"{low} – {high}", f"{low} − {high}", f"{low}-{high}"),
        *(f"{low} EUR - {high} EUR", f"{high} - {low}", f"{low} - {high} EUR"),
    )
    place.print(pick(ways))
    return SAME


@alters(ranges)
def a_range_of_three_numbers(place: Place, _pick: Pick) -> Seen:
    low, _, high = place.printed.partition(" - ")
    place.print(f"{low} - {german(number(low) + 1)} - {high}")
    return Seen(void={"day_high": number(high)})


@alters(counts)
def a_count_with_its_word(place: Place, pick: Pick) -> Seen:
    place.print(f"{place.printed} {pick(('Stk.', 'Stück', 'St.'))}")
    return SAME


@alters(counts)
def a_count_that_is_none(place: Place, pick: Pick) -> Seen:
    printed, value = pick((("22,6 Tsd.", 22600), ("1,2 Mio.", 1200000), ("22.631 EUR", None)))
    old = place.number
    place.print(printed)
    return Seen(shown={"volume": (Decimal(value),) if value else ()}, void={"volume": old})


@alters(counts)
def a_count_with_a_fraction(place: Place, _pick: Pick) -> Seen:
    old = place.number
    place.print(f"{place.printed},5")
    fraction = old + Decimal("0.5")
    return Seen(shown={"volume": (fraction,)}, void={"volume": old})


@alters(of_form("sized"))
def a_size_in_front_of_a_bid(place: Place, _pick: Pick) -> Seen:
    price, slash, size = place.printed.partition(" / ")
    place.print(f"{size}{slash}{price}")
    return SAME


def doubled(sheet: Sheet) -> Sequence[Any]:
    """Return the rows of a price box that print two values for two labels, and nothing hidden."""
    rows = sheet.xpath('//tr[count(*)=2][contains(*[1], " / ")][contains(*[2], " / ")]')
    return [row for row in rows if not len(row[1])]


@alters(doubled)
def one_value_for_two_labels(row: Any, _pick: Pick) -> Seen:
    first, _, second = row[1].text.partition(" / ")
    labels = [label.strip() for label in row[0].text.split("/")]
    fields = {"Eröffnung": "open", "Vortag": "previous_close", "Tageshoch": "day_high"}
    row[1].text = second
    gone = frozenset({"open", "previous_close", "day_high", "day_low"})
    first_field = fields.get(labels[0])
    is_number = first_field and any(map(str.isdigit, first))
    return Seen(gone=gone, void={str(first_field): number(first)} if is_number else {})


def contradictory(sheet: Sheet) -> list[Place]:
    """Return the prices of rows that also print previous close, change and percentage."""
    if sheet.page_type != "venues":
        return []
    rows = unique([place for place in amounts(sheet) if place.field == "price"])
    return [place for place in rows if _says_all(place)]


def _says_all(place: Place) -> bool:
    cells = [
        " ".join(cell.text_content().split())
        for cell in place.node.xpath("ancestor-or-self::tr[1]/*")
    ]
    return len(cells) == 9 and all(any(map(str.isdigit, cell)) for cell in cells[1:5])


@alters(contradictory)
def a_price_against_its_change(place: Place, pick: Pick) -> Seen:
    price = place.number * pick((Decimal(2), Decimal("1.5"), Decimal("0.5")))
    place.print(f"{german(price)} {place.unit}")
    due = frozenset({"price", "change", "change_percent", "previous_close"})
    return Seen(shown={"price": (price,)}, due=due)
