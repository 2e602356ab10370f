"""Records of finnews's own work: rejections, checkpoints of lists, and dates in lists."""

import json
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, ClassVar, Final, Self

from finnews.items.base import Item
from finnews.items.forms import DayOrTime, Digits, Url


@dataclass(slots=True)
class Rejection(Item):
    """A page or item that was rejected, with the reason."""

    collection: ClassVar[str] = "rejected"

    reason: str | None = None
    """Short name of the reason: ``incomplete-article``, ``truncated``, ``refused``."""

    missing: list[str] | None = None
    """Required fields without a value."""

    item: dict[str, Any] | None = None
    """Fields of the item that have a value, or details of the reason."""

    @property
    def keys(self) -> tuple[str, ...]:
        content = json.dumps([self.missing, self.item], default=float).encode()
        digest = blake2b(content, digest_size=8).hexdigest()
        return (f"{self.reason}|{self.url}|{(self.fetched_at or '')[:10]}|{digest}",)

    def same_as(self, other: Self) -> bool:
        return self.keys == other.keys


@dataclass(slots=True)
class PendingPage:
    """A page that a list links to, and that is not archived as the list shows it."""

    url: Url | None = None
    """Address of the page."""

    listed: DayOrTime | None = None
    """Date under which the list shows it."""

    tries: int | None = None
    """Number of runs that requested it in vain."""

    tried_at: str | None = None
    """Time of the last request, in UTC."""

    day: str | None = None
    """Date of the page, if it was read but is older than ``since``."""

    reason: str | None = None
    """Why it is not archived: the reason of its last rejection, ``gone-404``, ``gone-410``,
    ``moved``, ``not-asked``. ``None`` if no run has requested it yet."""

    is_final: bool | None = None
    """Whether it is not requested again: gone for good, or moved off the site in two runs."""


RESOLVED: Final = "archived"
"""The `PendingPage.reason` that takes a page out of its list's record; no line has it."""


@dataclass(slots=True)
class Checkpoint(Item):
    """How far the list or feed at `url` has been read.

    Everything that it listed from `top` back to `back_to` is archived, except `pending` pages.
    """

    collection: ClassVar[str] = "checkpoints"
    is_in_one_file: ClassVar[bool] = True
    provenance: ClassVar[frozenset[str]] = Item.provenance | {"etag", "last_modified"}
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("url",),)

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

    pending: list[PendingPage] | None = None
    """Pages that the list links to and that are not archived."""

    etag: str | None = None
    """``ETag`` of the list's first page; the next run sends it as ``If-None-Match``."""

    last_modified: str | None = None
    """``Last-Modified`` of that page; the next run sends it as ``If-Modified-Since``."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (str(self.url),)

    def merged_with(self, reading: Self, *, is_superseded: bool) -> Self:  # noqa: ARG002
        """Return the later record, with the pages that another crawl has found pending."""
        pages = {page.url: page for page in (*(self.pending or ()), *(reading.pending or ()))}
        pending = [page for page in pages.values() if page.reason != RESOLVED]
        return replace(reading, key=self.key, version=self.version, pending=pending)


@dataclass(slots=True)
class Listing(Item):
    """The latest date under which a list showed a page before the page was last read.

    It is kept where the list's date is later than the page's own. A later one means that the page
    has changed since.
    """

    collection: ClassVar[str] = "listings"
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
