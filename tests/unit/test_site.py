"""Which site an address is of, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.pages import page_type
from finnews.site import FINANZEN_NET, host_of, is_same_host, site_at


@pytest.mark.parametrize(
    "url",
    [
        "https://www.finanzen.net",
        "https://WWW.finanzen.net/",
        "https://www.finanzen.net:443",
        "https://www.finanzen.net./",
        "https://ｗｗｗ.finanzen。net",
        "https://muster:geheim@www.finanzen.net",
        "http://www.finanzen.net:80",
        "https://finanzen.net",
    ],
)
def test_one_site_has_one_host_however_its_address_is_written(url: str) -> None:
    """Case, a last dot, the scheme's own port, credentials and ``www.`` make no other site."""
    site = site_at(url)
    assert is_same_host(site.host, "www.finanzen.net")
    assert site.name == "finanzen.net"
    assert site.has("https://www.finanzen.net/analysen")
    assert FINANZEN_NET.has(f"{url.rstrip('/')}/analysen?p=2")
    own = FINANZEN_NET.own_address(f"{url.rstrip('/')}/analysen?p=2")
    assert own == "https://www.finanzen.net/analysen?p=2"


def test_a_name_in_unicode_is_the_name_in_ascii() -> None:
    """As DNS has it."""
    assert site_at("https://www.börse.example").has("https://XN--BRSE-5QA.example/index/dax")


@pytest.mark.parametrize(
    "url",
    [
        "mailto:/index/dax",
        "javascript:/aktien/muster-aktie",
        "tel:+49",
        "https://[muster/aktien/muster-aktie",
        "https://partner.example/aktien/muster-aktie",
        "https://www.finanzen.net:8443/aktien/muster-aktie",
        "https://www.finanzen.net:443x/aktien/muster-aktie",
        "https://g.finanzen.net/aktien/muster-aktie",
        "https://www.www.finanzen.net/aktien/muster-aktie",
        "https://finanzen.net.example/aktien/muster-aktie",
        "https://www.finanzen.net@partner.example/aktien/muster-aktie",
        "https://partner.example\\@www.finanzen.net/aktien/muster-aktie",
        "//partner.example/aktien/muster-aktie",
    ],
)
def test_what_is_no_web_address_of_the_site_is_no_page_of_it(url: str) -> None:
    """Whatever its path looks like."""
    assert not FINANZEN_NET.has(url)
    assert FINANZEN_NET.path_of(url) is None
    assert page_type(url) is None


@given(st.text())
def test_any_text_has_a_host_or_none(url: str) -> None:
    """Nothing raises."""
    assert isinstance(host_of(url), str)
    FINANZEN_NET.has(url)
