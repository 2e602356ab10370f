"""How fast requests follow each other: as robots.txt allows, and more slowly on a slow site."""

from typing import Final

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.throttle import AutoThrottle
from scrapy.robotstxt import RobotParser
from scrapy.settings import BaseSettings

from finnews.scrapy_internals import set_pace

_WIDEST_JITTER: Final = 0.5  # with more, the shortest delay would be less than half the mean


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, never faster than DOWNLOAD_DELAY or robots.txt's Crawl-delay.

    It is off if DOWNLOAD_DELAY is 0 (for a site of your own).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        if not crawler.settings.getfloat("DOWNLOAD_DELAY"):
            raise NotConfigured
        crawler.signals.connect(self.robots_parsed, signals.robots_parsed)

    def robots_parsed(self, robotparser: RobotParser) -> None:
        settings = self.crawler.settings
        self.mindelay = spaced(crawl_delay(robotparser, settings), settings)["delay"]
        self.maxdelay = max(self.maxdelay, self.mindelay)


def crawl_delay(rules: RobotParser, settings: BaseSettings) -> float:
    """Return the Crawl-delay of robots.txt in seconds; 0 if it has none."""
    return rules.crawl_delay(settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]) or 0.0


def spaced(min_delay: float, settings: BaseSettings) -> dict[str, float]:
    """Return a ``delay`` and ``jitter`` with which no two requests are closer than `min_delay`.

    A longer DOWNLOAD_DELAY is kept.

    >>> spaced(4.0, BaseSettings({"DOWNLOAD_DELAY": 1.25, "DOWNLOAD_DELAY_JITTER": 0.2}))
    {'delay': 5.0, 'jitter': 0.2}
    """
    jitter = min(settings.getfloat("DOWNLOAD_DELAY_JITTER"), _WIDEST_JITTER)
    delay = max(settings.getfloat("DOWNLOAD_DELAY"), min_delay / (1 - jitter))
    return {"delay": delay, "jitter": jitter}


def keep_distance(crawler: Crawler, host: str, min_delay: float) -> None:
    """Keep requests to a host at least `min_delay` seconds apart from now on."""
    set_pace(crawler, host, **spaced(min_delay, crawler.settings))
