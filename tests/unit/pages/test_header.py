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
