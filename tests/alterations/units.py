"""Rule 2: a unit belongs to its field."""

from tests.alterations.numbers import alone, amounts, instead, without_unit
from tests.alterations.places import of_fields
from tests.alterations.printed import Place
from tests.alterations.registry import SAME, Pick, Seen, alters
from tests.alterations.sheets import Sheet

UNITS: tuple[tuple[str, str | None, str | None], ...] = (
    ("USD", "USD", None),
    ("CHF", "CHF", None),
    ("$", "USD", None),
    ("£", "GBP", None),
    ("Fr.", "CHF", None),
    ("A$", "AUD", None),
    ("C$", "CAD", None),
    ("HK$", "HKD", None),
    ("US$", "USD", None),
    ("GBX", None, "GBX"),
    ("GBp", None, "GBX"),
    ("ZAc", None, "ZAc"),
    ("ILA", None, "ILA"),
    ("USX", None, "USX"),
    ("USDT", None, None),
    ("BTC", None, None),
    ("PTS", None, "points"),
    ("Stk", None, None),
    ("Prozent", None, None),
    ("XYZ", None, None),
)
"""Unit as printed, its currency, its other unit"""


def with_unit(sheet: Sheet) -> list[Place]:
    """Return the amounts behind which a currency is printed."""
    return [place for place in amounts(sheet) if place.unit]


@alters(alone("amount"))
def millions(place: Place, pick: Pick) -> Seen:
    word, factor = pick((("Mio.", 10**6), ("Mrd.", 10**9), ("Tsd.", 1000), ("Mio", 10**6)))
    printed = f"{without_unit(place)} {word} {place.unit}".strip()
    return instead(place, printed, place.number * factor)


@alters(alone("amount"))
def two_units(place: Place, pick: Pick) -> Seen:
    unit = pick(("USD", "EUR", "%", "CHF", "Stk."))
    return instead(place, f"{place.printed} {unit}")


@alters(with_unit)
def the_unit_in_front(place: Place, pick: Pick) -> Seen:
    place.print(f"{place.unit}{pick((' ', ' ', ''))}{without_unit(place)}")
    return SAME


@alters(with_unit)
def a_blank_that_does_not_break(place: Place, pick: Pick) -> Seen:
    place.print(
        f"{without_unit(place)}{pick((chr(0xA0), chr(0x202F), chr(0x2009), '  '))}{place.unit}"
    )
    return SAME


@alters(with_unit)
def another_unit(place: Place, pick: Pick) -> Seen:
    printed, currency, unit = pick([unit for unit in UNITS if unit[0] != place.unit])
    place.print(f"{without_unit(place)} {printed}")
    units = (unit, str(unit).upper(), "GBX" if unit == "GBp" else unit)
    known = {"EUR": "EUR", "€": "EUR", "USD": "USD", "CHF": "CHF"}
    void = {"currency": known[place.unit]} if known.get(place.unit, currency) != currency else {}
    is_price = place.field in ("price", "price_target")
    shown = {"currency": (currency,), "unit": units}
    twice = {"type": "Quote", "price": place.number, "currency": currency}  # in a box as well
    return Seen(shown=shown, void=void if is_price else {}, added=[twice])


@alters(with_unit)
def no_unit(place: Place, _pick: Pick) -> Seen:
    place.print(without_unit(place))
    twice = {"type": "Quote", "price": place.number, "currency": None}  # in a box as well
    return Seen(gone=frozenset({"currency", "unit"}), added=[twice])


@alters(alone("plain"))
def a_percent_sign_in_an_absolute_field(place: Place, _pick: Pick) -> Seen:
    return instead(place, f"{place.printed}%")


@alters(alone("percent"))
def a_currency_in_a_percent_field(place: Place, pick: Pick) -> Seen:
    unit, old = pick(("EUR", "€", "USD", "Pkt.", "PKT", "bp")), place.number
    seen = instead(place, f"{without_unit(place)} {unit}")
    is_ticker = "quote-ticker" in place.node.get("class", "") and unit != "bp"
    shown = {"change": (old,)} if is_ticker else {}
    gone = frozenset({place.field} if is_ticker else ())
    return Seen(shown={**seen.shown, **shown}, void=seen.void, gone=seen.gone | gone)


@alters(alone("amount"))
def a_percent_sign_behind_an_amount(place: Place, _pick: Pick) -> Seen:
    old = place.number
    seen = instead(place, f"{without_unit(place)} %")
    if place.field not in ("price", "price_target"):
        return seen
    gone = seen.gone | {"currency"}  # as bonds are quoted
    return Seen(shown={place.field: (old,), "unit": ("percent",)}, gone=gone)


@alters(of_fields("change_percent"))
def percent_in_words(place: Place, pick: Pick) -> Seen:
    place.print(f"{without_unit(place)} {pick(('Prozent', '% p.a.', '%-Punkte', 'Pp.'))}")
    return SAME
