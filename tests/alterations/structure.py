"""Rules 3 and 7: another structure shows a reader the same; a part that is missing is told."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from lxml.html import HtmlComment

from tests.alterations.grids import tables, text
from tests.alterations.ownership import element
from tests.alterations.places import plain_paragraphs
from tests.alterations.registry import SAME, Pick, Seen, Spaced, Whatever, alters
from tests.alterations.sheets import END_OF_PAGE, Sheet

WIDTHS = (("8", "4"), ("6", "6"), ("9", "3"))
CONTAINERS = ("news-container__text", "snapshot__values", "accordion__content", "accordion__label")


def box(sheet: Sheet) -> Sequence[Any]:
    """Return the boxes of papers."""
    rows = '[.//div[contains(@class, "grid__item-7")]]'
    return sheet.xpath(f'//div[contains(@class, "accordion__content")]{rows}')


@alters(box)
def other_widths_of_a_grid(content: Any, pick: Pick) -> Seen:
    name, values = pick(WIDTHS)
    for cell in content.xpath('.//div[contains(@class, "grid__item-")]'):
        changed = re.sub(r"grid__item-7\b", f"grid__item-{name}", cell.get("class"))
        cell.set("class", re.sub(r"grid__item-5\b", f"grid__item-{values}", changed))
    return SAME


@alters(box)
def another_heading_of_a_box(content: Any, pick: Pick) -> Seen:
    label = content.xpath("ancestor::details[1]//div[contains(@class, 'accordion__label')]")[0]
    label.text = pick(("Erwähnte Werte", "Aktien zum Artikel", "Kurse", "WERTE IN DIESEM ARTIKEL"))
    return SAME


@alters(box)
def a_box_that_is_dropped(content: Any, _pick: Pick) -> Seen:
    accordion = content.xpath("ancestor::div[contains(@class, 'accordion')][1]")[0]
    accordion.drop_tree()
    fields = ("instruments", "page", "isin", "name")
    return Seen(
        gone=frozenset(fields), lost=40, shown={"instruments": (Whatever(),), "name": (Whatever(),)}
    )


def any_element(sheet: Sheet) -> Sequence[Any]:
    """Return elements of the content of a page."""
    if sheet.format != "html":
        return []
    return sheet.xpath("//body//*[self::div or self::span or self::p or self::td or self::a]")


@alters(any_element)
def one_more_class(part: Any, pick: Pick) -> Seen:
    name = pick(("is-new", "js-track", "margin-top-0.50", "display-flex", "theme-dark"))
    part.set("class", f"{part.get('class', '')} {name}".strip())
    return SAME


@alters(any_element)
def one_more_attribute(part: Any, pick: Pick) -> Seen:
    part.set(pick(("data-track", "id", "title", "data-value")), "58,00 EUR")
    return SAME


@alters(any_element)
def a_comment_between_elements(part: Any, _pick: Pick) -> Seen:
    comment = HtmlComment(" Kurs 58,00 EUR ")
    part.addprevious(comment)
    return SAME


@alters(any_element)
def a_page_that_is_closed_too_early(part: Any, _pick: Pick) -> Seen:
    part.tail = END_OF_PAGE + (part.tail or "")
    return SAME


@alters(any_element)
def blanks_between_elements(part: Any, pick: Pick) -> Seen:
    if part.tag in ("div", "p", "td") and not (part.tail or "").strip():
        part.tail = pick(("\n", "\n\t\n", "  "))
    return SAME


def blocks(sheet: Sheet) -> Sequence[Any]:
    """Return the elements that can have another one around them."""
    return sheet.xpath("//body//article | //body//div[contains(@class, 'horizontal-scrolling')]")


@alters(blocks)
def an_element_around(part: Any, pick: Pick) -> Seen:
    around = element(f"<{pick(('div', 'section', 'astro-island'))}></{'div'}>")
    around.tail, part.tail = part.tail, None
    part.addprevious(around)
    around.append(part)
    return SAME


def containers(sheet: Sheet) -> Sequence[Any]:
    """Return the elements that a page type always has."""
    names = " or ".join(f'@class="{name}"' for name in CONTAINERS)
    found = sheet.xpath(f"//*[{names}]")
    several = Counter(part.get("class") for part in found)
    return [part for part in found if several[part.get("class")] == 1]


@alters(containers)
def a_part_of_another_class(part: Any, _pick: Pick) -> Seen:
    part.set("class", "x-" + part.get("class"))
    return SAME


def texts(sheet: Sheet) -> Sequence[Any]:
    """Return the only container of an article's text."""
    found = sheet.xpath('//article//div[@class="news-container__text"][normalize-space()]')
    is_other_page = "p=" in sheet.url or sheet.xpath("//*[@class='carousel__slide']")
    return found if len(found) == 1 and not is_other_page else []


@alters(texts)
def an_article_without_its_text(part: Any, _pick: Pick) -> Seen:
    part.drop_tree()
    return SAME


def summaries(sheet: Sheet) -> Sequence[Any]:
    """Return the table of a study's summary."""
    return sheet.xpath("//table[.//td/strong]") if sheet.page_type == "analysis" else []


@alters(summaries)
def a_study_without_its_summary(table: Any, _pick: Pick) -> Seen:
    table.drop_tree()
    printed_elsewhere = ("name", "rating", "firm", "verdict", "action")
    return Seen(shown=dict.fromkeys(printed_elsewhere, (Whatever(),)))


def study_texts(sheet: Sheet) -> Sequence[Any]:
    """Return the paragraph of a study's text."""
    found = sheet.xpath("//article/p[not(@class)][contains(., ' ')]")
    return found[:1] if sheet.page_type == "analysis" else []


@alters(study_texts)
def a_study_without_its_text(paragraph: Any, _pick: Pick) -> Seen:
    for other in paragraph.xpath("../p[not(@class)]"):
        other.drop_tree()
    told_by_it = frozenset({"action", "previous_price_target"})
    day = {"date_published": (lambda before: str(before)[:10],)}
    return Seen(gone=told_by_it, shown=day | {"action": (Whatever(),)})


def venues(sheet: Sheet) -> Sequence[Any]:
    """Return the three tables of a page of venues."""
    found = tables(sheet) if sheet.page_type == "venues" else []
    return found if len(found) == 3 else []


@alters(venues)
def one_table_of_venues_less(table: Any, pick: Pick) -> Seen:
    if pick((True, False)):
        table.xpath("preceding::h2[1]")[0].drop_tree()
    table.drop_tree()
    return SAME


@alters(plain_paragraphs)
def paragraphs_that_are_other_blocks(paragraph: Any, pick: Pick) -> Seen:
    paragraph.tag = pick(("div", "section", "blockquote"))
    return SAME


@alters(plain_paragraphs)
def blocks_without_blanks_between(paragraph: Any, pick: Pick) -> Seen:
    parts = [" ".join(half) for half in _halves(text(paragraph).split())]
    markup = pick(
        (
            "<div><div>{}</div><div>{}</div></div>",
            "<p>{}<br>{}</p>",
            "<ul><li>{}</li><li>{}</li></ul>",
            "<dl><dt>{}</dt><dd>{}</dd></dl>",
            "<div><p>{}</p>{}</div>",
            "<table><tr><td>{}</td><td>{}</td></tr></table>",
            "<div><section>{}</section><footer>{}</footer></div>",
            "<div><center>{}</center><center>{}</center></div>",
            "<div><address>{}</address><hgroup>{}</hgroup></div>",
            "<details><summary>{}</summary>{}</details>",
            "<div><main>{}</main><dl>{}</dl></div>",
        )
    )
    if paragraph.xpath(".//*"):
        return SAME
    paragraph.addprevious(element(markup.format(*map(_escaped, parts))))
    paragraph.drop_tree()
    return Seen(shown={"article_body": (Spaced,), "subheadings": (lambda before: before,)})


def _halves(words: list[str]) -> tuple[list[str], list[str]]:
    return words[: len(words) // 2], words[len(words) // 2 :]


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def article_links(sheet: Sheet) -> Sequence[Any]:
    """Return the article of a page of HTML, behind which a pager can stand, unless one does."""
    is_one = len(sheet.xpath("//article[contains(@class, 'news-container')]")) == 1
    has_pager = sheet.xpath("//a[starts-with(@href, '?p=')]")
    return plain_paragraphs(sheet)[-1:] if is_one and not has_pager else []


@alters(article_links)
def a_text_that_goes_on_on_another_page(paragraph: Any, pick: Pick) -> Seen:
    pages = '<li class="pagination__item"><a href="?p=1">1</a></li>'
    markup = pick(
        (
            f'<ul class="pagination">{pages}{pages.replace("1", "2")}</ul>',
            '<nav class="pagination"><a href="?p=2">nächste Seite</a></nav>',
        )
    )
    paragraph.getparent().addnext(element(markup))
    due = frozenset({"article_body", "is_complete"})
    return Seen(due=due, added=[{"type": "Link"}], shown={"is_complete": (False,)})


@alters(article_links)
def one_more_article_to_read(paragraph: Any, _pick: Pick) -> Seen:
    markup = """<article><h2 class="headline"> Weitere News </h2><ul><li><h3 class="h3">
    <a href="/nachricht/aktien/verwandte-16000042">Eine verwandte</a></h3></li></ul></article>"""
    outermost = paragraph.xpath("ancestor::article[last()]")[0]
    outermost.addnext(element(markup))
    url = "https://finanzen.net/nachricht/aktien/verwandte-16000042"
    return Seen(must=[{"type": "Link", "url": url}])


def ends(sheet: Sheet) -> Sequence[Any]:
    """Return the body of a page of HTML."""
    return sheet.xpath("//body") if sheet.format == "html" else []


@alters(ends)
def a_consent_layer_over_the_page(body: Any, _pick: Pick) -> Seen:
    body.insert(
        0, element('<div id="cmpwrapper"><p>Wir verwenden Cookies.</p><h2>Ihre Wahl</h2></div>')
    )
    return SAME
