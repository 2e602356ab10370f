"""Which paths are pages of securities, and which are lists and tools under the same roofs."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import isin as stdnum_isin

from finnews.instrument_paths import (
    KINDS,
    InstrumentPath,
    instrument_path,
    isin_of_page,
    path_of,
    with_type,
)
from finnews.instrument_words import COINS, CURRENCIES, word_set
from finnews.items import Kind

ISIN = "IE00MUSTER00"
NAMES = st.from_regex(r"[a-z0-9&]{1,12}(?:[-_][a-z0-9]{1,8}){0,3}", fullmatch=True)
PAGES = st.one_of(
    NAMES,
    st.builds("{}-ie00muster00".format, NAMES),
    st.builds("{}-{}-kurs".format, st.sampled_from(sorted(COINS | CURRENCIES)), NAMES),
    st.from_regex(r"[a-hj-np-z0-9]{6}", fullmatch=True),
    st.builds("a0mst1-{}".format, NAMES),
    st.builds("oelpreis?type={}".format, st.sampled_from(["Brent", "WTI"])),
)
"""Names of pages, of which some kind has each"""

PAPERS = {
    "/aktien/volkswagen_vz-aktie": ("stock", "volkswagen_vz"),
    "/aktien/saint-gobain-aktie@stBoerse_XETRA": ("stock", "saint-gobain"),
    "/aktien/3m-aktie@stBoerse_L&S": ("stock", "3m"),
    "/index/dax": ("index", "dax"),
    "/index/dax/": ("index", "dax"),
    "/index/tecdax": ("index", "tecdax"),
    "/index/lus-dax": ("index", "lus-dax"),
    "/index/euro_stoxx_50": ("index", "euro_stoxx_50"),
    "/index/s&p_500": ("index", "s&p_500"),
    "/index/nasdaq_composite": ("index", "nasdaq_composite"),
    "/devisen/dollarkurs": ("currency", "dollarkurs"),
    "/devisen/bitcoin-euro-kurs": ("crypto", "bitcoin-euro-kurs"),
    "/devisen/usd_coin-us_dollar-kurs": ("crypto", "usd_coin-us_dollar-kurs"),
    "/devisen/shiba_inu-euro": ("crypto", "shiba_inu-euro"),
    "/devisen/tether-kurs": ("crypto", "tether-kurs"),
    "/devisen/mustercoin-euro-kurs": ("currency", "mustercoin-euro-kurs"),
    "/devisen/eurokurs": ("currency", "eurokurs"),
    "/devisen/us_dollar-schweizer_franken-kurs": ("currency", "us_dollar-schweizer_franken-kurs"),
    "/devisen/euro-dollar": ("currency", "euro-dollar"),
    "/rohstoffe/goldpreis": ("commodity", "goldpreis"),
    "/rohstoffe/erdgas-preis-natural-gas": ("commodity", "erdgas-preis-natural-gas"),
    "/rohstoffe/kupfer": ("commodity", "kupfer"),
    "/anleihen/a0mst1-muster-anleihe": ("bond", "a0mst1-muster-anleihe"),
    "/anleihen/a0mst1-muster-ag": ("bond", "a0mst1-muster-ag"),
    "/etf/muster-welt-etf-ie00muster00": ("etf", "muster-welt-etf-ie00muster00", ISIN),
    "/etf/muster-welt-etf-ie00muster01": ("etf", "muster-welt-etf-ie00muster01"),
    "/etf/muster-welt-etf-ie00muster00/bae": ("etf", "muster-welt-etf-ie00muster00", ISIN),
    "/etf/muster-welt-etf-ie00muster00/l&s": ("etf", "muster-welt-etf-ie00muster00", ISIN),
    "/etf/kurse/muster-welt-etf-ie00muster00": ("etf", "muster-welt-etf-ie00muster00", ISIN),
    "/fonds/muster-fonds-ie00muster00": ("fund", "muster-fonds-ie00muster00", ISIN),
    "/fonds/historisch/muster-fonds-ie00muster00": ("fund", "muster-fonds-ie00muster00", ISIN),
    "/zertifikate/auf-a0mst1/mu5t3r": ("certificate", "mu5t3r", None, "MU5T3R"),
    "/zertifikate/auf-/mu5t3r": ("certificate", "mu5t3r", None, "MU5T3R"),
    "/zertifikate/auf-A0MST1/MU5T3R": ("certificate", "mu5t3r", None, "MU5T3R"),
}

NO_PAPERS = sorted(
    word_set(
        """
    /etf/muster-welt-etf-ie00muster00/chart /fonds/muster-fonds-ie00muster00/news
    /aktien /aktien/ /aktien/suche /aktien/-aktie /aktien/realtimekurse /aktien/a@b-aktie
    /aktien/muster-aktie/chart /nachricht/aktien/muster-aktie aktien/muster-aktie /Aktien/dax
    /index/suche /index/realtime /index/kursliste /index/weltweit /index/muster /index/dax/werte
    /index/dax/marktberichte /index/dax/40-werte /index/dax-realtime /index/dax?p=2
    /devisen/realtime /devisen/realtime-kurse /devisen/kryptowaehrungen /devisen/waehrungsrechner
    /devisen/wechselkurs /devisen/kurs /devisen/bitcoin /devisen/bitcoin-ratgeber
    /devisen/bitcoin-euro-kurs/chart /devisen/devisen-kurs
    /rohstoffe/suche /rohstoffe/realtime /rohstoffe/muster /rohstoffe/goldpreis/chart
    /rohstoffe/goldpreis-prognose
    /anleihen/suche /anleihen/vergleich /anleihen/staatsanleihen /anleihen/unternehmens-anleihen
    /etf/suche /etf/vergleich /etf/sparplan /etf/muster-etf
    /etf/kvg/muster-haus /etf/kurse/muster-etf /etf/ie00muster00/muster-de000a0mst15
    /etf/kurse/muster-ie00muster00/chart /etf/musterie00muster00
    /fonds/suche /fonds/kvg/muster-haus /fonds/top
    /zertifikate/suche /zertifikate/emittenten /zertifikate/auf-a0mst1 /zertifikate/auf-a0mst1/
    /zertifikate/auf-a0mst1/suche /zertifikate/auf-a0mst1/charts /zertifikate/top-10
    /zertifikate/mu5t3r /zertifikate/auf-a0mst1/mu5t3r/chart /zertifikate/hebel/mu5t3r
    /kursziele/muster /analyse/muster_buy-bank_1 /impressum /
"""
    )
)


def test_the_kinds_of_paths_are_those_of_items() -> None:
    """Crypto currencies are under the path of currencies."""
    assert set(KINDS.values()) == set(get_args(Kind)) - {"crypto"}


def test_no_word_is_a_currency_and_a_coin() -> None:
    """The first name of a pair says which of them it is."""
    assert set() == COINS & CURRENCIES


@pytest.mark.parametrize("path", PAPERS)
def test_a_path_of_a_known_form_is_that_of_a_security(path: str) -> None:
    """It gives kind and page name, and a number if it has one."""
    kind, page, *numbers = PAPERS[path]
    isin, wkn = (*numbers, None, None)[:2]
    assert instrument_path(path) == (kind, page, isin, wkn)


@pytest.mark.parametrize("path", NO_PAPERS)
def test_lists_and_tools_are_no_securities(path: str) -> None:
    """Nor is a single word that nothing is known of."""
    assert instrument_path(path) is None


def of_address(address: str) -> InstrumentPath | None:
    """Return the instrument of a path that can have a query."""
    path, _, query = address.partition("?")
    paper = instrument_path(path)
    return with_type(paper, query) if paper else None


@pytest.mark.parametrize("path", [*PAPERS, "/rohstoffe/oelpreis?type=brent"])
def test_the_path_of_a_paper_leads_to_it(path: str) -> None:
    """The own path of what another path names is read as the same."""
    paper = of_address(path)
    assert paper
    assert of_address(path_of(*paper[:2])) == paper


@given(st.sampled_from(get_args(Kind)), PAGES)
def test_a_path_that_is_read_is_that_of_its_page(kind: Kind, page: str) -> None:
    """Of whatever kind: what the path names is what it was made of, and has the same path."""
    path = path_of(kind, page)
    paper = of_address(path)
    if paper:
        namespace = {paper.kind, kind} if "crypto" in (paper.kind, kind) else {kind}
        assert paper.kind in namespace
        assert paper.page == page
        assert path_of(*paper[:2]) == path


@given(st.from_regex(r"[A-Z]{2}[A-Z0-9]{9}", fullmatch=True), st.sampled_from(["etf", "fonds"]))
def test_an_isin_in_a_path_has_a_right_check_digit(number: str, roof: str) -> None:
    """With any other last digit the number is none."""
    right = stdnum_isin.calc_check_digit(number)
    for digit in "0123456789":
        isin = f"{number}{digit}"
        is_valid = digit == right and stdnum_isin.is_valid(isin)
        page = f"muster-{isin.lower()}"
        expected = InstrumentPath(KINDS[roof], page, isin if is_valid else None)
        assert instrument_path(f"/{roof}/{page}") == expected


@given(st.text())
def test_no_text_breaks_the_reading_of_paths(text: str) -> None:
    """Nothing raises."""
    instrument_path(text)
    isin_of_page(text)
    for roof in KINDS:
        instrument_path(f"/{roof}/{text}")
