"""The quotes that crawls should write of the boxes in articles and analyses."""

from samplesite.content.collector import Row
from samplesite.content.instruments import Instrument
from samplesite.content.papers import Paper, Security
from samplesite.content.stocks import Stock

_UNITS = {"PKT": "points", "%": "percent", "GBX": "GBX"}
"""What the site prints for a unit that is no currency → the unit."""


def stock_row(stock: Stock) -> Row:
    return {
        "name": stock.name,
        "kind": "stock",
        "page": stock.page,
        "isin": stock.isin,
        "price": stock.price,
        "currency": "EUR",
        "change": stock.change,
        "change_percent": stock.percent,
        "source": "article",
    }


def instrument_row(instrument: Instrument | Paper) -> Row:
    isin, wkn = numbers_in_box(instrument)
    return {
        "name": name_in_box(instrument),
        "kind": instrument.kind,
        "page": instrument.page,
        "isin": isin,
        "wkn": wkn,
        "price": instrument.price,
        **unit_values(instrument.unit),
        "change": instrument.change,
        "change_percent": instrument.percent,
        "source": "article",
    }


def name_in_box(instrument: Security | Instrument) -> str:
    """Return the name in boxes of articles."""
    return instrument.short if isinstance(instrument, Paper) else instrument.name


def has_price_in_box(paper: Paper) -> bool:
    """Return whether boxes of articles print the price of a paper: a bond's row is empty."""
    return paper.kind != "bond"


def numbers_in_box(instrument: Security | Instrument) -> tuple[str | None, str | None]:
    """Return the ISIN and the WKN that boxes print: a share's for buying, others in addresses."""
    if isinstance(instrument, Instrument):
        return None, None
    has_isin = instrument.kind in ("stock", "etf", "fund")
    has_wkn = instrument.kind == "certificate"
    return instrument.isin if has_isin else None, instrument.wkn if has_wkn else None


def unit_values(printed: str) -> Row:
    """Return the currency of a price, or its other unit, as fields of a quote."""
    unit = _UNITS.get(printed)
    return {"currency": None if unit else printed, "unit": unit}
