"""The prices in a snapshot: the first, and a second of another exchange or currency."""

from collections.abc import Collection, Iterator

from lxml.etree import _Element

from finnews.pages.base import Page
from finnews.pages.parts.signs import is_of_other_sign
from finnews.pages.securities.printed_quotes import PrintedQuote, venue
from finnews.pages.securities.snapshot import PRICE, VALUES, Snapshot
from finnews.pages.securities.snapshot_sources import (
    EXCHANGE,
    TIME,
    PriceSource,
    add_time,
    exchange_of,
    price_source,
)
from finnews.pages.visible import text_of
from finnews.processors import amount, has_digit, is_given
from finnews.vocabulary import is_exchange

_SOURCE = "snapshot__source"
_SECOND = "-second"
CHANGES = {"change": "snapshot__value-absolute", "change_percent": "snapshot__value-relative"}
"""Fields of the changes of a price → their classes"""


def snapshot_quotes(page: Page, snapshot: Snapshot) -> Iterator[PrintedQuote]:
    """Yield the prices; each has its own exchange, time and changes, and lends them to no other.

    What the snapshot prints of a price that is not read is told, and that it has no price.
    """
    second, second_source = (
        _only(page, snapshot.parts(name + _SECOND), "price") for name in (VALUES, _SOURCE)
    )
    of_second = {part for part in (second, second_source) if part is not None}
    first = _first_values(page, snapshot, of_second)
    source = price_source(snapshot, _first(page, snapshot, _SOURCE), of_second)
    read: list[_Element] = []
    if first is not None:
        exchange = exchange_of(page, snapshot, source)
        quote = PrintedQuote(first, _agreed_with_address(page, exchange, snapshot.exchange))
        yield from _filled(page, snapshot, quote, source, read)
    if second is not None:
        source = PriceSource()
        if second_source is not None:
            source = price_source(snapshot, second_source, of_second)
        quote = PrintedQuote(second, exchange_of(page, snapshot, source))
        yield from _filled(page, snapshot, quote, source, read)
    _tell_unread(page, snapshot, set(read))


def _first_values(
    page: Page, snapshot: Snapshot, of_second: Collection[_Element]
) -> _Element | None:
    """Return the values of the first price; those of another class by the price in them."""
    values = _first(page, snapshot, VALUES)
    if values is not None or snapshot.parts(VALUES):
        return values
    prices = [part for part in snapshot.parts(PRICE) if not _is_within(part, of_second)]
    parent = prices[0].getparent() if len(prices) == 1 else None
    return None if parent is None or parent.find(".//h1") is not None else parent


def _first(page: Page, snapshot: Snapshot, name: str) -> _Element | None:
    """Return the part of a class that is not of the second price."""
    parts = [part for part in snapshot.parts(name) if name + _SECOND not in _classes(part)]
    return _only(page, parts, "price")


def _classes(part: _Element) -> list[str]:
    classes: str = part.get("class", "")
    return classes.split()


def _filled(
    page: Page, snapshot: Snapshot, quote: PrintedQuote, source: PriceSource, read: list[_Element]
) -> Iterator[PrintedQuote]:
    """Yield a quote with its price, changes and time; nothing if it has no price.

    The parts that were `read`, or print nothing, are added to these.
    """
    prices = snapshot.parts(PRICE, quote.part)
    price = _only(page, prices, "price")
    quote.add("price", "" if price is None else text_of(price))
    if not quote.texts and has_digit(text_of(quote.part)):
        page.doubt("price", "unreadable", text_of(quote.part))
        return
    read += [*prices, *source.times, *source.exchanges]
    if quote.texts:
        for name, text in _changes(page, snapshot, quote):
            quote.add(name, text)
        add_time(page, quote, source)
        yield quote


def _changes(page: Page, snapshot: Snapshot, quote: PrintedQuote) -> Iterator[tuple[str, str]]:
    """Yield the changes, told apart by their units; by their places if all are in percent."""
    values = quote.part
    changes: dict[str, list[str]] = {}
    parts = {place: snapshot.parts(rule, values) for place, rule in CHANGES.items()}
    placed = [(place, text_of(part), part) for place in parts for part in parts[place]]
    of_unit = _is_of_unit(page, quote, [text for _, text, _ in placed])
    for place, text, part in placed:
        read = amount(text, page.mark)
        name = _field_of_unit(read.unit) if of_unit and read and read.unit else place
        if is_of_other_sign(part, text):
            page.doubt(name, "contradiction", text)
        elif is_given(text):
            changes.setdefault(name, []).append(text)
    for name, texts in changes.items():
        if len(set(texts)) == 1:
            yield name, texts[0]
        else:
            page.doubt(name, "ambiguous", ", ".join(texts))
    if not all(parts.values()):
        _tell_rest(page, snapshot, values)


def _is_of_unit(page: Page, quote: PrintedQuote, texts: list[str]) -> bool:
    """Return whether units tell changes apart: not if they, and a bond's price, are in percent."""
    printed = filter(is_given, (quote.texts["price"], *texts))
    amounts = [amount(text, page.mark) for text in printed]
    return not all(each and each.unit == "%" for each in amounts)


def _field_of_unit(unit: str) -> str:
    return "change_percent" if unit == "%" else "change"


def _tell_rest(page: Page, snapshot: Snapshot, values: _Element) -> None:
    """Tell the numbers among the values that no part has."""
    names = (PRICE, *CHANGES.values(), VALUES + _SECOND)
    known = {part for name in names for part in snapshot.parts(name, values)}
    for element in values.iter("*"):
        is_rest = has_digit(element.text or "") and element.tag != "script"
        if is_rest and not _is_within(element, known):
            page.doubt("change", "unreadable", text_of(element))


def _is_within(part: _Element, elements: Collection[_Element]) -> bool:
    return any(around in elements for around in (part, *part.iterancestors()))


def _tell_unread(page: Page, snapshot: Snapshot, read: Collection[_Element]) -> None:
    """Tell what was not read of a price, its time and exchange; and that there is no price."""
    for name, class_name in (("price", PRICE), ("quoted_at", TIME), ("exchange", EXCHANGE)):
        for part in snapshot.parts(class_name):
            if part not in read and is_given(text_of(part)):
                page.doubt(name, "unreadable", text_of(part))
    if not (snapshot.parts(VALUES) or snapshot.parts(PRICE)):
        page.doubt("price", "unreadable", f"no snapshot: {snapshot.name or page.url}")


def _agreed_with_address(page: Page, printed: str | None, of_address: str | None) -> str | None:
    """Return the exchange of a page for one exchange; ``None`` if the page prints another.

    Where the code in the address is not known, what the page prints is told, and counts.
    """
    if not (printed and of_address) or venue(printed) == venue(of_address):
        return printed or of_address
    page.doubt("exchange", "contradiction", f"{printed}, {of_address}")
    return None if is_exchange(of_address) else printed


def _only(page: Page, parts: list[_Element], field: str) -> _Element | None:
    """Return the part, if there is one, or several with one text."""
    if len(parts) < 2:
        return next(iter(parts), None)
    texts = list(dict.fromkeys(map(text_of, parts)))
    if len(texts) > 1:
        page.doubt(field, "ambiguous", ", ".join(texts))
    return parts[0] if len(texts) == 1 else None
