"""When a list of one page may be left to a later crawl, by what crawls have been sent of it."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from tests.histories.crawl import Crawl
from tests.histories.faults import FEED
from tests.histories.site import CAPACITY, Site

LONGEST: timedelta = timedelta(hours=6)
WEEK: timedelta = timedelta(days=7)


class Reading(NamedTuple):
    """A crawl that was sent a list as it was."""

    began: datetime
    ended: datetime
    ids: frozenset[str]
    """What it showed, without promotions."""

    counts: bool
    """Whether the time since the one before is known to count."""


class Readings:
    """The readings of the lists of one page, in the order in which crawls ended."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.of: defaultdict[str, list[Reading]] = defaultdict(list)

    def note(self, crawl: Crawl, now: datetime) -> None:
        """Add what a crawl that has finished was sent."""
        for url in CAPACITY.keys() & self.site.lists.keys():
            before = self.of[url][-1:]
            if url in crawl.unmodified and before:
                self._add(url, Reading(crawl.began, now, before[0].ids, counts=True), crawl)
            elif crawl.shown.get(url):
                ids = (slot.id for slot in crawl.shown[url])
                own = frozenset(id_ for id_ in ids if not self.site.stories[id_].is_promotion)
                self._add(url, Reading(crawl.began, now, own, counts=True), crawl)

    def is_walked(self, url: str) -> bool:
        """Return whether crawls read a list: one that they know, or that the menu names."""
        return url in self.site.known or url in self.site.menu

    def may_wait(self, url: str, crawl: Crawl) -> bool:
        """Return whether a crawl may leave a list: at twice the rate at which it has changed at
        most in a week, the next one will still see all of it.
        """
        readings = self.of[url]
        if url == FEED or url not in CAPACITY or len(readings) < 2 or not self.of[FEED]:
            return False
        now = crawl.began
        unread = now - readings[-1].ended
        pauses = [after.began - before.ended for before, after in self._pairs(FEED, now)]
        until_next = unread + max([now - self.of[FEED][-1].ended, *pauses])
        if crawl.clock() < readings[-1].began or unread >= LONGEST:
            return False
        rates = [
            len(after.ids - before.ids) / (after.ended - before.began).total_seconds()
            for before, after in self._pairs(url, now)
            if before.counts and after.counts
        ]
        most = len(readings[-1].ids) / 2
        return all(rate * until_next.total_seconds() < most for rate in rates)

    def _pairs(self, url: str, now: datetime) -> list[tuple[Reading, Reading]]:
        """Return the readings of a list in the last week, each with the one before it."""
        readings = self.of[url]
        return [
            (before, after)
            for before, after in pairwise(readings)
            if timedelta(0) <= now - after.began < WEEK and after.began > before.ended
        ]

    def _add(self, url: str, reading: Reading, crawl: Crawl) -> None:
        """Add a reading; of one with ``since`` it is not known whether it counts."""
        is_known = "since" not in crawl.arguments
        self.of[url].append(reading._replace(counts=is_known))
