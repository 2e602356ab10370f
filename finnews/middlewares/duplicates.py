"""Drops requests for what the run has requested already."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.dupefilters import RFPDupeFilter


class RunDupeFilter(RFPDupeFilter):
    """Scrapy's filter, but with ``JOBDIR``, too, each run requests its pages again.

    Scrapy's own remembers what earlier runs of the job requested: the second would request nothing
    and be called finished, though prices and lists have changed and pages have failed. What the
    archive knows is not written twice.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        debug = crawler.settings.getbool("DUPEFILTER_DEBUG")
        return cls(None, debug, fingerprinter=crawler.request_fingerprinter)
