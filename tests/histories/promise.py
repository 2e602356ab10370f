"""What `docs/completeness.md` promises, held to after each run in which nothing went wrong.

It knows the site and what the crawls were sent, and nothing of what the crawler records.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final

from finnews.outcome import FinishReason
from tests.histories.crawl import DEPTH, TOLERANCE, Crawl, Stored
from tests.histories.site import CAPACITY, Site, Slot, Story, split

ONE_PAGE: Final = "Every article that a list of one page shows is archived."
LONGER: Final = (
    "Every article that a longer list shows above the place where its last complete reading began "
    "is archived; if there was none, every article that it shows."
)
FIRST_OF_DAY: Final = (
    "The first 200 articles of each list are archived by the first run of a day, the first 1000 by "
    "the first of a week."
)
EVER_SHOWN: Final = "Every article that a list has ever shown to a run is archived."
DATED_LATER: Final = (
    "An article that a list dates later than its archived version is archived as it is now."
)
SENTENCES: Final = (ONE_PAGE, LONGER, FIRST_OF_DAY, EVER_SHOWN, DATED_LATER)
"""What README and ``docs/completeness.md`` promise after a run without faults, on a site that
stands still. In the histories the numbers of the third are those of `DEPTH`."""

QUARTER: timedelta = timedelta(minutes=15)
WEEK: timedelta = timedelta(days=7)


class Promise:
    """What is promised after the crawls so far."""

    def __init__(self, site: Site, stored: Stored) -> None:
        self.site = site
        self.stored = stored
        self.tops: dict[str, list[str] | None] = {}
        """List → ids at its top when it was last read completely; ``None``: it changed then."""

        self.read_on: dict[str, date] = {}
        self.read_deep_on: dict[str, date] = {}
        self.shown: set[str] = set()
        """Ids that any list has shown to any crawl."""

        self.failures: dict[str, tuple[int, datetime]] = {}
        """Id → crawls in a row that did not get an article, time of the last."""

        self.moved: dict[str, int] = {}
        self.read_under: dict[str, datetime | None] = {}
        """Id → the latest date that a list had when the archived version was sent."""

    def note(self, crawl: Crawl, now: datetime) -> None:
        """Add a crawl that has ended, however it ended."""
        since = crawl.arguments.get("since", "")
        slots = [slot for slots in crawl.shown.values() for slot in slots]
        self.shown |= {slot.id for slot in slots if not _is_left_out(slot, since)}
        self._note_articles(crawl, now)
        if crawl.reason == FinishReason.FINISHED:
            for url in crawl.shown.keys() - crawl.unmodified:
                self._note_list(crawl, url, since, now.date())

    def broken(self, crawl: Crawl, now: datetime) -> Iterator[str]:
        """Yield what a crawl without faults, and while the site stood still, should have archived.

        It is asked before the crawl is noted.
        """
        promised = list(self._promised(crawl, now.date()))
        by_id = dict.fromkeys(sorted(self.shown), EVER_SHOWN)
        by_id |= {slot.id: sentence for slot, sentence in promised}
        for id_, sentence in by_id.items():
            is_excused = self._is_excused(self.site.stories[id_], now)
            if not is_excused and self.stored.article(id_) is None:
                yield f"{id_} is not archived. {sentence}"
        for slot, _ in promised:
            if not self._is_excused(self.site.stories[slot.id], now) and self._is_stale(slot, now):
                yield f"{slot.id} is not archived as it is. {DATED_LATER}"

    def waits(self, id_: str, now: datetime) -> bool:
        """Return whether an article that failed is not asked for yet."""
        tries, at = self.failures.get(id_, (0, now))
        wait = min(QUARTER * 2 ** min(tries - 2, 20), WEEK) if tries > 1 else timedelta(0)
        return at <= now < at + wait

    def _promised(self, crawl: Crawl, today: date) -> Iterator[tuple[Slot, str]]:
        """Yield the entries whose articles have to be archived after a run of that day, and why."""
        for url, slots in self.site.lists.items():
            shown = [Slot(slot.id, slot.date if self.site.has_dates else None) for slot in slots]
            if url in CAPACITY:
                yield from ((slot, ONE_PAGE) for slot in shown)
            elif url not in self.tops:
                yield from ((slot, LONGER) for slot in shown)
            else:
                depth = self._depth(url, today)
                yield from ((slot, FIRST_OF_DAY) for slot in shown[:depth])
                top = self.tops[url]
                if top is not None and url not in crawl.unmodified:
                    yield from ((slot, LONGER) for slot in _above(shown, top))

    def _depth(self, url: str, today: date) -> int:
        if not timedelta(0) <= today - self.read_deep_on[url] < WEEK:
            return DEPTH.deepest
        return DEPTH.deep if self.read_on.get(url) != today else 0

    def _is_excused(self, story: Story, now: datetime) -> bool:
        is_gone = story.is_withdrawn or self.moved.get(story.id, 0) > 1
        return is_gone or story.dated > now + TOLERANCE or self.waits(story.id, now)

    def _is_stale(self, slot: Slot, now: datetime) -> bool:
        """Return whether a list tells of an article that it has changed since it was archived."""
        story, article = self.site.stories[slot.id], self.stored.article(slot.id)
        if article is None or article.headline == f"version {story.version}":
            return False
        if story.is_promotion or slot.date is None or slot.date > now + TOLERANCE:
            return False
        archived = story.dated_in(int(str(article.headline).removeprefix("version ")))
        under = self.read_under.get(slot.id)
        return slot.date > archived and (under is None or slot.date > under)

    def _note_articles(self, crawl: Crawl, now: datetime) -> None:
        ids = {story.url: story.id for story in self.site.stories.values()}
        for id_ in (ids[url] for url in crawl.failed):
            self.failures[id_] = (self.failures.get(id_, (0, now))[0] + 1, now)
        for id_ in (ids[url] for url in crawl.moved):
            self.moved[id_] = self.moved.get(id_, 0) + 1
        for id_, (version, latest) in crawl.read.items():
            article = self.stored.article(id_)
            if article and article.headline == f"version {version}":
                self.read_under[id_] = latest
                self.failures.pop(id_, None)

    def _note_list(self, crawl: Crawl, url: str, since: str, today: date) -> None:
        """Note what was at the top of a list that a crawl read as far as it had to."""
        slots = crawl.shown[url]
        ids = [slot.id for slot in slots if not self.site.stories[slot.id].is_promotion]
        if not slots or any(split(address)[0] == url for address in crawl.faulted):
            return
        if since and not self._is_covered(crawl, url, since):
            return
        if url in crawl.disturbed:
            self.tops[url] = None
        else:
            self.tops[url] = list(dict.fromkeys(ids))[: DEPTH.top]
        self.read_on[url] = today
        deep = self.read_deep_on.get(url)
        if deep is None or not timedelta(0) <= today - deep < WEEK:
            self.read_deep_on[url] = today

    def _is_covered(self, crawl: Crawl, url: str, since: str) -> bool:
        """Return whether a crawl with ``since`` got as far as the last, and left nothing out."""
        shown = {slot.id for slot in crawl.shown[url]}
        top = self.tops.get(url)
        is_there = url in crawl.ends_shown or (
            top and len(shown & set(top)) >= ceil(len(top) * DEPTH.is_met_by)
        )
        left_out = (slot for slot in crawl.shown[url] if _is_left_out(slot, since))
        return bool(is_there) and all(self.stored.article(slot.id) for slot in left_out)


def _above(slots: list[Slot], top: list[str]) -> Iterator[Slot]:
    """Yield the entries above the place where three quarters of the last top have been met."""
    met = 0
    for slot in slots:
        if met >= ceil(len(top) * DEPTH.is_met_by):
            return
        yield slot
        met += slot.id in top


def _is_left_out(slot: Slot, since: str) -> bool:
    return bool(since and slot.date and slot.date.date().isoformat() < since)
