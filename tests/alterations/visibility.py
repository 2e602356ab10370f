"""Rule 3: what a reader sees is read, and nothing else."""

from collections.abc import Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any

from lxml.html import fragment_fromstring

from tests.alterations.grids import body_rows, tables, text, text_slots
from tests.alterations.numbers import in_one_row, numbers
from tests.alterations.printed import Place, german
from tests.alterations.registry import SAME, Pick, Seen, alters
from tests.alterations.sheets import PAPERS, Sheet

UNSEEN = (
    ("span", "hidden"),
    ("span", 'class="display-none"'),
    ("span", 'style="display: none"'),
    ("span", 'style="display:none;color:red"'),
    ("span", 'aria-hidden="true" class="display-none"'),
    ("span", 'style="visibility:hidden"'),
    ("template", ""),
)
"""Elements that a reader does not see"""

STRUCK = ("del", "s", "strike")
RESPONSIVE = ("display-none-md", "display-none--sm", "hidden-sm", "display-block-md")


def unseen(content: str, pick: Pick) -> str:
    """Return an element that a reader does not see."""
    tag, attributes = pick(UNSEEN)
    return f"<{tag} {attributes}>{content}</{tag}>"


def other_value(place: Place) -> str:
    """Return another value in the form of this one."""
    return f"{german(abs(place.number) + Decimal('3.40'))} {place.unit}".strip()


@alters(numbers)
def an_old_value_that_is_hidden_before_the_value(place: Place, pick: Pick) -> Seen:
    place.print_markup(f"{unseen(other_value(place), pick)}{pick(('', ' '))}{place.printed}")
    return SAME


@alters(numbers)
def an_old_value_that_is_hidden_behind_the_value(place: Place, pick: Pick) -> Seen:
    place.print_markup(f"{place.printed}{pick(('', ' '))}{unseen(other_value(place), pick)}")
    return SAME


@alters(numbers)
def an_old_value_that_is_struck_out(place: Place, pick: Pick) -> Seen:
    tag = pick(STRUCK)
    place.print_markup(f"<{tag}>{other_value(place)}</{tag} > {place.printed}")
    return SAME


@alters(numbers)
def a_footnote_in_small_print(place: Place, pick: Pick) -> Seen:
    note = pick(("<sup>1</sup>", "<sup>2)</sup>", "<sup><a href='#f'>3</a></sup>"))
    place.print_markup(f"{place.printed}{note}")
    return SAME


@alters(numbers)
def a_footnote_between_number_and_unit(place: Place, _pick: Pick) -> Seen:
    number = place.printed.removesuffix(place.unit).rstrip()
    place.print_markup(f"{number}<sup>1</sup> {place.unit}")
    return SAME


@alters(numbers)
def a_value_within_another_element(place: Place, pick: Pick) -> Seen:
    tag = pick(("b", "span", "strong", "em", "font", "data"))
    place.print_markup(f"<{tag}>{place.printed}</{tag}>")
    return SAME


@alters(numbers)
def a_value_that_some_screens_show(place: Place, pick: Pick) -> Seen:
    place.print_markup(f'<span class="{pick(RESPONSIVE)}">{place.printed}</span>')
    return SAME


@alters(in_one_row)
def a_value_that_is_hidden(place: Place, pick: Pick) -> Seen:
    units = {"currency", "unit"} if place.unit else set()
    gone = frozenset({place.field, "previous_price_target"} | units)
    place.print_markup(unseen(place.printed, pick))
    return Seen(gone=gone)


@alters(in_one_row)
def a_value_that_is_struck_out(place: Place, pick: Pick) -> Seen:
    tag = pick(STRUCK)
    gone = frozenset({place.field, "currency", "unit", "previous_price_target"})
    void = {place.field: place.number}
    place.print_markup(f"<{tag}>{place.printed}</{tag}>")
    return Seen(gone=gone, void=void)


@alters(numbers)
def a_comment_within_a_number(place: Place, _pick: Pick) -> Seen:
    old = place.printed
    at = len(old) // 2
    place.print_markup(f"{old[:at]}<!-- 58,00 -->{old[at:]}")
    return SAME


@alters(numbers)
def a_script_within_a_cell(place: Place, pick: Pick) -> Seen:
    script = pick(("<script>var kurs = '58,00';</script>", "<style>.k58 { }</style>"))
    place.print_markup(f"{script}{place.printed}")
    return SAME


@alters(numbers)
def a_line_break_within_a_value(place: Place, _pick: Pick) -> Seen:
    number = place.printed.removesuffix(place.unit).rstrip()
    place.print_markup(f"{number}<br>{place.unit}")
    return SAME


@alters(in_one_row)
def two_values_in_two_blocks(place: Place, pick: Pick) -> Seen:
    void = {place.field: place.number}
    blocks = [place.printed, other_value(place)]
    tag = pick(("div", "p", "span"))
    place.print_markup("".join(f"<{tag}>{block}</{tag}>" for block in blocks))
    return Seen(void=void)


def rows(sheet: Sheet) -> list[Any]:
    """Return the rows of the page's tables."""
    return [row for table in tables(sheet) for row in body_rows(table)]


@alters(rows)
def a_hidden_row_with_other_values(row: Any, pick: Pick) -> Seen:
    clone = _with_other_digits(row)
    clone.attrib.update(
        pick(({"hidden": ""}, {"style": "display:none"}, {"class": "display-none"}))
    )
    row.addprevious(clone)
    return SAME


@alters(tables)
def a_hidden_table_with_other_values(table: Any, pick: Pick) -> Seen:
    around = fragment_fromstring(f"<div {pick(('hidden', 'style=display:none'))}></div>")
    around.append(_with_other_digits(table))
    table.addprevious(around)
    return SAME


def _with_other_digits(element: Any) -> Any:
    clone = deepcopy(element)
    for node, slot, content in [*text_slots(clone)]:
        setattr(node, slot, content.translate(str.maketrans("123456", "234567")))
    for link in clone.xpath(".//a[@href]"):
        link.set("href", link.get("href").translate(str.maketrans("123456", "234567")))
    clone.tail = None
    return clone


def paragraphs(sheet: Sheet) -> list[Any]:
    """Return the paragraphs of an article's text that have a sentence."""
    found = sheet.xpath('//div[@class="news-container__text"]/p')
    return [part for part in found if len(text(part)) > 20 and sheet.page_type == "article"]


@alters(paragraphs)
def a_hidden_paragraph(paragraph: Any, pick: Pick) -> Seen:
    hidden = fragment_fromstring(unseen("Vorlage: Dieser Satz ist kein Text.", pick))
    paragraph.addprevious(hidden)
    return SAME


@alters(paragraphs)
def hidden_words_within_a_paragraph(paragraph: Any, pick: Pick) -> Seen:
    paragraph.insert(0, fragment_fromstring(unseen("Unsichtbares", pick)))
    first = paragraph[0]
    first.tail, paragraph.text = paragraph.text, ""
    return SAME


@alters(paragraphs)
def a_footnote_within_a_paragraph(paragraph: Any, _pick: Pick) -> Seen:
    words = (paragraph.text or "").split(" ")
    if len(words) < 3 or words[1][-1:].isdigit():  # 2¹ can be a power
        return SAME
    note = fragment_fromstring("<sup>1</sup>")
    paragraph.text = " ".join(words[:2])
    note.tail = " " + " ".join(words[2:])
    paragraph.insert(0, note)
    return SAME


def headlines(sheet: Sheet) -> Sequence[Any]:
    """Return the headings of pages of one thing."""
    return sheet.xpath("//h1") if sheet.page_type in (*PAPERS, "article", "analysis") else []


@alters(headlines)
def a_hidden_headline_before_the_headline(headline: Any, pick: Pick) -> Seen:
    hidden = fragment_fromstring(f'<h1 class="{headline.get("class", "")}">Andere Aktie Sell</h1>')
    hidden.attrib.update(pick(({"hidden": ""}, {"style": "display:none"})))
    headline.addprevious(hidden)
    return SAME
