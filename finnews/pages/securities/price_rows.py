"""Tables of two columns, label and value: ``Tageshoch / Tagestief`` = ``129,56 / 128,99``."""

import re
from collections.abc import Iterator, Sequence

from lxml.etree import _Element
from parsel import Selector

from finnews.bounds import kept
from finnews.pages.base import Page
from finnews.pages.parts.grid import GridRow, grid
from finnews.pages.rules import labels
from finnews.pages.securities.printed_quotes import PrintedQuote
from finnews.processors import amount, has_digit, is_given, volume

Rows = list[tuple[str, list[str]]]
"""Label → the texts behind it"""

LABELS = labels(
    price="Kurs",
    open=("Eröffnung", "Eröffnungskurs"),
    previous_close=("Vortag", "Schlusskurs Vortag"),
    day_high="Tageshoch",
    day_low="Tagestief",
    volume=("Volumen (Stück)", "Tagesvolumen (Stück)", "Tagesvolumen in Stück"),
    bid=("Geld", "Bid"),
    bid_size="Bid-Size",
    ask=("Brief", "Ask"),
    ask_size="Ask-Size",
    quoted_at=("Kurszeit", "Kursdatum"),
)
_FIELDS = {rule.text: rule.field for rule in LABELS} | {"Kurszeit": "clock", "Kursdatum": "day"}
_OTHERS = re.compile(
    r"Spread|Tagesumsatz|52[ -]Wochen[ -](?:Hoch|Tief)|(?:Marktkap|Dividende|KGV|ISIN|WKN|Symbol).*"
    r"|Börse|Börsenplatz|Handelsplatz|Handelsort"
)  # labels of what is not read, or is read elsewhere
OF_PRODUCTS = frozenset(
    {"Hebel", "Basispreis", "Basiswert", "Bezugsverhältnis", "Knock-Out", "Knock-Out-Schwelle"}
    | {"Barriere", "Bonuslevel", "Cap", "Emittent", "Fälligkeit", "Omega", "Strike"}
)
"""Labels of certificates and the like, whose boxes also stand on the pages of their underlyings"""
_CURRENCY = "Währung"
_SLASH = re.compile(r" ?/ ?")
_PRICED = re.compile(r"kurs|preis|letzter|taxe|indikation|börslich|\bNAV\b", re.IGNORECASE)
_NOT_GIVEN = re.compile(r"\bn/a\b", re.IGNORECASE)
_PIECES = re.compile(r"\d[\d.]* ?(?:Stk\.?|Stück|St\.)")
ORNAMENTS = " :*"
"""What can stand behind a label"""
_ENDS = ("day_low", "day_high")  # of a range, which is read from one text elsewhere
_SIZES = {"bid": "bid_size", "ask": "ask_size"}


def labelled_rows(table: _Element) -> Rows:
    """Return the label of each row, without colon and star, and the texts of its other cells."""
    return [(row.texts[0].rstrip(ORNAMENTS), _values(row)) for row in grid(Selector(root=table))]


@kept(maxsize=256)  # the labels of a site are the same on all its pages
def fields_of(label: str) -> tuple[str, ...]:
    """Return the fields that a label names: two for ``Eröffnung / Vortag``, none for another word.

    >>> fields_of("Eröffnung / Vortag"), fields_of("52 Wochen Hoch"), fields_of("Kurs")
    (('open', 'previous_close'), (), ('price',))
    """
    fields = [_FIELDS.get(part) for part in _SLASH.split(label)]
    return tuple(name for name in fields if name) if all(fields) else ()


def is_like_price(label: str) -> bool:
    """Return whether a label that names no field may name a price.

    >>> is_like_price("Kurs (verzögert)"), is_like_price("Laufende Kosten"), is_like_price("Kurs")
    (True, False, False)
    """
    is_known = _OTHERS.fullmatch(label) or fields_of(label)
    return bool(label) and not is_known and _PRICED.search(label) is not None


def add_rows(page: Page, quote: PrintedQuote, rows: Rows) -> None:
    """Add what the rows print; what two rows print differently is ambiguous, and not added."""
    parts = {part for label, _ in rows for part in _SLASH.split(label)}
    page.stats.count_headers(LABELS, parts)
    ambiguous: set[str] = set()
    _tell_unknown(page, rows)
    for label, values in rows:
        for name, text in _texts(page, fields_of(label), values):
            if name in _ENDS and is_given(text) and amount(text, page.mark) is None:
                page.doubt(name, "unreadable", text)
                continue
            if quote.texts.get(name, text) != text:
                page.doubt(name, "ambiguous", f"{quote.texts[name]}, {text}")
                ambiguous.add(name)
            quote.add(name, text)
    for name in ambiguous:
        del quote.texts[name]


def _tell_unknown(page: Page, rows: Rows) -> None:
    """Tell the amounts under labels that are not known, by the field that has such a word.

    A currency in a row of its own is told if no amount has it.
    """
    amounts = {text for label, values in rows if label != _CURRENCY for text in values}
    for label, values in rows:
        printed = " ".join(values)
        if label == _CURRENCY and not any(text.endswith(printed) for text in amounts):
            page.doubt("currency", "contradiction", printed)
        is_known = fields_of(label) or label in OF_PRODUCTS or _OTHERS.fullmatch(label)
        if label and has_digit(printed) and not is_known:
            names = (name for word, name in _FIELDS.items() if word.casefold() in label.casefold())
            page.doubt(next(names, "price"), "unreadable", f"{label}: {printed}")


def _values(row: GridRow) -> list[str]:
    texts = row.texts[1:] if row.is_of_several else []
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    return texts


def _texts(page: Page, fields: Sequence[str], values: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a row with their texts."""
    texts = _SLASH.split(_NOT_GIVEN.sub("-", values[0])) if len(values) == 1 else values
    if len(fields) == 1 and fields[0] in _SIZES:
        yield from _with_size(page, fields[0], texts)
    elif len(fields) == len(texts) and not _is_of_size(fields):
        yield from zip(fields, texts, strict=True)
    elif len(fields) == len(texts):
        yield from _sized(page, fields, texts)
    elif len(fields) == 1 and len(values) == 1:
        yield fields[0], values[0]
    elif any(map(is_given, texts)):
        for name in fields:
            page.doubt(name, "ambiguous", " / ".join(texts))


def _with_size(page: Page, name: str, texts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield bid or ask and its size: ``361,90 / 200 Stk.``, in either order."""
    sizes = [text for text in texts if _PIECES.fullmatch(text)]
    prices = [text for text in texts if text not in sizes]
    if len(prices) > 1 or len(sizes) > 1:
        if any(map(is_given, texts)):
            page.doubt(name, "unreadable", " / ".join(texts))
        return
    yield from ((name, text) for text in prices)
    yield from ((_SIZES[name], text) for text in sizes)


def _is_of_size(fields: Sequence[str]) -> bool:
    return not set(fields).isdisjoint(_SIZES.values())


def _sized(page: Page, fields: Sequence[str], texts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield price and size of a double row; neither if they do not have the form of their fields.

    The site prints the currency with the price, and only there (seen 2026-09), so that parts in
    another order are recognised.
    """
    pairs = dict(zip(fields, texts, strict=True))
    if all(_has_form(page, name, text) for name, text in pairs.items() if is_given(text)):
        yield from pairs.items()
        return
    for name in fields:
        page.doubt(name, "unreadable", " / ".join(texts))


def _has_form(page: Page, name: str, text: str) -> bool:
    if name in _SIZES.values():
        return volume(text, page.mark) is not None
    read = amount(text, page.mark)
    return read is not None and read.unit is not None
