"""The ways to speak HTTP/2 from Scrapy, side by side: ``python -m benchmarks.transport``.

Pages of 100 kB from nginx, which closes its connection every 100 requests; where a candidate's
library is not installed (``pip install "httpx2[http2]"``), it is left out, and said so.
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
"""Name → the library it needs, and its download handlers."""


def main() -> None:
    """Print a line for each candidate, one request at a time and eight."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="how many, each time")
    pages = parser.parse_args().pages
    with TemporaryDirectory() as directory, nginx(Path(directory)) as (site, trusted):
        for name, (library, handlers) in CANDIDATES.items():
            if find_spec(library) is None:
                print(f"{name}: left out, {library} is not installed")
                continue
            own = {"DOWNLOAD_HANDLERS": handlers, "HTTPX_HTTP2_ENABLED": True} if handlers else {}
            for many in (1, 8):
                wide = {"CONCURRENT_REQUESTS": many, "CONCURRENT_REQUESTS_PER_DOMAIN": many}
                print(f"{name}, {many}: {crawled(site, trusted, pages, **own, **wide)}", flush=True)


if __name__ == "__main__":
    main()
