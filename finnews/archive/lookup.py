"""What an archive knows of an instrument, newest first, for a person or a program to read."""

from collections.abc import Iterator
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from finnews.archive import Archive
from finnews.items import ITEM_CLASSES, Instrument, Item, Kind, instrument_key


def instruments(archive: Archive, name: str) -> list[Instrument]:
    """Return the instruments that a page name, an ISIN or a WKN stands for.

    A page name can be that of a share and of an index.
    """
    numbers = [f"isin:{name.upper()}", f"wkn:{name.upper()}"]
    pages = [str(instrument_key(kind, name)) for kind in get_args(Kind)]
    found = (archive.find(Instrument, key) for key in (*pages, *numbers))
    unique = {one.keys[0]: one for one in found if one}
    return list(unique.values())


def known(archive: Archive, instrument: Instrument, zone: ZoneInfo) -> list[Item]:
    """Return all that is reported and about an instrument or mentions it, newest first.

    What is dated without a zone, as a day is, is of the `zone`.
    """
    key = str(instrument.instrument())
    kinds = (item_class for item_class in ITEM_CLASSES if item_class.is_reported)
    items = (item for item_class in kinds for item in _mentioning(archive, item_class, key))
    return sorted(items, key=lambda item: moment(item, zone), reverse=True)


def moment(item: Item, zone: ZoneInfo) -> datetime:
    """Return when a record was: when it was published or quoted, else when it was fetched."""
    at = datetime.fromisoformat(str(item.dated or item.fetched_at))
    return at if at.tzinfo else at.replace(tzinfo=zone)


def heading(instrument: Instrument) -> str:
    """Return an instrument in one line.

    >>> heading(Instrument(name="Muster AG", kind="stock", page="muster", isin="DE0001234563"))
    'Muster AG  stock  muster  DE0001234563'
    """
    names = ("name", "kind", "page", "isin", "wkn", "symbol")
    return "  ".join(said for name in names if (said := getattr(instrument, name)))


def told(item: Item, zone: ZoneInfo) -> str:
    """Return an item in one line, in the time of a zone.

    >>> from finnews.items import Rating
    >>> rating = Rating(firm="Musterbank", rating="Buy", date_published="2026-11-20")
    >>> told(rating, ZoneInfo("Europe/Berlin"))
    '2026-11-20        rating   Musterbank  Buy'
    """
    form = "%Y-%m-%d      " if item.dated and len(item.dated) == 10 else "%Y-%m-%d %H:%M"
    when = f"{moment(item, zone).astimezone(zone):{form}}"
    said = "  ".join(part for part in item.line_parts() if part)
    return f"{when:<17} {type(item).__name__.lower():<8} {said}"


def _mentioning(archive: Archive, item_class: type[Item], key: str) -> Iterator[Item]:
    """Yield the items of a kind that mention an instrument; the index knows those about it."""
    if item_class.is_of_instrument:
        return archive.about(item_class, key)
    return (item for item in archive.all_of(item_class) if item.mentions(key))
