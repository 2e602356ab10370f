"""Whether the amounts of a quote agree with each other, to the last digit that is printed."""

from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from finnews.items import Quote

_HALF = Decimal("0.5")
_ALL = 100  # percent
_CHANGES = frozenset({"change", "change_percent"})


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

    def turned(self) -> "Span":
        """Return the values with the other sign."""
        return Span(-self.high, -self.low)

    def is_percent_of(self, base: "Span", percent: "Span") -> bool:
        """Return whether some value can be some such percentage of a positive base.

        To multiply is exact, and takes a tenth of the time of a division.
        """
        least = percent.high * (base.high if self.low >= 0 else base.low)
        most = percent.low * (base.low if self.high >= 0 else base.high)
        return 100 * self.low <= least and 100 * self.high >= most


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
    agree: if only three do, the fourth is wrong; if none do, all but the price are in doubt. If all
    do with the other sign before the changes, these are wrong.

    >>> printed = {"price": Decimal("60.20"), "change": Decimal("0.60")}
    >>> sorted(contradicted(Quote(**printed, previous_close=Decimal("60.80"))))
    ['change', 'previous_close']
    >>> sorted(contradicted(Quote(day_low=Decimal(3), day_high=Decimal(2))))
    ['day_high', 'day_low']
    >>> day = {"day_low": Decimal("60.10"), "day_high": Decimal("61.75")}
    >>> sorted(contradicted(Quote(price=Decimal("58.20"), **day)))
    ['day_high', 'day_low']
    """
    changes = _contradicted_changes(quote)
    price = None if "price" in changes else quote.price
    return frozenset(changes | _contradicted_range(quote, price))


def _contradicted_range(quote: Quote, price: Decimal | None) -> set[str]:
    """Return the range of the day if a price of the day is outside, and the first price if it is.

    The last price stays: it is what the page is about, and its change tells whether it is right.
    """
    low, high = quote.day_low, quote.day_high
    prices = {"price": price, "open": quote.open}
    outside = {name for name, each in prices.items() if each and _is_outside(each, low, high)}
    is_turned = low is not None and high is not None and low > high
    if not outside and not is_turned:
        return set()
    printed = {name for name, end in (("day_low", low), ("day_high", high)) if end is not None}
    return printed | outside - {"price"}


def _is_outside(price: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    """Return whether a price is below the lowest of the day or above its highest."""
    if low is not None and price < low and span(price).high < span(low).low:
        return True
    return high is not None and price > high and span(price).low > span(high).high


def _contradicted_changes(quote: Quote) -> set[str]:
    if _is_exact(quote):
        return _impossible(quote)
    names = ("price", "previous_close", "change", "change_percent")
    printed = {name: value for name in names if (value := getattr(quote, name)) is not None}
    if len(printed) < 3:
        return _impossible(quote)
    spans = {name: span(value) for name, value in printed.items()}
    agreeing = _agreeing(spans)
    if False not in agreeing.values():
        return _impossible(quote)
    turned = spans | {name: spans[name].turned() for name in _CHANGES if name in spans}
    if spans.keys() >= _CHANGES and False not in _agreeing(turned).values():
        return set(spans) & _CHANGES
    if list(agreeing.values()).count(True) == 1:
        return next(set(spans) - set(group) for group, agrees in agreeing.items() if agrees)
    return set(spans) - {"price"}


def _is_exact(quote: Quote) -> bool:
    """Return whether change and percentage are those from a close above 1 to the price.

    Then any three of the four agree, as spans of amounts that do.
    """
    price, close = quote.price, quote.previous_close
    change, percent = quote.change, quote.change_percent
    if price is None or close is None or change is None or percent is None:
        return False
    if close <= 1 or price - close != change:
        return False
    low, high = span(percent)
    return low * close <= _ALL * change <= high * close


def _agreeing(spans: dict[str, Span]) -> dict[tuple[str, ...], bool]:
    """Return for each three amounts that can be compared whether they agree."""
    agreeing = {group: _agree(group, spans) for group in combinations(spans, 3)}
    return {group: agrees for group, agrees in agreeing.items() if agrees is not None}


def _agree(names: tuple[str, ...], spans: dict[str, Span]) -> bool | None:
    """Return whether three amounts agree; ``None`` if the percentage is not of a positive base."""
    if "change_percent" not in names:
        return spans["price"].minus(spans["previous_close"]).meets(spans["change"])
    percent = spans["change_percent"]
    if "change" not in names:
        base = spans["previous_close"]
        change = spans["price"].minus(base)
    else:
        change = spans["change"]
        has_base = "previous_close" in names
        base = spans["previous_close"] if has_base else spans["price"].minus(change)
    if base.low > 0:
        return change.is_percent_of(base, percent)
    # So much that nothing was before, or hardly anything: the percentage is at least that large.
    is_large = base.high > 0 and percent.high * base.high >= _ALL * change.low
    return None if is_large else False


def _impossible(quote: Quote) -> set[str]:
    """Return change and percentage if one is a gain and the other a loss, or what is too large.

    No loss is of more than all, no gain of more than the price.
    """
    price, change, percent = quote.price, quote.change, quote.change_percent
    if change is not None and percent is not None and change * percent < 0:
        return {"change", "change_percent"}
    is_gain_too_large = price is not None and change is not None and 0 < price < change
    fields = {"change"} if is_gain_too_large else set()
    return fields | ({"change_percent"} if percent is not None and percent < -_ALL else set())
