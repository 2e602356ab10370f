"""Records of finnews's own work: rejections, and checkpoints of lists."""

import json
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, ClassVar, Self

from finnews.items.base import Item
from finnews.items.forms import Url


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
    """A page that a list links to and that was requested, but is not archived."""

    url: Url | None = None
    """Address of the page."""

    tries: int | None = None
    """Number of runs that requested it; the maximum if the page is gone for good."""

    tried_at: str | None = None
    """Time of the last request, in UTC."""

    day: str | None = None
    """Date of the page, if it was read but is older than ``since``."""


@dataclass(slots=True)
class Checkpoint(Item):
    """How far the list or feed at `url` has been read.

    Everything that it listed from `newest` back to `back_to` is archived, except `pending` pages.
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
        """Return the later checkpoint, which covers the earlier one."""
        return replace(reading, key=self.key, version=self.version)
