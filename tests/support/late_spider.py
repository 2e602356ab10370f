"""A spider whose clock is wrong, for ``-s SPIDER_MODULES=tests.support.late_spider``."""

from datetime import datetime, timedelta

from finnews.spiders.news import NewsSpider


class LateSpider(NewsSpider):
    """Reads news an hour after they came, by its own clock."""

    name = "news"

    def now(self) -> datetime:
        return super().now() + timedelta(hours=1)
