"""The ticker, the snapshot and the boxes of a paper's page: each price has its own exchange."""

import re
from collections.abc import Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any

from tests.alterations.grids import text, text_slots
from tests.alterations.ownership import element
from tests.alterations.places import values
from tests.alterations.printed import Place, number
from tests.alterations.registry import SAME, Pick, Seen, Whatever, alters, one_more
from tests.alterations.sheets import PAPERS, Sheet
from tests.alterations.times import apart

LIST = """<div class="dropdown__content listing"><ul class="listing__list">
<li class="listing__item"><a class="listing__text">NAV</a></li><li class="listing__item">
<a class="listing__text">Baader Bank</a></li><li class="listing__item">
<a class="listing__text">Tradegate</a></li></ul></div>"""

_PERCENTAGE = re.compile(r"[-+−]\d.*%")  # the sign before the number, no blank between


def entries(sheet: Sheet) -> Sequence[Any]:
    """Return the entries of the ticker whose change is a percentage that is not zero.

    Not the one that is an advertisement.
    """
    own = '[not(a[contains(@href, "//g.finanzen.net")])]'
    found = sheet.xpath(f'//span[@class="quote-ticker__item"][count(span)=2]{own}')
    is_english = any(re.search(r"\d\.\d\d?\b", text(entry)) for entry in found)
    changed = [entry for entry in found if _is_change(text(entry.findall("span")[1]))]
    return [] if is_english else changed


def _is_change(printed: str) -> bool:
    return bool(_PERCENTAGE.fullmatch(printed)) and number(printed) != 0


@alters(entries)
def a_ticker_with_a_unit_and_two_changes(entry: Any, pick: Pick) -> Seen:
    price, change = entry.findall("span")
    price.text = f"{text(price)} {pick(('Pkt.', 'PKT', 'Punkte'))}"
    change.text = f"-85 {text(change)}"
    return Seen(shown={"change": (Decimal(-85),), "unit": ("points",)})


@alters(entries)
def a_ticker_with_a_change_in_points(entry: Any, _pick: Pick) -> Seen:
    change = entry.findall("span")[1]
    old = number(text(change))
    change.text = "-85,1"
    gone = frozenset({"change_percent"})
    return Seen(shown={"change": (Decimal("-85.1"),)}, void={"change_percent": old}, gone=gone)


def rates(sheet: Sheet) -> Sequence[Any]:
    """Return the entry of the ticker with the rate of the dollar, in German notation."""
    found = sheet.xpath('//span[@class="quote-ticker__item"][a[contains(@href, "dollarkurs")]]')
    return [entry for entry in found if text(entry.findall("span")[0]).startswith("1,")]


@alters(rates)
def a_ticker_in_english_notation(entry: Any, pick: Pick) -> Seen:
    printed = pick(("1.182", "1.1819", "1.18"))
    entry.findall("span")[0].text = printed
    return Seen(shown={"price": (Decimal(printed),)})


@alters(entries)
def a_ticker_in_another_order(entry: Any, _pick: Pick) -> Seen:
    price, change = entry.findall("span")
    price.text, change.text = text(change), text(price)
    return SAME


@alters(entries)
def a_ticker_twice(entry: Any, _pick: Pick) -> Seen:
    entry.addnext(deepcopy(entry))
    return SAME


def last_rows(sheet: Sheet) -> Sequence[Any]:
    """Return the last values in the box of an article."""
    found = sheet.xpath('(//div[contains(@class, "grid__item-5")])[last()]')
    return found if sheet.page_type == "article" else []


@alters(last_rows)
def a_bond_in_the_box(cell: Any, _pick: Pick) -> Seen:
    name, values = cell.getprevious().get("class"), cell.get("class")
    row = f"""<div><div class="{name}"> <a href="/anleihen/a30v8w-anleihe">Anders-Anleihe</a> </div>
    <div class="{values}"> 98,50 % <span>0,25 % 0,26 %</span> </div></div>"""
    made = element(row)
    for part in list(made):
        cell.getparent().append(part)
    page = "a30v8w-anleihe"
    quote = {"type": "Quote", "page": page, "price": Decimal("98.50")}
    percent = {"change_percent": Decimal("0.26")}
    shown = {"instruments": (one_more(kind="bond", page=page),)}
    return Seen(must=[quote | percent], shown=shown)


LOGO = {"exchange": ("Lang und Schwarz",)}
"""The logo of bid and ask spells it so, and the snapshot "Lang & Schwarz" (seen 2026-09)."""


def snapshots(sheet: Sheet) -> Sequence[Any]:
    """Return the first snapshot of a page of a paper."""
    found = sheet.xpath('(//*[contains(@class, "snapshot__values")])[1]')
    return found if sheet.page_type in PAPERS else []


EXCHANGES = (("Stuttgart", "XSTU"), ("Tradegate", "XGAT"), ("gettex", "MUND"), ("XETRA", "XETR"))


def without_exchange(sheet: Sheet) -> Sequence[Any]:
    """Return the snapshots of pages that name no exchange, in their address or elsewhere."""
    boxes = sheet.xpath('//table[contains(@class, "headline-first-col")]')
    named = sheet.xpath('//*[contains(@class, "snapshot__exchange")]')
    is_of_address = "@stBoerse" in sheet.url or sheet.url.count("/") > 4
    return [] if named or is_of_address or boxes else snapshots(sheet)


def triggers(sheet: Sheet) -> Sequence[Any]:
    """Return the names of the exchanges of first snapshots, if the address names none."""
    found = sheet.xpath('//*[contains(@class, "snapshot__exchange")]//*[@class][1]/text()')
    names = sheet.xpath('(//*[contains(@class, "dropdown__trigger")])[1]')
    is_of_address = "@stBoerse" in sheet.url or sheet.url.count("/") > 4
    has_price = any(place.field == "price" and _is_of_snapshot(place) for place in values(sheet))
    is_of_exchange = found and names and not is_of_address and text(names[0]) != "NAV"
    return names if is_of_exchange and has_price else []


def _is_of_snapshot(place: Place) -> bool:
    return bool(place.node.xpath("ancestor-or-self::*[contains(@class, 'snapshot__values')]"))


@alters(lambda sheet: [*without_exchange(sheet), *triggers(sheet)])
def another_exchange(part: Any, pick: Pick) -> Seen:
    old = text(part) if "trigger" in part.get("class") else ""
    named = part.xpath("//h2 | //*[contains(@class, 'dropdown__trigger')]")
    names = " ".join([*map(text, named), *part.xpath("//img/@alt")])
    others = [pair for pair in EXCHANGES if pair[0] != old and pair[0] not in names]
    exchange, mic = pick(others)
    if old:
        _rename(part.getroottree().getroot(), old, exchange)
    else:
        trigger = f'<div class="dropdown__trigger hyperlink">{exchange}</div>'
        part.addnext(element(f'<div class="snapshot__exchange">{trigger}{LIST}</div>'))
    shown = {"exchange": (exchange,), "mic": (mic,), "price_type": ("trade",)}
    return Seen(shown=shown, must=[{"type": "Quote", "exchange": exchange}])


def _rename(page: Any, old: str, new: str) -> None:
    """Let a page name another exchange wherever it names this one."""
    for node, slot, content in list(text_slots(page)):
        setattr(node, slot, content.replace(old, new))
    for image in page.xpath("//img[@alt]"):
        image.set("alt", image.get("alt").replace(f"Börse {old}", new))


def single(sheet: Sheet) -> Sequence[Any]:
    """Return the snapshots beside which no second price stands."""
    has_second = sheet.xpath('//*[contains(@class, "snapshot__values-second")]')
    return [] if has_second else snapshots(sheet)


@alters(single)
def a_second_price_of_its_own(values: Any, _pick: Pick) -> Seen:
    source = """<div class="snapshot__source-second"><time class="snapshot__time"
    datetime="2026-09-21T11:22:33">21.09.26</time><div class="snapshot__exchange">
    <div class="dropdown__trigger hyperlink">NYSE</div></div></div>"""
    second = """<div class="snapshot__values-second"><span class="snapshot__value-current">
    <span class="snapshot__value">419,86</span><span class="snapshot__value-unit">USD</span></span>
    </div>"""
    values.addnext(element(source))
    values.addnext(element(second))
    quote = {"type": "Quote", "price": Decimal("419.86"), "currency": "USD"}
    return Seen(must=[quote])


@alters(snapshots)
def a_change_and_a_percentage_in_another_order(values: Any, _pick: Pick) -> Seen:
    change = values.xpath('.//*[contains(@class, "snapshot__value-absolute")]')
    percent = values.xpath('.//*[contains(@class, "snapshot__value-relative")]')
    if not (change and percent and "%" in text(percent[0])):
        return SAME
    first, second = change[0], percent[0]
    unit = "EUR" if "EUR" in text(values) else ""
    swapped = (text(second), f"{text(first).removesuffix(unit).strip()} {unit}".strip())
    for part, printed in zip((first, second), swapped, strict=True):
        for child in list(part):
            part.remove(child)
        part.text = printed
    return SAME


@alters(snapshots)
def a_price_that_is_not_given(values: Any, pick: Pick) -> Seen:
    for part in values.xpath('.//*[contains(@class, "snapshot__value-current")]'):
        for child in list(part):
            part.remove(child)
        part.text = pick(("-", "k. A.", "ausgesetzt", "--", ""))
    fields = (
        "price",
        "currency",
        "unit",
        "change",
        "change_percent",
        "quoted_at",
        "exchange",
        "mic",
    )
    return Seen(gone=frozenset(fields), lost=1, shown={"exchange": (Whatever(),)})


_PARTS = ("values", "value-current", "value-absolute", "value-relative", "source", "time")


def snapshot_parts(sheet: Sheet) -> Sequence[Any]:
    """Return the parts of snapshots that have a number, a time or an exchange in them."""
    names = {f"snapshot__{name}{second}" for name in _PARTS for second in ("", "-second")}
    names |= {"snapshot__exchange", "dropdown__trigger"}
    found = sheet.xpath("//main//*[@class]") if sheet.page_type in PAPERS else []
    return [part for part in found if not names.isdisjoint(part.get("class").split())]


@alters(snapshot_parts)
def a_part_of_a_snapshot_of_another_class(part: Any, _pick: Pick) -> Seen:
    part.set("class", " ".join(f"x-{name}" for name in part.get("class").split()))
    return apart(part, Seen(gone=frozenset({"price_type"}), shown=LOGO))


def tabs(sheet: Sheet) -> Sequence[Any]:
    """Return the boxes of prices."""
    return sheet.xpath('//table[contains(@class, "headline-first-col")][.//td[contains(., "EUR")]]')


@alters(tabs)
def a_box_twice(table: Any, _pick: Pick) -> Seen:
    table.addnext(deepcopy(table))
    return SAME


@alters(tabs)
def a_box_of_headers_or_of_cells(table: Any, pick: Pick) -> Seen:
    for cell in table.xpath(".//tr/*[1]"):
        cell.tag = pick(("th", "td"))
    return SAME


def box_labels(sheet: Sheet) -> Sequence[Any]:
    """Return the cells with the labels of boxes of prices."""
    found = sheet.xpath('//table[contains(@class, "headline-first-col")]//tr[count(*)=2]/*[1]')
    return [cell for cell in found if not len(cell)]


@alters(box_labels)
def a_label_of_a_box_with_a_note(cell: Any, pick: Pick) -> Seen:
    name = (cell.text or "").strip().rstrip(":")
    cell.text = pick((f"{name}*", f"{name}:", f"{name} *", f" {name} "))
    return SAME


@alters(box_labels)
def a_label_of_a_box_that_is_renamed(cell: Any, pick: Pick) -> Seen:
    name = text(cell).rstrip(":")
    cell.text = pick(("Angabe", "Wert", "Neu"))
    fields = {"volume", "bid", "bid_size", "ask", "ask_size", "open", "previous_close"}
    fields |= {"quoted_at", "day_high", "day_low", "change", "change_percent"}
    apart = {"type": "Quote", "source": "stock", "exchange": None}  # the snapshot, then
    fields |= {"exchange", "mic", "price_type"} if name == "Kurs" else set()
    return Seen(gone=frozenset(fields), lost=1, added=[apart])


def times(sheet: Sheet) -> Sequence[Any]:
    """Return the values of snapshots that a script fills in later."""
    return sheet.xpath('//*[@class="snapshot__value"]') if sheet.page_type in PAPERS else []


@alters(times)
def a_value_that_is_filled_in_later(part: Any, pick: Pick) -> Seen:
    part.set("data-value", text(part))
    part.text = pick(("…", "lädt", "", "-"))
    fields = (
        "price",
        "currency",
        "unit",
        "change",
        "change_percent",
        "quoted_at",
        "exchange",
        "mic",
    )
    return Seen(gone=frozenset(fields), lost=1, shown=LOGO)
