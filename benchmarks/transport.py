"""HTTP/2 handlers for Scrapy compared: ``python -m benchmarks.transport``.

nginx serves pages of 100 kB and closes the connection every 100 requests. A candidate whose library
is not installed (``pip install "httpx2[http2]"``) is skipped with a message.
"""

import argparse
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.proofs.transport import crawled, nginx

CANDIDATES: dict[str, tuple[str, dict[str, Any]]] = {
    "libcurl": ("pycurl", {}),
    "Scrapy, h2": (
        "h2",
        {"https": "scrapy.core.downloader.handlers.http2.H2DownloadHandler"},
    ),
    "Scrapy, httpx": (
        "httpx2",
        {"https": "scrapy.core.downloader.handlers._httpx.HttpxDownloadHandler"},
    ),
}
"""Name → the library it needs, and its download handlers"""


def main() -> None:
    """Print two lines for each candidate: with one request at a time, and with eight."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="pages in each measurement")
    pages = parser.parse_args().pages
    with TemporaryDirectory() as directory, nginx(Path(directory)) as (site, trusted):
        for name, (library, handlers) in CANDIDATES.items():
            if find_spec(library) is None:
                print(f"{name}: skipped, {library} is not installed")
                continue
            settings: dict[str, Any] = {}
            if handlers:
                settings = {"DOWNLOAD_HANDLERS": handlers, "HTTPX_HTTP2_ENABLED": True}
            for concurrency in (1, 8):
                settings["CONCURRENT_REQUESTS"] = concurrency
                settings["CONCURRENT_REQUESTS_PER_DOMAIN"] = concurrency
                result = crawled(site, trusted, pages, **settings)
                print(f"{name}, {concurrency}: {result}", flush=True)


if __name__ == "__main__":
    main()
