"""What `docs/completeness.md` promises, held to after each run in which nothing went wrong.

It knows the site and what the crawls were sent, and nothing of what the crawler records.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final

from finnews.outcome import FinishReason
from tests.histories.archive import Stored
from tests.histories.crawl import Crawl
from tests.histories.faults import Slot, Story, split
from tests.histories.site import CAPACITY, Site
from tests.histories.spiders import DEPTH
from tests.histories.turnover import Readings

ONE_PAGE: Final = (
    "Every article that a list of one page shows is archived, unless the run left the list to the "
    "next one."
)
LEFT: Final = (
    "A list is left only if it was read completely less than six hours ago, and the next run will "
    "see all that it shows until then, even at twice the fastest rate of the last week."
)
TOLD: Final = "A list of one page that has lost what no run saw is told as a gap."
LONGER: Final = (
    "Every article that a longer list shows above the place where its last complete reading began "
    "is archived; if there was none, every article that it shows."
)
FIRST_OF_DAY: Final = (
    "The first 200 articles of each list are archived by the first run of a day, the first 1000 by "
    "the first of a week."
)
EVER_SHOWN: Final = (
    "Every article that a list has ever shown to a run is archived, and every one that an article "
    "has linked under a date of the last day."
)
DATED_LATER: Final = (
    "An article that a list dates later than its archived version is archived as it is now."
)
SENTENCES: Final = (ONE_PAGE, LEFT, TOLD, LONGER, FIRST_OF_DAY, EVER_SHOWN, DATED_LATER)
"""What ``docs/completeness.md`` promises after a run without faults, on a site that
stands still. In the histories the numbers of the third are those of `DEPTH`."""

QUARTER: timedelta = timedelta(minutes=15)
DAY: timedelta = timedelta(days=1)
WEEK: timedelta = timedelta(days=7)


class Promise:
    """What is promised after the crawls so far."""

    def __init__(self, site: Site, stored: Stored) -> None:
        self.site = site
        self.stored = stored
        self.tops: dict[str, list[str] | None] = {}
        """List → ids at its top when it was last read completely; ``None``: it changed then."""

        self.begun_at: dict[str, list[str]] = {}
        """List → ids at its top when the last reading of it began that came to an end."""

        self.list_failures: dict[str, tuple[int, datetime]] = {}
        """List → crawls in a row that read it, but not all of it; time of the last."""

        self.read_on: dict[str, date] = {}
        self.read_deep_on: dict[str, date] = {}
        self.shown: set[str] = set()
        """Ids that any list has shown to any crawl."""

        self.failures: dict[str, tuple[int, datetime]] = {}
        """Id → crawls in a row that did not get an article, time of the last."""

        self.moved: dict[str, int] = {}
        self.gone: set[str] = set()
        self.readings = Readings(site)
        self.read_under: dict[str, datetime | None] = {}
        """Id → the latest date that a list had when the archived version was sent."""

    def note(self, crawl: Crawl, now: datetime) -> None:
        """Add a crawl that has ended, however it ended."""
        since, until = (crawl.arguments.get(name, "") for name in ("since", "until"))
        slots = [slot for slots in crawl.shown.values() for slot in slots]
        slots += crawl.shown_aside
        self.shown |= {slot.id for slot in slots if not _is_left_out(slot, since, until)}
        self._note_articles(crawl, now)
        if crawl.reason == FinishReason.FINISHED and not until:
            self.readings.note(crawl, now)
            for url in crawl.shown:
                self.site.pushed_out.pop(url, None)
                self.site.rearranged.discard(url)
            for url in self.site.lists:
                if url not in crawl.unmodified:
                    self._note_list(crawl, url, since, now)

    def broken(self, crawl: Crawl, now: datetime) -> Iterator[str]:
        """Yield what a crawl without faults, and while the site stood still, should have archived.

        It is asked before the crawl is noted.
        """
        yield from self._wrongly_left(crawl)
        yield from self._untold(crawl)
        promised = list(self._promised(crawl, now))
        by_id = dict.fromkeys(sorted(self.shown), EVER_SHOWN)
        by_id |= {slot.id: sentence for slot, sentence in promised}
        for id_, sentence in by_id.items():
            is_excused = self._is_excused(self.site.stories[id_], now)
            if not is_excused and self.stored.version(id_) is None:
                yield f"{id_} is not archived. {sentence}"
        for slot, _ in promised:
            if not self._is_excused(self.site.stories[slot.id], now) and self._is_stale(slot, now):
                yield f"{slot.id} is not archived as it is. {DATED_LATER}"

    def waits(self, id_: str, now: datetime) -> bool:
        """Return whether an article that failed is not asked for yet."""
        return _waits(self.failures.get(id_), now, WEEK)

    def list_waits(self, url: str, now: datetime) -> bool:
        """Return whether a list that could not be read to its end is read only at its top."""
        return _waits(self.list_failures.get(url), now, DAY)

    def _promised(self, crawl: Crawl, now: datetime) -> Iterator[tuple[Slot, str]]:
        """Yield the entries whose articles have to be archived after a run at that time, and why.

        Of a list that is broken for a long time, they are those above that page.
        """
        for url in self.site.lists:
            if url in CAPACITY and url not in _asked(crawl):
                continue
            shown = list(self.site.reachable(url))
            begun_at = self.begun_at.get(url)
            if url in CAPACITY:
                yield from ((slot, ONE_PAGE) for slot in shown)
            elif self.list_waits(url, now) and begun_at:
                yield from ((slot, LONGER) for slot in _above(shown, begun_at))
            elif url not in self.tops:
                yield from ((slot, LONGER) for slot in shown)
            else:
                depth = self._depth(url, now.date())
                yield from ((slot, FIRST_OF_DAY) for slot in shown[:depth])
                top = self.tops[url]
                if top is not None and url not in crawl.unmodified:
                    yield from ((slot, LONGER) for slot in _above(shown, top))

    def _wrongly_left(self, crawl: Crawl) -> Iterator[str]:
        """Yield the lists that a crawl should have read."""
        for url in self.site.lists.keys() - _asked(crawl):
            if self.readings.is_walked(url) and not self.readings.may_wait(url, crawl):
                yield f"{url} was left. {LEFT}"

    def _untold(self, crawl: Crawl) -> Iterator[str]:
        """Yield the lists that have lost what no crawl saw, and that a crawl says nothing of."""
        gaps = crawl.spider.crawler.stats.get_stats().get("finnews/gaps", 0)
        for url in CAPACITY.keys() & _asked(crawl) - crawl.unmodified:
            lost = self.site.pushed_out.get(url, set()) - self.shown
            is_plain = url not in self.site.rearranged and len(self.tops.get(url) or ()) > 1
            if (
                is_plain
                and any(not self.site.stories[id_].is_promotion for id_ in lost)
                and not gaps
            ):
                yield f"{url} has lost {sorted(lost)}. {TOLD}"

    def _depth(self, url: str, today: date) -> int:
        if not timedelta(0) <= today - self.read_deep_on[url] < WEEK:
            return DEPTH.deepest
        return DEPTH.deep if self.read_on.get(url) != today else 0

    def _is_excused(self, story: Story, now: datetime) -> bool:
        is_final = story.id in self.gone or self.moved.get(story.id, 0) > 1
        is_to_come = self.site.is_to_come(story.dated, now)
        return story.is_withdrawn or is_final or is_to_come or self.waits(story.id, now)

    def _is_stale(self, slot: Slot, now: datetime) -> bool:
        """Return whether a list tells of an article that it has changed since it was archived."""
        story, version = self.site.stories[slot.id], self.stored.version(slot.id)
        if version is None or version == story.version:
            return False
        if story.is_promotion or slot.date is None or self.site.is_to_come(slot.date, now):
            return False
        dates = (story.dated_in(version), self.read_under.get(slot.id))
        printed = self.site.as_printed(slot.date)
        return all(date is None or printed > self.site.as_printed(date) for date in dates)

    def _note_articles(self, crawl: Crawl, now: datetime) -> None:
        ids = {story.url: story.id for story in self.site.stories.values()}
        for id_ in (ids[url] for url in crawl.failed):
            self.failures[id_] = (self.failures.get(id_, (0, now))[0] + 1, now)
        for id_ in (ids[url] for url in crawl.moved):
            self.moved[id_] = self.moved.get(id_, 0) + 1
        if crawl.reason != "killed":
            for id_ in (ids[url] for url in crawl.failed - crawl.moved):
                self.moved.pop(id_, None)
        self.gone |= {ids[url] for url in crawl.gone}
        for (id_, version), latest in crawl.sent_whole.items():
            if self.stored.version(id_) == version:
                self.read_under[id_] = latest
                self.failures.pop(id_, None)

    def _note_list(self, crawl: Crawl, url: str, since: str, now: datetime) -> None:
        """Note what was at the top of a list that a crawl read as far as it had to."""
        slots = crawl.shown.get(url, [])
        ids = [slot.id for slot in slots if not self.site.stories[slot.id].is_promotion]
        top = list(dict.fromkeys(ids))[: DEPTH.top]
        is_faulty = any(split(address)[0] == url for address in crawl.faulted)
        is_whole = not since or self._is_covered(crawl, url, since)
        if self.list_waits(url, now):
            is_whole &= self._is_there(crawl, url)
        if is_faulty or url in crawl.disturbed:
            self.list_failures[url] = (self.list_failures.get(url, (0, now))[0] + 1, now)
        elif is_whole and slots and not self.list_waits(url, now):
            self.list_failures.pop(url, None)
        if top:
            self.begun_at[url] = top
        if slots and is_whole and not is_faulty:
            self._note_complete(url, None if url in crawl.disturbed else top, now.date())

    def _note_complete(self, url: str, top: list[str] | None, today: date) -> None:
        self.tops[url] = top
        self.read_on[url] = today
        deep = self.read_deep_on.get(url)
        if deep is None or not timedelta(0) <= today - deep < WEEK:
            self.read_deep_on[url] = today

    def _is_covered(self, crawl: Crawl, url: str, since: str) -> bool:
        """Return whether a crawl with ``since`` got as far as the last, and left nothing out."""
        left_out = (slot for slot in crawl.shown.get(url, ()) if _is_left_out(slot, since))
        is_there = self._is_there(crawl, url)
        return is_there and all(self.stored.version(slot.id) for slot in left_out)

    def _is_there(self, crawl: Crawl, url: str) -> bool:
        """Return whether a crawl got to the place where the last complete reading began."""
        shown = {slot.id for slot in crawl.shown.get(url, ())}
        top = self.tops.get(url)
        is_met = top and len(shown & set(top)) >= ceil(len(top) * DEPTH.is_met_by)
        return url in crawl.ends_shown or bool(is_met)


def _waits(failures: tuple[int, datetime] | None, now: datetime, most: timedelta) -> bool:
    """Return whether it is not tried again yet, after so many tries of which one was the last."""
    if failures is None or failures[0] < 2:
        return False
    tries, at = failures
    wait: timedelta = min(QUARTER * 2 ** min(tries - 2, 20), most)
    return at <= now < at + wait


def _above(slots: list[Slot], top: list[str]) -> Iterator[Slot]:
    """Yield the entries above the place where three quarters of the last top have been met."""
    met = 0
    for slot in slots:
        if met >= ceil(len(top) * DEPTH.is_met_by):
            return
        yield slot
        met += slot.id in top


def _asked(crawl: Crawl) -> set[str]:
    """Return the lists that a crawl requested."""
    return {split(url)[0] for url in crawl.asked}


def _is_left_out(slot: Slot, since: str, until: str = "") -> bool:
    day = slot.date.date().isoformat() if slot.date else ""
    return bool(day and ((since and day < since) or (until and day > until)))
