"""The prices in a snapshot: the first, and a second of another exchange or currency."""

import re
from collections.abc import Iterator

from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.parts.printed_quotes import PrintedQuote
from finnews.pages.parts.signs import is_of_other_sign
from finnews.pages.parts.snapshot import Snapshot
from finnews.pages.visible import text_of
from finnews.processors import amount, is_given, stamp
from finnews.vocabulary import mic

_DIGIT = re.compile(r"\d")
_FIRST = ".snapshot__values:not(.snapshot__values-second)"
_FIRST_SOURCE = ".snapshot__source:not(.snapshot__source-second)"
_SECOND = ".snapshot__values-second"
_SECOND_SOURCE = ".snapshot__source-second"
_PRICE = ".snapshot__value-current"
_CHANGES = {"change": ".snapshot__value-absolute", "change_percent": ".snapshot__value-relative"}
_CHOSEN = ".snapshot__exchange .dropdown__trigger"
_CHOSEN_ON_NARROW_SCREENS = ".snapshot__exchange > span"
_TIME = "time.snapshot__time, .snapshot__time > time"


def snapshot_quotes(page: Page, snapshot: Snapshot) -> Iterator[PrintedQuote]:
    """Yield the prices; each has its own exchange, time and changes, and lends them to no other."""
    second = _only(page, snapshot.parts(_SECOND), "price")
    second_source = _only(page, snapshot.parts(_SECOND_SOURCE), "exchange")
    first = _only(page, snapshot.parts(_FIRST), "price")
    if first is not None:
        # reported of 2022: the time stands in the snapshot, beside no exchange
        is_alone = second_source is None
        source = _only(page, snapshot.parts(_FIRST_SOURCE), "exchange")
        source = snapshot.part if source is None and is_alone else source
        exchange = _exchange(page, snapshot, source)
        exchange = _agreed_with_address(page, exchange, snapshot.exchange)
        yield from _quote(page, snapshot, first, source, exchange)
    if second is not None:
        exchange = _exchange(page, snapshot, second_source)
        yield from _quote(page, snapshot, second, second_source, exchange)


def _quote(
    page: Page, snapshot: Snapshot, values: Selector, source: Selector | None, exchange: str | None
) -> Iterator[PrintedQuote]:
    price = _only(page, snapshot.parts(_PRICE, values), "price")
    quote = PrintedQuote(values, exchange)
    quote.add("price", "" if price is None else text_of(price))
    if not quote.texts:
        if _DIGIT.search(text_of(values)):
            page.doubt("price", "unreadable", text_of(values))
        return
    for name, text in _changes(page, snapshot, values):
        quote.add(name, text)
    time = None if source is None else _only(page, snapshot.parts(_TIME, source), "quoted_at")
    quote.quoted_at = None if time is None else _quoted_at(page, time)
    yield quote


def _changes(page: Page, snapshot: Snapshot, values: Selector) -> Iterator[tuple[str, str]]:
    """Yield the changes, told apart by their units, not by their places."""
    changes: dict[str, list[str]] = {}
    for place, rule in _CHANGES.items():
        for part in snapshot.parts(rule, values):
            text = text_of(part)
            read = amount(text, page.site.mark)
            name = place if not (read and read.unit) else _field_of_unit(read.unit)
            if is_of_other_sign(part, text):
                page.doubt(name, "contradiction", text)
            elif is_given(text):
                changes.setdefault(name, []).append(text)
    for name, texts in changes.items():
        if len(set(texts)) == 1:
            yield name, texts[0]
        else:
            page.doubt(name, "ambiguous", ", ".join(texts))


def _field_of_unit(unit: str) -> str:
    return "change_percent" if unit == "%" else "change"


def _exchange(page: Page, snapshot: Snapshot, source: Selector | None) -> str | None:
    """Return the exchange that a source prints, on wide and on narrow screens."""
    if source is None:
        return None
    wide = [text_of(part) for part in snapshot.parts(_CHOSEN, source)]
    narrow = [text_of(part) for part in snapshot.parts(_CHOSEN_ON_NARROW_SCREENS, source)]
    names = list(dict.fromkeys(filter(is_given, [*wide, *narrow])))
    if len(names) > 1:
        page.doubt("exchange", "contradiction", ", ".join(names))
    elif names and not snapshot.knows_exchange(names[0]):
        page.doubt("exchange", "unreadable", names[0])
    elif names:
        return names[0]
    return None


def _agreed_with_address(page: Page, printed: str | None, of_address: str | None) -> str | None:
    """Return the exchange of a page for one exchange; ``None`` if the page prints another."""
    mics = {mic(name) for name in (printed, of_address) if name}
    if len(mics - {None}) == 2:
        page.doubt("exchange", "contradiction", f"{printed}, {of_address}")
        return None
    return printed or of_address


def _quoted_at(page: Page, time: Selector) -> str | None:
    attribute, text = time.attrib.get("datetime", ""), text_of(time)
    quoted_at = stamp(attribute, text, zone=page.site.zone)
    if quoted_at is None and is_given(attribute + text):
        page.doubt("quoted_at", "contradiction", f"{attribute}, {text}")
    return quoted_at


def _only(page: Page, parts: list[Selector], field: str) -> Selector | None:
    """Return the part, if there is one, or several with one text."""
    texts = list(dict.fromkeys(map(text_of, parts)))
    if len(texts) > 1:
        page.doubt(field, "ambiguous", ", ".join(texts))
    return parts[0] if len(texts) == 1 else None
