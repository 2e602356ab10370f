"""A site that does as it likes: articles, the lists that show them, and what it answers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from finnews.site import FINANZEN_NET

FEED: Final = FINANZEN_NET.address("/rss/news")
SECTION: Final = FINANZEN_NET.address("/nachrichten/ressort/aktien")
DEEP: Final = FINANZEN_NET.address("/index/dax/marktberichte")

CAPACITY: Final = {FEED: 3, SECTION: 5}
"""How many entries a list of one page shows; what is pushed out is gone from it."""

PARTNER: Final = "https://partner.example/wartung"
AWAY: Final = timedelta(days=400)


@dataclass
class Story:
    """An article, as its page has it now."""

    id: str
    published: datetime
    is_promotion: bool = False
    changes: list[datetime] = field(default_factory=list)
    """When its page says that it was changed, for each version after the first."""

    is_withdrawn: bool = False

    @property
    def version(self) -> int:
        """The number of the version that its page has now."""
        return 1 + len(self.changes)

    @property
    def url(self) -> str:
        """The address; that of a promotion tells that it is one."""
        slug = "ratgeber-muster" if self.is_promotion else "muster"
        return FINANZEN_NET.address(f"/nachricht/aktien/{slug}-{self.id}")

    @property
    def dated(self) -> datetime:
        """The latest date on its page."""
        return self.dated_in(self.version)

    def dated_in(self, version: int) -> datetime:
        """Return the latest date that its page had in a version."""
        return max([self.published, *self.changes[: version - 1]])


@dataclass
class Slot:
    """The place of an article in a list, and the date that the list prints there."""

    id: str
    date: datetime | None


class Answer(NamedTuple):
    """What the site sends: a status, where it redirects to, a story, or a page of a list."""

    status: int = 200
    location: str = ""
    story: Story | None = None
    entries: tuple[Slot, ...] = ()
    pages: tuple[int, ...] = ()
    """Numbers of the pages that the pager links."""

    failure: str = ""
    """``timeout``, ``disallowed``, ``refused``, ``broken``, ``incomplete``."""

    etag: str = ""


ARTICLE_FAULTS: Final = {
    "maintenance": Answer(302, PARTNER),
    "temporary": Answer(307, PARTNER),
    "moved": Answer(301, PARTNER),
    "home": Answer(302, FINANZEN_NET.address("/index/dax/marktberichte")),
    "unasked": Answer(304),
    "away": Answer(404),
    "error": Answer(503),
    **{kind: Answer(failure=kind) for kind in ("timeout", "disallowed", "broken", "incomplete")},
}
LIST_FAULTS: Final = {
    **{kind: ARTICLE_FAULTS[kind] for kind in ("maintenance", "unasked", "away", "error")},
    **{kind: Answer(failure=kind) for kind in ("timeout", "disallowed", "broken")},
    "first-page": Answer(failure="first-page"),
    "to-first-page": Answer(302, "{first}"),
    "page-before": Answer(failure="page-before"),
    "no-entries": Answer(failure="no-entries"),
    "no-pager": Answer(failure="no-pager"),
}


@dataclass
class Site:
    """The stories, the lists and the faults; `now` is what its clock says."""

    now: datetime
    page_size: int = 3
    stories: dict[str, Story] = field(default_factory=dict)
    lists: dict[str, list[Slot]] = field(default_factory=lambda: {FEED: [], SECTION: [], DEEP: []})
    faults: dict[str, str] = field(default_factory=dict)
    """Address → name of what is wrong with it; a page of a list has its number in its address."""

    has_dates: bool = True
    first: int = 10_000_000

    def publish(self, places: dict[str, int], *, is_promotion: bool = False) -> Story:
        """Publish a story, at a place of each list."""
        story = Story(str(self.first + len(self.stories)), self.now, is_promotion)
        self.stories[story.id] = story
        for url, place in places.items():
            self.lists[url].insert(place, Slot(story.id, self.now))
            self._cut(url)
        return story

    def change(self, id_: str) -> None:
        """Correct a story: another text, the date of now on its page."""
        story = self.stories[id_]
        story.changes.append(max(story.dated, self.now))

    def date_anew(self, id_: str, date: datetime | None, place: int | None) -> None:
        """Give a story another date in all lists, and another place if there is one."""
        for url, slots in self.lists.items():
            found = [slot for slot in slots if slot.id == id_]
            for slot in found:
                slot.date = date
                if place is not None:
                    slots.remove(slot)
                    slots.insert(place, slot)
            self._cut(url)

    def withdraw(self, id_: str) -> None:
        """Take a story off the site."""
        self.stories[id_].is_withdrawn = True
        for slots in self.lists.values():
            slots[:] = [slot for slot in slots if slot.id != id_]

    def latest_date(self, id_: str) -> datetime | None:
        """Return the latest date that a list has for a story."""
        slots = (slot for slots in self.lists.values() for slot in slots if slot.id == id_)
        return max((slot.date for slot in slots if slot.date), default=None)

    def true_answer(self, url: str) -> Answer:
        """Return what is sent while nothing is wrong."""
        return self._answer(url, "")

    def answer(self, url: str) -> Answer:
        """Return the answer to a request."""
        return self._answer(url, self.faults.get(url, ""))

    def _answer(self, url: str, fault: str) -> Answer:
        address, number = split(url)
        if address in self.lists:
            return self._list_answer(address, number, fault)
        if fault:
            return ARTICLE_FAULTS[fault]
        story = next((story for story in self.stories.values() if story.url == url), None)
        if story is None or story.is_withdrawn:
            return Answer(404)
        return Answer(story=story)

    def slots(self, address: str, number: int) -> tuple[Slot, ...]:
        """Return what a page of a list shows."""
        slots = self.lists[address]
        size = len(slots) or 1 if address in CAPACITY else self.page_size
        shown = slots[(number - 1) * size : number * size]
        return tuple(Slot(slot.id, slot.date if self.has_dates else None) for slot in shown)

    def page_count(self, address: str) -> int:
        """Return how many pages a list has."""
        if address in CAPACITY:
            return 1
        return max(1, -(-len(self.lists[address]) // self.page_size))

    def _list_answer(self, address: str, number: int, fault: str) -> Answer:
        count = self.page_count(address)
        pages = tuple(sorted({1, count, *range(max(1, number - 1), min(count, number + 1) + 1)}))
        if number > count:
            return Answer(404)
        shown = self.slots(address, number)
        answer = Answer(entries=shown, pages=pages if count > 1 else ())
        if not fault:
            return answer._replace(etag=f"{shown} {count}")
        if fault == "to-first-page":
            return LIST_FAULTS[fault]._replace(location=address)
        others = {
            "first-page": answer._replace(entries=self.slots(address, 1)),
            "page-before": answer._replace(entries=self.slots(address, max(1, number - 1))),
            "no-entries": answer._replace(entries=()),
            "no-pager": answer._replace(pages=()),
        }
        return others.get(fault, LIST_FAULTS[fault])

    def _cut(self, url: str) -> None:
        del self.lists[url][CAPACITY.get(url, len(self.lists[url])) :]


def split(url: str) -> tuple[str, int]:
    """Return the address of a list and the number of its page."""
    address, _, number = url.partition("?p=")
    return address, int(number or 1)
