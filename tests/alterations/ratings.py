"""Ratings and studies: a rating is the house's word for this share, a move is this study's."""

import re
from collections.abc import Sequence
from typing import Any

from tests.alterations.grids import body_rows, read_tables, text
from tests.alterations.ownership import element
from tests.alterations.registry import ANY, SAME, Pick, Seen, Whatever, alters, inserted
from tests.alterations.sheets import Sheet

WORDS = (
    *("Buy", "Equal Weight", "Neutral", "Outperform", "Sell", "Hold", "verkaufen", "Verkaufen"),
    *("kaufen", "Overweight"),
)
"""Ratings of the golden and captured pages that the vocabulary has"""

SUFFIXES = ("AG", "SE", "S.A.", "Holding", "plc", "Inc.", "(ADRs)")
NOT_THIS = (
    *("nicht {}", "kein {}", "not {}", "{0} → Sell", "Hold → {0}", "von Hold auf {}", "{} / Hold"),
    *("früher {}", "ex-{}", "{}?", "{} oder Hold"),
)
"""Titles in which the word is not certainly the rating"""

LONGER = (
    *(("Long-Term Sell", "sell"), ("Strong Sell", "sell"), ("Sector Outperform", "buy")),
    *(("Speculative Buy", "buy"), ("Moderate Sell", "sell"), ("Market-Perform", "hold")),
)
"""Ratings of several words, of which one is a rating as well, and their verdicts"""

OTHERS = (
    'Vor einem Jahr war die Aktie noch von "Buy" auf "Hold" abgestuft worden.',
    'Der Rivale Probe wurde dagegen von "Halten" auf "Kaufen" hochgestuft.',
    "Die Prognose für Probe wurde abgestuft.",
    'Für Probe hat die Bank die Bewertung mit "Buy" aufgenommen.',
    'Die Konkurrenz hatte ihre Einstufung auf "Sell" belassen.',
    "Eine Abstufung droht nicht.",
)
"""Sentences that tell of another study"""

MOVES = (
    "Die Schätzung für den Umsatz steigt von 95 auf {} Milliarden Euro.",
    "Der Kurs war zuvor von 60 auf {} Euro gestiegen.",
    "Die Gewinnschätzung je Aktie hob sie von 5 auf {} Euro an.",
    "Das Kursziel für Probe steigt von 80 auf {} Euro.",
    "Die Zahl der Filialen steigt von 12 auf {} Stück.",
)
"""Sentences that tell of a move to a number that is not the target's"""


def titles(sheet: Sheet) -> Sequence[Any]:
    """Return the elements that print "<name> <rating>" with a rating that is known, and an id.

    None that prints it twice, once for screen readers.
    """
    if sheet.page_type == "analysis_list":
        found = sheet.xpath('//tr//a[contains(@href, "/analyse/")][not(*[@class="badge"])]')
    elif sheet.page_type in ("article", "stock"):
        rows = (row for table in read_tables(sheet) for row in body_rows(table))
        cells = (row.xpath("td[2]") for row in rows)
        found = [(cell[0].xpath("a") or cell)[0] for cell in cells if cell]
    else:
        found = sheet.xpath("//article/h1") if sheet.page_type == "analysis" else []
    return [part for part in found if _word(text(part)) and not part.xpath(".//@aria-hidden")]


def listed(sheet: Sheet) -> Sequence[Any]:
    """Return such titles in lists of studies."""
    has_columns = sheet.xpath("//th")  # one for the rating, perhaps
    return titles(sheet) if sheet.page_type == "analysis_list" and not has_columns else []


def in_tables(sheet: Sheet) -> Sequence[Any]:
    """Return such titles below a heading that has the name."""
    return titles(sheet) if sheet.page_type in ("article", "stock") else []


def _word(title: str) -> str | None:
    return next((word for word in WORDS if title.endswith(f" {word}")), None)


def _retitle(part: Any, title: str) -> None:
    for child in list(part):
        part.remove(child)
    part.text = title


def _split(part: Any) -> tuple[str, str]:
    title = text(part)
    word = str(_word(title))
    return title.removesuffix(word).strip(), word


@alters(listed)
def a_rating_that_is_denied(part: Any, pick: Pick) -> Seen:
    name, word = _split(part)
    _retitle(part, f"{name} {pick(NOT_THIS).format(word)}")
    gone = frozenset({"name"})
    return Seen(void={"rating": word}, gone=gone, shown={"name": (Whatever(),)})


@alters(listed)
def a_former_rating_behind_the_rating(part: Any, pick: Pick) -> Seen:
    name, word = _split(part)
    behind = pick(("(zuvor: Hold)", "(bisher Sell)", "(Hold)", "(vorher: Buy)"))
    _retitle(part, f"{name} {word} {behind}")
    return Seen(shown={"previous_rating": ("Hold", "Sell", "Buy")})


@alters(listed)
def a_rating_of_a_longer_word(part: Any, pick: Pick) -> Seen:
    name, _ = _split(part)
    longer, verdict = pick(LONGER)
    _retitle(part, f"{name} {longer}")
    return Seen(shown={"rating": (longer,), "verdict": (verdict,)}, void={})


@alters(titles)
def a_rating_that_is_unknown(part: Any, pick: Pick) -> Seen:
    name, _ = _split(part)
    word = pick(("Beobachten", "Suspended", "Nicht eingestuft", "k. A.", "Top"))
    _retitle(part, f"{name} {word}")
    gone = frozenset({"rating", "verdict", "name"} if word == "k. A." else ())
    shown = {"rating": (word,), "name": (name,)}
    added = [{"type": "Rating", "rating": rating} for rating in (word, None)]
    return Seen(shown=shown, gone=gone, added=added)


@alters(titles)
def a_rating_in_other_letters(part: Any, pick: Pick) -> Seen:
    name, word = _split(part)
    other = pick((word.upper(), word.lower(), word.replace(" ", "-")))
    _retitle(part, f"{name} {other}")
    return Seen(shown={"rating": (lambda before: str(before).removesuffix(word) + other,)})


@alters(in_tables)
def a_longer_name_in_the_row(part: Any, pick: Pick) -> Seen:
    name, word = _split(part)
    longer = f"{name} {pick(SUFFIXES)}"
    _retitle(part, f"{longer} {word}")
    return Seen(shown={"name": (longer,)})


@alters(in_tables)
def another_spelling_in_the_heading(part: Any, pick: Pick) -> Seen:
    heading = part.xpath("preceding::*[self::h2][1]")[0]
    name = text(heading).removeprefix("Analysen zu ")
    longer = pick((f"{name}-Werke", f"{name} AG", name.upper(), f"{name} Aktie"))
    heading.text = f"Analysen zu {longer}"
    return Seen(shown={"name": (Whatever(),)}, gone=frozenset({"page"}), lost=30)


@alters(listed)
def an_arrow_in_the_last_cell(part: Any, pick: Pick) -> Seen:
    row = part.xpath("ancestor::tr[1]")[0]
    row.append(element("<div></div>"))
    cell = row[-1]
    cell.tag = "td"
    arrow, title = pick((("▲", "Buy"), ("▼", "Sell"), ("►", "Hold")))
    if pick((True, False)):
        cell.append(element(f'<span class="arrow">{arrow}</span>'))
        return SAME
    cell.append(element(f'<span class="arrow" title="{title}">{arrow}</span>'))
    return Seen(shown={"verdict": (title.lower(),)})


@alters(listed)
def a_target_in_the_last_cell(part: Any, pick: Pick) -> Seen:
    row = part.xpath("ancestor::tr[1]")[0]
    row.append(element("<div></div>"))
    row[-1].tag = "td"
    row[-1].text = pick(("72,00 EUR", "+12,3%", "-", "12:00"))
    return Seen(shown={"price_target": (72,), "currency": ("EUR",)})


@alters(listed)
def a_cell_before_the_date(part: Any, pick: Pick) -> Seen:
    row = part.xpath("ancestor::tr[1]")[0]
    row.insert(0, element("<div></div>"))
    row[0].tag = "td"
    row[0].text = pick(("1", "Neu", "", "▲"))
    return SAME


def study_texts(sheet: Sheet) -> Sequence[Any]:
    """Return the paragraph of a study's text."""
    found = sheet.xpath(
        "//article/p[not(@class)][string-length(.) > 40]"
        "[not(contains(., 'Hinweis') or contains(., 'Original-Studie'))]"
    )
    return found[:1] if sheet.page_type == "analysis" else []


def _add_sentence(paragraph: Any, sentence: str, pick: Pick) -> Seen:
    """Add a sentence in front of a study's sign-off, or behind its dateline."""
    slot, holder = "text", paragraph
    if len(paragraph):
        slot, holder = "tail", paragraph[-1]
    words = getattr(holder, slot) or ""
    ending = re.search(r"(?:\./[\w/]+|\.)\s*$", words)
    is_behind = ending and pick((True, False))
    if is_behind or "Analyser) - " not in paragraph.text:
        at = ending.start() + 1 if ending else len(words)
        setattr(holder, slot, f"{words[:at]} {sentence}{words[at:]}")
    else:
        paragraph.text = paragraph.text.replace(") - ", f") - {sentence} ", 1)
    return Seen(shown={"text": (inserted(sentence),)}, void={"text": ANY})


@alters(study_texts)
def a_sentence_about_another_study(paragraph: Any, pick: Pick) -> Seen:
    return _add_sentence(paragraph, pick(OTHERS), pick)


def moves(sheet: Sheet) -> Sequence[Any]:
    """Return the texts of studies whose summary prints a target."""
    return [part for part in study_texts(sheet) if _target(part)]


def _target(paragraph: Any) -> str | None:
    cells = paragraph.xpath("//td[strong = 'Kursziel:']")
    match = re.search(r"(\d[\d.]*)(?:,(\d+))?", text(cells[0])) if cells else None
    return (match[1] + (f",{match[2]}" if match[2] and match[2] != "00" else "")) if match else None


@alters(moves)
def a_move_that_is_not_the_targets(paragraph: Any, pick: Pick) -> Seen:
    return _add_sentence(paragraph, pick(MOVES).format(_target(paragraph)), pick)


@alters(moves)
def a_move_in_another_currency(paragraph: Any, pick: Pick) -> Seen:
    for child in list(paragraph):
        paragraph.remove(child)
    start = pick(("100 US-Dollar", "100 Dollar", "80 Pfund", "100 CHF"))
    paragraph.text = (
        "FRANKFURT (dpa-AFX Analyser) - Die Bank hat das Kursziel für Muster "
        f"von {start} auf {_target(paragraph)} Euro gesetzt./rob/tih"
    )
    free = ("text", "date_published", "action", "analyst")
    gone = frozenset((*free, "previous_price_target"))
    return Seen(shown={"text": (Whatever(),), "action": (Whatever(),)}, gone=gone)


def summary_cells(label: str) -> Any:
    """Return a function that finds the cell of a study's summary with this label."""
    return lambda sheet: [
        cell
        for cell in sheet.xpath("//td[strong][count(//table[.//td/strong]) = 1]")
        if sheet.page_type == "analysis" and text(cell).startswith(f"{label}:")
    ]


@alters(summary_cells("Rating vorher"))
def a_former_rating_that_is_not_given(cell: Any, pick: Pick) -> Seen:
    cell.xpath("br")[0].tail = pick(("-", "k. A.", "n/a", "--", "", "n. a."))
    actions = ("initiated", "upgraded", "downgraded", "maintained")
    return Seen(gone=frozenset({"previous_rating", "action"}), shown={"action": actions})


@alters(summary_cells("Analyst Name"))
def an_analyst_that_is_not_given(cell: Any, pick: Pick) -> Seen:
    for link in cell.xpath("a"):
        cell.remove(link)
    cell.xpath("br")[0].tail = pick(("-", "k. A.", "n/a", "--", ""))
    return Seen(gone=frozenset({"analyst"}))


@alters(summary_cells("Kursziel"))
def a_label_twice(cell: Any, pick: Pick) -> Seen:
    other = element("<div><strong>Kursziel:</strong><br>112,00 $</div>")
    old = _target(cell)
    other.tag = "td"
    cell.addprevious(other) if pick((True, False)) else cell.addnext(other)
    void = {"price_target": ANY} if old else {}
    return Seen(void=void, gone=frozenset({"previous_price_target"}))


def labels(sheet: Sheet) -> Sequence[Any]:
    """Return the labels of a study's summary."""
    return sheet.xpath("//td/strong") if sheet.page_type == "analysis" else []


@alters(labels)
def a_label_with_a_star_or_without_its_colon(label: Any, pick: Pick) -> Seen:
    name = text(label).rstrip(":* ")
    label.text = pick((f"{name}*:", f"{name}", f"{name} :", f"{name}**:", f"{name}:"))
    return SAME


@alters(labels)
def a_label_of_another_name(label: Any, pick: Pick) -> Seen:
    label.text = pick(("Wert:", "Angabe:", "Neu:"))
    shown = dict.fromkeys(("name", "rating", "firm", "verdict", "action"), (Whatever(),))
    return Seen(shown=shown, gone=_SUMMARY)


_SUMMARY = frozenset(
    {"name", "rating", "firm", "previous_rating", "action", "analyst", "price", "price_target"}
    | {"currency", "unit", "upside_percent", "consensus_target", "previous_price_target"}
)
