"""The pages that lists lead to: which of them a run requests, and what becomes of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count

from finnews.archive import Archive
from finnews.items import Item, ListedPage, Listing, PendingPage
from finnews.spiders.backoff import FIRST_WAIT
from finnews.spiders.entries import is_later, moment
from finnews.spiders.pending import ARCHIVED, DROPPED, UNCHANGED, is_due, is_waiting, tried


class ListedPages:
    """The pages of one kind that lists lead to, by id.

    `archived_as_of` returns the date of the last change of a page archived in full, else ``None``.
    """

    def __init__(
        self, archive: Archive, kind: type[Item], archived_as_of: Callable[[str], str | None]
    ) -> None:
        self.archive = archive
        self.kind = kind.collection
        self.archived_as_of = archived_as_of
        self.requested: dict[str, str] = {}
        """Id → address."""

        self.dates: dict[str, str] = {}
        """Id → latest date under which a list showed the page before it was requested."""

        self.before: dict[str, str | None] = {}
        """Id → date of the page as it was archived when this run requested it."""

        self.read: dict[str, str] = {}
        """Id → date of the last change, as the page says, of pages that gave a complete item."""

        self.failed: dict[str, str] = {}
        """Id → reason, of pages that gave no complete item."""

        self.left_out: dict[str, str] = {}
        """Id → day, of pages before ``since`` or after ``until``."""

        self.found: dict[str, dict[str, ListedPage]] = {}
        """List → id → page that a run has found in it, and had no answer yet."""

        self.after: dict[str, PendingPage] = {}
        """Id → page of which this run had the answer, as it is then."""

        self._lists: defaultdict[str, dict[str, None]] = defaultdict(dict)
        """Id → addresses of the lists of papers that show the page in this run."""

        self._safe: set[str] = set()
        """Ids of found pages of which the lists' records need not say anything: they are archived
        as listed, or ``pending.jsonl`` has them."""

        self._resolved: list[PendingPage] = []
        """Pages that ``pending.jsonl`` calls pending although they are archived."""

        self._order = count()
        self._sent: dict[str, int] = {}
        self._sent_at: dict[str, datetime] = {}
        self._received: dict[str, int] = {}
        self.earlier = {str(page.id): page for page in self._pending()}
        """Id → page that was pending after earlier runs."""

    def is_as_listed(self, id_: str, date: str | None) -> bool:
        """Return whether a page is archived as a list shows it under a date.

        It is not if the date is later than the archived page, and later than any that a list had
        before that was read.
        """
        archived = self.archived_as_of(id_)
        if archived is None:
            return False
        if date is None or not is_later(date, archived):
            return True
        listing = self.archive.find(Listing, f"{self.kind}:{id_}")
        return listing is not None and not is_later(date, str(listing.date))

    def is_new(self, id_: str, date: str | None) -> bool:
        """Return whether this run has still to request a page that a list shows under a date.

        A pending page that is not due is requested if the list dates it later than before.
        """
        if id_ in self.requested:
            return False
        if page := self.earlier.get(id_):
            is_redated = date and page.listed and is_later(date, page.listed)
            return bool(is_redated) and is_waiting(page)
        return not self.is_as_listed(id_, date)

    def due(
        self, now: datetime, since: str | None, until: str | None = None
    ) -> Iterator[PendingPage]:
        """Yield pages that are to be requested again, and were not requested yet."""
        for id_, page in self.earlier.items():
            if id_ not in self.requested and is_due(page, now, since, until):
                yield page

    def request(self, id_: str, url: str, date: str | None) -> None:
        """Note that a page which a list shows under a date is to be requested."""
        self.requested[id_] = url
        self.before[id_] = self.archived_as_of(id_)
        if date:
            self._see(id_, date)

    def note_sent(self, id_: str, now: datetime) -> None:
        """Note that a page is requested now: lists that come later can say that it changed."""
        self._sent[id_] = next(self._order)
        self._sent_at[id_] = now

    def note_lists(self, list_url: str, ids: Iterable[str]) -> None:
        """Note that a list of a paper shows pages: later runs look for them by it."""
        for id_ in ids:
            self._lists[id_][list_url] = None

    def shown_pending(self) -> Iterator[PendingPage]:
        """Yield the pages that stay pending without a request in this run, and that lists of papers
        show which are not recorded with them. They keep the time of their last try.
        """
        for id_ in self._lists.keys() & (self.earlier.keys() - self.requested.keys()):
            page = self._with_lists(id_, self.earlier[id_])
            if page != self.earlier[id_]:
                yield page

    def note_received(self, address: str) -> None:
        """Note that a list's page came, which can be long before it is read."""
        self._received[address] = next(self._order)

    def is_redated(self, id_: str, date: str, address: str) -> bool:
        """Return whether the list's page at an address dates a page later than any list did when
        this run requested it.

        A list's page that came before the request was sent says nothing that the request missed.
        """
        if id_ not in self.requested:
            return False
        sent = self._sent.get(id_)
        if sent is None or self._received.get(address, sent) < sent:
            self._see(id_, date)
        listed = self.dates.get(id_)
        if listed and not is_later(date, listed):
            return False
        return not self.is_as_listed(id_, date)

    def adopt(self, list_url: str, pages: Iterable[tuple[str, ListedPage]]) -> None:
        """Take the pages that an earlier run has found in a list; it was stopped or killed."""
        self.found[list_url] = dict(pages)
        for id_, page in self.found[list_url].items():
            earlier = self.earlier.get(id_)
            if (earlier and earlier.version) or self.is_as_listed(id_, page.listed):
                self._safe.add(id_)
            elif earlier is None:
                self.earlier[id_] = self._page(id_, str(page.url), page.listed)

    def find(self, list_url: str, ids: list[str]) -> None:
        """Note that pages which are to be requested now were found in a list."""
        pages = {id_: ListedPage(self.requested[id_], self.dates.get(id_)) for id_ in ids}
        self.found.setdefault(list_url, {}).update(pages)

    def unanswered(self, list_url: str) -> list[ListedPage]:
        """Return the pages found in a list for its record, those once that are over."""
        found = self.found.get(list_url, {})
        over = {id_ for id_ in found if id_ in self.after or id_ in self._safe}
        self.found[list_url] = {id_: page for id_, page in found.items() if id_ not in over}
        return [replace(page, is_over=id_ in over or None) for id_, page in found.items()]

    def outcomes(self, *, is_over: bool) -> Iterator[PendingPage]:
        """Yield the pages that have become pending since the last call, or no longer are.

        Before the run is over, nothing is said of pages whose items may still be in a pipeline. Nor
        is of pages that other runs requested, or to which the site redirects.
        """
        while self._resolved:
            yield _resolved(self._resolved.pop())
        answered = self.requested.keys() & (self.read.keys() | self.failed.keys())
        for id_ in sorted(answered - self.after.keys()):
            is_archived = self.archived_as_of(id_) is not None
            if not is_over and id_ in self.read and (not is_archived or self.before[id_]):
                continue
            page = self.after[id_] = self._outcome(id_)
            if page.reason != ARCHIVED or page.version:
                yield page

    def listings(self) -> Iterator[Listing]:
        """Yield the dates under which lists showed pages, where they are later than the pages' own.

        Those pages are not requested again for them.
        """
        for id_, page in self.after.items():
            date, archived = self.dates.get(id_), self.archived_as_of(id_)
            if page.reason == ARCHIVED and date and archived and is_later(date, archived):
                yield Listing(url=self.requested[id_], kind=self.kind, id=id_, date=date)

    def waiting(self) -> Iterator[PendingPage]:
        """Yield the pages that a later run is to request again."""
        found = {
            id_: self._page(id_, str(page.url), page.listed)
            for pages in self.found.values()
            for id_, page in pages.items()
        }
        for page in (found | self.earlier | self.after).values():
            if page.reason != ARCHIVED and is_waiting(page):
                yield page

    def _pending(self) -> Iterator[PendingPage]:
        """Yield the pages in ``pending.jsonl`` that no crawl has archived since."""
        for page in self.archive.all_of(PendingPage):
            if page.kind != self.kind or page.reason == ARCHIVED:
                continue
            if self.is_as_listed(str(page.id), page.listed):
                self._resolved.append(page)
            else:
                yield page

    def _page(self, id_: str, url: str, listed: str | None) -> PendingPage:
        return PendingPage(url=url, kind=self.kind, id=id_, listed=listed)

    def _outcome(self, id_: str) -> PendingPage:
        """Return what a page is now that this run had an answer."""
        listed = self.dates.get(id_)
        earlier = self.earlier.get(id_) or self._page(id_, self.requested[id_], listed)
        page = self._with_lists(id_, replace(earlier, listed=listed))
        if id_ not in self.read or id_ in self.left_out:
            return tried(page, self.failed.get(id_), self.left_out.get(id_))
        archived = self.archived_as_of(id_)
        if archived is None or is_later(self.read[id_], archived):
            return tried(page, DROPPED)
        is_same = archived == self.before[id_]
        is_first = page.reason != UNCHANGED and not self._is_fresh(id_, listed)
        if is_same and listed and is_later(listed, archived) and is_first:
            return tried(page, UNCHANGED)
        return _resolved(page)

    def _is_fresh(self, id_: str, listed: str | None) -> bool:
        """Return whether what came can be no old copy: the list's date was long ago."""
        sent_at = self._sent_at.get(id_)
        if sent_at is None or listed is None or len(listed) == len("2026-11-20"):
            return False
        return sent_at - moment(listed) >= FIRST_WAIT

    def _with_lists(self, id_: str, page: PendingPage) -> PendingPage:
        lists = list(dict.fromkeys([*(page.lists or ()), *self._lists.get(id_, ())]))
        return replace(page, lists=lists or None)

    def _see(self, id_: str, date: str) -> None:
        """Note the date under which a list shows a page that is not requested yet."""
        known = self.dates.get(id_)
        if known is None or is_later(date, known):
            self.dates[id_] = date


def _resolved(page: PendingPage) -> PendingPage:
    """Return a page that is archived now."""
    return replace(page, reason=ARCHIVED, is_final=None, day=None, lists=None)
