"""What was rejected, and why."""

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, ClassVar, Self

from finnews.items.base import Item


@dataclass(slots=True)
class Rejection(Item):
    """A page or item that was rejected, with the reason."""

    collection: ClassVar[str] = "rejected"
    is_about_crawl: ClassVar[bool] = True

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
