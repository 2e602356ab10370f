"""The pages of all kinds of securities: which addresses are theirs, and what the register gets."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.archive import Archive
from finnews.instrument_paths import KINDS, instrument_path, path_of
from finnews.items import Instrument, Kind, Quote
from finnews.pages import PAGE_TYPES, is_authoritative, page_type
from finnews.pages.index import IndexPage
from finnews.pages.securities.security_page import SecurityPage
from finnews.pipelines import InstrumentsPipeline, instrument_of
from tests.support.cases import Case, golden_cases

SITE = "https://www.finanzen.net"
SECURITIES = {page.name(): page for page in PAGE_TYPES if issubclass(page, SecurityPage)}
CASES = {case.folder: case for case in reversed(golden_cases()) if case.path.stem == "full"}

# kind → page name, and what its golden page shows: name, ISIN, WKN, symbol
SHOWN = {
    "stock": ("muster", "Muster", "DE000A0MST15", "A0MST1", "MSTR"),
    "etf": ("muster-welt-etf-ie00bmustr11", "Muster Welt ETF", "IE00BMUSTR11", "A0MSTE", None),
    "fund": (
        "muster-klima-welt-xe-c-lu0099999996",
        "Muster Klima Welt - XE-C Fonds",
        "LU0099999996",
        "A0MSTF",
        None,
    ),
    "index": ("muster_50", "Muster 50", "DE000A0MSTX7", "A0MSTX", "M50"),
    "currency": (
        "dollarkurs",
        "Dollarkurs (Euro - US-Dollar)",
        "EU0099999995",
        "999999",
        "EURUSD",
    ),
    "commodity": ("musterpreis", "Musterpreis", "XC0009999993", "999998", None),
    "bond": (
        "a0mstb-muster-anleihe",
        "Muster Anleihe 3,25 % bis 2034",
        "DE000A0MSTB3",
        "A0MSTB",
        None,
    ),
    "certificate": ("mu5t3r", "Mini Future auf Muster", "DE000MU5T3R9", "MU5T3R", None),
}


def page_of(case: Case) -> SecurityPage:
    """Return a golden page."""
    return SECURITIES[case.folder](case.url, case.text)


def own_quotes(page: SecurityPage) -> list[Quote]:
    """Return the quotes of the page's own paper."""
    quotes = (item for item in page.items() if isinstance(item, Quote))
    return [quote for quote in quotes if quote.source != "ticker"]


def test_every_kind_of_paper_has_a_page_type() -> None:
    """Coins have that of currencies."""
    assert {page.kind for page in SECURITIES.values()} == set(KINDS.values())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/index/dax", "index"),
        ("/index/euro_stoxx_50/", "index"),
        ("/index/s%26p_500", "index"),
        ("/devisen/dollarkurs", "currency"),
        ("/devisen/bitcoin-euro-kurs", "currency"),
        ("/rohstoffe/goldpreis", "commodity"),
        ("/rohstoffe/oelpreis?type=Brent", "commodity"),
        ("/anleihen/a0mst1-muster-anleihe", "bond"),
        ("/zertifikate/auf-a0mst1/mu5t3r", "certificate"),
        ("/zertifikate/auf-/MU5T3R", "certificate"),
        ("/index/dax/marktberichte", "news_list"),
        ("/index/dax/40-werte", "index_members"),
        *((path, None) for path in ("/index/suche", "/devisen/realtime", "/rohstoffe/realtime")),
        *((path, None) for path in ("/devisen/kryptowaehrungen", "/devisen/dollarkurs/chart")),
        *((path, None) for path in ("/anleihen/suche", "/zertifikate/suche")),
        *((path, None) for path in ("/zertifikate/emittenten", "/zertifikate/auf-a0mst1/charts")),
        *((path, None) for path in ("/zertifikate/auf-a0mst1", "/index/dax@stBoerse_XETRA@x")),
    ],
)
def test_a_page_type_has_the_paths_of_its_papers_alone(path: str, name: str | None) -> None:
    """Lists and tools under the same roof are other pages, or none that is read."""
    found = page_type(SITE + path)
    assert (found and found.name()) == name


@given(st.sampled_from(sorted(KINDS)), st.from_regex(r"[a-z0-9_@&-]{1,14}", fullmatch=True))
def test_what_is_no_paper_is_no_page_of_one(roof: str, name: str) -> None:
    """The page types of securities ask `instrument_path`."""
    found = page_type(f"{SITE}/{roof}/{name}")
    if found is not None and issubclass(found, SecurityPage):
        assert instrument_path(f"/{roof}/{name}")


def test_an_address_of_no_paper_is_none_of_a_page() -> None:
    """It cannot be read as one."""
    with pytest.raises(ValueError, match="/index/suche"):
        IndexPage(f"{SITE}/index/suche", "<html></html>")


@pytest.mark.parametrize("name", SECURITIES)
def test_a_page_has_authority_on_its_own_paper(name: str) -> None:
    """On what it says of it, whatever exchange it is for; not on what its header names."""
    page = page_of(CASES[name])
    quotes = own_quotes(page)
    assert quotes
    assert all(map(is_authoritative, quotes))
    assert all(is_authoritative(instrument_of(quote)) for quote in quotes)
    other = Instrument(url=page.url, page="anderes", kind=page.paper.kind)
    assert not is_authoritative(other)
    others: tuple[Kind, ...] = ("stock", "index")
    for kind in others:
        same_name = Instrument(url=page.url, page=page.paper.page, kind=kind)
        assert is_authoritative(same_name) == (kind == page.paper.kind)


@pytest.mark.parametrize("name", SHOWN)
def test_the_register_gets_every_field_from_the_own_page(name: str, tmp_path: Path) -> None:
    """Page name, name, kind and the numbers that the page shows."""
    with Archive(tmp_path) as archive:
        pipeline = InstrumentsPipeline(archive)
        for quote in own_quotes(page_of(CASES[name])):
            pipeline.process_item(quote)
        archive.commit()
        (found,) = archive.all_of(Instrument)
    assert (found.page, found.name, found.isin, found.wkn, found.symbol) == SHOWN[name]
    assert found.kind == name


def test_the_two_oils_are_two_papers() -> None:
    """Of one path: the query of the requested address tells them apart."""
    case = next(case for case in golden_cases() if case.path.stem == "oil_of_a_type")
    page = page_of(case)
    assert page.paper.page == "oelpreis?type=Brent"
    assert urlsplit(page.url).query == ""
    assert path_of(*page.paper[:2]) == "/rohstoffe/oelpreis?type=Brent"
    brent, wti = (
        Instrument(url=page.url, page=f"oelpreis?type={name}", kind="commodity")
        for name in ("Brent", "WTI")
    )
    assert is_authoritative(brent)
    assert brent.keys != wti.keys
