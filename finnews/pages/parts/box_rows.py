"""The rows of the box "Werte in diesem Artikel".

A row is the name with a link, the price with its changes, links to charts and news, and perhaps
"Aktie kaufen" with the ISIN.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from parsel import Selector

from finnews.instrument_paths import InstrumentPath
from finnews.pages.base import Page
from finnews.pages.parts.box_cells import CellLink, Cells, name_in
from finnews.pages.parts.box_groups import is_of_article
from finnews.pages.parts.changes import amounts
from finnews.pages.parts.link_names import is_name
from finnews.pages.visible import text_of
from finnews.processors import has_digit, isin_of_link, line
from finnews.site import host_of

_ADVERTISING: Final = re.compile(r"\b(?:Anzeige|Werbung|[Gg]esponsert|[Ss]ponsored)\b")
_BUY: Final = re.compile(r"(?:Aktie|ETF|Fonds|Anleihe|Zertifikat) kaufen", re.IGNORECASE)
_TRADE: Final = re.compile(r"\b(?:kaufen|handeln|ordern)\b", re.IGNORECASE)
_PRODUCT: Final = re.compile(r"hebel|turbo|zertifikat|optionsschein|produkt|cfd", re.IGNORECASE)
_UNIT: Final = re.compile(r"[^\W\d_]|[%€$£]")


class BoxRow(NamedTuple):
    """An instrument in the box, as printed."""

    cells: list[Selector]
    """The cells with the price and its changes."""

    name: str
    href: str
    paper: InstrumentPath | None = None
    """The security of the site to whose page the name leads."""

    price: str = ""
    """``81,20 EUR``; ``PKT`` if there is no price."""
    change: str = ""
    """``3,40 EUR 4,37%``"""
    buy_link: str | None = None
    """The row's own link "Aktie kaufen", which has the ISIN."""
    isin: str | None = None
    """The ISIN in that link or in the link to its page, if both do not contradict each other."""

    @property
    def printed(self) -> str:
        """Price and changes."""
        return f"{self.price} {self.change}".strip()


def own_rows(page: Page, rows: Iterable[Cells]) -> Iterator[BoxRow]:
    """Yield rows, without those of advertising.

    Those of other sites, and those under a heading of others, are a doubt.
    """
    for cells in rows:
        row = _row(page, cells)
        if _is_advertising(cells.name):
            page.stats.note("passed", "box row of advertising")
        elif cells.heading and not is_of_article(cells.heading):
            page.doubt("price", "ambiguous", f"{cells.heading}: {row.name} {row.printed}")
            page.doubt("page", "ambiguous", f"{cells.heading}: {row.name} {row.href}")
        elif row.href and not page.site.has(page.absolute_url(row.href)):
            page.doubt("page", "unreadable", f"{row.name} {row.href}")
        else:
            yield row


def _row(page: Page, cells: Cells) -> BoxRow:
    is_one = len({link.paper for link in cells.papers}) == 1
    text, href = cells.papers[0][:2] if is_one else (name_in(cells.name), "")
    name = text if is_name(text) else ""
    price, change = _price_and_change([text for cell in cells.values for text in _texts(cell)])
    buy_link, isin = _buy_link(page, cells, href)
    return BoxRow(
        cells.values or [cells.name], name, href, cells.paper, price, change, buy_link, isin
    )


def _is_advertising(cell: Selector) -> bool:
    parts = (cell.root, *cell.root.iterancestors())
    is_in_container = any("ad-container" in part.get("class", "") for part in parts)
    return is_in_container or bool(_ADVERTISING.search(text_of(cell)))


def _texts(cell: Selector) -> list[str]:
    """Return the texts of a cell and of the elements in it, in their order.

    Where one is printed close behind another, ``81<b>,20</b> EUR``, they are one: its amounts.
    """
    parts = cell.xpath("text() | *")
    texts = (line(part.root) if isinstance(part.root, str) else text_of(part) for part in parts)
    given, whole = [text for text in texts if text], text_of(cell)
    return given if " ".join(given) == whole else amounts(whole) or [whole]


def _price_and_change(texts: list[str]) -> tuple[str, str]:
    """Return the price, with its unit if that is a text of its own, and what stands behind it."""
    if len(texts) == 1 and (parts := amounts(texts[0])) and _UNIT.search(parts[0]):
        texts = parts
    is_unit_next = len(texts) > 1 and not has_digit(texts[1]) and _UNIT.search(texts[1])
    split = 2 if is_unit_next and not _UNIT.search(texts[0]) else 1
    return " ".join(texts[:split]), " ".join(texts[split:])


def _buy_link(page: Page, cells: Cells, href: str) -> tuple[str | None, str | None]:
    """Return the row's own "Aktie kaufen" and its ISIN; neither if two ISINs contradict."""
    hrefs = [link.href for link in cells.links if _is_buy_link(page, link)]
    isins = {isin for isin in map(isin_of_link, (*hrefs, href)) if isin}
    isins |= {cells.paper.isin} if cells.paper and cells.paper.isin else set()
    if len(isins) > 1 or (hrefs and not isins):
        page.doubt("isin", "contradiction" if isins else "unreadable", " ".join(hrefs))
        return None, None
    others = [link.href for link in cells.links if _may_be_buy_link(page, link)]
    if others and not isins:
        page.doubt("isin", "unreadable", " ".join(others))
    return next(iter(hrefs), None), next(iter(isins), None)


def _is_buy_link(page: Page, link: CellLink) -> bool:
    return _BUY.fullmatch(link.text) is not None and _has_isin(page, link)


def _may_be_buy_link(page: Page, link: CellLink) -> bool:
    """Return whether a link may be it under other words: "Jetzt handeln"; no product's is."""
    is_trade = _TRADE.search(link.text) and not _PRODUCT.search(link.text)
    return bool(is_trade) and _has_isin(page, link)


def _has_isin(page: Page, link: CellLink) -> bool:
    """Return whether a link has an ISIN, and leads to the site or its counter of clicks."""
    if "isin=" not in link.href:
        return False
    return host_of(link.href).endswith(f".{page.site.name}") or page.site.has(link.href)
