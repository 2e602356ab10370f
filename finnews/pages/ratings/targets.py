"""Price targets: their unit, and whether target, price and distance agree to the last digit.

A study's page prints two pairs with one target: price and distance at publication, and those of
now.
"""

from collections.abc import Mapping
from decimal import Decimal

from finnews.items import Rating
from finnews.pages.base import Page
from finnews.pages.parts.agreement import Span, span
from finnews.pages.ratings.study_targets import is_other_target_told
from finnews.processors import amount
from finnews.vocabulary import PriceUnit, price_unit

_ALL = 100  # percent
_NOW = ("Kurs aktuell", "Abst. Kursziel aktuell")


def contradicted_amounts(rating: Rating, now: tuple[Decimal, Decimal] | None = None) -> list[str]:
    """Return the fields that contradict each other; `now` is today's price and distance.

    If the target agrees with today's pair, price and distance are in doubt; if both pairs agree
    with one another, the target; if only the sign of the distance is wrong, the distance.

    >>> rating = Rating(price_target=Decimal("97.00"), price=Decimal("81.56"))
    >>> rating.upside_percent = Decimal("18.93")
    >>> contradicted_amounts(rating)
    []
    >>> rating.price = Decimal("91.56")
    >>> contradicted_amounts(rating, (Decimal("81.20"), Decimal("19.46")))
    ['price', 'upside_percent']
    """
    target, price, upside = rating.price_target, rating.price, rating.upside_percent
    if target is None or price is None or upside is None or _agree(target, price, upside):
        return []
    if _agree(target, price, -upside):
        return ["upside_percent"]
    if now and _agree(target, *now):
        return ["price", "upside_percent"]
    if now and _target(price, upside).meets(_target(*now)):
        return ["price_target"]
    return ["price_target", "price", "upside_percent"]


def check_target(page: Page, rating: Rating, texts: Mapping[str, str]) -> None:
    """Set to ``None`` what contradicts other values or the text, and count it.

    `texts` is the summary.
    """
    leave_zero(page, rating)
    wrong = contradicted_amounts(rating, _pair_of_now(page, rating, texts))
    if is_other_target_told(rating, page.site.mark) and not _is_confirmed(rating):
        wrong = list(dict.fromkeys(("price_target", *wrong)))
    for name in wrong:
        page.doubt(name, "contradiction", str(getattr(rating, name)))
        setattr(rating, name, None)
    check_unit(page, rating)


def leave_zero(page: Page, rating: Rating) -> None:
    """Leave no mean of zero, nor a target of zero with a distance other than -100 percent."""
    names = ["consensus_target"]
    if rating.upside_percent != -_ALL:
        names.append("price_target")
    for name in (name for name in names if getattr(rating, name) == 0):
        page.doubt(name, "implausible", str(getattr(rating, name)))
        setattr(rating, name, None)


def check_unit(page: Page, rating: Rating) -> None:
    """Leave no unit without a target; a target in no known unit is a doubt."""
    if rating.price_target is None:
        rating.currency = rating.unit = None
    elif rating.currency is None and rating.unit is None:
        page.doubt("currency", "unreadable", str(rating.price_target))


def _is_confirmed(rating: Rating) -> bool:
    """Return whether price and distance are known and agree with the target."""
    values = (rating.price, rating.upside_percent)
    return None not in values and not contradicted_amounts(rating)


def _pair_of_now(
    page: Page, rating: Rating, texts: Mapping[str, str]
) -> tuple[Decimal, Decimal] | None:
    price, distance = (amount(texts.get(label, ""), page.site.mark) for label in _NOW)
    if price is None or distance is None or distance.unit != "%" or price.unit is None:
        return None
    if price_unit(price.unit) != PriceUnit(rating.currency, rating.unit):
        return None
    return price.number, distance.number


def _agree(target: Decimal, price: Decimal, percent: Decimal) -> bool:
    base = span(price)
    if base.low <= 0:
        return True
    return span(target).minus(base).is_percent_of(base, span(percent))


def _target(price: Decimal, percent: Decimal) -> Span:
    """Return the targets that a price and a distance can belong to."""
    ends = [end * (100 + part) / 100 for end in span(price) for part in span(percent)]
    return Span(min(ends), max(ends))
