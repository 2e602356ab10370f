"""Short timeouts for the pages that a site never finishes, and for no others.

With one short timeout for all pages a busy machine would be late with the good ones too.
"""

import re
from typing import Final, Self

from scrapy import Request
from scrapy.crawler import Crawler

from finnews import settings
from tests.support import TIMEOUT
from tests.support.crawling import as_options

_LONG: Final = TIMEOUT / 4  # three tries end before TIMEOUT, so that a crawl tells what was late


class ShortTimeouts:
    """The downloader middleware that sets each request's timeout.

    ``SHORT_TIMEOUTS`` has patterns of addresses, and at how many of their tries the timeout is
    ``SHORT_TIMEOUT``, in seconds.
    """

    def __init__(self, tries_of: dict[str, int], seconds: float) -> None:
        self.tries_of = tries_of
        self.seconds = seconds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        tries_of = crawler.settings.getdict("SHORT_TIMEOUTS")
        return cls(tries_of, crawler.settings.getfloat("SHORT_TIMEOUT"))

    def process_request(self, request: Request) -> None:
        matching = (tries for url, tries in self.tries_of.items() if re.search(url, request.url))
        is_short = request.meta.get("retry_times", 0) < next(matching, 0)
        request.meta["download_timeout"] = self.seconds if is_short else _LONG


def short_timeouts(tries_of: dict[str, int], seconds: float) -> list[str]:
    """Return a crawl's options: addresses that match a pattern time out soon at their first tries.

    The mapping says at how many of them; all other requests have time enough on any machine.
    """
    middlewares = settings.DOWNLOADER_MIDDLEWARES | {
        "tests.support.short_timeouts.ShortTimeouts": 340
    }
    own = {"SHORT_TIMEOUTS": tries_of, "SHORT_TIMEOUT": seconds}
    return as_options({"DOWNLOADER_MIDDLEWARES": middlewares, **own})
