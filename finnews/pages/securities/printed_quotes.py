"""What the boxes of a page print of a security's prices, and which of it is one quote."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.etree import _Element

from finnews.items import venue_key
from finnews.pages.base import Page
from finnews.pages.securities.snapshot import NAV
from finnews.processors import Amount, amount, has_digit
from finnews.vocabulary import mic

_QUOTED = ("price", "bid", "ask")
_MINUTE = len("2026-11-27T09:00")
_DAY = len("2026-11-27")


@dataclass(slots=True)
class PrintedQuote:
    """A price with what is printed with it; merged from the boxes that are about it."""

    part: _Element
    """The box that prints it."""

    exchange: str | None = None
    """As printed: ``Stuttgart``, ``NAV``."""

    quoted_at: str | None = None
    """The time, or the day alone; that of a contradicted time only tells quotes apart."""

    texts: dict[str, str] = field(default_factory=dict)
    """Field of a quote → what is printed: ``price`` → ``361,95 EUR``; only what is given."""

    contradicted: set[str] = field(default_factory=set)
    """Fields of which the page prints different values."""

    @property
    def is_nav(self) -> bool:
        """Whether the price is a fund's net asset value."""
        return self.exchange == NAV

    def add(self, name: str, text: str) -> None:
        """Add the text of a field, if there is a number in it."""
        if has_digit(text):
            self.texts[name] = text


def merged_quotes(page: Page, printed: list[PrintedQuote]) -> list[PrintedQuote]:
    """Return the quotes, each with all that the boxes print of it.

    Boxes are of one quote if they name one exchange, or if one that names none has the number and
    the minute of exactly one other. Values of one field that differ are all left out.
    """
    merged: list[PrintedQuote] = []
    for quote in sorted(printed, key=lambda quote: quote.exchange is None):
        same = [other for other in merged if _is_same(page, other, quote)]
        if len(same) == 1:
            _merge(page, same[0], quote)
        else:
            _tell_unnamed(page, quote, merged)
            merged.append(quote)
    return merged


def _tell_unnamed(page: Page, quote: PrintedQuote, others: Iterable[PrintedQuote]) -> None:
    """Tell that a box names no exchange, beside a price of which the page names one."""
    price = next((text for name in _QUOTED if (text := quote.texts.get(name))), None)
    if price and quote.exchange is None and any(other.exchange for other in others):
        page.doubt("exchange", "ambiguous", price)


def _is_same(page: Page, quote: PrintedQuote, other: PrintedQuote) -> bool:
    prices = [_amount(page, each, "price") for each in (quote, other)]
    numbers = [price.number if price else None for price in prices]
    has_one_number = numbers[0] is not None and numbers[0] == numbers[1]
    if quote.exchange is None or other.exchange is None:
        return has_one_number and _has_one_minute(quote, other)
    has_one_price = has_one_number and _are_in_one_unit(prices)
    if quote.is_nav and other.is_nav:
        is_of_other_class = not (has_one_number or _are_in_one_unit(prices))
        return not is_of_other_class and (has_one_price or not _contradict(quote, other))
    is_one_venue = venue(quote.exchange) == venue(other.exchange)
    return is_one_venue and (has_one_price or not _contradict(quote, other))


def _merge(page: Page, quote: PrintedQuote, other: PrintedQuote) -> None:
    for name, text in other.texts.items():
        if name not in quote.contradicted:
            _merge_text(page, quote, name, text)
    if _contradict(quote, other):
        times = filter(None, (quote.quoted_at, other.quoted_at))
        page.doubt("quoted_at", "contradiction", ", ".join(times))
        quote.contradicted.add("quoted_at")
    quote.contradicted |= other.contradicted
    quote.quoted_at = max(quote.quoted_at or "", other.quoted_at or "", key=len) or None


def _merge_text(page: Page, quote: PrintedQuote, name: str, text: str) -> None:
    """Add a text; if both are read and differ, neither is kept; one that is not read is told."""
    printed = quote.texts.get(name, text)
    values = [amount(each, page.mark) for each in (printed, text)]
    if None in values and printed != text:
        page.doubt(name, "unreadable", printed if values[0] is None else text)
        quote.texts[name] = text if values[0] is None else printed
    elif values[0] and values[1] and not _agree(values[0], values[1]):
        page.doubt(name, "contradiction", f"{printed}, {text}")
        quote.contradicted.add(name)
        del quote.texts[name]
    elif values[0] and values[0].unit is None:
        quote.texts[name] = text
    else:
        quote.texts.setdefault(name, text)


def _agree(known: Amount, other: Amount) -> bool:
    return known.number == other.number and (
        known.unit == other.unit or None in (known.unit, other.unit)
    )


def _contradict(quote: PrintedQuote, other: PrintedQuote) -> bool:
    """Return whether both have a time and the times differ, or the days if one has only that.

    A time that is contradicted, and of which not even the day is certain, differs from any.
    """
    moments = [each.quoted_at[:_MINUTE] for each in (quote, other) if each.quoted_at]
    shortest = min(map(len, moments), default=0)
    is_of_no_day = any(_has_doubtful_time(each) and not each.quoted_at for each in (quote, other))
    return (is_of_no_day and shortest > 0) or len({moment[:shortest] for moment in moments}) > 1


def _has_doubtful_time(quote: PrintedQuote) -> bool:
    return "quoted_at" in quote.contradicted


def _has_one_minute(quote: PrintedQuote, other: PrintedQuote) -> bool:
    both = (quote, other)
    has_times = all(each.quoted_at and len(each.quoted_at) > _DAY for each in both)
    return has_times and not any(map(_has_doubtful_time, both)) and not _contradict(quote, other)


def _are_in_one_unit(prices: list[Amount | None]) -> bool:
    return len({price.unit for price in prices if price and price.unit}) < 2


def _amount(page: Page, quote: PrintedQuote, name: str) -> Amount | None:
    return amount(quote.texts.get(name, ""), page.mark)


def venue(exchange: str) -> str:
    """Return what the spellings of an exchange have in common."""
    return venue_key(exchange, mic(exchange))
