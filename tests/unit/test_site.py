"""Which site an address is of, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.pages import page_type
from finnews.site import FINANZEN_NET, host_of, site_at


@pytest.mark.parametrize(
    "url",
    [
        "https://www.finanzen.net",
        "https://WWW.finanzen.net/",
        "https://www.finanzen.net:443",
        "https://muster:geheim@www.finanzen.net",
    ],
)
def test_one_site_has_one_host_however_its_address_is_written(url: str) -> None:
    """Case, the scheme's own port and credentials make no other site."""
    site = site_at(url)
    assert (site.host, site.name) == ("www.finanzen.net", "finanzen.net")
    assert site.has("https://www.finanzen.net/analysen")


@pytest.mark.parametrize(
    "url",
    [
        "mailto:/index/dax",
        "javascript:/aktien/muster-aktie",
        "tel:+49",
        "https://[muster/aktien/muster-aktie",
        "https://partner.example/aktien/muster-aktie",
        "https://www.finanzen.net:8443/aktien/muster-aktie",
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
