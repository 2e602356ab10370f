"""What is archived about an instrument, newest first, as items and as lines to print."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import get_args
from zoneinfo import ZoneInfo

from finnews.archive import Archive
from finnews.items import ITEM_CLASSES, Instrument, Item, Kind, instrument_key


def instruments_named(archive: Archive, name: str) -> list[Instrument]:
    """Return the archived instruments with a page name, an ISIN or a WKN.

    A share and an index can have the same page name.
    """
    numbers = [f"isin:{name.upper()}", f"wkn:{name.upper()}"]
    pages = [str(instrument_key(kind, name)) for kind in get_args(Kind)]
    matches = (archive.find(Instrument, key) for key in (*pages, *numbers))
    by_key = {instrument.keys[0]: instrument for instrument in matches if instrument}
    return list(by_key.values())


def items_about(archive: Archive, instrument: Instrument, zone: ZoneInfo) -> list[Item]:
    """Return the archived items about an instrument or mentioning it, newest first.

    Only kinds that the report of a run counts. Times without a zone, and days, are in `zone`.
    """
    key = str(instrument.instrument())
    classes = (item_class for item_class in ITEM_CLASSES if item_class.is_reported)
    items = (item for item_class in classes for item in _mentioning(archive, item_class, key))
    return sorted(items, key=lambda item: dated_at(item, zone), reverse=True)


def dated_at(item: Item, zone: ZoneInfo) -> datetime:
    """Return when an item was published or quoted, or else fetched; days begin in `zone`."""
    time = datetime.fromisoformat(str(item.dated or item.fetched_at))
    return time if time.tzinfo else time.replace(tzinfo=zone)


def printed_time(item: Item, zone: ZoneInfo) -> str:
    """Return an item's day, or its time in UTC: ``2026-11-20 15:17 UTC``."""
    if item.dated and len(item.dated) == 10:
        return item.dated
    return f"{dated_at(item, zone).astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def instrument_line(instrument: Instrument) -> str:
    """Return an instrument in one line.

    >>> instrument_line(Instrument(name="Muster AG", kind="stock", page="muster", wkn="0JJMY0"))
    'Muster AG  stock  muster  0JJMY0'
    """
    names = ("name", "kind", "page", "isin", "wkn", "symbol")
    return "  ".join(value for name in names if (value := getattr(instrument, name)))


def item_line(item: Item, zone: ZoneInfo) -> str:
    """Return an item in one line, with its time in UTC; times without a zone are in `zone`.

    >>> from finnews.items import Rating
    >>> rating = Rating(firm="Musterbank", rating="Buy", date_published="2026-11-20")
    >>> item_line(rating, ZoneInfo("Europe/Berlin"))
    '2026-11-20             rating   Musterbank  Buy'
    """
    text = "  ".join(part for part in item.line_parts() if part)
    return f"{printed_time(item, zone):<22} {type(item).__name__.lower():<8} {text}"


def _mentioning(archive: Archive, item_class: type[Item], key: str) -> Iterator[Item]:
    """Yield the items that mention an instrument: from the index, or by reading all of a class."""
    if item_class.is_of_instrument:
        return archive.about(item_class, key)
    return (item for item in archive.all_of(item_class) if item.mentions(key))
