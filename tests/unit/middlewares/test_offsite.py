"""A redirect on the site is followed, one off the site is left to the spider."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from finnews.middlewares.errors import cause
from finnews.middlewares.offsite import OffsiteRedirectMiddleware

HOST = "www.finanzen.net"


def is_followed(location: str, site: str = f"https://{HOST}") -> bool:
    """Return whether Scrapy's middleware may follow a redirect of the site."""
    request = Request(f"https://{HOST}/nachricht/aktien/muster-1")
    response = Response(request.url, status=301, headers={"Location": location})
    OffsiteRedirectMiddleware(site).process_response(request, response)
    return "dont_redirect" not in request.meta


@pytest.mark.parametrize(
    "location",
    [
        "/nachricht/aktien/muster-2",
        f"//{HOST}/nachricht/aktien/muster-2",
        f"http://{HOST}/nachricht/aktien/muster-2",
        f"https://{HOST.upper()}/nachricht/aktien/muster-2",
        f"https://{HOST}:443/nachricht/aktien/muster-2",
        f"https://muster@{HOST}/nachricht/aktien/muster-2",
        f"https://{HOST}./nachricht/aktien/muster-2",
        "https://finanzen.net/nachricht/aktien/muster-1",
    ],
)
@pytest.mark.parametrize(
    "site", [f"https://{HOST}", f"https://{HOST}:443/", "https://" + HOST.upper()]
)
def test_a_redirect_on_the_site_is_followed(location: str, site: str) -> None:
    """However the site's host is written, there or in ``SITE_URL``."""
    assert is_followed(location, site)


@pytest.mark.parametrize(
    "location",
    [
        "https://partner.example/nachricht/aktien/muster-2",
        f"https://{HOST}.partner.example/nachricht/aktien/muster-2",
        f"https://{HOST}:8443/nachricht/aktien/muster-2",
        "https://g.finanzen.net/nachricht/aktien/muster-2",
        "mailto:muster@finanzen.net",
    ],
)
def test_a_redirect_off_the_site_is_not_followed(location: str) -> None:
    """Nor is one to another port, or to what is no web address."""
    assert not is_followed(location)


@pytest.mark.parametrize("host", [HOST, HOST.upper()])
def test_a_redirect_to_the_same_address_is_a_loop(host: str) -> None:
    """Scrapy would drop it as a duplicate, and the page would be gone without a word."""
    with pytest.raises(IgnoreRequest, match="redirect loop"):
        is_followed(f"https://{host}/nachricht/aktien/muster-1")


@pytest.mark.parametrize("location", ["https://[muster/", "//[", "https://[::1", "http://a]b/"])
def test_a_redirect_to_what_is_no_address_is_a_failed_request(location: str) -> None:
    """The page is rejected and asked for again, and the crawl goes on."""
    with pytest.raises(IgnoreRequest, match="malformed redirect") as failure:
        is_followed(location)
    assert cause(failure.value) == "malformed-redirect"


@given(st.text(st.characters(codec="latin-1"), min_size=1))
def test_any_location_is_followed_or_not(location: str) -> None:
    """Nothing else raises."""
    with suppress(IgnoreRequest):
        is_followed(location)
