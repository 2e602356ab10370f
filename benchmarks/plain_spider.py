"""A spider that does the least: it downloads the pages that it is told, and selects their title."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

SETTINGS: dict[str, Any] = {
    "ADDONS": {"finnews.middlewares.transport.Transport": 0},
    "TRANSPORT": "http2",
    "HTTPERROR_ALLOW_ALL": True,
}
"""Scrapy's defaults, with the transport of finnews."""


class PlainSpider(Spider):
    """Downloads the addresses in a JSON file, in that order."""

    name = "plain"

    def __init__(self, addresses: str) -> None:
        super().__init__()
        self.addresses: list[str] = json.loads(Path(addresses).read_text("utf-8"))

    async def start(self) -> AsyncIterator[Request]:
        for address in self.addresses:
            yield Request(address, dont_filter=True)

    def parse(self, response: Response) -> None:
        response.css("head > title::text").get()
