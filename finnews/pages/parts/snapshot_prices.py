"""The prices in a snapshot: the first, and a second of another exchange or currency."""

import re
from collections.abc import Iterator

from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.parts.printed_quotes import PrintedQuote
from finnews.pages.parts.signs import is_of_other_sign
from finnews.pages.parts.snapshot import Snapshot
from finnews.pages.visible import text_of
from finnews.processors import amount, german_day, is_given, stamp
from finnews.vocabulary import mic

_DIGIT = re.compile(r"\d")
_VALUES = "snapshot__values"
_SOURCE = "snapshot__source"
_SECOND = "-second"
_PRICE = "snapshot__value-current"
_CHANGES = {"change": "snapshot__value-absolute", "change_percent": "snapshot__value-relative"}
_EXCHANGE = "snapshot__exchange"
_CHOSEN = "dropdown__trigger"
_TIME = "snapshot__time"


def snapshot_quotes(page: Page, snapshot: Snapshot) -> Iterator[PrintedQuote]:
    """Yield the prices; each has its own exchange, time and changes, and lends them to no other."""
    first, first_source = (_first(page, snapshot, name) for name in (_VALUES, _SOURCE))
    second, second_source = (
        _only(page, snapshot.parts(name + _SECOND), "price") for name in (_VALUES, _SOURCE)
    )
    if first is not None:
        exchange = _exchange(page, snapshot, first_source)
        quote = PrintedQuote(first, _agreed_with_address(page, exchange, snapshot.exchange))
        # reported of 2022: the time stands beside no exchange
        is_alone = first_source is None and second_source is None
        yield from _filled(page, snapshot, quote, first_source, may_stand_apart=is_alone)
    if second is not None:
        quote = PrintedQuote(second, _exchange(page, snapshot, second_source))
        yield from _filled(page, snapshot, quote, second_source)


def _first(page: Page, snapshot: Snapshot, name: str) -> Selector | None:
    """Return the part of a class that is not of the second price."""
    parts = [part for part in snapshot.parts(name) if name + _SECOND not in _classes(part)]
    return _only(page, parts, "price")


def _classes(part: Selector) -> list[str]:
    return part.attrib.get("class", "").split()


def _filled(
    page: Page,
    snapshot: Snapshot,
    quote: PrintedQuote,
    source: Selector | None,
    *,
    may_stand_apart: bool = False,
) -> Iterator[PrintedQuote]:
    """Yield a quote with its price, changes and time; nothing if it has no price."""
    price = _only(page, snapshot.parts(_PRICE, quote.part), "price")
    quote.add("price", "" if price is None else text_of(price))
    if quote.texts:
        for name, text in _changes(page, snapshot, quote.part):
            quote.add(name, text)
        times = snapshot.parts(_TIME, source) if source is not None or may_stand_apart else []
        _add_time(page, quote, _only(page, times, "quoted_at"))
        yield quote
    elif _DIGIT.search(text_of(quote.part)):
        page.doubt("price", "unreadable", text_of(quote.part))


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
    parts = snapshot.parts(_EXCHANGE, source)
    wide = [text_of(chosen) for part in parts for chosen in snapshot.parts(_CHOSEN, part)]
    narrow = [text_of(chosen) for part in parts for chosen in part.xpath("./span")]
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


def _add_time(page: Page, quote: PrintedQuote, part: Selector | None) -> None:
    """Add the time; where it is in doubt, the printed day, so that no other day's is taken in."""
    if part is None:
        return
    times = [part] if part.root.tag == "time" else part.xpath("./time")
    attribute = next((time.attrib.get("datetime", "") for time in times), "")
    text = text_of(part)
    quote.quoted_at = stamp(attribute, text, zone=page.site.zone)
    if quote.quoted_at is None and is_given(attribute + text):
        page.doubt("quoted_at", "contradiction", f"{attribute}, {text}")
        quote.contradicted.add("quoted_at")
        quote.quoted_at = german_day(text)


def _only(page: Page, parts: list[Selector], field: str) -> Selector | None:
    """Return the part, if there is one, or several with one text."""
    texts = list(dict.fromkeys(map(text_of, parts)))
    if len(texts) > 1:
        page.doubt(field, "ambiguous", ", ".join(texts))
    return parts[0] if len(texts) == 1 else None
