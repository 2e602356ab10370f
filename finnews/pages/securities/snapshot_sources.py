"""Beside a snapshot's price: its time, and the exchange that is chosen from a list."""

from collections.abc import Collection, Sequence
from itertools import chain
from typing import NamedTuple

from lxml.etree import _Element

from finnews.pages.base import Page
from finnews.pages.parts.box_cells import name_in
from finnews.pages.securities.printed_quotes import PrintedQuote
from finnews.pages.securities.snapshot import Snapshot
from finnews.pages.tree import has_class
from finnews.pages.visible import text_of
from finnews.processors import german_day, is_given, stamp
from finnews.vocabulary import exchange_name

EXCHANGE = "snapshot__exchange"
TIME = "snapshot__time"
_CHOSEN = "dropdown__trigger"


class PriceSource(NamedTuple):
    """What stands beside one price."""

    part: _Element | None = None
    """The element of the source, if it has one of its own."""

    times: Sequence[_Element] = ()
    exchanges: Sequence[_Element] = ()


def price_source(
    snapshot: Snapshot, part: _Element | None, of_second: Collection[_Element]
) -> PriceSource:
    """Return the source of a price.

    What stands in no element of a source (reported of 2022) is that of the first price, unless it
    stands in one `of_second`.
    """
    times, exchanges, chosen = (
        _parts(snapshot, name, part, of_second) for name in (TIME, EXCHANGE, _CHOSEN)
    )
    if part is not None and not times:
        times = [*part.iter("time")]
    return PriceSource(part, times, exchanges or chosen)


def _parts(
    snapshot: Snapshot, name: str, part: _Element | None, of_second: Collection[_Element]
) -> list[_Element]:
    parts = snapshot.parts(name, part)
    if part is None:
        parts = [each for each in parts if not any(a in of_second for a in each.iterancestors())]
    return parts


def add_time(page: Page, quote: PrintedQuote, source: PriceSource) -> None:
    """Add the time; where it is in doubt, the printed day, so that no other day's is taken in."""
    texts = list(dict.fromkeys(map(text_of, source.times)))
    if len(texts) > 1:
        page.doubt("quoted_at", "ambiguous", ", ".join(texts))
    elif texts:
        _add_stamp(page, quote, source.times[0], texts[0])
    else:
        around = quote.part if source.part is None else source.part
        page.doubt("quoted_at", "unreadable", f"no time: {text_of(around)}")


def _add_stamp(page: Page, quote: PrintedQuote, part: _Element, text: str) -> None:
    times = [part] if part.tag == "time" else part.iterchildren("time")
    attribute = next((time.get("datetime", "") for time in times), "")
    quote.quoted_at = stamp(attribute, text, zone=page.site.zone)
    if quote.quoted_at is None and is_given(attribute + text):
        page.doubt("quoted_at", "contradiction", f"{attribute}, {text}")
        quote.contradicted.add("quoted_at")
        quote.quoted_at = german_day(text)


def exchange_of(page: Page, snapshot: Snapshot, source: PriceSource) -> str | None:
    """Return the exchange that a source prints, on wide and on narrow screens."""
    chosen = [part for part in source.exchanges if has_class(part, _CHOSEN)]
    chosen += chain.from_iterable(snapshot.parts(_CHOSEN, part) for part in source.exchanges)
    narrow = [span for part in source.exchanges for span in part.iterchildren("span")]
    texts = filter(is_given, map(name_in, (*chosen, *narrow)))
    names = list(dict.fromkeys(map(exchange_name, texts)))
    if len(names) > 1:
        page.doubt("exchange", "contradiction", ", ".join(names))
    elif names and not snapshot.knows_exchange(names[0]):
        page.doubt("exchange", "unreadable", names[0])
    elif names:
        return names[0]
    elif not chosen:
        _tell_unread(page, source.exchanges)
    return None


def _tell_unread(page: Page, exchanges: Sequence[_Element]) -> None:
    """Tell the texts of which no part is marked as the chosen exchange."""
    for text in filter(is_given, map(text_of, exchanges)):
        page.doubt("exchange", "unreadable", text)
