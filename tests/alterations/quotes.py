"""Rules 5 and 6: whose the prices of a box are, and what a page says twice of them."""

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.alterations.grids import body_rows, column, tables, text
from tests.alterations.numbers import unique
from tests.alterations.ownership import element
from tests.alterations.places import of_fields, values
from tests.alterations.printed import Place, german
from tests.alterations.registry import ANY, SAME, Pick, Seen, alters
from tests.alterations.sheets import PAPERS, Sheet
from tests.alterations.tables import set_text
from tests.alterations.times import BERLIN

OTHERS = ("Wettbewerber", "Anzeige", "Produkte auf Muster", "Auch interessant", "Top-Werte")
PRICES = ("Kurs (verzögert)", "Vorbörslich", "Kurs (Indikation)", "Letzter Preis", "Taxe")
_PRICES = ("price", "previous_close", "open")
_LINK = '//a[contains(@href, "-aktie")]'
_CELL = '//div[contains(@class, "accordion__content")]//div[contains(@class, "grid__item-5")]'


class Fewer:
    """Equals a list of some of the entries, or of all, with or without their ISIN."""

    def __init__(self, before: Any) -> None:
        self.before = list(before or [])
        self.before += [entry | {"isin": None} for entry in self.before]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list) and all(entry in self.before for entry in other)

    def __hash__(self) -> int:
        return len(self.before)


FEWER = {"instruments": (Fewer,)}


def priced_cells(sheet: Sheet) -> Sequence[Any]:
    """Return the cells of prices in the box of an article, with a name before each."""
    cells = sheet.xpath(_CELL) if sheet.page_type == "article" else []
    priced = [cell for cell in cells if re.match(r"\d[\d.]*,\d\d EUR", text(cell))]
    return [cell for cell in priced if cell.xpath("preceding-sibling::div[1]" + _LINK)]


@alters(priced_cells)
def a_heading_of_others_in_a_box(cell: Any, pick: Pick) -> Seen:
    name = cell.getprevious()
    form = pick(('<div class="grid__item-12 h4">{}</div>', "<h3>{}</h3>", "<div>{}</div>"))
    name.addprevious(element(form.format(pick(OTHERS))))
    return Seen(shown=FEWER, due=frozenset({"price"}))


@alters(priced_cells)
def a_line_between_a_name_and_its_price(cell: Any, _pick: Pick) -> Seen:
    cell.addprevious(element('<hr class="grid__item-12 separator">'))
    return Seen(shown=FEWER, due=frozenset({"price"}))


@alters(priced_cells)
def a_previous_close_in_front_of_a_price(cell: Any, pick: Pick) -> Seen:
    price = re.match(r"\d[\d.]*,\d\d EUR", text(cell))
    assert price
    rest = pick(("", " 4,37%", " 3,40 EUR 4,37%"))
    for part in list(cell):
        cell.remove(part)
    cell.text = f"{price[0]} {price[0]}{rest}"
    return Seen(due=frozenset({"price"}))


def prices(sheet: Sheet) -> list[Place]:
    """Return the prices that a page prints once."""
    return unique(of_fields(*_PRICES)(sheet))


@alters(prices)
def a_price_of_zero(place: Place, _pick: Pick) -> Seen:
    old = place.number
    place.print(f"0,00 {place.unit}".strip())
    return Seen(void={place.field: old})


def _has_own_tables(sheet: Sheet) -> bool:
    """Return whether a page has the tables of its share alone, not those of others."""
    usual = {"venues": 3, "events": 2}
    return len(sheet.xpath("//table")) == usual.get(sheet.page_type)


def ranged_rows(sheet: Sheet) -> Sequence[Place]:
    """Return the ranges of the day beside a price."""
    found = of_fields("day_low")(sheet) if _has_own_tables(sheet) else []
    return [place for place in found if _is_own(sheet, place.node.xpath("ancestor::tr[1]")[0])]


@alters(ranged_rows)
def a_range_that_leaves_its_price_out(place: Place, pick: Pick) -> Seen:
    low = pick((Decimal("0.01"), Decimal("99999.00")))
    place.print(f"{german(low)} - {german(low + Decimal('0.01'))}")
    return Seen(void={"day_low": ANY})


def timed_rows(sheet: Sheet) -> Sequence[Any]:
    """Return the rows of venues that print a clock and a day."""
    is_of_venues = sheet.page_type == "venues" and _has_own_tables(sheet)
    found = tables(sheet) if is_of_venues else []
    rows = [(table, row) for table in found for row in body_rows(table)]
    return [
        (row[clock], row[day])
        for table, row in rows
        if (clock := column(table, "Zeit")) is not None
        and (day := column(table, "Datum")) is not None
        and re.fullmatch(r"\d\d:\d\d:\d\d", text(row[clock]))
        and re.fullmatch(r"\d\d\.\d\d\.\d{4}", text(row[day]))
        and _is_own(sheet, row)
    ]


def _is_own(sheet: Sheet, row: Any) -> bool:
    share = sheet.url.rpartition("/")[2]
    has_price = bool(re.match(r"\d[\d.,]* [A-Z]{3}$", text(row[1])))
    hrefs = row.xpath(".//a/@href")
    return has_price and bool(hrefs) and all(f"/{share}-" in href for href in hrefs)


@alters(timed_rows)
def a_clock_that_is_turned(cells: Any, pick: Pick) -> Seen:
    clock, day = cells
    set_text(clock, "02:30:00")
    set_text(day, pick(("25.10.2026", "29.03.2026")))
    return Seen(void={"quoted_at": ANY})


@alters(timed_rows)
def a_day_to_come(cells: Any, _pick: Pick) -> Seen:
    tomorrow = datetime.now(BERLIN) + timedelta(days=1)
    set_text(cells[0], "23:59:59")
    set_text(cells[1], f"{tomorrow:%d.%m.%Y}")
    return Seen(void={"quoted_at": ANY})


def repeated_prices(sheet: Sheet) -> Sequence[Place]:
    """Return the prices and earnings in rows of venues and calendars."""
    places = values(sheet) if sheet.page_type in ("venues", "events") else []
    fields = ("price", "eps_estimate", "eps_actual")
    in_rows = [place for place in places if place.node.xpath("ancestor-or-self::td")]
    of_fields = [place for place in in_rows if place.field in fields and place.number > 1]
    return of_fields if _has_own_tables(sheet) else []


@alters(repeated_prices)
def a_row_twice_with_another_price(place: Place, _pick: Pick) -> Seen:
    row = place.node.xpath("ancestor::tr[1]")[0]
    row.addnext(deepcopy(row))
    old = place.number
    place.print(f"{german(place.number * 2)} {place.unit}".strip())
    return Seen(void={place.field: old}, added=[{"type": "Event"}])


def price_rows(sheet: Sheet) -> Sequence[Any]:
    """Return the rows of prices in boxes that are read."""
    rows = sheet.xpath('//table[contains(@class, "headline-first-col")]//tr[count(*)=2]')
    is_paper = sheet.page_type in PAPERS
    named = [row for row in rows if "Aktueller Kurs für Stuttgart" in _heading(row)]
    return [row for row in named if is_paper and _is_price(row)]


def _is_price(row: Any) -> bool:
    return re.fullmatch(r"Kurs:?", text(row[0])) is not None and text(row[1])[:1].isdigit()


def _heading(row: Any) -> str:
    return " ".join(map(text, row.xpath("preceding::h2[1]")))


@alters(price_rows)
def an_amount_under_an_unknown_label(row: Any, pick: Pick) -> Seen:
    other = deepcopy(row)
    set_text(other[0], pick(PRICES))
    set_text(other[1], "123,45 EUR")
    row.addnext(other)
    return Seen(due=frozenset({"price"}))


@alters(price_rows)
def a_row_with_the_number_of_another(row: Any, _pick: Pick) -> Seen:
    other = deepcopy(row)
    set_text(other[0], "ISIN")
    set_text(other[1], "US88160R1014")
    row.addnext(other)
    return Seen(due=frozenset({"price"}), gone=frozenset({"volume", "previous_close"}))


def badges(find: Callable[[Sheet], Sequence[Any]]) -> Callable[[Sheet], Sequence[Any]]:
    """Return a function that finds the badge bars of pages whose address has no ISIN."""
    return lambda sheet: find(sheet) if sheet.page_type == "stock" else []


@alters(
    badges(lambda sheet: sheet.xpath('//div[@class="snapshot__badge-bar"][contains(., "DE0")]'))
)
def a_link_to_the_watch_list_of_another(bar: Any, _pick: Pick) -> Seen:
    href = "/depot/watchlist.asp?isisin=US88160R1014&amp;inTyp=1"
    bar.addprevious(element(f'<a class="snapshot__depot-add" href="{href}">+</a>'))
    return Seen(void={"isin": ANY})


def members(sheet: Sheet) -> Sequence[Any]:
    """Return the rows of an index's members that have a cell behind the name."""
    rows = sheet.xpath("//tr[td[2]]") if sheet.page_type == "index_members" else []
    return [row for row in rows if row.xpath('td[1]//a[contains(@href, "/aktien/")]')]


@alters(members)
def another_stock_in_a_row_of_a_member(row: Any, _pick: Pick) -> Seen:
    row[-1].append(element('<a href="/aktien/rivale-aktie">Rivale</a>'))
    return SAME
