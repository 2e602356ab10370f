"""The setting ``TRANSPORT`` of a crawl."""

from pathlib import Path

from tests.support.crawling import scrapy


def test_an_unknown_transport_is_wrong_usage(tmp_path: Path) -> None:
    """The error is one line, before anything is requested."""
    done = scrapy("crawl", "news", "-s", "TRANSPORT=quic", "-s", f"OUTPUT_DIR={tmp_path}")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "finnews: TRANSPORT=quic: expected one of http2, http1"
