"""The setting ``TRANSPORT`` of a crawl."""

import socket
from pathlib import Path

import pytest

from tests.support.crawling import crawl, last_versions, scrapy
from tests.support.scripted import WORLD, Reply, scripted_site


def has_ipv6() -> bool:
    """Return whether this machine has an IPv6 address of its own."""
    try:
        with socket.socket(socket.AF_INET6) as bound:
            bound.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
@pytest.mark.parametrize("transport", ["http2", "http1"])
def test_a_site_at_an_ipv6_address_is_crawled(transport: str, tmp_path: Path) -> None:
    """Over both transports, twice, redirects and the rules of its robots.txt included."""
    moved = WORLD.articles[1].path
    replies = {
        "/robots.txt": Reply(body=b"User-agent: *\nDisallow: /rss/\nCrawl-delay: 0.01\n"),
        moved: Reply(301, headers=(("Location", f"{moved}?moved"),)),
    }

    def script(path: str, before: int) -> Reply | None:
        return replies.get(path) if not before or path == "/robots.txt" else None

    with scripted_site(script, is_ipv6=True) as site:
        for _ in range(2):
            done = crawl("news", site.address, tmp_path, "-s", f"TRANSPORT={transport}")
            assert done.returncode == 0, done.stderr
    assert len(last_versions(tmp_path, "articles")) == len(WORLD.articles)
    assert not [path for path in site.paths if path.startswith("/rss/")]
    assert site.paths.count(moved) == 2


def test_an_unknown_transport_is_wrong_usage(tmp_path: Path) -> None:
    """The error is one line, before anything is requested."""
    done = scrapy("crawl", "news", "-s", "TRANSPORT=quic", "-s", f"OUTPUT_DIR={tmp_path}")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "finnews: TRANSPORT=quic: expected one of http2, http1"
