"""Rule 6: what a page says twice agrees, and the visible page outweighs what machines see."""

import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from tests.alterations.grids import text
from tests.alterations.ownership import element
from tests.alterations.registry import ANY, SAME, Pick, Seen, alters
from tests.alterations.sheets import PAPERS, SITE, Sheet

OTHER_URL = f"{SITE}/nachricht/aktien/eine-andere-16100777"
OTHER: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Eine andere Meldung",
    "description": "Sie handelt von anderem.",
    "datePublished": "2020-01-01T07:00:00.000Z",
    "dateModified": "2020-01-02T07:00:00.000Z",
    "mainEntityOfPage": {"@type": "WebPage", "@id": OTHER_URL},
    "image": ["https://images.finanzen.net/anders.jpg"],
    "author": {"@type": "Person", "name": "Anders Andersen"},
}
"""The JSON-LD of another article"""

TEASER = """<article class="{}"><span class="font-color-de-azure-blue">Anders</span>
<h1 class="headline headline--h3">Eine ganz andere Sell</h1><div class="grid">
<time class="grid__item-12" datetime="2026-11-19T07:00:00"> 19.11.26 07:00 Uhr </time></div>
<div class="news-container__text"><p>Anderer Text.</p></div></article>"""

_CATEGORY = re.compile(r'("primary_category": ?)"[^"]+"')
_POINT = re.compile(r'("bulletpoint1": ?)"[^"]+"')
HOUSES = (
    *("Redaktion finanzen.net", "finanzen.net", "dpa-AFX", "dpa-AFX Analyser", "Dow Jones"),
    *("redaktion@finanzen.net", "https://www.finanzen.net/autor", "finanzen.net GmbH", "APA"),
)
"""Authors that are no persons"""

Block = tuple[Any, dict[str, Any]]
"""A script and the object in it"""


def articles(sheet: Sheet) -> Sequence[Any]:
    """Return the head of an article."""
    has_article = sheet.page_type == "article" and sheet.xpath("//article//h1")
    return sheet.xpath("//head") if has_article else []


def blocks(sheet: Sheet) -> list[Block]:
    """Return the JSON-LD about the article: the one that is about a headline of the page."""
    if sheet.page_type != "article":
        return []
    found = []
    for script in sheet.xpath('//script[@type="application/ld+json"]'):
        try:
            value = json.loads(script.text or "", strict=False)
        except ValueError:
            continue
        if isinstance(value, dict) and value.get("@type") == "NewsArticle":
            found.append((script, value))
    return found[:1] if sheet.xpath("//article//h1") else []


def unsigned(sheet: Sheet) -> list[Block]:
    """Return the JSON-LD that names no person as author."""
    return [block for block in blocks(sheet) if "Person" not in str(_authors(block))]


def with_dates(sheet: Sheet) -> list[Block]:
    """Return the JSON-LD with times, of pages that print their time as well."""
    has_time = bool(sheet.xpath('//article/div/time[@datetime][contains(., ":")]'))
    return [block for block in blocks(sheet) if has_time and "datePublished" in block[1]]


def script(value: Any) -> Any:
    """Return a script with JSON-LD."""
    made = element('<script type="application/ld+json"></script>')
    made.text = json.dumps(value, ensure_ascii=False)
    return made


@alters(articles)
def json_ld_of_another_article_first(head: Any, _pick: Pick) -> Seen:
    head.insert(0, script(OTHER))
    return SAME


@alters(articles)
def json_ld_of_another_article_last(head: Any, pick: Pick) -> Seen:
    other = OTHER | {"url": OTHER_URL} if pick((True, False)) else OTHER
    head.xpath("following::body")[0].append(script(other))
    return SAME


def own_contexts(sheet: Sheet) -> list[Any]:
    """Return the page context about the article, if it says a category."""
    address = "".join(sheet.xpath('//link[@rel="canonical"]/@href')[:1])
    number = address.rstrip("/").rpartition("-")[2]
    found = sheet.xpath('//script[contains(., "setPageContext")]') if number else []
    own = [part for part in found if f'"{number}"' in part.text]
    return [part for part in own if _CATEGORY.search(part.text)] if len(found) == 1 else []


@alters(own_contexts)
def a_second_page_context_that_differs(part: Any, pick: Pick) -> Seen:
    other = deepcopy(part)
    other.text = _CATEGORY.sub(r'\1"Andere Rubrik"', part.text)
    part.addnext(other) if pick((True, False)) else part.addprevious(other)
    return Seen(due=frozenset({"category"}), void={"category": ANY})


def summaries(sheet: Sheet) -> list[Any]:
    """Return the summary of an article, if it has a first point."""
    found = sheet.xpath('//script[@id="ai-summary-data"]')
    return [part for part in found if _POINT.search(part.text or "")] if len(found) == 1 else []


@alters(summaries)
def a_second_summary_that_differs(part: Any, pick: Pick) -> Seen:
    other = deepcopy(part)
    other.text = _POINT.sub(r'\1"Etwas anderes."', part.text)
    part.addnext(other) if pick((True, False)) else part.addprevious(other)
    return Seen(due=frozenset({"summary"}), void={"summary": ANY})


def full_blocks(sheet: Sheet) -> list[Block]:
    """Return the JSON-LD that has a description and authors."""
    return [block for block in blocks(sheet) if block[1].get("description") and _authors(block)]


@alters(full_blocks)
def json_ld_of_the_same_article_that_differs(block: Block, pick: Pick) -> Seen:
    node, value = block
    author = {"@type": "Person", "name": "Anders Andersen"}
    other = script(value | {"description": "Sie sagt anderes.", "author": author})
    node.addnext(other) if pick((True, False)) else node.addprevious(other)
    return Seen(due=frozenset({"description", "authors"}))


@alters(blocks)
def json_ld_in_another_shape(block: Block, pick: Pick) -> Seen:
    node, value = block
    shapes: tuple[Any, ...] = (
        [value],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, value]},
        value | {"@type": ["NewsArticle", "Article"]},
        [{"@type": "BreadcrumbList"}, value],
        value | {"@type": pick(("ReportageNewsArticle", "AnalysisNewsArticle", "Article"))},
    )
    node.text = json.dumps(pick(shapes))
    return Seen(gone=frozenset({"authors"}))


@alters(blocks)
def json_ld_that_is_no_json(block: Block, pick: Pick) -> Seen:
    node, _ = block
    node.text = pick(("{", "", node.text[:-1], "[]", "null"))
    return Seen(gone=frozenset({"authors", "date_modified", "image_url", "description"}))


@alters(blocks)
def a_headline_that_is_cut(block: Block, pick: Pick) -> Seen:
    return _with(block, headline=str(block[1].get("headline", ""))[: pick((5, 8, 12))])


@alters(blocks)
def a_headline_with_raw_entities(block: Block, _pick: Pick) -> Seen:
    headline = str(block[1].get("headline", "")).replace("&", "&amp;")
    return _with(block, headline=headline if "&amp;" in headline else f"{headline} &amp; mehr")


@alters(blocks)
def another_headline_for_machines(block: Block, pick: Pick) -> Seen:
    return _with(block, headline=pick(("Eine andere Überschrift", "", " ", None)))


@alters(with_dates)
def a_machine_time_that_is_local(block: Block, pick: Pick) -> Seen:
    node, _ = block
    local = node.xpath("//article/div/time/@datetime")[0][:19]
    return _with(block, datePublished=local + pick(("Z", ".000Z", "+00:00")))


@alters(with_dates)
def a_machine_time_of_another_day(block: Block, pick: Pick) -> Seen:
    day = pick(("2020-01-01", "2027-12-20", "2026-11-19"))
    return _with(block, datePublished=f"{day}T07:00:00.000Z")


@alters(blocks)
def an_author_that_is_a_house(block: Block, pick: Pick) -> Seen:
    return _with(block, author=[*_authors(block), _person(pick(HOUSES))])


@alters(unsigned)
def an_author_with_von(block: Block, _pick: Pick) -> Seen:
    _with(block, author=[*_authors(block), _person("Von Erika Beispiel")])
    return Seen(shown={"authors": _more("Erika Beispiel")})


@alters(unsigned)
def two_authors_in_one_name(block: Block, pick: Pick) -> Seen:
    both = pick(("Erika Beispiel, Max Muster", "Erika Beispiel und Max Muster"))
    _with(block, author=[*_authors(block), _person(both)])
    return Seen(shown={"authors": _more("Erika Beispiel", "Max Muster")})


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def _authors(block: Block) -> list[Any]:
    authors = block[1].get("author", [])
    return authors if isinstance(authors, list) else [authors]


def _more(*names: str) -> Sequence[Callable[[Any], Any]]:
    """Return functions of the authors before: with these names, first or last."""
    return (lambda before: [*names, *(before or ())], lambda before: [*(before or ()), *names])


def _with(block: Block, **values: Any) -> Seen:
    node, value = block
    node.text = json.dumps(value | values)
    return SAME


def canonicals(sheet: Sheet) -> Sequence[tuple[Any, str]]:
    """Return the canonical link of a page of one thing, and the address of the page."""
    links = sheet.xpath('//link[@rel="canonical"]')
    is_one = sheet.page_type in (*PAPERS, "article", "analysis")
    return [(link, sheet.url.partition("?")[0]) for link in links if is_one]


@alters(canonicals)
def the_canonical_address_of_another_page(place: tuple[Any, str], _pick: Pick) -> Seen:
    link, address = place
    path = link.get("href").removeprefix(SITE)
    other = (
        re.sub(r"\d+(?=/?$)", "16100777", path) if re.search(r"\d/?$", path) else "/aktien/x-aktie"
    )
    link.set("href", SITE + other)
    return _at(address)


def _at(address: str) -> Seen:
    """Return that what the page says of its address is the address that was asked for."""
    return Seen(shown={"url": (address.replace("www.", ""),)})


@alters(canonicals)
def a_canonical_address_that_is_missing(place: tuple[Any, str], _pick: Pick) -> Seen:
    link, address = place
    link.getparent().remove(link)
    return _at(address)


@alters(articles)
def the_page_context_of_another_article(head: Any, _pick: Pick) -> Seen:
    context = {"article_id": "16100777", "is_sponsored": True, "primary_category": "Werbung"}
    context |= {"publication_timestamp": "2020-01-01T07:00:00"}
    head.insert(0, _context(context))
    gone = frozenset({"category", "is_sponsored", "date_modified"})
    return Seen(gone=gone)


def _context(article: dict[str, Any]) -> Any:
    made = element("<script></script>")
    values = json.dumps({"article": article}, ensure_ascii=False)
    made.text = f"window.fnetTracking('setPageContext', {values});"
    return made


def contexts(sheet: Sheet) -> Sequence[Any]:
    """Return the scripts that say whether an article is sponsored, of articles that are not."""
    scripts = sheet.xpath('//script[contains(., "setPageContext")][contains(., "is_sponsored")]')
    return scripts if sheet.page_type == "article" and not sheet.xpath(_TOLD_SPONSORED) else []


_TOLD_SPONSORED = '//script[contains(translate(., " ", ""), \'"is_sponsored":true\')]'


@alters(contexts)
def a_page_that_does_not_say_whether_it_is_sponsored(node: Any, _pick: Pick) -> Seen:
    node.text = re.sub(r',\s*"is_sponsored":\s*\w+|"is_sponsored":\s*\w+,', "", node.text)
    return Seen(gone=frozenset({"is_sponsored"}), void={"is_sponsored": False})


def kickers(sheet: Sheet) -> Sequence[Any]:
    """Return the kickers of articles."""
    found = sheet.xpath('//article/span[contains(@class, "font-color-de-azure-blue")]')
    return found if sheet.page_type == "article" else []


@alters(kickers)
def a_kicker_that_says_advertisement(kicker: Any, pick: Pick) -> Seen:
    word = pick(("Anzeige", "Werbung", "ANZEIGE", "Advertorial"))
    kicker.text = word
    shown = {"kicker": (word, None), "is_sponsored": (True,)}
    return Seen(shown=shown, void={"is_sponsored": False})


def headlines(sheet: Sheet) -> Sequence[Any]:
    """Return the headline of an article or study."""
    return sheet.xpath("//article//h1") if sheet.page_type in ("article", "analysis") else []


@alters(headlines)
def the_slogan_of_the_site_first(headline: Any, pick: Pick) -> Seen:
    slogan = element(f'<h1 class="{pick((headline.get("class", ""), "page-header__title"))}"></h1>')
    slogan.text = pick(("Nachrichten", "finanzen.net", "Analysen"))
    body = headline.xpath("ancestor::body[1]")[0]
    body.insert(0, slogan)
    return SAME


@alters(headlines)
def the_slogan_of_the_site_above_the_headline(headline: Any, pick: Pick) -> Seen:
    slogan = element(f'<h1 class="headline headline--h6">{pick(("Nachrichten", "Aktien"))}</h1>')
    headline.addprevious(slogan)
    return SAME


@alters(headlines)
def a_teaser_of_the_same_class_first(headline: Any, _pick: Pick) -> Seen:
    article = headline.xpath("ancestor::article[1]")[0]
    teaser = element(TEASER.format(article.get("class", "")))
    article.addprevious(teaser)
    return SAME


def titles(sheet: Sheet) -> Sequence[Any]:
    """Return the titles of pages."""
    return sheet.xpath("//head/title") if sheet.format == "html" else []


@alters(titles)
def another_title_for_search_engines(title: Any, pick: Pick) -> Seen:
    title.text = pick(("Andere Aktie 99,99 EUR | finanzen.net", "", "Kaufen!"))
    meta = element('<meta property="og:title" content="Ganz anderer Titel">')
    title.addnext(meta)
    return SAME


def coloured(sheet: Sheet) -> Sequence[Any]:
    """Return the elements whose colour says a sign that they print as well."""
    found = sheet.xpath(
        '//*[contains(@class, "font-color-green") or contains(@class, "font-color-red")'
        ' or contains(@class, "quote-ticker__value--")]'
    )
    return [part for part in found if re.match(r"[-+−]", text(part))]


@alters(coloured)
def a_colour_against_the_sign(part: Any, _pick: Pick) -> Seen:
    swapped = {"green": "red", "red": "green", "positive": "negative", "negative": "positive"}
    pattern = "|".join(swapped)
    part.set("class", re.sub(pattern, lambda match: swapped[match[0]], part.get("class")))
    return SAME


@alters(coloured)
def no_colour(part: Any, _pick: Pick) -> Seen:
    kept = (name for name in part.get("class").split() if "color" not in name and "--" not in name)
    part.set("class", " ".join(kept) or "value")
    return SAME if "quote-ticker" in part.get("class") else Seen()
