"""Crawls whose answers are recorded in a WARC file, in the order in which they came.

For ``-s DOWNLOADER_MIDDLEWARES=…``; the setting ``RECORD_TO`` has the path of the file.
"""

from io import BytesIO
from pathlib import Path
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from finnews import settings
from tests.support.crawling import as_options


class Recorder:
    """The downloader middleware next to the downloader: it appends each answer to the file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Path(crawler.settings["RECORD_TO"]))

    def process_response(self, request: Request, response: Response) -> Response:
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        head = StatusAndHeaders(f"{response.status} -", headers, protocol="HTTP/1.1")
        with self.path.open("ab") as file:
            writer = WARCWriter(file)
            body = BytesIO(response.body)
            writer.write_record(
                writer.create_warc_record(request.url, "response", body, http_headers=head)
            )
        return response


def recorded(path: Path) -> list[str]:
    """Return the options of a crawl that is recorded in a file."""
    middlewares = settings.DOWNLOADER_MIDDLEWARES | {"tests.support.recording.Recorder": 950}
    return as_options({"DOWNLOADER_MIDDLEWARES": middlewares, "RECORD_TO": path})
