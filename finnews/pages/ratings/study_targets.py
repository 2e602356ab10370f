"""What the first sentence of a study says of its price target: "von 95 auf 97 Euro angehoben"."""

import re
from decimal import Decimal
from typing import Final

from finnews.items import Rating
from finnews.pages.ratings.leads import is_of_now, names_share, predicate
from finnews.processors import decimal
from finnews.site import DecimalMark
from finnews.vocabulary import PriceUnit

NUMBER: Final = r"\d(?:[\d.,]*\d)?"
"""A number as texts print it"""

_UNIT = r"(?:[a-zäöü]+e |Schweizer )?[A-Z][A-Za-z-]*|€|\$"
_CHANGE = re.compile(
    r"(?:^|, | und )das Kursziel(?: (?:für|von) (?P<share>[^\"„“”»«;:]{2,100}?))?"
    rf" von (?P<old>{NUMBER})(?: (?P<old_unit>{_UNIT}))? auf (?P<new>{NUMBER}) (?P<unit>{_UNIT})"
    r"(?: [a-zäöüß]+)? (?P<verb>angehoben|erhöht|heraufgesetzt|hochgesetzt"
    r"|gesenkt|herabgesetzt|reduziert|gekürzt|gestutzt)\b"
)
_TARGET = re.compile(
    rf"\b(?:mit|und) (?:einem )?Kursziel(?: von)? (?P<new>{NUMBER}) (?P<unit>{_UNIT})(?! auf \d)"
)
_MOVED = re.compile(
    r"\bdas Kursziel(?: (?:für|von) (?P<share>[^\d\"„“”»«;:]{2,100}?))?(?: aber| jedoch| liegt)?"
    rf"(?: von {NUMBER}(?: {_UNIT})?)? (?:auf|bei) (?P<new>{NUMBER}) (?P<unit>{_UNIT})"
)
_MOST_TIMES = 5  # a target moved by more was not read as it was meant, or the shares were split
_RAISED = frozenset({"angehoben", "erhöht", "heraufgesetzt", "hochgesetzt"})

_EURO, _DOLLAR, _FRANC = (PriceUnit(code, None) for code in ("EUR", "USD", "CHF"))
_UNITS: Final[dict[str, PriceUnit]] = {
    **dict.fromkeys(("Euro", "EUR", "€"), _EURO),
    **dict.fromkeys(("US-Dollar", "Dollar", "USD", "$"), _DOLLAR),
    **dict.fromkeys(("Franken", "Schweizer Franken", "CHF"), _FRANC),
    "Pence": PriceUnit(None, "GBX"),
    "Pfund": PriceUnit("GBP", None),
    "Yen": PriceUnit("JPY", None),
    "kanadische Dollar": PriceUnit("CAD", None),
    "dänische Kronen": PriceUnit("DKK", None),
    "norwegische Kronen": PriceUnit("NOK", None),
    "schwedische Kronen": PriceUnit("SEK", None),
}


def previous_target(rating: Rating, mark: DecimalMark) -> Decimal | None:
    """Return the previous price target, if the first sentence has its change to the current one.

    >>> rating = Rating(name="Muster", firm="Beispiel Bank", price_target=Decimal(97),
    ...     currency="EUR", text="Die Beispiel Bank hat das Kursziel von 95 auf 97 Euro angehoben.")
    >>> previous_target(rating, ",")
    Decimal('95')
    """
    change = _CHANGE.search(predicate(rating))
    if not change or not is_of_now(change[0]) or not names_share(change["share"], rating):
        return None
    old, new = decimal(change["old"], mark), decimal(change["new"], mark)
    is_this_target = new == rating.price_target and _is_in_its_unit(change, rating)
    if old is None or new is None or not is_this_target:
        return None
    is_raised = change["verb"] in _RAISED
    is_plausible = old != new and max(old, new) <= _MOST_TIMES * min(old, new)
    return old if is_plausible and (old < new) == is_raised else None


def is_other_target_told(rating: Rating, mark: DecimalMark) -> bool:
    """Return whether the first sentence has another price target, in the unit of the printed one.

    >>> is_other_target_told(Rating(firm="Beispiel Bank", price_target=Decimal(97), currency="EUR",
    ...     text='Die Beispiel Bank hat Muster auf "Buy" mit Kursziel 95 Euro belassen.'), ",")
    True
    """
    words = predicate(rating)
    unit = PriceUnit(rating.currency, rating.unit)
    moved = (part for part in _MOVED.finditer(words) if names_share(part["share"], rating))
    targets = [part for part in (*_TARGET.finditer(words), *moved) if is_of_now(part[0])]
    numbers = {decimal(part["new"], mark) for part in targets if _UNITS.get(part["unit"]) == unit}
    return rating.price_target is not None and bool(numbers - {None, rating.price_target})


def shares_of_targets(sentence: str) -> list[str | None]:
    """Return the words for the share in the changes of targets that a sentence has."""
    return [change["share"] for change in _CHANGE.finditer(sentence)]


def _is_in_its_unit(change: re.Match[str], rating: Rating) -> bool:
    unit = PriceUnit(rating.currency, rating.unit)
    return _UNITS.get(change["unit"]) == unit and change["old_unit"] in (None, change["unit"])
