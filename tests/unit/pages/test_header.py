"""The header of a captured page, against what was read by eye."""

from pathlib import Path

from finnews.items import Instrument, Item, Quote
from finnews.pages.analysis_list import AnalysisListPage
from finnews.pages.parts.header import header_items


def captured_header(captures: Path) -> list[Item]:
    """Return what is in the header of a captured page, whatever its type is."""
    text = (captures / "etf-2026-09-23-ishares-core-msci-world.html").read_text("utf-8")
    page = AnalysisListPage("https://www.finanzen.net/analysen", text)
    items = list(header_items(page))
    assert not page.stats.doubts
    return items


def test_the_ticker_has_eight_quotes_and_an_advertisement(captures: Path) -> None:
    """All of them in German notation."""
    quotes = [item for item in captured_header(captures) if isinstance(item, Quote)]
    assert [(quote.name, str(quote.price), str(quote.change_percent)) for quote in quotes] == [
        ("DAX", "25579", "0.0"),
        ("ESt50", "6325", "0.1"),
        ("MSCI World", "4977", "0.0"),
        ("Nas", "27244", "0.5"),
        ("Bitcoin", "76147", "1.2"),
        ("Euro", "1.1429", "-0.2"),
        ("Öl", "98.12", "-1.1"),
        ("Gold", "4346", "-0.2"),
    ]
    assert {(quote.change, quote.currency, quote.isin) for quote in quotes} == {(None,) * 3}


def test_the_search_lists_have_six_shares_with_their_numbers(captures: Path) -> None:
    """Four of the desktop's list and two of the phones' are in the excerpt."""
    items = captured_header(captures)
    shares = [item for item in items if isinstance(item, Instrument)]
    assert [(share.page, share.name, share.isin, share.wkn) for share in shares] == [
        ("biontech", "BioNTech (ADRs)", "US09075V1026", "A2PSR2"),
        ("tesla", "Tesla", "US88160R1014", "A1CX3T"),
        ("amazon", "Amazon", "US0231351067", "906866"),
        ("nel", "NEL ASA", "NO0010081235", "A0B733"),
        ("nvidia", "NVIDIA", "US67066G1040", "918422"),
        ("infineon", "Infineon", "DE0006231004", "623100"),
    ]
    assert {share.kind for share in shares} == {"stock"}


def test_the_same_lists_are_read_once(captures: Path) -> None:
    """Each page gives items of its own, which a pipeline may change."""
    first, second = captured_header(captures), captured_header(captures)
    assert first == second
    assert not {id(item) for item in first} & {id(item) for item in second}


def entry(href: str, name: str, price: str, change: str = "0,5%") -> str:
    """Return an entry of the ticker."""
    return (
        f'<span class="quote-ticker__item"><a href="{href}" class="quote-ticker__label">{name}</a>'
        f'<span class="quote-ticker__value">{price}</span>'
        f'<span class="quote-ticker__value">{change}</span></span>'
    )


def page_with(entries: str, path: str) -> AnalysisListPage:
    """Return a page whose ticker has the entries."""
    header = f'<header><div class="quote-ticker">{entries}</div></header>'
    return AnalysisListPage(
        f"https://www.finanzen.net{path}", f"<html><body>{header}</body></html>"
    )


def test_a_header_on_two_pages_is_counted_and_told_on_both() -> None:
    """A doubt's example is that of the page on which it was met."""
    entries = entry("/index/dax", "DAX", "25.579") + entry("/index/sdax", "SDAX", "k. A.")
    entries += entry("/index/mdax", "MDAX", "31.250", "Muster 1")
    first, second = page_with(entries, "/analysen"), page_with(entries, "/analysen/sap-analysen")
    items = [list(header_items(page)) for page in (first, second)]
    assert [[item.url for item in on_page] for on_page in items] == [
        [first.url] * 2,
        [second.url] * 2,
    ]
    assert first.stats.stat_values("page") == second.stats.stat_values("page")
    assert first.stats.doubts
    for page in (first, second):
        assert {example.url for example in page.stats.examples.values()} == {page.url}


def test_a_link_in_the_header_leads_where_its_page_says() -> None:
    """A relative one leads elsewhere on another page."""
    entries = entry("index/dax", "DAX", "25.579")
    quotes = [
        list(header_items(page_with(entries, path)))
        for path in ("/analysen", "/analysen/sap-analysen", "/analysen")
    ]
    assert [len(on_page) for on_page in quotes] == [1, 0, 1]


def test_a_header_of_which_one_character_differs_is_read_anew() -> None:
    """Most pages of a crawl differ in no more than a price."""
    prices = ("25.579", "25.578", "25.579")
    pages = [page_with(entry("/index/dax", "DAX", price), "/analysen") for price in prices]
    read = [item for page in pages for item in header_items(page) if isinstance(item, Quote)]
    assert [f"{quote.price}" for quote in read] == ["25579", "25578", "25579"]
