"""Where the values of a page are printed, by page type: known from the site, not from the reader.

Numbers are read here anew, by the rule that the site states for German and for English notation.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime

from lxml.html import HtmlElement

from tests.alterations.grids import body_rows, header_cells, tables, text, text_slots
from tests.alterations.printed import Form, Mark, Place
from tests.alterations.sheets import PAPERS, Sheet

_COLUMNS: dict[str, dict[str, tuple[str, Form]]] = {
    "venues": {
        "Letzter": ("price", "amount"),
        "Vortag": ("previous_close", "amount"),
        "+/-": ("change", "plain"),
        "%": ("change_percent", "percent"),
        "Spanne": ("day_low", "range"),
        "Volumen (St.)": ("volume", "count"),
        "Zeit": ("quoted_at", "clock"),
        "Datum": ("quoted_at", "day"),
    },
    "price_targets": {
        "Kursziel": ("price_target", "amount"),
        "Abstand Kursziel": ("upside_percent", "percent"),
        "Datum": ("date_published", "day"),
    },
    "events": {
        "Schätzung EPS": ("eps_estimate", "amount"),
        "Tatsächliches EPS": ("eps_actual", "amount"),
        "Datum": ("date", "day"),
    },
}


_LABELS: dict[str, tuple[str, Form]] = {
    "Kurs": ("price", "amount"),
    "Eröffnung": ("open", "plain"),
    "Eröffnungskurs": ("open", "amount"),
    "Vortag": ("previous_close", "plain"),
    "Schlusskurs Vortag": ("previous_close", "amount"),
    "Tageshoch": ("day_high", "plain"),
    "Tagestief": ("day_low", "plain"),
    "Tagesvolumen in Stück": ("volume", "count"),
    "Volumen (Stück)": ("volume", "count"),
    "Geld": ("bid", "sized"),
    "Brief": ("ask", "sized"),
    "Kurszeit": ("quoted_at", "clock"),
    "Kursdatum": ("quoted_at", "day"),
}


_SUMMARY: dict[str, tuple[str, Form]] = {
    "Kursziel:": ("price_target", "amount"),
    "Kurs*:": ("price", "amount"),
    "Abst. Kursziel*:": ("upside_percent", "percent"),
}


_TOKEN = re.compile(r"[-+−±]?\d[\d.,]*\s*(?:%|[A-Z]{2}[A-Za-z]\b|[€$£])")


_MAKERS = re.compile(
    r"\w+ \(|/\w{2,4}\b|Redaktion|\b[Vv]on [A-Z]|DJG|Newswires|AFX|Sonntag|https?:"
)


_NO_TEXT = re.compile(
    r"\||^Bildquelle|weiterlesen|anmelden|^(?:Bild|Foto):|Plus\b|bonn|^Lesen Sie|Browser|JavaScript"
    r"|Newsletter|Anzeige"
)


_DIGITS = r"(?:\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,]\d+)?"


_AMOUNT = re.compile(rf"[-+−±]?{_DIGITS}\s*(?:[A-Z]{{2}}[A-Za-z]|[€$£])?")


_NOT_GERMAN = re.compile(r"\d\.\d{1,2}(?!\d)|,\d+\.|\d\.\d{4}")
_WELL_FORMED: dict[str, re.Pattern[str]] = {
    "amount": _AMOUNT,
    "plain": _AMOUNT,
    "percent": re.compile(rf"[-+−±]?{_DIGITS}\s*%"),
    "range": re.compile(rf"{_DIGITS}(?: - {_DIGITS})?"),
    "count": re.compile(_DIGITS),
    "sized": re.compile(rf"{_DIGITS} / .+"),
    "clock": re.compile(r"\d\d:\d\d:\d\d"),
    "day": re.compile(r"(?!)"),
}


_ENGLISH = re.compile(r"\d,\d{3}\b.*\.\d\d|\d\.\d\d\b")


def values(sheet: Sheet) -> list[Place]:
    """Return the places of all values on a page that are numbers, days or times, as they should.

    What is odd already, such as ``1.0,57 EUR`` on a golden page, is left out.
    """
    finder = _FINDERS.get(sheet.page_type)
    found = [*_ticker(sheet), *(finder(sheet) if finder else ())]
    return [place for place in found if _is_well_formed(place)]


def _is_well_formed(place: Place) -> bool:
    if place.form == "day":
        with suppress(ValueError):
            return bool(datetime.strptime(place.printed, "%d.%m.%Y"))
    is_german = place.mark == "." or not _NOT_GERMAN.search(place.printed)
    return is_german and bool(_WELL_FORMED[place.form].fullmatch(place.printed))


def of_form(*forms: Form) -> Callable[[Sheet], list[Place]]:
    """Return a function that finds the values of a page that are printed in one of the forms."""
    return lambda sheet: [place for place in values(sheet) if place.form in forms]


def of_fields(*fields: str) -> Callable[[Sheet], list[Place]]:
    """Return a function that finds the values of some fields."""
    return lambda sheet: [place for place in values(sheet) if place.field in fields]


def plain_paragraphs(sheet: Sheet) -> list[HtmlElement]:
    """Return the paragraphs of an article's text that are seen, if nobody signs it.

    What stands below "In eigener Sache" is advertising.
    """
    parts = sheet.xpath(
        '//article//div[@class="news-container__text"][count(ancestor::article) = 1]'
    )
    articles = sheet.xpath("//article[contains(@class, 'news-container')]")
    is_one = sheet.page_type == "article" and len(articles) < 2
    if not is_one or any(_MAKERS.search(text(part)) for part in parts):
        return []
    own = (
        'p[not(preceding-sibling::*[contains(., "In eigener Sache")] or @class="visually-hidden")]'
    )
    paragraphs = [paragraph for part in parts for paragraph in part.xpath(own)]
    return [part for part in paragraphs if len(text(part)) > 20 and not _NO_TEXT.search(text(part))]


def _whole_text(element: HtmlElement, field: str, form: Form) -> Iterator[Place]:
    """Yield the place of an element's only text, if it has a digit."""
    slots = list(text_slots(element))
    if len(slots) == 1 and re.search(r"\d", slots[0][2]):
        node, slot, printed = slots[0]
        start = len(printed) - len(printed.lstrip())
        yield Place(node, slot, start, start + len(printed.strip()), field, form)


def _ticker(sheet: Sheet) -> Iterator[Place]:
    for entry in sheet.xpath('//span[@class="quote-ticker__item"]'):
        values = list(entry.findall("span"))
        if len(values) == 2 and _is_paper(entry):
            yield from _whole_text(values[0], "price", "plain")
            yield from _whole_text(values[1], "change_percent", "percent")


def _is_paper(entry: HtmlElement) -> bool:
    href = str(entry.find("a").get("href"))
    return "boerse/" not in href and "g.finanzen" not in href


def _is_venue(sheet: Sheet, row: HtmlElement) -> bool:
    """Return whether a row has a price, and leads to no other share."""
    share = sheet.url.rpartition("/")[2]
    hrefs = row.xpath(".//a/@href")
    return bool(_AMOUNT.fullmatch(text(row[1]))) and all(f"/{share}-" in href for href in hrefs)


def _is_english(row: HtmlElement) -> bool:
    """Return whether an amount of money in a row is in English notation."""
    amounts = (text(cell) for cell in row if re.search(r"[A-Z]{3}$|[€$£]$", text(cell)))
    return any(_ENGLISH.search(amount) for amount in amounts)


def _has_earnings_twice(headers: list[str], row: HtmlElement) -> bool:
    columns = zip(headers, row, strict=True)
    return sum("EPS" in header and text(cell) > "-" for header, cell in columns) > 1


def _table_values(sheet: Sheet) -> Iterator[Place]:
    columns = _COLUMNS[sheet.page_type]
    for table in tables(sheet):
        headers = [text(cell) for cell in header_cells(table)]
        for row in body_rows(table):
            if _is_english(row) or _has_earnings_twice(headers, row):
                continue  # neither is read as German notation, or read at all
            if sheet.page_type == "venues" and not _is_venue(sheet, row):
                continue
            for header, cell in zip(headers, row, strict=True):
                if header in columns:
                    yield from _whole_text(cell, *columns[header])


def _stock(sheet: Sheet) -> Iterator[Place]:
    for part in sheet.xpath('(//*[contains(@class, "snapshot__values")])[1]'):
        for name, field, form in _SNAPSHOT:
            for element in part.xpath(f'.//*[contains(@class, "snapshot__value-{name}")]'):
                slots = list(text_slots(element))
                if slots and re.search(r"\d", slots[0][2]):
                    node, slot, printed = slots[0]
                    end = len(printed.rstrip())
                    start = len(printed) - len(printed.lstrip())
                    yield Place(node, slot, start, end, field, form)
    for table in sheet.xpath('//table[contains(@class, "headline-first-col")]'):
        pairs = [row.findall("*") for row in table.xpath(".//tr[count(*)=2]")]
        rows = [(text(label).rstrip(":"), cell) for label, cell in pairs]
        fields = Counter(_LABELS[label][0] for label, _ in rows if label in _LABELS)
        for label, cell in rows:
            if label in _LABELS and (
                fields[_LABELS[label][0]] == 1 or "quoted" in _LABELS[label][0]
            ):
                yield from _whole_text(cell, *_LABELS[label])


_SNAPSHOT: tuple[tuple[str, str, Form], ...] = (
    ("current", "price", "plain"),
    ("absolute", "change", "plain"),
    ("relative", "change_percent", "plain"),
)


def _box(sheet: Sheet) -> Iterator[Place]:
    cells = '//div[contains(@class, "accordion__content")]//div[contains(@class, "grid__item-5")]'
    for cell in sheet.xpath(cells):
        mark: Mark = "." if _ENGLISH.search(text(cell)) else ","
        link = cell.xpath("preceding-sibling::div[1]//a/@href")
        if not link or "profil" in link[0]:
            continue
        yield from _tokens(cell, ("price",), mark)
        for span in cell.findall("span")[:1]:
            yield from _tokens(span, ("change", "change_percent"), mark)


def _tokens(node: HtmlElement, fields: tuple[str, ...], mark: Mark) -> Iterator[Place]:
    matches = _TOKEN.finditer(node.text or "")
    for match, field in zip(matches, fields, strict=False):
        form: Form = "percent" if field == "change_percent" else "amount"
        yield Place(node, "text", match.start(), match.end(), field, form, mark)


def _analysis(sheet: Sheet) -> Iterator[Place]:
    yield from _box(sheet)
    for cell in sheet.xpath("//td[strong]"):
        label = text(cell.find("strong"))
        if label in _SUMMARY and (slots := [*text_slots(cell)][1:]):
            node, slot, printed = slots[-1]
            if len(slots) == 1 and re.search(r"\d", printed):
                start = len(printed) - len(printed.lstrip())
                yield Place(node, slot, start, len(printed.rstrip()), *_SUMMARY[label])


_FINDERS: dict[str, Callable[[Sheet], Iterator[Place]]] = {
    "venues": _table_values,
    "price_targets": _table_values,
    "events": _table_values,
    **dict.fromkeys(PAPERS, _stock),
    "article": _box,
    "analysis": _analysis,
}
