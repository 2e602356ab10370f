"""How far lists were read, the pages that they led to in vain, and the dates in them."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Self

from finnews.items.base import Item
from finnews.items.forms import Count, Day, DayOrTime, Digits, Form, Url, UtcTime
from finnews.items.turnover import Turnover


@dataclass(slots=True)
class PendingPage(Item):
    """A page that a list links to, and that is not archived as the list shows it."""

    collection: ClassVar[str] = "pending"
    is_about_crawl: ClassVar[bool] = True
    is_in_one_file: ClassVar[bool] = True
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("url",), ("kind",), ("id",))

    kind: str | None = None
    """What the page is about: ``articles``, ``ratings``."""

    id: Digits | None = None
    """The number of the article or study."""

    listed: DayOrTime | None = None
    """Date under which the list shows it."""

    tries: Count | None = None
    """Number of runs that requested it in vain, the last of them at `fetched_at` while it is
    pending."""

    day: Day | None = None
    """Date of the page, if it was read but is before ``since`` or after ``until``."""

    reason: str | None = None
    """Why it is not archived: the reason of its last rejection, ``gone-404``, ``gone-410``,
    ``moved``, ``not-asked``; ``dropped`` if what it gave was not archived, ``unchanged`` if a
    list dates it later than it does itself. ``archived`` if it is archived now."""

    is_final: bool | None = None
    """Whether it is not requested again: gone for good, or moved in two runs."""

    lists: list[Url] | None = None
    """Addresses of the lists of papers that have shown it."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"{self.kind}:{self.id}",)

    def merged_with(self, reading: Self, *, is_superseded: bool) -> Self:  # noqa: ARG002
        """Return the later record."""
        return replace(reading, key=self.key, version=self.version)


@dataclass(slots=True)
class ListedPage:
    """A page that a run has found in a list, and whose answer it has not had yet."""

    url: Url | None = None
    """Address of the page."""

    listed: DayOrTime | None = None
    """Date under which the list shows it."""

    is_over: bool | None = None
    """Whether the run has its answer, and takes it out of the list's record; ``None`` in
    every line."""


@dataclass(slots=True)
class UnfinishedReading:
    """The last reading of a list that did not come as far as it had to, and those before it."""

    top: list[str]
    """Ids of the first entries when the last reading began, promotions left out."""

    tries: Count
    """Number of runs that tried in vain to read as far as they had to."""

    tried_at: UtcTime
    """Time, in UTC, of the last of them."""


@dataclass(slots=True)
class FileReading:
    """How far a file of saved pages was read. It is read again from its beginning if it has changed
    since, or finnews reads in another way.
    """

    size: Count
    """Bytes of the file."""

    modified: str
    """When it was changed last, in nanoseconds since 1970."""

    readers: str
    """What of finnews reads pages, and with which arguments, as a short hash."""

    offset: Count
    """Bytes up to which it is archived, in a gzip file up to the beginning of a member."""

    within: Count
    """Decompressed bytes of that member that are archived, too."""

    is_read: bool
    """Whether it was read to its end."""


@dataclass(slots=True)
class Checkpoint(Item):
    """How far the list, feed or file at `url` has been read.

    Everything that a list had from `top` back to `back_to` is archived, except what
    ``pending.jsonl`` has.
    """

    collection: ClassVar[str] = "checkpoints"
    is_about_crawl: ClassVar[bool] = True
    is_in_one_file: ClassVar[bool] = True
    provenance: ClassVar[frozenset[str]] = Item.provenance | {"etag", "last_modified"}
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("url",),)

    url: Annotated[str, Form(pattern=r"^(https?://[^/\s]+|file://)/\S*$")] | None = None
    """Address of the list or feed, without fragment, or of the file: ``file:///…``. That of the
    articles that others link is ``/nachricht`` on the site."""

    newest: str | None = None
    """Newest time that the list printed, which can differ from the article's own; a day in lists
    of studies. ``None`` if it printed none."""

    back_to: str | None = None
    """Day of ``since`` back to which the list was read; ``None`` if it was read to its end."""

    top: list[str] | None = None
    """Ids of the first entries when the list was last read completely, promotions left out;
    ``None`` if it never was."""

    deep_on: str | None = None
    """UTC day on which the list was last read some hundred entries further than `top`; ``None`` if
    it has one page."""

    deepest_on: str | None = None
    """UTC day on which it was last read a thousand entries further, or to its end."""

    unfinished: UnfinishedReading | None = None
    """The last reading, if it did not come as far as it had to; ``None`` if it did."""

    turnover: Turnover | None = None
    """When the list was last read completely, and how fast its entries are replaced; ``None`` for a
    file."""

    named_at: UtcTime | None = None
    """Time, in UTC, of the last complete reading by a run that saw the list in the site's menu."""

    pending: list[ListedPage] | None = None
    """Pages that a run has found in the list, and that it was stopped or killed before it had."""

    etag: str | None = None
    """``ETag`` of the list's first page; the next run sends it as ``If-None-Match``."""

    last_modified: str | None = None
    """``Last-Modified`` of that page; the next run sends it as ``If-Modified-Since``."""

    file: FileReading | None = None
    """How far a file of saved pages was read; ``None`` for a list or feed."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (str(self.url),)

    def merged_with(self, reading: Self, *, is_superseded: bool) -> Self:  # noqa: ARG002
        """Return the later record, with the pages that another crawl has found."""
        pages = {page.url: page for page in (*(self.pending or ()), *(reading.pending or ()))}
        pending = [page for page in pages.values() if not page.is_over] or None
        return replace(reading, key=self.key, version=self.version, pending=pending)


@dataclass(slots=True)
class Listing(Item):
    """The latest date under which a list showed a page before the page was last read.

    It is kept where the list's date is later than the page's own. A later one means that the page
    has changed since.
    """

    collection: ClassVar[str] = "listings"
    is_about_crawl: ClassVar[bool] = True
    is_in_one_file: ClassVar[bool] = True
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("kind",), ("id",), ("date",))

    kind: str | None = None
    """What the page is about: ``articles``, ``ratings``."""

    id: Digits | None = None
    """The number of the article or study."""

    date: DayOrTime | None = None
    """The list's date; a day in lists of studies."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"{self.kind}:{self.id}",)

    def merged_with(self, reading: Self, *, is_superseded: bool) -> Self:  # noqa: ARG002
        """Return the later listing."""
        return replace(reading, key=self.key, version=self.version)
