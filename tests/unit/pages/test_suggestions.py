"""Papers of all kinds that the site suggests: by name, and by exactly one number."""

from pathlib import Path

import pytest

from finnews.instrument_paths import InstrumentPath
from finnews.pages.suggestions import SuggestionsPage
from tests.support.cases import golden_cases

GOLDEN = {case.path.stem: case for case in golden_cases() if case.folder == "suggestions"}
BY_ISIN = "suggest-2026-09-23-isin.json"
BY_WORDS = "suggest-2026-09-23-query.json"
CORE = "ishares-core-msci-world-etf-ie00b4l5y983"
XSTOCK = "core_msci_emerging_markets_tokenised_etf_xstock-united_states_dollar-kurs"
AMUNDI = "amundi-msci-world-climate-transition-xe-c-lu1437020735"

# kind, page, ISIN, WKN, as a person reads them in the captured files
SUGGESTED: dict[str, list[tuple[str | None, ...]]] = {
    BY_ISIN: [
        ("etf", CORE, "IE00B4L5Y983", "A0RPWH"),
        ("certificate", "pm8f5k", "DE000PM8F5K2", "PM8F5K"),
        ("certificate", "pm8f5l", "DE000PM8F5L0", "PM8F5L"),
        ("certificate", "nb4s83", "DE000NB4S833", "NB4S83"),
        ("certificate", "nb4s87", "DE000NB4S874", "NB4S87"),
        ("certificate", "nb4s85", "DE000NB4S858", "NB4S85"),
    ],
    BY_WORDS: [
        ("index", "msci-world", "GB00BJDQQQ59", "A3DR38"),
        ("etf", "finanzennet-msci-world-etf-fr001400yyj0", "FR001400YYJ0", "ETF300"),
        ("certificate", "rc06lx", "AT0000A2XCX6", "RC06LX"),
        ("fund", AMUNDI, "LU1437020735", "A2ATZL"),
        ("stock", "msci", "US55354G1004", "A0M63R"),
        ("currency", XSTOCK, None, None),
    ],
}


def golden(name: str) -> SuggestionsPage:
    """Return a golden page."""
    return SuggestionsPage(GOLDEN[name].url, GOLDEN[name].text)


def captured(captures: Path, name: str) -> SuggestionsPage:
    """Return a captured page."""
    url = "https://www.finanzen.net/suggest/finde/jsonv2?query=muster"
    return SuggestionsPage(url, (captures / name).read_text("utf-8"))


@pytest.mark.parametrize("name", SUGGESTED)
def test_the_captured_suggestions_are_papers_of_all_kinds(name: str, captures: Path) -> None:
    """In the order of the page, without the advertisements before them; none is in doubt."""
    page = captured(captures, name)
    read = [(*each.paper[:2], each.isin, each.wkn) for each in page.papers]
    assert read == SUGGESTED[name]
    assert page.stats.doubts == {}
    for kind, own_page, *numbers in SUGGESTED[name]:
        found = [paper[:2] for number in numbers if number and (paper := page.paper_of(number))]
        assert found == [(kind, own_page)] * len([number for number in numbers if number])


def test_names_are_those_of_the_entries(captures: Path) -> None:
    """As the site prints them."""
    names = [each.name for each in captured(captures, BY_WORDS).papers]
    assert (names[0], names[4]) == ("MSCI World Index", "MSCI")


def test_every_kind_of_paper_is_suggested() -> None:
    """Where an entry has no number, that in the address counts."""
    page = golden("all_kinds")
    assert [(*each.paper[:2], each.isin, each.wkn) for each in page.papers] == [
        ("index", "muster_50", "DE000A0MSTX7", "A0MSTX"),
        ("etf", "muster-welt-etf-ie00bmustr11", "IE00BMUSTR11", "A0MSTE"),
        ("certificate", "mu5t3r", "DE000MU5T3R9", "MU5T3R"),
        ("certificate", "mu5t3s", "AT0000MU5T35", "MU5T3S"),
        ("fund", "muster-klima-welt-xe-c-lu0099999996", "LU0099999996", "A0MSTF"),
        ("stock", "muster-ag", "DE000A0MST15", "A0MST1"),
        ("bond", "a0mstb-muster-anleihe", "DE000A0MSTB3", "A0MSTB"),
        ("currency", "dollarkurs", None, None),
        ("crypto", "bitcoin-euro-kurs", None, None),
        ("commodity", "goldpreis", "XC0009999993", "999998"),
        ("commodity", "oelpreis?type=Brent", None, None),
    ]
    fund = golden("numbers_of_another_form").papers[1]
    assert (fund.isin, fund.wkn) == ("LU0099999996", None)


@pytest.mark.parametrize(
    ("number", "paper"),
    [
        ("ie00bmustr11", ("etf", "muster-welt-etf-ie00bmustr11")),
        ("A0MSTX", ("index", "muster_50")),
        ("mu5t3r", ("certificate", "mu5t3r")),
        ("XC0009999993", ("commodity", "goldpreis")),
        ("US5990001019", None),
        *((number, None) for number in ("DE000A0MST16", "Muster AG", "", "dollarkurs", "mu5t3")),
    ],
)
def test_a_number_is_that_of_exactly_one_paper(number: str, paper: tuple[str, str] | None) -> None:
    """What is no valid ISIN or WKN is that of none."""
    page = golden("all_kinds")
    found = page.paper_of(number)
    assert (found and found[:2]) == paper
    assert page.stats.doubts == {}


def test_a_number_of_two_papers_is_that_of_none() -> None:
    """And a doubt."""
    page = golden("one_number_of_two")
    assert page.stats.doubts == {}
    for number in ("DE000A0MST15", "A0MST1"):
        assert page.paper_of(number) is None
    assert [str(doubt) for doubt in page.stats.doubts] == ["doubt/page/ambiguous"]


def test_an_entry_whose_numbers_contradict_each_other_is_not_taken() -> None:
    """Nor one with other numbers than its address; each is a doubt."""
    page = golden("number_contradicts_address")
    assert page.papers == []
    assert {str(doubt): number for doubt, number in page.stats.doubts.items()} == {
        "doubt/isin/contradiction": 3
    }
    for number in ("LU0099999996", "A0MSTF", "IE00BMUSTR11", "MU5T3R", "PR0BE7", "599000"):
        assert page.paper_of(number) is None


def test_the_wkn_in_a_german_isin_is_that_of_the_share() -> None:
    """In the form that has a page name alone, of which other programs tell."""
    page = golden("groups_in_a_list")
    assert page.paper_of("A0MST1") == InstrumentPath("stock", "muster-ag")
    assert page.paper_of("DE000BSP1230") == InstrumentPath("stock", "beispiel_vz")
