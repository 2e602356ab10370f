"""``from finnews import read``: the items of one saved page."""

import subprocess
import sys
from pathlib import Path

import pytest

from finnews import BrokenPage, read
from finnews.pages.answer import page_of
from finnews.site import FINANZEN_NET
from tests.support import ROOT

URL = "https://www.finanzen.net/kursziele/muster_vz"
BODY = Path(ROOT, "tests/golden/price_targets/full.html").read_bytes()


@pytest.mark.parametrize("html", [BODY, BODY.decode()], ids=["bytes", "text"])
def test_a_saved_page_gives_the_items_of_a_crawl(html: bytes | str) -> None:
    """As bytes or as text; what a crawl and the archive add is missing."""
    items = read(URL, html)
    assert items == list(page_of(URL, BODY, site=FINANZEN_NET).items())
    assert {type(item).__name__ for item in items} == {"Quote", "Rating"}
    assert {(item.fetched_at, item.key, item.version) for item in items} == {(None, None, None)}


@pytest.mark.parametrize(
    ("url", "html", "reason"),
    [
        ("https://www.finanzen.net/impressum", BODY, "unexpected-address"),
        ("https://example.com/kursziele/muster_vz", BODY, "unexpected-address"),
        ("kursziele.html", BODY, "unexpected-address"),
        ("https://[muster/kursziele/muster_vz", BODY, "unexpected-address"),
        ("", BODY, "unexpected-address"),
        (URL, "", "empty"),
        (URL, b" \n", "empty"),
        (URL, BODY[:2000], "truncated"),
        (URL, "<html>" + "<div>" * 300 + "</html>", "too-deep"),
        (URL, "\ud800", "truncated"),
    ],
)
def test_what_is_no_readable_page_is_said_in_one_way(
    url: str, html: bytes | str, reason: str
) -> None:
    """Whatever the address and the page are."""
    with pytest.raises(BrokenPage, match=f"^{reason}$"):
        read(url, html)


def test_importing_finnews_imports_no_page_types() -> None:
    """They come with the first use of `read`."""
    code = (
        "import sys, finnews\n"
        "assert 'finnews.pages' not in sys.modules\n"
        "finnews.read\n"
        "assert 'finnews.pages' in sys.modules\n"
        "assert not hasattr(finnews, 'unread')\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
