"""When requests leave a crawl, by the clock of its downloader.

That is when the downloader lets a request go, which it notes itself. A site notes it late on a busy
machine, now more, now less, so that two of them seem to be closer together than they were.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from finnews.middlewares.transport import CurlDownloadHandler
from tests.support.crawling import as_options

_FILE: Final = "departures"


class Departure(NamedTuple):
    """A request that left."""

    path: str
    at: float
    """When the downloader let it go, in seconds of a clock that never goes back."""


class NotingDownloadHandler(CurlDownloadHandler):
    """Writes down each request that is sent, and when the downloader let it go."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._file = Path(crawler.settings["OUTPUT_DIR"], _FILE)

    async def download_request(self, request: Request) -> Response:
        assert self.crawler.engine
        slot = self.crawler.engine.downloader.slots[request.meta["download_slot"]]
        with self._file.open("a") as file:
            file.write(f"{slot.lastseen!r} {urlsplit(request.url).path}\n")
        return await super().download_request(request)


NOTED: Final = as_options(
    {"DOWNLOAD_HANDLERS": {"http": "tests.support.departures.NotingDownloadHandler"}}
)
"""The options of a crawl whose departures are noted."""


def gaps(departed: Sequence[Departure]) -> list[float]:
    """Return the seconds between each departure and the next."""
    return [following.at - this.at for this, following in pairwise(departed)]


def departures(output: Path) -> list[Departure]:
    """Return what a crawl into a directory has asked for, in order."""
    rows = [row.split(" ", 1) for row in (output / _FILE).read_text().splitlines()]
    return [Departure(path, float(at)) for at, path in rows]
