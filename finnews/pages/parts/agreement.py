"""Whether the amounts of a quote agree with each other, to the last digit that is printed."""

from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from finnews.items import Quote

_HALF = Decimal("0.5")


class Span(NamedTuple):
    """All values that a printed number can stand for, as it was rounded to its last digit."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Span") -> bool:
        """Return whether some value is in both."""
        return self.low <= other.high and other.low <= self.high

    def minus(self, other: "Span") -> "Span":
        """Return the differences between the values of both."""
        return Span(self.low - other.high, self.high - other.low)

    def percent_of(self, base: "Span") -> "Span":
        """Return the values as percentages of a positive base."""
        ends = [100 * value / part for value in self for part in base]
        return Span(min(ends), max(ends))


def span(number: Decimal) -> Span:
    """Return the span of a printed number: 1.21 stands for 1.205 to 1.215.

    >>> span(Decimal("1.21"))
    Span(low=Decimal('1.205'), high=Decimal('1.215'))
    """
    exponent = number.as_tuple().exponent
    half = _HALF.scaleb(exponent if isinstance(exponent, int) else 0)
    return Span(number - half, number + half)


def contradicted(quote: Quote) -> frozenset[str]:
    """Return the fields of a quote that the others contradict, to the last printed digit.

    Price, previous close, change and percentage are four, of which any three tell whether they
    agree: if only three do, the fourth is wrong; if none do, all but the price are in doubt.

    >>> printed = {"price": Decimal("60.20"), "change": Decimal("0.60")}
    >>> sorted(contradicted(Quote(**printed, previous_close=Decimal("60.80"))))
    ['change', 'previous_close']
    >>> sorted(contradicted(Quote(day_low=Decimal(3), day_high=Decimal(2))))
    ['day_high', 'day_low']
    """
    fields: set[str] = set()
    if quote.day_low is not None and quote.day_high is not None and quote.day_low > quote.day_high:
        fields |= {"day_low", "day_high"}
    return frozenset(fields | _contradicted_changes(quote))


def _contradicted_changes(quote: Quote) -> set[str]:
    names = ("price", "previous_close", "change", "change_percent")
    spans = {
        name: span(value) for name in names if isinstance(value := getattr(quote, name), Decimal)
    }
    groups = [group for group in combinations(spans, 3) if _is_comparable(spans, group)]
    agreeing = [set(group) for group in groups if _agree({name: spans[name] for name in group})]
    if len(agreeing) == len(groups):
        return _opposed(quote)
    if len(agreeing) == 1:
        return set(spans) - agreeing[0]
    return set(spans) - {"price"}


def _is_comparable(spans: dict[str, Span], group: tuple[str, ...]) -> bool:
    """Return whether what the percentage is of is above zero."""
    base = spans.get("previous_close") or spans["price"].minus(spans["change"])
    return "change_percent" not in group or base.low > 0


def _agree(spans: dict[str, Span]) -> bool:
    match spans:
        case {"price": price, "previous_close": close, "change": change}:
            return price.minus(close).meets(change)
        case {"price": price, "previous_close": close, "change_percent": percent}:
            return price.minus(close).percent_of(close).meets(percent)
        case {"previous_close": base, "change": change, "change_percent": percent}:
            return change.percent_of(base).meets(percent)
        case {"price": price, "change": change, "change_percent": percent}:
            return change.percent_of(price.minus(change)).meets(percent)
    return True


def _opposed(quote: Quote) -> set[str]:
    """Return change and percentage where one is a gain and the other a loss."""
    change, percent = quote.change, quote.change_percent
    is_opposed = change is not None and percent is not None and change * percent < 0
    return {"change", "change_percent"} if is_opposed else set()
