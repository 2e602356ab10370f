"""The turns at which the requests of crawls at once were sent."""

from pathlib import Path
from typing import Final

from scrapy import Request
from scrapy.http import Response

from finnews.middlewares.transport import CurlDownloadHandler
from tests.support.crawling import as_options

_FILE: Final = "turns"


class NotingTurns(CurlDownloadHandler):
    """Writes down the turn of each request."""

    async def download_request(self, request: Request) -> Response:
        response = await super().download_request(request)
        with Path(self.crawler.settings["OUTPUT_DIR"], _FILE).open("a") as file:
            file.write(f"{self._pace.last_turn!r}\n")
        return response


NOTED_TURNS: Final = as_options({"DOWNLOAD_HANDLERS": {"http": "tests.support.turns.NotingTurns"}})
"""The options of a crawl whose turns are noted."""


def turns(output: Path) -> list[float]:
    """Return when the requests of all crawls into a directory were sent, in order."""
    return sorted(map(float, (output / _FILE).read_text().split()))
