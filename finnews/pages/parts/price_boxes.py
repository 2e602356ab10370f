"""The quotes on a stock's page: a box for each exchange, and the snapshot at the top."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from parsel import Selector

from finnews.items import Quote, Rejection
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page
from finnews.pages.rules import labels
from finnews.pages.visible import text_of
from finnews.processors import amount, german_time, is_given, iso_time
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
    """The price at the top of the page, as printed; a rejection shows it under these names."""

    price: str
    change: str
    percent: str
    at: str


class PriceBox(NamedTuple):
    """The prices on an exchange, as printed."""

    table: Selector
    exchange: str | None
    rows: dict[str, str]
    """``Kurs`` → ``361,95 EUR``"""

    @property
    def time(self) -> str:
        """The time and date, as printed."""
        texts = (self.rows.get(label, "") for label in ("Kurszeit", "Kursdatum"))
        return " ".join(filter(is_given, texts))


def stock_quotes(
    page: Page, stock: dict[str, Any], exchange: str | None
) -> Iterator[Quote | Rejection]:
    """Yield a quote, or a rejection, for each box with a price.

    `exchange` is that of a page for one exchange. The snapshot completes the quote of the box with
    the same price and time; if no box or several boxes match, it is a quote of its own.
    """
    boxes = list(_boxes(page, exchange))
    snapshot = _snapshot(page)
    matching = [box for box in boxes if snapshot and _matches(snapshot, box, page.site)]
    for box in boxes:
        loader = _box_loader(page, stock, box)
        if snapshot and matching == [box]:
            _add_snapshot(loader, snapshot)
        yield page.quote(loader, **stock, printed=box.rows)
    if snapshot and len(matching) != 1:
        loader = page.loader(QuoteLoader, page.root, source="stock", **stock)
        _add_exchange(loader, exchange)
        loader.add_price(snapshot.price)
        _add_snapshot(loader, snapshot)
        yield page.quote(loader, **stock, printed=snapshot._asdict())


def _boxes(page: Page, exchange: str | None) -> Iterator[PriceBox]:
    for table in page.css("table.table--headline-first-col"):
        cells_by_row = (page.css("td, th", row) for row in page.css("tr", table))
        pairs = (map(text_of, cells) for cells in cells_by_row if len(cells) == 2)
        rows = {label.rstrip(":"): value for label, value in pairs}
        page.stats.count_headers(_PRICE_LABELS, rows)
        if _DIGIT.search(rows.get("Kurs", "")):
            yield PriceBox(table, _tab_title(page, table) or exchange, rows)
        else:
            page.stats.note("passed", "box without price")


def _tab_title(page: Page, table: Selector) -> str | None:
    """Return the title of the tab that a box is in: its exchange."""
    tab = page.xpath(_TAB, table).get()
    return text_of(page.xpath(_TAB_TITLE, table, tab=tab)) if tab else None


def _snapshot(page: Page) -> Snapshot | None:
    values = page.css(".snapshot__values")[:1]
    if not values:
        return None
    price = text_of(page.css(".snapshot__value-current", values[0]))
    change = text_of(page.css(".snapshot__value-absolute", values[0]))
    percent = text_of(page.css(".snapshot__value-relative", values[0]))
    parts = page.css(".snapshot__time")
    times = (page.css("time::attr(datetime)", part).get() for part in parts)
    at = next(filter(None, times), "")
    return Snapshot(price, change, percent, at) if _DIGIT.search(price) else None


def _matches(snapshot: Snapshot, box: PriceBox, site: Site) -> bool:
    """Return whether both have the same price, and the same minute if both have a time."""
    price = amount(snapshot.price, site.mark)
    times = (iso_time(snapshot.at, site.zone), german_time(box.time, site.zone))
    minutes = {time[: len("2026-11-27T09:00")] for time in times if time}
    is_same_price = price is not None and price == amount(box.rows["Kurs"], site.mark)
    return is_same_price and len(minutes) < 2


def _box_loader(page: Page, stock: dict[str, Any], box: PriceBox) -> QuoteLoader:
    loader = page.loader(QuoteLoader, box.table, source="stock", **stock)
    _add_exchange(loader, box.exchange)
    loader.add_price(box.rows["Kurs"])
    values = list(_by_single_label(box.rows))
    page.stats.count_headers((*_LABELS, *_TIME_LABELS), {label for label, _ in values})
    for label, value in values:
        for rule in _LABELS:
            if rule.text == label:
                loader.add_value(rule.field, value)
    loader.add_value("quoted_at", box.time)
    return loader


def _add_exchange(loader: QuoteLoader, exchange: str | None) -> None:
    loader.add_value("exchange", exchange)
    loader.add_value("mic", exchange)


def _by_single_label(rows: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield labels and values, double rows split: ``Eröffnung / Vortag`` = ``a / b`` is two."""
    for label, value in rows.items():
        values = _SLASH.split(value.replace("n/a", "-"))
        yield from zip(_SLASH.split(label), values, strict=False)


def _add_snapshot(loader: QuoteLoader, snapshot: Snapshot) -> None:
    loader.add_value("change", snapshot.change)
    loader.add_value("change_percent", snapshot.percent)
    loader.add_value("quoted_at", snapshot.at)
