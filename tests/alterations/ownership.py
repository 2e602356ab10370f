"""Rule 5: a value is this paper's only where the page says so."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from lxml.html import fragment_fromstring, fragments_fromstring

from finnews.items import folded
from tests.alterations.grids import body_rows, column, heading_of, read_tables, tables, text
from tests.alterations.places import plain_paragraphs
from tests.alterations.registry import ANY, SAME, Pick, Seen, alters, inserted, one_more
from tests.alterations.sheets import PAPERS, SITE, Sheet

TOOLS = (
    *("/zertifikate/suche", "/etf/suche", "/fonds/suche", "/anleihen/suche", "/etf/vergleich"),
    *("/zertifikate/emittenten", "/zertifikate/auf-a0mst1", "/devisen/realtime"),
    *("/devisen/kryptowaehrungen", "/fonds/vergleich", "/zertifikate/", "/etf/"),
)
"""Pages of lists and searches that are no papers"""

_PATH = re.compile(r"/[^/]...")  # neither a host nor the start page

LINKED: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        "/zertifikate/auf-a0rpwh/pm8f5k",
        "Anderes Papier",
        {"kind": "certificate", "url": "https://finanzen.net/zertifikate/auf-a0rpwh/pm8f5k"},
    ),
    (
        "/etf/anderer-welt-etf-de000a0mst15",
        "Anderer Welt ETF",
        {"kind": "etf", "isin": "DE000A0MST15"},
    ),
    ("https://finanzen.net/aktien/anders-aktie", "Anders AG", {"kind": "stock", "page": "anders"}),
    ("HTTPS://WWW.FINANZEN.NET/index/anders", "Anders 50", {"kind": "index", "page": "anders"}),
)
"""Links to papers, their words, and what is known of the paper by them"""

WORDS = ("hier", "Zum Kurs", "mehr", "Jetzt kaufen", "zur Aktie", "Hier klicken", ">>")
ADVERTISED = """<article class="page-content__item ad-container"><h2 class="headline">
Ausgewählte Hebelprodukte auf Muster</h2><table class="table table--headline-first-col"><tbody>
<tr><td>Kurs</td><td>1,23 EUR</td></tr>
<tr><td>Hebel</td><td>10</td></tr></tbody></table></article>"""
TILE = """<div class="ad-container"><div class="snapshot"><h2>Andere Aktie</h2>
<div class="snapshot__badge-bar"><span class="badge"><em class="badge__key">ISIN</em>
<span class="badge__value">US88160R1014</span></span>
<span class="badge"><em class="badge__key">WKN</em>
<span class="badge__value">A1CX3T</span></span></div><div class="snapshot__values">
<span class="snapshot__value-current"><span class="snapshot__value">9,99</span>
<span class="snapshot__value-unit">USD</span></span></div></div></div>"""
PEERS = """<article class="page-content__item"><h2 class="headline">Ähnliche Aktien</h2>
<table class="table"><thead><tr><th>Börse</th><th>Letzter</th><th>Vortag</th></tr></thead><tbody>
<tr><td>XETRA</td><td>12,00 EUR</td><td>11,00 EUR</td></tr></tbody></table></article>"""


def element(markup: str) -> Any:
    """Return an element."""
    return fragment_fromstring(" ".join(markup.split()))


def stock_pages(sheet: Sheet) -> Sequence[Any]:
    """Return the headline of a page of a paper, before and behind which there is room."""
    return sheet.xpath("//h1") if sheet.page_type in PAPERS else []


def boxes(sheet: Sheet) -> Sequence[Any]:
    """Return the link of each row of the box of papers whose name stands in one line, once."""
    return [
        link
        for link in sheet.xpath('//div[contains(@class, "grid__item-7")]/a[@href]')
        if "/profil/" not in link.get("href") and not link.xpath(".//br | .//@aria-hidden")
    ]


def agreeing_boxes(sheet: Sheet) -> Sequence[Any]:
    """Return these links whose kind of papers has one notation: a row less ends no doubt."""
    return [link for link in boxes(sheet) if not _is_of_both_notations(link)]


def _is_of_both_notations(link: Any) -> bool:
    roof = link.get("href").removeprefix(SITE).split("/")[1]
    rows = link.xpath(f'//div[contains(@class, "grid__item-7")][a[contains(@href, "/{roof}/")]]')
    prices = " ".join(text(row.getnext()) for row in rows)
    return all(re.search(form, prices) for form in (r"\d\.\d{3},\d", r"\d,\d{3}\.\d"))


def own_buttons(sheet: Sheet) -> Sequence[Any]:
    """Return the cells with the link "Aktie kaufen"."""
    return sheet.xpath('//div[contains(@class, "grid__item-3")][a[contains(@href, "isin=")]]')


def site_links(sheet: Sheet) -> Sequence[Any]:
    """Return the links to pages of the site in the content of a page of HTML."""
    if sheet.format != "html":
        return []
    links = sheet.xpath("//body//a[@href][not(ancestor::nav)]")
    return [link for link in links if link.get("href").startswith(("/", SITE))]


def own_addresses(sheet: Sheet) -> Sequence[Any]:
    """Return the links to other pages of the site that are read."""
    return [link for link in site_links(sheet) if _PATH.match(link.get("href").removeprefix(SITE))]


@alters(own_addresses)
def a_host_in_another_spelling(link: Any, pick: Pick) -> Seen:
    path = link.get("href").removeprefix(SITE)
    hosts = ("https://finanzen.net", "HTTPS://WWW.FINANZEN.NET", "https://Www.Finanzen.Net")
    link.set("href", pick((*hosts, "http://www.finanzen.net", "//www.finanzen.net", SITE)) + path)
    return SAME


@alters(own_addresses)
def an_address_with_a_fragment(link: Any, pick: Pick) -> Seen:
    href = link.get("href").partition("#")[0]
    link.set("href", f"{href}{pick(('#oben', '#'))}")
    return SAME


@alters(agreeing_boxes)
def a_box_row_of_a_foreign_host(link: Any, pick: Pick) -> Seen:
    path = link.get("href").removeprefix(SITE)
    host = pick(("https://www.finanzen.ch", "https://partner.example", "https://g.finanzen.net"))
    link.set("href", host + path)
    page = path.rpartition("/")[2].removesuffix("-aktie")
    page = page if "?type=" in page else page.partition("?")[0]
    is_study = "/analyse/" in str(link.xpath("//link[@rel='canonical']/@href"))
    void = {} if is_study else {"page": page}
    return Seen(shown={"instruments": (_without(page),)}, void=void)


def _without(page: str) -> Callable[[Any], Any]:
    """Return a function of the papers that an article names: all but one."""
    return lambda before: _Without(before, page)


class _Without:
    """Equals a list of the papers before, without one; another link can name it by other words."""

    def __init__(self, before: Any, page: str) -> None:
        self.pages = {folded(paper["page"]) for paper in before or ()}
        self.page = page

    def __eq__(self, papers: object) -> bool:
        pages = [str(paper["page"]) for paper in papers] if isinstance(papers, list) else []
        return self.page not in pages and self.pages >= set(map(folded, pages))

    def __hash__(self) -> int:
        return len(self.pages)


@alters(boxes)
def a_word_instead_of_a_name(link: Any, pick: Pick) -> Seen:
    word = pick(WORDS)
    link.text = word
    page = link.get("href").rpartition("/")[2].partition("?")[0].removesuffix("-aktie")
    gone = frozenset({"name", "page", "isin"})
    return Seen(
        gone=gone, shown={"instruments": (_without(page), lambda before: _Nameless(before, word))}
    )


class _Nameless:
    """Equals a list of the same papers, of which none has the word as its name."""

    def __init__(self, before: Any, word: str) -> None:
        self.pages = [paper["page"] for paper in before or ()]
        self.word = word

    def __eq__(self, papers: object) -> bool:
        if not isinstance(papers, list):
            return False
        names = [paper["name"] for paper in papers]
        return self.word not in names and {paper["page"] for paper in papers} <= set(self.pages)

    def __hash__(self) -> int:
        return len(self.pages)


@alters(boxes)
def a_badge_beside_a_name(link: Any, pick: Pick) -> Seen:
    badge = element('<span class="badge">Neu</span>')
    link.append(badge) if pick((True, False)) else link.addnext(badge)
    return SAME


@alters(own_buttons)
def an_advertisement_with_the_number_of_another_paper(cell: Any, pick: Pick) -> Seen:
    label = pick(("Turbo entdecken", "Knock-outs", "Zum Sparplan", "Jetzt handeln"))
    href = "https://partner.example/turbo?isin=US88160R1014"
    advert = element(
        f'<div class="{cell.get("class")}"><a href="{href}"><span>{label}</span></a></div>'
    )
    cell.addprevious(advert) if pick((True, False)) else cell.addnext(advert)
    return SAME


def study_boxes(sheet: Sheet) -> Sequence[Any]:
    """Return the first row of the box of a study."""
    found = sheet.xpath('(//div[contains(@class, "grid__item-7")])[1]')
    return found if sheet.page_type == "analysis" else []


@alters(study_boxes)
def a_rival_first_in_the_box_of_a_study(cell: Any, _pick: Pick) -> Seen:
    rival = """<div class="grid__item-7"> <a href="/aktien/anders-aktie">Anders AG</a> </div>
    <div class="grid__item-5"> 12,00 EUR <span>0,10 EUR 0,84%</span> </div>"""
    for part in fragments_fromstring(" ".join(rival.split()).replace("> <div", "><div")):
        cell.addprevious(part)
    return Seen(added=[{"type": "Quote", "page": "anders"}])


@alters(stock_pages)
def the_tile_of_another_share_first(headline: Any, _pick: Pick) -> Seen:
    headline.xpath("ancestor::body[1]")[0].insert(0, element(TILE))
    return SAME


@alters(stock_pages)
def the_box_of_a_certificate(headline: Any, pick: Pick) -> Seen:
    body = headline.xpath("ancestor::body[1]")[0]
    body.insert(pick((0, len(body))), element(ADVERTISED))
    return SAME


@alters(stock_pages)
def the_heading_of_an_advertisement_first(headline: Any, _pick: Pick) -> Seen:
    advert = element("<aside class='ad-container'><h2>Beispiel Aktie</h2></aside>")
    headline.xpath("ancestor::body[1]")[0].insert(0, advert)
    return SAME


@alters(stock_pages)
def another_headline_and_the_heading_of_an_advertisement(headline: Any, _pick: Pick) -> Seen:
    name = text(headline).partition(" Aktie")[0]
    for child in list(headline):
        headline.remove(child)
    headline.text = f"Aktien von {name}"
    advert = element("<aside class='ad-container'><h2>Beispiel Aktie</h2></aside>")
    headline.xpath("ancestor::body[1]")[0].append(advert)
    return Seen(shown={"name": (f"Aktien von {name}",)})


def badge_values(sheet: Sheet) -> Sequence[Any]:
    """Return the values of the badges with a paper's numbers."""
    badges = sheet.xpath('//*[contains(@class, "badge__key")][contains("ISIN WKN", text())]')
    return badges if sheet.page_type in PAPERS and len(badges) == 2 else []


@alters(badge_values)
def a_number_that_is_none(key: Any, pick: Pick) -> Seen:
    value = key.getnext()
    field = text(key).lower()
    value.text = pick(("DE000A0MST16", "A0MST", "XX", "DE 000 A0M ST1 5 9"))
    for child in list(value):
        value.remove(child)
    return Seen(shown={"wkn": (), "isin": ()}, void={field: ANY})


@alters(badge_values)
def a_badge_that_is_not_given(key: Any, pick: Pick) -> Seen:
    value = key.getnext()
    value.text = pick(("-", "k. A.", "n/a", "", "--"))
    return Seen(gone=frozenset({text(key).lower()}), lost=20)


def symbols(sheet: Sheet) -> Sequence[Any]:
    """Return the badge of the symbol."""
    return sheet.xpath('//*[contains(@class, "badge__key")][text()="Symbol"]')


@alters(symbols)
def a_symbol_that_is_not_given(key: Any, pick: Pick) -> Seen:
    key.getnext().text = pick(("-", "k. A.", "n/a", "", "--"))
    return Seen(gone=frozenset({"symbol"}), lost=20)


@alters(tables)
def a_table_of_peers(table: Any, pick: Pick) -> Seen:
    if pick((True, False)):
        heading_of(table).addprevious(element(PEERS))
    else:
        table.addnext(element(PEERS))
    return SAME


def rated(sheet: Sheet) -> Sequence[Any]:
    """Return the rows of the tables of ratings of one share."""
    if sheet.page_type not in ("article", "stock"):
        return []
    return [row for table in read_tables(sheet) for row in body_rows(table)]


@alters(rated)
def a_rating_of_another_share(row: Any, _pick: Pick) -> Seen:
    other = """<table><tr><td>03.11.2026</td><td>
    <a href="/analyse/probe_sell-haus_1100777">Probe Sell</a></td><td>Haus</td></tr></table>"""
    row.addprevious(element(other).xpath(".//tr")[0])
    link = {"type": "Link", "url": "https://finanzen.net/analyse/probe_sell-haus_1100777"}
    rating = {"type": "Rating", "name": "Probe"}
    return Seen(added=[rating | {"page": "probe"}, rating | {"page": None}, link])


def firms(sheet: Sheet) -> Sequence[Any]:
    """Return the cells of firms with a link to their study."""
    if sheet.page_type != "price_targets":
        return []
    cells = [(body_rows(table), column(table, "Analyst")) for table in tables(sheet)]
    found = [row[at] for rows, at in cells for row in rows if at is not None]
    return [cell for cell in found if cell.xpath("a")]


@alters(firms)
def two_links_in_the_cell_of_a_firm(cell: Any, pick: Pick) -> Seen:
    older = element('<a href="/analyse/muster_hold-haus_1000777">älter</a>')
    cell.append(older)
    older.addprevious(element("<br>")) if pick((True, False)) else None
    link = {"type": "Link", "url": "https://finanzen.net/analyse/muster_hold-haus_1000777"}
    return Seen(added=[link])


def ticker_links(sheet: Sheet) -> Sequence[Any]:
    """Return the links of the header's ticker to papers."""
    links = sheet.xpath('//a[@class="quote-ticker__label"][not(contains(@href, "/boerse/"))]')
    return [link for link in links if "g.finanzen" not in link.get("href")]


@alters(ticker_links)
def an_advertisement_in_the_ticker(link: Any, pick: Pick) -> Seen:
    path = link.get("href").removeprefix(SITE)
    link.set("href", pick(("https://g.finanzen.net", "https://partner.example")) + path)
    return Seen(lost=1, void={"page": path.rpartition("/")[2]})


@alters(plain_paragraphs)
def a_link_to_a_tool(paragraph: Any, pick: Pick) -> Seen:
    return _linked(paragraph, pick(TOOLS), "Suche")


@alters(plain_paragraphs)
def a_link_of_a_word_to_a_paper(paragraph: Any, pick: Pick) -> Seen:
    seen = _linked(paragraph, "/aktien/anders-aktie", pick(WORDS))
    nameless = one_more(name=None, page="anders")
    return Seen(shown={**seen.shown, "instruments": (nameless,)})


@alters(plain_paragraphs)
def a_link_to_a_paper_on_another_host(paragraph: Any, pick: Pick) -> Seen:
    host = pick(("https://partner.example", "https://g.finanzen.net", "https://finanzen.net.evil"))
    return _linked(paragraph, f"{host}/aktien/anders-aktie", "Anders")


@alters(plain_paragraphs)
def a_link_to_a_paper(paragraph: Any, pick: Pick) -> Seen:
    href, words, fields = pick(LINKED)
    seen = _linked(paragraph, href, words)
    shown = {**seen.shown, "instruments": (one_more(**fields),)}
    return Seen(shown=shown, due=frozenset({"instruments"}))


def _linked(paragraph: Any, href: str, words: str) -> Seen:
    """Put a link into a paragraph, whose words become part of the text."""
    link = element(f'<a href="{href}">{words}</a>')
    link.tail = " " + (paragraph.text or "")
    paragraph.text = ""
    paragraph.insert(0, link)
    return Seen(shown={"article_body": (inserted(words),)})
