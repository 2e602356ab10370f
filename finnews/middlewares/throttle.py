"""How fast the site is asked: never faster than it wishes, more slowly where it is slow."""

from typing import Final

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.throttle import AutoThrottle
from scrapy.robotstxt import RobotParser
from scrapy.settings import BaseSettings

_WIDEST_JITTER: Final = 0.5  # beyond, the shortest delay would be less than half the mean


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, never faster than DOWNLOAD_DELAY or robots.txt's Crawl-delay.

    Without a DOWNLOAD_DELAY (a site of one's own) it is off.
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
    """Return the seconds between requests for which robots.txt asks us; 0 if it does not."""
    return rules.crawl_delay(settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]) or 0.0


def spaced(least: float, settings: BaseSettings) -> dict[str, float]:
    """Return the ``delay`` and ``jitter`` that keep requests at least so many seconds apart.

    A longer DOWNLOAD_DELAY stays.

    >>> spaced(4.0, BaseSettings({"DOWNLOAD_DELAY": 1.25, "DOWNLOAD_DELAY_JITTER": 0.2}))
    {'delay': 5.0, 'jitter': 0.2}
    """
    jitter = min(settings.getfloat("DOWNLOAD_DELAY_JITTER"), _WIDEST_JITTER)
    delay = max(settings.getfloat("DOWNLOAD_DELAY"), least / (1 - jitter))
    return {"delay": delay, "jitter": jitter}


def keep_distance(crawler: Crawler, host: str, least: float) -> None:
    """Keep requests to a host at least that many seconds apart from now on."""
    downloader = crawler.engine.downloader if crawler.engine else None
    if downloader is None:
        return
    own = downloader.per_slot_settings.get(host, {})
    apart = spaced(least, crawler.settings)
    apart["delay"] = max(apart["delay"], own.get("delay", 0.0))
    downloader.per_slot_settings[host] = own | apart
    if slot := downloader.slots.get(host):
        slot.delay, slot.jitter = max(slot.delay, apart["delay"]), apart["jitter"]
