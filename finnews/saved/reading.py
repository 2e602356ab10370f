"""From an entry of a saved file to the items on its page, as a crawl reads the answer that it was.

It knows neither Scrapy nor the archive: it runs in the crawl's process, or on a worker.
"""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from finnews.items import Item, Rejection
from finnews.pages.answer import legible, page_of
from finnews.pages.base import BrokenPage, Page
from finnews.pages.budget import Budget
from finnews.pages.refusals import HEADERS, refusal
from finnews.pages.stats import PageStats
from finnews.saved.answers import End, Entry, Fault, Passed, Passing, SavedAnswer
from finnews.saved.cached import cached_entries
from finnews.saved.html_files import page_entries
from finnews.saved.sources import Source
from finnews.saved.stream import Place, opened
from finnews.saved.warc import MAGIC, WarcEntries
from finnews.site import Site

REFUSED: Final = "refused"
"""Reason of the rejection of a refusal, as in a crawl"""

_GONE: Final = frozenset({404, 410})


class Part(NamedTuple):
    """A part of a source: what begins from a place on, and before `stop`."""

    source: Source
    start: Place = Place()
    stop: int | None = None
    """An offset; ``None``: the end of the file."""

    is_exact: bool = True
    """Whether an entry begins at `start`; else the first one behind it is the first."""


@dataclass(slots=True)
class Reading:
    """What an entry gave: of a `Passing` nothing but its place."""

    place: Place
    """Where it begins."""

    url: str = ""
    """Address of its answer."""

    page: str = ""
    """Page type, if it was read as a page."""

    items: list[Item] = field(default_factory=list)
    """Items and rejections of the page."""

    stats: PageStats | None = None
    """The counts of the page."""

    failure: Rejection | None = None
    """Why the answer is no page, unless another answer at the address is one."""

    passed: str = ""
    """Why it was passed over: ``other-site``, ``gone``, …"""

    fault: str = ""
    """What is damaged."""

    end: End | None = None
    """Whether it is the end of what was to be read."""


class Reader:
    """Reads parts of sources. `url` is the address of a page, or of a folder of pages."""

    def __init__(self, site: Site, budget: Budget, url: str | None = None) -> None:
        self.site = site
        self.budget = budget
        self.url = url

    def readings(self, part: Part) -> Iterator[Reading]:
        """Yield what each entry of a part gives, the `End` last; raise `OSError`."""
        for entry in self._entries(part):
            yield self._reading(entry)

    def _entries(self, part: Part) -> Iterator[Entry]:
        if part.source.kind == "warc":
            yield from self._warc_entries(part)
            return
        try:
            yield from self._file_entries(part.source)
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001, the traceback is told
            yield Entry(Place(), Fault(_told_error("it", error)))
            yield Entry(Place(part.source.size), End(is_of_file=True))

    def _file_entries(self, source: Source) -> Iterator[Entry]:
        if source.kind == "page":
            return page_entries(source, self.site, self.url)
        return cached_entries(source, self.site)

    def _warc_entries(self, part: Part) -> Iterator[Entry]:
        with part.source.path.open("rb") as file:
            stream = opened(file, Place(part.start.offset) if part.is_exact else Place())
            if part.is_exact:
                passing = Entry(part.start, Passing())
                yield from stream.skip_in_steps(part.start.within, passing)
            else:
                start = stream.next_from(part.start.offset, MAGIC, part.stop)
                if start is None:
                    return
                stream.restart(start)
            yield from WarcEntries(stream, self.site, part.stop)

    def _reading(self, entry: Entry) -> Reading:
        place, content = entry
        if isinstance(content, SavedAnswer):
            return self._told(place, content)
        if isinstance(content, Passed):
            return Reading(place, passed=content.reason)
        if isinstance(content, Fault):
            return Reading(place, fault=content.reason)
        if isinstance(content, Passing):
            return Reading(place)
        return Reading(place, end=content)

    def _told(self, place: Place, answer: SavedAnswer) -> Reading:
        """Return what an answer gives; an error of finnews itself is a fault, as in a crawl."""
        try:
            return self._answer(place, answer)
        except Exception as error:  # noqa: BLE001, the traceback is told
            return Reading(place, answer.url, fault=_told_error(answer.url, error))

    def _answer(self, place: Place, answer: SavedAnswer) -> Reading:
        reading = Reading(place, answer.url)
        text = legible(answer.body, answer.headers.get("content-type", ""))
        given = {name: answer.headers.get(name.lower(), "") for name in HEADERS}
        if refused := refusal(answer.status, text, given, self.site):
            reading.failure = _rejection(answer, REFUSED, {"seen": refused.seen})
        elif answer.status in _GONE:
            reading.passed = "gone"
        elif 300 <= answer.status < 400:
            reading.passed = "unchanged" if answer.status == 304 else "redirect"
        else:
            self._read(reading, answer)
        return reading

    def _read(self, reading: Reading, answer: SavedAnswer) -> None:
        try:
            page, items = self.budget.read(
                answer.url, len(answer.body), lambda: self._page_with_items(answer)
            )
        except BrokenPage as broken:
            reading.failure = _rejection(answer, str(broken))
            return
        reading.page, reading.stats, reading.items = page.name(), page.stats, items
        fetched_at = _time(answer)
        for item in items:
            item.fetched_at = fetched_at

    def _page_with_items(self, answer: SavedAnswer) -> tuple[Page, list[Item]]:
        page = self._page(answer)
        return page, page.told_items()

    def _page(self, answer: SavedAnswer) -> Page:
        return page_of(
            answer.url,
            answer.body,
            status=answer.status,
            content_type=answer.headers.get("content-type", ""),
            site=self.site,
            now=answer.fetched_at,
        )


def _told_error(what: str, error: Exception) -> str:
    """Return in words what failed on what, with the traceback."""
    first = f"{what} cannot be read: {type(error).__name__}: {error}"
    return f"{first}\n{traceback.format_exc()}"


def _rejection(
    answer: SavedAnswer, reason: str, details: dict[str, str] | None = None
) -> Rejection:
    return Rejection(url=answer.url, fetched_at=_time(answer), reason=reason, item=details)


def _time(answer: SavedAnswer) -> str:
    """Return when an answer was received, as `Item.fetched_at` has it."""
    return answer.fetched_at.isoformat(timespec="seconds")
