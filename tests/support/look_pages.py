"""Pages over archives that a test makes by hand: their items, their tables, their documents."""

import json as standard
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from parsel import Selector

from finnews.archive import Archive
from finnews.items import Article, Instrument, Item, NamedInstrument, Quote, Rating
from finnews.look.links import Links, OnServer
from finnews.look.live_tables import LiveTables
from finnews.look.model import Page, Row
from finnews.look.reading import Shown, shown
from finnews.look.registry import answer
from finnews.look.rendering import html, json

FETCHED = "2026-11-27T20:00:00+00:00"
SITE = "https://www.finanzen.net"
NONE: Mapping[str, str] = {}

Share = NamedInstrument | str


def archived(directory: Path, items: Iterable[Item]) -> Path:
    """Archive items, and return the directory."""
    with Archive(directory) as archive:
        for item in items:
            archive.add(item)
    return directory


def price(at: str | None, value: str = "10", page: str = "muster", **values: Any) -> Quote:
    """Return a price of a share in euros in Stuttgart, at a time or on a day."""
    known = {"currency": "EUR", "exchange": "Stuttgart", "kind": "stock", "source": "stock"}
    known |= {"fetched_at": FETCHED, "name": page.title(), "url": f"{SITE}/aktien/{page}-aktie"}
    return Quote(page=page, price=Decimal(value), quoted_at=at, **{**known, **values})


def article(at: str, *papers: Share, number: int = 1, **values: Any) -> Article:
    """Return an article of a time or a day about shares."""
    named = [
        NamedInstrument(paper.title(), "stock", paper) if isinstance(paper, str) else paper
        for paper in papers
    ]
    known: dict[str, Any] = {
        "fetched_at": FETCHED,
        "headline": f"Meldung {number}",
        "id": str(number),
    }
    known |= {"url": f"{SITE}/nachricht/aktien/meldung-{number}", "instruments": named}
    return Article(date_published=at, **{**known, **values})


def study(at: str, firm: str = "Musterbank", number: int = 1, **values: Any) -> Rating:
    """Return a study of a share that a house calls a buy, of a time or a day."""
    known = {"fetched_at": FETCHED, "page": "muster", "name": "Muster", "id": str(number)}
    known |= {"url": f"{SITE}/analyse/muster_{number}", "rating": "Buy", "verdict": "buy"}
    known |= {"currency": "EUR"}
    if "price_target" in values:
        values["price_target"] = Decimal(values["price_target"])
    return Rating(date_published=at, firm=firm, **{**known, **values})


def registered(page: str, **values: Any) -> Instrument:
    """Return a share of the register."""
    known = {"kind": "stock", "name": page.title(), "fetched_at": FETCHED}
    return Instrument(page=page, url=f"{SITE}/aktien/{page}-aktie", **{**known, **values})


def page_at(
    tables: LiveTables,
    address: str,
    arguments: Mapping[str, str] = NONE,
    links: Links | None = None,
) -> Page:
    """Return the page at an address, which can be written as a document and as JSON."""
    page = answer(tables, address, arguments)
    assert isinstance(page, Page), page
    html(page, tables, links or OnServer(), arguments).encode()
    json(page, tables, arguments)
    return page


def document(tables: LiveTables, address: str, arguments: Mapping[str, str] = NONE) -> str:
    """Return the page at an address as a document."""
    return html(page_at(tables, address, arguments), tables, OnServer(), arguments)


def charts_of(text: str) -> dict[str, dict[str, list[Row]]]:
    """Return the rows of the tables of each chart in a document, as the script makes them."""
    return {
        figure.attrib["data-chart"]: {
            name: list(_rows(columns))
            for name, columns in standard.loads(figure.css("script::text").get() or "")[
                "datasets"
            ].items()
        }
        for figure in Selector(text).css("figure")
    }


def _rows(columns: Mapping[str, list[list[Any]]]) -> Iterator[Row]:
    values = [
        [of[0][place] for place in of[-1]] if len(of) == 2 else of[0] for of in columns.values()
    ]
    for row in zip(*values, strict=True):
        yield dict(zip(columns, row, strict=True))


def table_at(
    tables: LiveTables, address: str, name: str, arguments: Mapping[str, str] = NONE
) -> Shown:
    """Return what the page at an address shows of one of its tables."""
    (table,) = (one for one in page_at(tables, address, arguments).tables() if one.name == name)
    return shown(tables, table, arguments)


def rows_at(
    tables: LiveTables, address: str, name: str, *picked: str, **arguments: str
) -> list[tuple[Any, ...]]:
    """Return some columns of the rows that the page at an address shows of a table."""
    rows = table_at(tables, address, name, arguments).rows
    return [tuple(row[column] for column in picked) for row in rows]
