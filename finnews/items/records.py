"""What finnews records of its own work: what was rejected, how far lists were read."""

import json
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, ClassVar, Self

from finnews.items.base import Item
from finnews.items.forms import Url


@dataclass(slots=True)
class Rejection(Item):
    """What was read and could not be kept as an item, with the reason."""

    collection: ClassVar[str] = "rejected"

    reason: str | None = None
    """Short name of the reason: ``missing-field``, ``truncated``, ``refused``."""

    missing: list[str] | None = None
    """The required fields that were empty."""

    item: dict[str, Any] | None = None
    """What was read of the item, with the keys of its own kind."""

    @property
    def keys(self) -> tuple[str, ...]:
        read = json.dumps([self.missing, self.item], default=float).encode()
        digest = blake2b(read, digest_size=8).hexdigest()
        return (f"{self.reason}|{self.url}|{(self.fetched_at or '')[:10]}|{digest}",)

    def same_as(self, other: Self) -> bool:
        return self.keys == other.keys


@dataclass(slots=True)
class PendingPage:
    """A page that a list leads to and that was requested, but is not archived."""

    url: Url | None = None
    """Its address."""

    tries: int | None = None
    """How often it was requested."""

    tried_at: str | None = None
    """When it was requested last, in UTC."""

    day: str | None = None
    """Its own date, if it could be read and is only older than ``since``."""


@dataclass(slots=True)
class Checkpoint(Item):
    """How far a list or feed, whose address is `url`, has been read.

    All that it showed from `newest` down to `back_to` is archived, except the `pending` pages.
    """

    collection: ClassVar[str] = "checkpoints"
    is_in_one_file: ClassVar[bool] = True
    provenance: ClassVar[frozenset[str]] = Item.provenance | {"etag", "last_modified"}
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("url",),)

    newest: str | None = None
    """The newest time that the list printed, which is not the article's own; in lists of studies
    a day. ``None`` if it printed none."""

    back_to: str | None = None
    """The day of ``since`` down to which the list was read; ``None``: to its end."""

    pending: list[PendingPage] | None = None
    """The pages that the list led to and that are not archived."""

    etag: str | None = None
    """The ``ETag`` of the list's first page: the next run asks whether it has changed."""

    last_modified: str | None = None
    """Its ``Last-Modified``, for the same."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (str(self.url),)

    def merged_with(self, reading: Self, *, is_superseded: bool) -> Self:  # noqa: ARG002
        """Return the later checkpoint: it covers what the earlier one did."""
        return replace(reading, version=self.version)
