"""The summary of a study: a table of cells "Label:<br>value", under "Zusammenfassung: Muster Buy".

It is recognised by its labels, whatever its heading is.
"""

from collections.abc import Collection, Iterator, Mapping

from lxml.etree import XPath, _Element
from parsel import Selector

from finnews.items import folded
from finnews.pages.base import Page
from finnews.pages.parts.shares import LEGAL_FORMS, has_common_word, words
from finnews.pages.parts.signs import is_of_other_sign
from finnews.pages.parts.tables import tables
from finnews.pages.rules import PAGE, Rule
from finnews.pages.visible import text_of

_CELL = Rule(PAGE, "xpath", ".//td[not(.//td)]")
_CELLS = XPath(_CELL.text)
_TITLE = "zusammenfassung"
_COMPANY = "Unternehmen"
_DISTANCE = "Abst. Kursziel"
_LEAST_LABELS = 2

LabelledTexts = list[tuple[str, str]]
"""Labels without asterisk, each with its value"""


def study_summary(
    page: Page, headline: str, rules: Collection[Rule], ignored: Collection[str]
) -> dict[str, str]:
    """Return the summary of the study with a headline: label → value.

    It is empty if the page has none, or if it is not certain which is this study's. A label with
    two values is a doubt and left out; so is a missing one beside an unknown one.
    """
    known = {rule.text for rule in rules} | {*ignored}
    values: dict[str, list[str]] = {}
    for label, value in _own_cells(page, headline, known):
        values.setdefault(label, []).append(value)
    if values:
        page.stats.count_headers(rules, values)
    for label, texts in values.items():
        _count_doubts(page, _rules_in_doubt(label, texts, rules, values, known), label, texts)
    return {label: texts[0] for label, texts in values.items() if len(set(texts)) == 1}


def _own_cells(page: Page, headline: str, known: Collection[str]) -> LabelledTexts:
    """Return the cells under the heading that is about this study; none if several could be."""
    by_heading = _cells_by_heading(page, known)
    headings = list(by_heading)
    for phrase in (folded(headline), _TITLE):
        if len(headings) > 1:
            headings = [heading for heading in headings if phrase in folded(heading)]
    cells = by_heading[headings[0]] if len(headings) == 1 else []
    if cells and headline and _is_of_another(headings[0], headline):
        page.doubt("name", "contradiction", headings[0])
    company = dict(cells).get(_COMPANY)
    if company and headline and not has_common_word(company, headline):
        page.doubt("name", "contradiction", company)
        return []
    return cells


def _is_of_another(heading: str, headline: str) -> bool:
    """Return whether the heading of a summary has the headline of another study.

    >>> _is_of_another("Zusammenfassung: Muster Buy", "Muster AG Buy")
    False
    >>> _is_of_another("Zusammenfassung: Probe Buy", "Muster Buy")
    True
    """
    title, colon, subject = heading.partition(":")
    others = {*words(subject)} - LEGAL_FORMS
    return bool(colon) and folded(title) == _TITLE and not others <= {*words(headline)}


def _cells_by_heading(page: Page, known: Collection[str]) -> dict[str, LabelledTexts]:
    by_heading: dict[str, LabelledTexts] = {}
    for heading, table in tables(page):
        cells = list(_cells(page, table))
        if sum(label in known for label, _ in cells) >= _LEAST_LABELS:
            by_heading.setdefault(heading, []).extend(cells)
    return by_heading


def _cells(page: Page, table: Selector) -> Iterator[tuple[str, str]]:
    cells = _CELLS(table.root)
    page.stats.count(_CELL, found=bool(cells))
    for cell in cells:
        name, value = _label_and_value(cell)
        if name == _DISTANCE and is_of_other_sign(cell, value):
            page.doubt("upside_percent", "contradiction", value)
            yield name, ""
        elif name:
            yield name, value


def _label_and_value(cell: _Element) -> tuple[str, str]:
    """Return what stands before and behind the line break, else the colon, of a cell."""
    printed, first = text_of(cell), next(cell.iterchildren("strong", "b", "a"), None)
    label, colon, value = printed.partition(":")
    if first is not None and cell.find("br") is not None:
        label = text_of(first)
        colon, value = "br", printed.removeprefix(label)
    return (label.strip(" *:"), value.strip(" *:")) if colon else ("", "")


def _rules_in_doubt(
    label: str,
    texts: list[str],
    rules: Collection[Rule],
    values: Mapping[str, list[str]],
    known: Collection[str],
) -> list[Rule]:
    """Return the rules that a label leaves in doubt; an unknown one the missing that it resembles.

    One that resembles none can be any of the missing.
    """
    if label in known:
        return [rule for rule in rules if rule.text == label][:1] if len(set(texts)) > 1 else []
    by_text = {rule.text: rule for rule in (*rules,)[::-1]}
    missing = [rule for text, rule in by_text.items() if text not in values]
    return [rule for rule in missing if folded(rule.text) in folded(label)][:1] or missing


def _count_doubts(page: Page, rules: list[Rule], label: str, texts: list[str]) -> None:
    for rule in rules:
        page.doubt(rule.field, "ambiguous", f"{label}: {', '.join(texts)}")
