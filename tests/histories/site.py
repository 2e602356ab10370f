"""A site that does as it likes: articles, the lists that show them, and what it answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final

from tests.histories.faults import (
    ARTICLE_FAULTS,
    DEEP,
    FEED,
    LIST_FAULTS,
    SECTION,
    TOPIC,
    Answer,
    Slot,
    Story,
    split,
)

CAPACITY: Final = {FEED: 3, SECTION: 5, TOPIC: 6}
"""How many entries a list of one page shows; what is pushed out is gone from it."""

AWAY: Final = timedelta(days=400)

TOLERANCE: Final = timedelta(minutes=5)
"""By how much a time can be ahead of the clock and be read."""


@dataclass
class Site:
    """The stories, the lists and the faults; `now` is what its clock says."""

    now: datetime
    page_size: int = 3
    is_uneven: bool = False
    """Whether every third page of a list shows one entry more."""

    prints_days: bool = False
    """Whether its lists and pages print days and no times, as those of studies do."""

    validators: tuple[str, ...] = ("etag",)
    """Which of ``etag`` and ``last_modified`` it sends with a list's page."""

    stories: dict[str, Story] = field(default_factory=dict)
    lists: dict[str, list[Slot]] = field(
        default_factory=lambda: {FEED: [], SECTION: [], TOPIC: [], DEEP: []}
    )
    known: tuple[str, ...] = (FEED, SECTION, DEEP)
    """The lists that crawls know of themselves."""

    menu: tuple[str, ...] = (SECTION, TOPIC)
    """The lists that the menu of each page but the feed names."""

    linked: dict[str, list[Slot]] = field(default_factory=dict)
    """Id → what the story's page links beside its text."""

    pushed_out: dict[str, set[str]] = field(default_factory=dict)
    """List of one page → ids of what new entries have pushed out of it."""

    rearranged: set[str] = field(default_factory=set)
    """Lists that changed otherwise than by new entries on top."""

    pinned: str = ""
    """Id of the story that stays on top of the lists that show it."""

    moved: dict[str, str] = field(default_factory=dict)
    """List → another address of it, to which its first page redirects."""

    faults: dict[str, str] = field(default_factory=dict)
    """Address → name of what is wrong with it; a page of a list has its number in its address."""

    lasting: dict[str, str] = field(default_factory=dict)
    """The same of what is wrong for a long time."""

    promises_more: bool = False
    """Whether the pager of the long list links one page more than there is."""

    has_dates: bool = True
    first: int = 10_000_000
    sent_before: dict[str, Answer] = field(default_factory=dict)
    """Address of a list's page → what is sent if it is stale."""

    modified: dict[str, tuple[Answer, int]] = field(default_factory=dict)
    """List → its first page as it was last sent, and how often that had changed."""

    def publish(self, places: dict[str, int], *, is_promotion: bool = False) -> Story:
        """Publish a story, at a place of each list."""
        path = "/analyse" if self.prints_days else "/nachricht/aktien"
        id_ = str(self.first + len(self.stories))
        story = self.stories[id_] = Story(id_, self.now, is_promotion, path=path)
        for url, place in places.items():
            self._insert(url, place, Slot(story.id, self.now))
        return story

    def change(self, id_: str) -> None:
        """Correct a story: another text, the date of now on its page."""
        story = self.stories[id_]
        story.changes.append(max(story.dated, self.now))

    def date_anew(self, id_: str, date: datetime | None, place: int | None) -> None:
        """Give a story another date in all lists, and another place if there is one."""
        for url, slots in self.lists.items():
            for slot in [slot for slot in slots if slot.id == id_]:
                slot.date = date
                if place is not None and id_ != self.pinned:
                    self.rearranged.add(url)
                    slots.remove(slot)
                    self._insert(url, place, slot)

    def withdraw(self, id_: str) -> None:
        """Take a story off the site."""
        self.stories[id_].is_withdrawn = True
        self.rearranged |= self.lists.keys()
        for slots in self.lists.values():
            slots[:] = [slot for slot in slots if slot.id != id_]

    def free_from(self, url: str) -> int:
        """Return the first place of a list that is not pinned."""
        slots = self.lists[url]
        return int(bool(slots and slots[0].id == self.pinned))

    def break_list(self, url: str, fault: str) -> None:
        """Let something be wrong with a page of a list from now on."""
        self.sent_before[url] = self.true_answer(url)
        self.faults[url] = fault

    def as_printed(self, date: datetime) -> datetime:
        """Return a time as far as the site prints it."""
        return datetime.combine(date, time(), date.tzinfo) if self.prints_days else date

    def is_to_come(self, date: datetime, now: datetime) -> bool:
        """Return whether a clock takes a printed date for one in the future."""
        return self.as_printed(date) > self.as_printed(now + TOLERANCE)

    def latest_date(self, id_: str, now: datetime) -> datetime | None:
        """Return the latest date that a list prints for a story; none has one in the future."""
        slots = (slot for slots in self.lists.values() for slot in slots if slot.id == id_)
        dates = (slot.date for slot in slots if slot.date and self.has_dates)
        return max((date for date in dates if not self.is_to_come(date, now)), default=None)

    def true_answer(self, url: str) -> Answer:
        """Return what is sent while nothing is wrong."""
        return self._answer(url, "")

    def answer(self, url: str) -> Answer:
        """Return the answer to a request."""
        page = _page(url)
        return self._answer(url, self.faults.get(page) or self.lasting.get(page, ""))

    def slots(self, address: str, number: int) -> tuple[Slot, ...]:
        """Return what a page of a list shows."""
        start, end = self.bounds(address, number)
        shown = self.lists[address][start:end]
        return tuple(Slot(slot.id, slot.date if self.has_dates else None) for slot in shown)

    def bounds(self, address: str, number: int) -> tuple[int, int]:
        """Return the places in its list at which a page begins and ends."""
        if address in CAPACITY:
            return 0, len(self.lists[address])
        size, extra = self.page_size, int(self.is_uneven)
        before = number - 1
        return before * size + before // 3 * extra, number * size + number // 3 * extra

    def page_count(self, address: str) -> int:
        """Return how many pages a list has."""
        count = 1
        while self.bounds(address, count)[1] < len(self.lists[address]):
            count += 1
        return count

    def is_broken(self, address: str) -> bool:
        """Return whether something is wrong with a list for a long time."""
        return address == DEEP and (self.promises_more or bool(self.lasting))

    def reachable(self, address: str) -> Iterator[Slot]:
        """Yield the entries of a list above a page that it does not have for a long time."""
        for number in range(1, self.page_count(address) + 1):
            if self.lasting.get(address if number == 1 else f"{address}?p={number}"):
                return
            yield from self.slots(address, number)

    def _answer(self, url: str, fault: str) -> Answer:
        address, number = split(url)
        if address in self.lists:
            if not fault and url in self.moved:
                return Answer(301, self.moved[url])
            return self._list_answer(url, address, number, fault)
        story = self.stories.get(url.rpartition("-")[2])
        if fault and not (fault in ("stale", "dropped") and story):
            answer = ARTICLE_FAULTS[fault]
            other = self._other(url) if answer.location == "{other}" else answer.location
            return answer._replace(location=other)
        if story is None or story.is_withdrawn:
            return Answer(404)
        version = max(1, story.version - 1) if fault == "stale" else story.version
        return Answer(story=story, version=version, failure=fault if fault == "dropped" else "")

    def _other(self, url: str) -> str:
        """Return the address of an article that a long list shows, other than that at `url`."""
        stories = (self.stories[slot.id] for slot in self.lists[DEEP])
        return next((story.url for story in stories if story.url != url), DEEP)

    def _list_answer(self, url: str, address: str, number: int, fault: str) -> Answer:
        if fault == "stale":
            return self.sent_before[_page(url)]
        last = self.page_count(address)
        count = last + (self.promises_more and address == DEEP)
        pages = tuple(sorted({1, count, *range(max(1, number - 1), min(count, number + 1) + 1)}))
        if number > last:
            return Answer(404)
        answer = Answer(
            entries=self.slots(address, number),
            pages=pages if count > 1 else (),
            menu=() if address == FEED else self.menu,
        )
        if not fault:
            return self._validated(address, number, answer)
        if fault == "to-first-page":
            return LIST_FAULTS[fault]._replace(location=address)
        others = {
            "first-page": answer._replace(entries=self.slots(address, 1)),
            "page-before": answer._replace(entries=self.slots(address, max(1, number - 1))),
            "no-entries": answer._replace(entries=()),
            "no-pager": answer._replace(pages=()),
        }
        return others.get(fault, LIST_FAULTS[fault])

    def _validated(self, address: str, number: int, answer: Answer) -> Answer:
        """Return a page with its ``ETag`` and ``Last-Modified``, which no change leaves as is."""
        if number > 1:
            return answer
        if "etag" in self.validators:
            answer = answer._replace(etag=f"{answer.entries} {answer.pages} {answer.menu}")
        if "last_modified" in self.validators:
            before, changes = self.modified.get(address, (answer, 0))
            changes += before != answer
            self.modified[address] = (answer, changes)
            answer = answer._replace(last_modified=f"change {changes}")
        return answer

    def _insert(self, url: str, place: int, slot: Slot) -> None:
        slots = self.lists[url]
        slots.insert(max(place, self.free_from(url)), slot)
        end = CAPACITY.get(url, len(slots))
        self.pushed_out.setdefault(url, set()).update(slot.id for slot in slots[end:])
        del slots[end:]


def _page(url: str) -> str:
    """Return the usual address of a list's page; any other address unchanged."""
    address, number = split(url)
    return address if number == 1 else f"{address}?p={number}"
