"""``python -m tests.histories.other_day 3 crawl news …``: a crawl whose clock is days ahead.

It commits ten times a second, so that it is killed at any stage of what it archives.
"""

import sys
from datetime import UTC, datetime, timedelta

from scrapy.cmdline import execute

import finnews.archive.store
from finnews.spiders.base import SiteSpider

COMMIT_AFTER = 0.1


def now_on_another_day(self: SiteSpider) -> datetime:  # noqa: ARG001
    """Return the time of a spider, which is so many days ahead."""
    return datetime.now(UTC) + timedelta(days=int(sys.argv[1]))


if __name__ == "__main__":
    finnews.archive.store.COMMIT_AFTER = COMMIT_AFTER
    SiteSpider.now = now_on_another_day  # type: ignore[method-assign]
    execute(["scrapy", *sys.argv[2:]])
