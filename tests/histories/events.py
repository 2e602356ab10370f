"""What a site does in histories that hypothesis makes up."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from finnews.items import Article, Rating
from tests.histories.archive import Stored
from tests.histories.crawl import Crawl
from tests.histories.faults import ARTICLE_FAULTS, DEEP, FEED, LIST_FAULTS, SECTION, TOPIC, Slot
from tests.histories.promise import Promise
from tests.histories.site import AWAY, CAPACITY, Site

START: Final = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

DATES: Final = {
    "now": timedelta(0),
    "soon": timedelta(minutes=40),
    "tomorrow": timedelta(days=1),
    "next month": timedelta(days=30),
    "yesterday": -timedelta(days=1),
    "long ago": -AWAY,
}
JUMPS: Final = (-30, -3, -1, 1, 3, 30)
AT_LEAST_ONCE: Final = st.integers(0, 10**6)

DAYS, PINNED, UNEVEN = "days", "pinned", "uneven"
VALIDATORS: Final = {
    "last-modified": ("etag", "last_modified"),
    "no etag": ("last_modified",),
    "no validators": (),
}
MOVED, PAGE_MISSING, PAGE_TOO_MANY = "first page redirects", "page missing", "page too many"
TRAITS: Final = (DAYS, PINNED, UNEVEN, *VALIDATORS, MOVED, PAGE_MISSING, PAGE_TOO_MANY)
"""What a site can be like: of studies, dated by days; with an entry that stays on top; with longer
pages between others; with these validators of its lists; with a list whose first page redirects to
another address of it; with a page of the list that is missing for a long time, or a pager that
links one page more than there is."""


class SiteEvents(RuleBasedStateMachine):
    """Everything that a site can do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.site = Site(START)
        self.stored = Stored()
        self.promise = Promise(self.site, self.stored)
        self.crawls: list[Crawl] = []
        self.ahead = timedelta(0)
        self.rng = Random(0)

    @initialize(
        seed=AT_LEAST_ONCE,
        stories=st.integers(0, 14),
        page_size=st.integers(2, 4),
        traits=st.sets(st.sampled_from(TRAITS), max_size=3),
    )
    def begin(
        self,
        seed: int,
        stories: int,
        page_size: int,
        traits: set[str] | frozenset[str] = frozenset(),
    ) -> None:
        """Open the site, with some articles."""
        self.rng = Random(seed)
        self.site.page_size = page_size
        self.site.is_uneven = UNEVEN in traits
        self.site.prints_days = DAYS in traits
        self.stored.main_kind = Rating if DAYS in traits else Article
        for trait, validators in VALIDATORS.items():
            if trait in traits:
                self.site.validators = validators
        if MOVED in traits:
            self.site.moved[DEEP] = self.rng.choice((f"{DEEP}?p=1", f"{DEEP}/"))
        if PAGE_MISSING in traits:
            self.site.lasting[f"{DEEP}?p={self.rng.randrange(2, 5)}"] = "away"
        self.site.promises_more = PAGE_TOO_MANY in traits
        for _ in range(stories):
            self.publish(1)
        if PINNED in traits:
            self.site.pinned = self.site.publish({FEED: 0, DEEP: 0}).id

    @rule(count=st.integers(1, 5))
    def publish(self, count: int) -> None:
        """Publish articles on top of the lists."""
        for _ in range(count):
            self._pass(minutes=self.rng.randrange(1, 30))
            lists = [FEED, SECTION, DEEP] if self.rng.random() < 0.6 else [DEEP]
            topic = [TOPIC] if self.rng.random() < 0.3 else []
            only = topic if self.rng.random() < 0.5 else []
            self.site.publish(dict.fromkeys(only or [*lists, *topic], 0))

    @rule(url=st.sampled_from((SECTION, TOPIC)), count=st.integers(1, 7), minutes=st.integers(0, 9))
    def publish_burst(self, url: str, count: int, minutes: int) -> None:
        """Publish articles at once, each on top of a list of one page alone."""
        for _ in range(count):
            self._pass(minutes=minutes)
            self.site.publish({url: 0})

    @precondition(lambda self: self.site.lists[DEEP] and not self.site.prints_days)
    @rule()
    def link_unlisted(self) -> None:
        """Publish an article that no list shows; one beside others links it, and it the next."""
        id_ = self.site.publish(dict.fromkeys((FEED, DEEP), 0)).id
        for _ in range(self.rng.randrange(1, 3)):
            self._pass(minutes=self.rng.randrange(1, 9))
            other = self.site.publish({})
            self.site.linked[id_] = [Slot(other.id, self.site.now)]
            id_ = other.id

    @rule()
    def change_menu(self) -> None:
        """Name a list in the menu no more, or again."""
        self.site.menu = (SECTION,) if TOPIC in self.site.menu else (SECTION, TOPIC)

    @rule()
    def publish_late(self) -> None:
        """Publish an article below others, under an earlier date."""
        place = self.rng.randrange(len(self.site.lists[DEEP]) + 1)
        story = self.site.publish({DEEP: place})
        self.site.date_anew(story.id, self.site.now - timedelta(hours=self.rng.randrange(40)), None)

    @precondition(lambda self: not self.site.prints_days)
    @rule()
    def promote(self) -> None:
        """Put advertising between the entries."""
        places = {
            url: self.rng.randrange(min(3, len(slots)) + 1)
            for url, slots in self.site.lists.items()
        }
        self.site.publish(places, is_promotion=True)

    @precondition(lambda self: self.site.lists[DEEP])
    @rule(is_on_top=st.booleans(), minutes=st.sampled_from((0, 5, 60, 2000)))
    def correct(self, is_on_top: bool, minutes: int) -> None:
        """Correct an article, and list it as of now, on top or where it is, at once or late."""
        id_ = self._listed()
        self.site.change(id_)
        self._pass(minutes=minutes)
        self.site.date_anew(id_, self.site.now, 0 if is_on_top else None)

    @precondition(lambda self: self.site.lists[DEEP])
    @rule(date=st.sampled_from((*DATES, "0001", "none")), place=st.sampled_from(("", "top", "any")))
    def date_anew(self, date: str, place: str) -> None:
        """Give an entry any date, there or at another place."""
        dates = {"0001": datetime.min.replace(tzinfo=UTC), "none": None}
        at = dates[date] if date in dates else self.site.now + DATES[date]
        if place == "any":
            self._disturb()
        anywhere = self.rng.randrange(len(self.site.lists[DEEP]))
        self.site.date_anew(self._listed(), at, {"": None, "top": 0}.get(place, anywhere))

    @precondition(lambda self: self.site.lists[DEEP])
    @rule(date=st.sampled_from(("0001", "long ago", "tomorrow")))
    def date_all_anew(self, date: str) -> None:
        """Give all entries the same date."""
        at = datetime.min.replace(tzinfo=UTC) if date == "0001" else self.site.now + DATES[date]
        for slot in self.site.lists[DEEP]:
            slot.date = at

    @precondition(lambda self: self.site.lists[DEEP])
    @rule()
    def withdraw(self) -> None:
        """Take an article off the site."""
        self._disturb()
        self.site.withdraw(self._listed())

    @rule()
    def reorder(self) -> None:
        """Let two neighbours change places."""
        slots, first = self.site.lists[DEEP], self.site.free_from(DEEP)
        if len(slots) > first + 1:
            self._disturb()
            at = self.rng.randrange(first, len(slots) - 1)
            slots[at : at + 2] = slots[at : at + 2][::-1]

    @rule(size=st.integers(2, 6))
    def change_page_size(self, size: int) -> None:
        """Show more or fewer entries on a page."""
        self._disturb()
        self.site.page_size = size

    @rule()
    def drop_dates(self) -> None:
        """Show no dates in lists, or show them again."""
        self.site.has_dates = not self.site.has_dates

    @precondition(lambda self: self.site.lists[DEEP])
    @rule(fault=st.sampled_from(sorted(ARTICLE_FAULTS)), count=st.integers(1, 4))
    def break_articles(self, fault: str, count: int) -> None:
        """Answer requests for articles otherwise, for a while."""
        for _ in range(count):
            self.site.faults[self.site.stories[self._listed()].url] = fault

    @rule(fault=st.sampled_from(sorted(LIST_FAULTS)), number=st.integers(1, 5))
    def break_list(self, fault: str, number: int) -> None:
        """Answer requests for a page of a list otherwise, for a while."""
        url = DEEP if number > 1 else self.rng.choice([DEEP, FEED, SECTION, TOPIC])
        if fault == "no-pager" and number == 1 and url not in self.promise.tops:
            return  # no one can tell it from a list of one page
        self.site.break_list(url if number == 1 else f"{url}?p={number}", fault)

    @rule()
    def mend(self) -> None:
        """Answer everything again, now and then also what was wrong for a long time."""
        self.site.faults.clear()
        if self.rng.random() < 0.1:
            self.site.lasting.clear()
            self.site.promises_more = False

    @rule(hours=st.sampled_from((1, 5, 26, 24 * 8)))
    def wait(self, hours: int) -> None:
        """Let time pass."""
        self._pass(minutes=hours * 60)

    @rule(hours=st.sampled_from(JUMPS), is_site=st.booleans())
    def jump(self, hours: int, is_site: bool) -> None:
        """Set a clock wrong, or right again."""
        if is_site:
            self.site.now += timedelta(hours=hours)
            self.ahead -= timedelta(hours=hours)
        else:
            self.ahead = timedelta(0) if self.ahead else timedelta(hours=hours)

    def _disturb(self) -> None:
        for crawl in self.crawls:
            crawl.disturbed |= {DEEP, *CAPACITY}

    def _listed(self) -> str:
        return self.rng.choice(self.site.lists[DEEP]).id

    def _now(self) -> datetime:
        return self.site.now + self.ahead

    def _pass(self, minutes: int) -> None:
        self.site.now += timedelta(minutes=minutes)
