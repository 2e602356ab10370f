"""What an element of ``stocks=`` asks for."""

import pytest

from finnews.spiders.wanted import wanted


@pytest.mark.parametrize(
    "name",
    [
        *("bmw", "sap", "boeing", "nvidia", "hermes", "HERMES", "h2apex", "saint-gobain"),
        *("volkswagen_vz", "at&t", "1und1", "beispielbau"),
    ],
)
def test_a_name_is_that_of_a_share(name: str) -> None:
    """In small letters, even in the form of a WKN: a WKN is in capitals and has a digit."""
    paper = wanted(name).paper
    assert paper is not None
    assert (paper.kind, paper.page) == ("stock", name.lower())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("US5990001019", "US5990001019"),
        ("us5990001019", "US5990001019"),
        ("BSP123", "BSP123"),
        ("123456", "123456"),
    ],
)
def test_a_number_is_looked_up(text: str, number: str) -> None:
    """It names no share of itself."""
    asked = wanted(text)
    assert (asked.number, asked.paper) == (number, None)


def test_a_wkn_in_small_letters_can_be_a_name() -> None:
    """The register decides."""
    asked = wanted("a0mst1")
    assert (asked.number, asked.paper and asked.paper.page) == ("A0MST1", "a0mst1")


@pytest.mark.parametrize(
    ("text", "kind", "page"),
    [
        ("aktien/muster-aktie", "stock", "muster"),
        ("/aktien/muster-aktie/", "stock", "muster"),
        ("aktien/muster", "stock", "muster"),
        ("aktien/muster-aktie@stBoerse_XETRA", "stock", "muster"),
        ("etf/muster-welt-etf-ie00bmustr14", "etf", "muster-welt-etf-ie00bmustr14"),
        ("index/dax", "index", "dax"),
        ("devisen/dollarkurs", "currency", "dollarkurs"),
        ("rohstoffe/oelpreis?type=Brent", "commodity", "oelpreis?type=Brent"),
        ("zertifikate/auf-a0mst1/pm8f5k", "certificate", "pm8f5k"),
        ("https://www.finanzen.net/index/dax?utm=1#kurs", "index", "dax"),
        ("http://127.0.0.1:8021/aktien/muster-aktie", "stock", "muster"),
    ],
)
def test_a_path_or_an_address_names_a_paper(text: str, kind: str, page: str) -> None:
    """Of any kind."""
    asked = wanted(text)
    assert asked.fault is None
    assert asked.paper is not None
    assert (asked.paper.kind, asked.paper.page) == (kind, page)


def test_an_address_has_a_host() -> None:
    """Which is to be that of the site; a path has none."""
    assert wanted("https://muster.example/index/dax").host == "muster.example"
    assert wanted("index/dax").host is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "US5990001018",
            "muster ag",
            "../robots",
            "muster/aktie",
            "etf/suche",
            "index/dax/40-werte",
        ),
        *("https://[muster", "mailto:muster/aktien", "aktien/", "/" * 3000, "müller", "?", "-x"),
    ],
)
def test_anything_else_has_a_fault(text: str) -> None:
    """In one line."""
    fault = wanted(text).fault
    assert fault
    assert "\n" not in fault


def test_an_element_of_a_file_has_its_line() -> None:
    """By which it is named."""
    assert (wanted("muster", 7).name, wanted("muster").name) == ("muster (line 7)", "muster")
