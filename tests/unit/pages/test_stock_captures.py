"""Captured pages of shares and studies read to the values that a person reads on them."""

from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finnews.items import Event, Item, Quote, Rating
from finnews.pages import page_type
from finnews.pages.base import Page

SITE = "https://www.finanzen.net"
EVENT = ("event", "period", "date", "eps_estimate", "eps_actual")
RBC = "/analyse/saint_gobain_outperform-rbc_capital_markets_1096443"

# Börse, MIC, Letzter, Währung, Vortag, +/-, %, Tief, Hoch, Volumen, Zeit
GERMAN = (
    "Stuttgart XSTU 159.00 EUR 157.10 1.90 1.21 152.80 159.00 22631 31T21:57:30",
    "Düsseldorf XDUS 155.84 EUR 154.92 0.92 0.59 155.14 156.00 85 31T09:43:29",
    "Hamburg XHAM 158.36 EUR 156.22 2.14 1.37 154.44 158.36 549 31T18:04:04",
    "Hannover XHAN 155.42 EUR 154.98 0.44 0.28 155.42 155.66 100 31T12:13:07",
    "München XMUN 158.22 EUR 156.40 1.82 1.16 154.92 158.22 1151 31T19:00:03",
    "XETRA XETR 157.68 EUR 155.92 1.76 1.13 153.60 158.26 3541483 31T17:38:08",
    "Frankfurt XFRA 159.20 EUR 156.44 2.76 1.76 152.92 159.20 5851 31T21:59:14",
    "gettex MUND 159.62 EUR 157.24 2.38 1.51 152.74 159.84 59757 31T22:52:40",
    "Quotrix XQTX 158.80 EUR 157.18 1.62 1.03 152.74 158.92 12592 31T21:42:57",
    "Tradegate XGAT 159.40 EUR 157.30 2.10 1.34 152.92 159.70 145822 31T21:59:51",
)
OFF_EXCHANGE = (
    "Baader_Bank None 159.16 EUR 156.66 2.50 1.60 152.94 159.58 None 31T22:20:29",
    "Lang_und_Schwarz None 159.80 EUR 158.68 1.12 0.71 158.14 159.80 441 02T18:33:03",
)
FOREIGN = (
    "Bulgarien XBUL 157.30 EUR 156.88 0.42 0.27 None None None 31T16:00:01",
    "NASDAQ_OTC OTCM 184.00 USD 181.17 2.83 1.56 178.22 184.00 78373 31T23:20:00",
    "BX_SWISS XBRN 146.23 CHF 144.74 1.50 1.04 142.73 146.23 117 31T18:00:02",
    "Wien XWBO 155.06 EUR 157.00 -1.94 -1.24 153.86 156.36 85 31T17:50:05",
    "L&S_Exchange HAML 157.96 EUR 156.18 1.78 1.14 None None None 31T22:49:06",
    "SIX_Swiss_Exchange XSWX 142.90 CHF 149.00 -6.10 -4.09 None None None 31T17:30:00",
)
COLUMNS = (
    *("exchange", "mic", "price", "currency", "previous_close", "change", "change_percent"),
    *("day_low", "day_high", "volume", "quoted_at"),
)
DAYS = {"31": "2026-07-31", "02": "2026-08-02"}

TARGETS = (
    ("1094860", "Jefferies & Company Inc.", "buy", "210.00", "31.91", "2026-07-28"),
    ("1094364", "JP Morgan Chase & Co.", "hold", "175.00", "9.92", "2026-07-27"),
    ("1094360", "Goldman Sachs Group Inc.", "buy", "215.00", "35.05", "2026-07-27"),
    ("1094350", "UBS AG", "buy", "164.00", "3.02", "2026-07-27"),
    (
        "1094344",
        "Joh. Berenberg, Gossler & Co. KG (Berenberg Bank)",
        "buy",
        "205.00",
        "28.77",
        "2026-07-27",
    ),
    ("1094019", "DZ BANK", "sell", None, None, "2026-07-24"),
    ("1093987", "Deutsche Bank AG", "buy", "200.00", "25.63", "2026-07-24"),
    ("1077876", "Barclays Capital", "buy", "220.00", "38.19", "2026-05-05"),
)


def captured(captures: Path, name: str, path: str) -> Page:
    """Return a captured page, as if the site had just answered it."""
    found = page_type(SITE + path)
    assert found
    return found(SITE + path, (captures / name).read_text("utf-8"))


def printed(item: Item, *names: str) -> tuple[str | None, ...]:
    """Return fields of an item as text, with all digits of its numbers."""
    values = [getattr(item, name) for name in names]
    return tuple(None if value is None else str(value) for value in values)


def given(item: Item) -> dict[str, Any]:
    """Return the fields of an item that have a value."""
    values = {field.name: getattr(item, field.name) for field in fields(item)}
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize(
    ("segment", "rows"), [("german", GERMAN), ("off-exchange", OFF_EXCHANGE), ("foreign", FOREIGN)]
)
def test_every_row_of_the_exchanges_is_read_in_every_column(
    segment: str, rows: tuple[str, ...], captures: Path
) -> None:
    """The 18 rows of three tables give prices, currency, change, range, volume and time."""
    page = captured(captures, "venues-2026-08-02-sap.html", "/boersenplaetze/sap")
    quotes = [item for item in page.items() if isinstance(item, Quote) and item.segment == segment]
    printed_rows = [
        " ".join(word.replace(" ", "_") for word in map(str, _row(quote))) for quote in quotes
    ]
    assert printed_rows == [_with_day(row) for row in rows]


def test_the_exchanges_are_of_one_share(captures: Path) -> None:
    """The page gives nothing else: no rejection, no ISIN, no opening price."""
    page = captured(captures, "venues-2026-08-02-sap.html", "/boersenplaetze/sap")
    items = list(page.items())
    of_the_share = {
        "url": f"{SITE}/boersenplaetze/sap",
        "name": "SAP SE",
        "kind": "stock",
        "page": "sap",
        "price_type": "trade",
        "source": "venues",
    }
    assert len(items) == 18
    assert all(of_the_share.items() <= given(item).items() for item in items)
    others = {*COLUMNS, *of_the_share, "segment"}
    assert {name for item in items for name in given(item)} == others


def test_a_venue_without_mic_can_be_known(captures: Path) -> None:
    """The two brokers, for whose prices no MIC is certain, are no unknown words."""
    page = captured(captures, "venues-2026-08-02-sap.html", "/boersenplaetze/sap")
    names = {item.exchange for item in page.items() if isinstance(item, Quote) and not item.mic}
    assert names == {"Baader Bank", "Lang und Schwarz"}
    assert page.stats.words == {}


def test_every_row_of_the_price_targets_is_read(captures: Path) -> None:
    """Eight firms come in the order of the table; sector and history are left out."""
    page = captured(captures, "price-targets-2026-08-02-sap.html", "/kursziele/sap")
    items = list(page.items())
    names = ("id", "firm", "verdict", "price_target", "upside_percent", "date_published")
    assert [printed(item, *names) for item in items] == list(TARGETS)
    assert {printed(item, "name", "page", "rating") for item in items} == {("SAP", "sap", None)}
    assert [printed(item, "currency")[0] for item in items] == ["EUR"] * 5 + [None] + ["EUR"] * 2


def test_the_price_targets_lead_to_the_analyses(captures: Path) -> None:
    """Each row gives one link, in their order."""
    page = captured(captures, "price-targets-2026-08-02-sap.html", "/kursziele/sap")
    links = [link.url for link in page.links()]
    assert [link.rpartition("_")[2] for link in links] == [row[0] for row in TARGETS]
    assert links[5] == f"{SITE}/analyse/sap_se_verkaufen-dz_bank_1094019"


def test_the_analysis_is_read_in_full(captures: Path) -> None:
    """Every cell of its summary, its time, its text and its action are read."""
    page = captured(captures, "analysis-2026-08-02-saint-gobain.html", RBC)
    rating = next(item for item in page.items() if isinstance(item, Rating))
    assert rating.text
    assert printed(rating, *(name for name in given(rating) if name != "text")) == (
        SITE + RBC,
        "1096443",
        "Saint-Gobain S.A. (Compagnie de Saint-Gobain)",
        "saint-gobain",
        "FR0000125007",
        "RBC Capital Markets",
        "Oliver Dyson",
        "Outperform",
        "buy",
        "Outperform",
        "maintained",
        "97.00",
        "95",
        "EUR",
        "81.56",
        "18.93",
        "94.78",
        "2026-07-31T20:28:00+02:00",
    )


def test_the_text_of_the_analysis_is_the_study_alone(captures: Path) -> None:
    """Dateline, sign-off, time stamp and legal notice are no part of it."""
    page = captured(captures, "analysis-2026-08-02-saint-gobain.html", RBC)
    rating = next(item for item in page.items() if isinstance(item, Rating))
    assert rating.text == page.text.split("(dpa-AFX Analyser) - ")[1].split("/rob/tih/he")[0]


def test_the_box_of_the_analysis_is_a_quote(captures: Path) -> None:
    """It has the share's price in German notation and the ISIN of the link "Aktie kaufen"."""
    page = captured(captures, "analysis-2026-08-02-saint-gobain.html", RBC)
    quotes = [item for item in page.items() if isinstance(item, Quote)]
    assert [given(quote) for quote in quotes] == [
        {
            "url": SITE + RBC,
            "name": "Saint-Gobain S.A. (Compagnie de Saint-Gobain)",
            "kind": "stock",
            "page": "saint-gobain",
            "isin": "FR0000125007",
            "price": Decimal("81.20"),
            "currency": "EUR",
            "change": Decimal("3.40"),
            "change_percent": Decimal("4.37"),
            "source": "analysis",
        }
    ]


def _row(quote: Quote) -> tuple[str | None, ...]:
    return printed(quote, *COLUMNS)


def _with_day(row: str) -> str:
    values, _, at = row.rpartition(" ")
    day, clock = at.split("T")
    return f"{values} {DAYS[day]}T{clock}+02:00"


def test_the_events_of_a_share_are_read_with_their_estimates(captures: Path) -> None:
    """Five are to come, of which four have an estimated day; twelve are past."""
    page = captured(captures, "events-2026-08-02-sap.html", "/termine/sap")
    events = [item for item in page.items() if isinstance(item, Event)]
    assert [printed(events[at], *EVENT) for at in (0, 6, -1)] == [
        ("Quartalszahlen", "Q3 2026", "2026-10-21", "1.8299", None),
        ("Hauptversammlung", "FY 2025", "2026-05-05", None, "6.1400"),
        ("Hauptversammlung", "FY 2023", "2024-05-15", None, "5.2600"),
    ]
    assert [event.is_estimated for event in events] == [False, *[True] * 4, *[False] * 12]
    assert {(event.name, event.page, event.currency) for event in events} == {("SAP", "sap", "EUR")}
