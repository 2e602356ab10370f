"""The box of quotes in an article ("Werte in diesem Artikel") or study ("Aktie in …")."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from parsel import Selector

from finnews.instrument_paths import InstrumentPath, is_unknown
from finnews.items import NAMESPACES, Kind, NamedInstrument, Quote, Rejection, Source
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page, without_query
from finnews.pages.parts.box_cells import grouped_cells
from finnews.pages.parts.box_parts import prices_beside_cells
from finnews.pages.parts.box_rows import BoxRow, own_rows
from finnews.pages.parts.boxes import boxes
from finnews.pages.parts.changes import add_changes, amounts, has_two_prices
from finnews.pages.parts.link_names import name_of_link
from finnews.pages.visible import text_of
from finnews.processors import has_digit, notation
from finnews.processors.texts import LOST
from finnews.site import DecimalMark

__all__ = ["BoxRow", "box_quotes", "box_rows", "named_instrument", "named_instruments"]


def box_rows(page: Page, article: Selector) -> list[BoxRow]:
    """Return the rows of the box; an empty list if the article has none.

    A box without a row that is understood is a doubt; so is one under an unknown heading. An ISIN
    or a name that two securities have is that of neither.
    """
    rows: dict[tuple[str, ...], BoxRow] = {}
    for box in boxes(page, article):
        cells = list(grouped_cells(page, box))
        if not any(row.values for row in cells) and has_digit(text_of(box)):
            page.doubt("price", "unreadable", text_of(box))
        for text in prices_beside_cells(page, box):
            page.doubt("price", "unreadable", text)
        for row in own_rows(page, cells):
            rows.setdefault((row.name, row.href, row.printed), row)
    return _without_shared_names(page, _without_shared_isin(page, list(rows.values())))


def _without_shared_names(page: Page, rows: list[BoxRow]) -> list[BoxRow]:
    """Return the rows without the name that several securities have."""
    papers = {(row.name, row.paper) for row in rows if row.name and row.paper}
    times = Counter(name for name, _ in papers)
    shared = {name for name in times if times[name] > 1}
    for name in sorted(shared):
        page.doubt("name", "contradiction", name)
    return [row._replace(name="") if row.name in shared else row for row in rows]


def _without_shared_isin(page: Page, rows: list[BoxRow]) -> list[BoxRow]:
    """Return the rows without an ISIN that several have; it stays that of the page named by it."""
    papers = {(row.isin, row.paper) for row in rows if row.isin}
    times = Counter(isin for isin, _ in papers)
    shared = {isin for isin in times if times[isin] > 1}
    for isin in sorted(filter(None, shared)):
        page.doubt("isin", "contradiction", isin)
    return [
        row._replace(isin=row.paper.isin if row.paper else None) if row.isin in shared else row
        for row in rows
    ]


def named_instruments(page: Page, rows: list[BoxRow]) -> Iterator[NamedInstrument]:
    """Yield the instruments in the box."""
    for row in rows:
        if row.paper:
            yield _named(page, row.paper._replace(isin=row.isin), row.name or None, row.href)


def named_instrument(page: Page, text: str, href: str) -> NamedInstrument | None:
    """Return the instrument to whose page a link leads; its name is the text, if that is one.

    A link that may lead to one, or to a list, is a doubt.
    """
    paper = page.instrument_path(href)
    path = page.site.path_of(page.absolute_url(href)) or ""
    if paper is None and is_unknown(path):
        page.doubt("page", "unreadable", path)
    return _named(page, paper, name_of_link(text, paper.page), href) if paper else None


def box_quotes(page: Page, rows: list[BoxRow], source: Source) -> Iterator[Quote | Rejection]:
    """Yield a quote for each row with a price.

    Rows of currencies have English numbers, others German ones (seen 2026-10), so the rows of each
    kind decide together. A price that is malformed or ambiguous is a rejection
    ``unreadable-price``, one without a security ``no-instrument``. Two prices of one security, or
    two amounts of which each can be its price, are a doubt.
    """
    marks = _marks(rows)
    prices = {(row.paper, row.printed) for row in rows if has_digit(row.printed)}
    times = Counter(paper for paper, _ in prices)
    for row in rows:
        if not has_digit(row.printed):
            page.stats.note("passed", "box row without price")
        elif row.paper is None:
            yield page.rejection("no-instrument", ["page"], name=row.name, printed=row.printed)
        elif times[row.paper] > 1:
            page.doubt("price", "contradiction", f"{row.name} {row.printed}")
        elif has_two_prices(row.price, row.change, marks[row.paper.kind], len(row.cells)):
            page.doubt("price", "ambiguous", f"{row.name} {row.printed}")
        else:
            loader = _loader(page, row, source, marks[row.paper.kind])
            yield page.quote(loader, name=row.name, page=row.paper.page, printed=row.printed)


def _marks(rows: list[BoxRow]) -> dict[Kind, DecimalMark | None]:
    """Return the decimal mark of the rows of each kind; ``None`` if they do not agree.

    Coins and currencies stand in one part of the box.
    """
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.paper:
            parts[_part_of(row.paper.kind)] += [row.price, *(amounts(row.change) or ())]
    marks = {part: notation(of_part) for part, of_part in parts.items()}
    return {row.paper.kind: marks[_part_of(row.paper.kind)] for row in rows if row.paper}


def _part_of(kind: Kind) -> str:
    return NAMESPACES.get(kind, kind)


def _loader(page: Page, row: BoxRow, source: Source, mark: DecimalMark | None) -> QuoteLoader:
    paper = row.paper._replace(isin=row.isin) if row.paper else None
    identity = paper._asdict() if paper else {}
    loader = page.loader(QuoteLoader, row.cells[0], source=source, name=row.name, **identity)
    loader.context["mark"] = mark
    loader.add_price(row.price)
    add_changes(page, loader, row.change, row.cells)
    return loader


def _named(page: Page, paper: InstrumentPath, name: str | None, href: str) -> NamedInstrument:
    if name and LOST in name:
        page.doubt("name", "unreadable", name)
        name = None
    url = page.site.own_address(without_query(page.absolute_url(href)))
    address = url + "".join(paper.page.partition("?")[1:])
    return NamedInstrument(name, paper.kind, paper.page, address, paper.isin, paper.wkn)
