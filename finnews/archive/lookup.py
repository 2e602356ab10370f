"""What an archive knows of an instrument, newest first, for a person or a program to read."""

from collections.abc import Iterator
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from finnews.archive import Archive
from finnews.items import Article, Instrument, Item, Kind, Quote, Rating, instrument_key

BERLIN = ZoneInfo("Europe/Berlin")


def instruments(archive: Archive, name: str) -> list[Instrument]:
    """Return the instruments that a page name, an ISIN or a WKN stands for.

    A page name can be that of a share and of an index.
    """
    numbers = [f"isin:{name.upper()}", f"wkn:{name.upper()}"]
    pages = [str(instrument_key(kind, name)) for kind in get_args(Kind)]
    found = (archive.find(Instrument, key) for key in (*pages, *numbers))
    unique = {one.keys[0]: one for one in found if one}
    return list(unique.values())


def known(archive: Archive, instrument: Instrument) -> list[Item]:
    """Return quotes, ratings and articles about an instrument, newest first."""
    key = str(instrument.instrument())
    articles = (one for one in archive.all_of(Article) if key in _named(one))
    items = (*archive.about(Quote, key), *archive.about(Rating, key), *articles)
    return sorted(items, key=moment, reverse=True)


def moment(item: Item) -> datetime:
    """Return when a record was: when it was published or quoted, else when it was fetched."""
    printed = getattr(item, "date_published", None) or getattr(item, "quoted_at", None)
    at = datetime.fromisoformat(str(printed or item.fetched_at))
    return at if at.tzinfo else at.replace(tzinfo=BERLIN)


def heading(instrument: Instrument) -> str:
    """Return an instrument in one line.

    >>> heading(Instrument(name="Muster AG", kind="stock", page="muster", isin="DE0001234563"))
    'Muster AG  stock  muster  DE0001234563'
    """
    names = ("name", "kind", "page", "isin", "wkn", "symbol")
    return "  ".join(said for name in names if (said := getattr(instrument, name)))


def told(item: Item) -> str:
    """Return an item in one line, in the time of Berlin.

    >>> told(Rating(firm="Musterbank", rating="Buy", verdict="buy", date_published="2026-11-20"))
    '2026-11-20        rating   Musterbank  Buy'
    """
    printed = getattr(item, "date_published", None)
    form = "%Y-%m-%d      " if printed and len(printed) == 10 else "%Y-%m-%d %H:%M"
    when = f"{moment(item).astimezone(BERLIN):{form}}"
    said = "  ".join(part for part in _parts(item) if part)
    return f"{when:<17} {type(item).__name__.lower():<8} {said}"


def _parts(item: Item) -> Iterator[str | None]:
    if isinstance(item, Quote):
        change = None if item.change_percent is None else f"{item.change_percent:+} %"
        yield from (f"{item.price} {item.currency or item.unit or ''}".strip(), change)
        yield from (item.exchange, None if item.quoted_at else "(time of fetching)")
    if isinstance(item, Rating):
        target = None if item.price_target is None else f"{item.price_target}"
        yield from (item.firm, item.rating or item.verdict)
        yield f"{target} {item.currency or ''}".strip() if target else None
    if isinstance(item, Article):
        yield from (item.headline, item.url)


def _named(article: Article) -> set[str | None]:
    return {instrument_key(one.kind, one.page) for one in article.instruments or ()}
