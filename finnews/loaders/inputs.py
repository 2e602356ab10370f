"""Input processors: what a page prints to the value of a field, or a doubt that it was not read."""

from collections.abc import Callable, Iterable, MutableMapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from inspect import signature
from typing import Any, Final, Literal, Protocol

from finnews.bounds import CELL, PARAGRAPH, TITLE
from finnews.processors import amount, german_time, line, price_range, without_ornaments
from finnews.processors.texts import NOT_GIVEN, is_legible
from finnews.site import DecimalMark
from finnews.vocabulary import PriceUnit, price_unit

Reason = Literal["unreadable", "unit", "ambiguous", "contradiction", "implausible"]
"""Why a printed value was not read: ``unreadable``, it does not have the form of its field;
``unit``, its unit is not one of the field; ``ambiguous``, it can mean several things, or another
value can be meant as well; ``contradiction``, the page says something else elsewhere;
``implausible``, it cannot be so, such as a time in the future."""

Context = MutableMapping[str, Any]
"""A loader's context: ``site``; ``stats``, which counts doubts; ``mark``, the decimal mark of a
table or row, by default the site's; ``latest``, the last day that a time can have; ``now``, when
the page is read; ``price_unit``, the unit of the first amount that printed one."""


DIFFERENCE_OF_CLOCKS: Final = timedelta(minutes=5)
"""How far ahead a time can be that is past: the site's clock and this machine's may differ"""

PERCENT: Final = PriceUnit(None, "percent")
"""The unit of a bond's price"""


class Doubts(Protocol):
    """What counts the printed values that were not read."""

    def doubt(self, field: str, reason: Reason, printed: str) -> None:
        """Count one."""


class Input:
    """Reads a field by the first of its processors that can; what is given and not read is a doubt.

    A processor's parameter `zone` or `mark` is that of the site, or of the context. A value that is
    not a string, which a page's JSON can contain, is dropped. One with more than `longest`
    characters is not read.
    """

    def __init__(self, *processors: Callable[..., Any], longest: int = CELL) -> None:
        self.processors = [
            (processor, signature(processor).parameters.keys() & {"zone", "mark"})
            for processor in processors
        ]
        self.longest = longest
        self.field = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the field's name from that of the loader's attribute."""
        self.field = name.removesuffix("_in")

    def __call__(self, values: Iterable[Any], loader_context: Context) -> list[Any]:
        results = []
        for printed in values:
            if isinstance(printed, str) and (shown := line(printed)).lower() not in NOT_GIVEN:
                is_bounded = len(shown) <= self.longest
                result = self.value(shown, loader_context) if is_bounded else None
                if not is_bounded:
                    self.doubt(loader_context, "unreadable", shown)
                if result is not None:
                    results.append(result)
        return results

    def value(self, printed: str, context: Context) -> Any:
        """Return the value of a line of text; ``None`` if it has none, which is counted."""
        for processor, names in self.processors:
            arguments = {name: _setting(name, context) for name in names} if names else {}
            result = processor(printed, **arguments)
            if result is not None:
                return result
        self.doubt(context, "unreadable", printed)
        return None

    def doubt(self, context: Context, reason: Reason, printed: str) -> None:
        """Count a text as not read."""
        stats: Doubts | None = context.get("stats")
        if stats is not None:
            stats.doubt(self.field, reason, printed)


class Legible(Input):
    """Reads a text in which no character was lost, or decoded wrongly."""

    def __init__(self, *processors: Callable[..., Any], longest: int = PARAGRAPH) -> None:
        super().__init__(*processors, longest=longest)

    def value(self, printed: str, context: Context) -> Any:
        """Return the text; with U+FFFD or ``Ã¼`` in it, it is a doubt."""
        if not is_legible(printed):
            self.doubt(context, "unreadable", printed)
            return None
        return super().value(printed, context) if self.processors else printed


class Name(Legible):
    """Reads a name without the footnotes, arrows and dots beside it; of these alone, nothing."""

    def __init__(self) -> None:
        super().__init__(longest=TITLE)

    def value(self, printed: str, context: Context) -> Any:
        """Return the name."""
        return super().value(without_ornaments(printed), context) or None


@cache
def legible_text(field: str) -> Legible:
    """Return the input processor of a field that is a text on one line."""
    processor = Legible()
    processor.field = field
    return processor


class Known(Input):
    """Looks a word up; one that the vocabulary lacks is counted by the page, not as a doubt."""

    def doubt(self, context: Context, reason: Reason, printed: str) -> None:
        """Count nothing."""


class Moment(Input):
    """Reads a day or time that has been; one after the context's ``latest`` day is a doubt."""

    def value(self, printed: str, context: Context) -> str | None:
        """Return the day or time."""
        read: str | None = super().value(printed, context)
        if read and read[:10] > context.get("latest", read[:10]):
            self.doubt(context, "implausible", printed)
            return None
        return read


class PriceTime(Moment):
    """Reads the time or the day of a price, which is not after the page was read.

    Clocks may differ by some minutes. A time that the site's clock shows twice, or never, is
    ambiguous: it is one that could be read if it named a zone.
    """

    def doubt(self, context: Context, reason: Reason, printed: str) -> None:
        """Count a text as not read."""
        is_clear = german_time(f"{printed} UTC", context["site"].zone) is None
        super().doubt(
            context, reason if is_clear or reason != "unreadable" else "ambiguous", printed
        )

    def value(self, printed: str, context: Context) -> str | None:
        """Return the time or day."""
        read = super().value(printed, context)
        if read is None or "now" not in context:
            return read
        latest: datetime = context["now"] + DIFFERENCE_OF_CLOCKS
        is_time = len(read) > len("2026-11-27")
        if datetime.fromisoformat(read) > latest if is_time else read > f"{latest:%Y-%m-%d}":
            self.doubt(context, "implausible", printed)
            return None
        return read


class Money(Input):
    """Reads an amount in the unit of the item's first amount, or in none.

    The first may have any unit but percent, which a loader has to expect.
    """

    def value(self, printed: str, context: Context) -> Decimal | None:
        """Return the number."""
        read = amount(printed, _setting("mark", context))
        if read is None:
            self.doubt(context, "unreadable", printed)
            return None
        if not self.has_unit(read.unit, context):
            self.doubt(context, "unit", printed)
            return None
        return read.number

    def has_unit(self, unit: str | None, context: Context) -> bool:
        """Return whether an amount of this field can have the unit."""
        if unit is None:
            return True
        known = price_unit(unit)
        if known is None or (known == PERCENT and "price_unit" not in context):
            return False
        return bool(known == context.setdefault("price_unit", known))


class Price(Money):
    """Reads a price, which has no sign: a minus is more likely a dash, and ``+0,60`` a change."""

    def value(self, printed: str, context: Context) -> Decimal | None:
        """Return the number."""
        number = super().value(printed, context)
        if number is not None and (number < 0 or "+" in printed):
            self.doubt(context, "implausible", printed)
            return None
        return number


class QuotedPrice(Price):
    """Reads a price at which a security is traded, which is above zero."""

    def value(self, printed: str, context: Context) -> Decimal | None:
        """Return the number."""
        return _above_zero(self, super().value(printed, context), printed, context)


class Earnings(Money):
    """Reads an amount in the currency of the item's first amount, or in none."""

    def has_unit(self, unit: str | None, context: Context) -> bool:
        """Return whether it is in a currency, and in that of the others."""
        known = price_unit(unit) if unit else None
        is_of_currency = unit is None or (known is not None and known.currency is not None)
        return is_of_currency and super().has_unit(unit, context)


class Percent(Money):
    """Reads a percentage, with or without its sign."""

    def has_unit(self, unit: str | None, context: Context) -> bool:  # noqa: ARG002
        """Return whether it is in percent."""
        return unit in (None, "%")


class RangeEnd(Money):
    """Reads one end of a price range: 0 the lower, 1 the higher."""

    def __init__(self, end: Literal[0, 1]) -> None:
        super().__init__()
        self.end = end

    def value(self, printed: str, context: Context) -> Decimal | None:
        """Return the number."""
        ends = price_range(printed, _setting("mark", context))
        if ends is None:
            self.doubt(context, "unreadable", printed)
            return None
        if not self.has_unit(ends[self.end].unit, context):
            self.doubt(context, "unit", printed)
            return None
        return _above_zero(self, ends[self.end].number, printed, context)


def _above_zero(
    field: Money, number: Decimal | None, printed: str, context: Context
) -> Decimal | None:
    if number is None or number > 0:
        return number
    field.doubt(context, "implausible", printed)
    return None


def unit_of(printed: str, mark: DecimalMark | None) -> PriceUnit | None:
    """Return the `PriceUnit` of a printed amount; ``None`` if it has none, or an unknown one."""
    read = amount(printed, mark)
    return price_unit(read.unit) if read and read.unit else None


def _setting(name: str, context: Context) -> Any:
    return context[name] if name in context else getattr(context["site"], name)
