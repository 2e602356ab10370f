"""The prices on a share's page: a box for each exchange, and the snapshot at the top."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from parsel import Selector

from finnews.items import Quote, Rejection
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page, text_of
from finnews.pages.parts.tables import add_texts
from finnews.pages.rules import labels
from finnews.processors import amount, german_time, iso_time
from finnews.site import Site

_SLASH = re.compile(r"\s*/\s*")
_DIGIT = re.compile(r"\d")
_TAB = "ancestor::*[@data-sg-tab-region-content][1]/@data-sg-tab-region-content"
_TAB_TITLE = "ancestor::*[@data-sg-tab-region][1]//*[@data-sg-tab-item=$tab]"
_LABELS = labels(
    open=("Eröffnung", "Eröffnungskurs"),
    previous_close=("Vortag", "Schlusskurs Vortag"),
    day_high="Tageshoch",
    day_low="Tagestief",
    volume=("Volumen (Stück)", "Tagesvolumen (Stück)", "Tagesvolumen in Stück"),
    bid="Geld",
    ask="Brief",
)
_PRICE_LABELS = labels(price="Kurs", currency="Kurs")
_TIME_LABELS = labels(quoted_at=("Kurszeit", "Kursdatum"))


class Snapshot(NamedTuple):
    """The large price at the top of the page, as printed."""

    price: str
    change: str
    percent: str
    at: str


class PriceBox(NamedTuple):
    """The prices on one exchange: ``Kurs`` → ``361,95 EUR``, as printed."""

    table: Selector
    exchange: str | None
    rows: dict[str, str]

    @property
    def at(self) -> str:
        """Its clock time and day, as printed."""
        return f"{self.rows.get('Kurszeit')} {self.rows.get('Kursdatum')}"


def share_quotes(
    page: Page, who: dict[str, Any], exchange: str | None
) -> Iterator[Quote | Rejection]:
    """Yield a quote for each box with a price; a rejection for a price that is no number.

    `exchange` is the one of the whole page, if it is a page for one. The snapshot's values belong
    to the one box that has its price and no other time; if no box has, or several have, it is a
    quote of its own.
    """
    boxes = list(_boxes(page, exchange))
    shown = _snapshot(page)
    owners = [box for box in boxes if shown and _is_of(shown, box, page.site)]
    for box in boxes:
        loader = _loaded(page, who, box)
        if shown and owners == [box]:
            _add_snapshot(loader, shown)
        yield page.quote(loader, **who, printed=box.rows)
    if shown and len(owners) != 1:
        loader = page.loader(QuoteLoader, page.root, source="stock", **who)
        _add_exchange(loader, exchange)
        loader.add_price(shown.price)
        _add_snapshot(loader, shown)
        yield page.quote(loader, **who, printed=shown._asdict())


def _boxes(page: Page, exchange: str | None) -> Iterator[PriceBox]:
    for table in page.css("table.table--headline-first-col"):
        cells = (page.css("td, th", row) for row in page.css("tr", table))
        rows = {text_of(row[0]).rstrip(":"): text_of(row[1]) for row in cells if len(row) == 2}
        page.stats.count_headers(_PRICE_LABELS, rows)
        if _DIGIT.search(rows.get("Kurs", "")):
            yield PriceBox(table, _tab_title(page, table) or exchange, rows)
        else:
            page.stats.note("passed", "box without price")


def _tab_title(page: Page, table: Selector) -> str | None:
    """Return the title of the tab in which a box stands, which is its exchange."""
    tab = page.xpath(_TAB, table).get()
    return text_of(page.xpath(_TAB_TITLE, table, tab=tab)) if tab else None


def _snapshot(page: Page) -> Snapshot | None:
    values = page.css(".snapshot__values")[:1]
    if not values:
        return None
    price = text_of(page.css(".snapshot__value-current", values[0]))
    change = text_of(page.css(".snapshot__value-absolute", values[0]))
    percent = text_of(page.css(".snapshot__value-relative", values[0]))
    times = (page.css("time::attr(datetime)", one).get() for one in page.css(".snapshot__time"))
    at = next(filter(None, times), "")
    return Snapshot(price, change, percent, at) if _DIGIT.search(price) else None


def _is_of(snapshot: Snapshot, box: PriceBox, site: Site) -> bool:
    price = amount(snapshot.price, site.mark)
    printed = (iso_time(snapshot.at, site.zone), german_time(box.at, site.zone))
    times = {at[:16] for at in printed if at}
    return price[0] is not None and price == amount(box.rows["Kurs"], site.mark) and len(times) < 2


def _loaded(page: Page, who: dict[str, Any], box: PriceBox) -> QuoteLoader:
    loader = page.loader(QuoteLoader, box.table, source="stock", **who)
    _add_exchange(loader, box.exchange)
    loader.add_price(box.rows["Kurs"])
    printed = _each_label(box.rows)
    page.stats.count_headers((*_LABELS, *_TIME_LABELS), printed)
    add_texts(loader, _LABELS, printed)
    loader.add_value("quoted_at", box.at)
    return loader


def _add_exchange(loader: QuoteLoader, exchange: str | None) -> None:
    loader.add_value("exchange", exchange)
    loader.add_value("mic", exchange)


def _each_label(rows: dict[str, str]) -> dict[str, str]:
    """Return rows with one label each: ``Eröffnung / Vortag`` = ``a / b`` are two."""
    values: dict[str, str] = {}
    for label, value in rows.items():
        parts = _SLASH.split(value.replace("n/a", "-"))
        for name, printed in zip(_SLASH.split(label), parts, strict=False):
            values.setdefault(name, printed)
    return values


def _add_snapshot(loader: QuoteLoader, snapshot: Snapshot) -> None:
    loader.add_value("change", snapshot.change)
    loader.add_value("change_percent", snapshot.percent)
    loader.add_value("quoted_at", snapshot.at)
