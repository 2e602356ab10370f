"""Merges a reading with the archived version of the same record."""

from datetime import UTC, datetime
from typing import TypeVar

from finnews.items import Item
from finnews.pages import is_authoritative

ItemT = TypeVar("ItemT", bound=Item)


def merged(archived: ItemT, reading: ItemT, now: datetime | None = None) -> ItemT:
    """Return the archived item with a reading merged into it; neither argument is changed.

    An authoritative reading replaces archived values, any other only fills empty fields. A field
    that the reading lacks keeps its value, so an incomplete reading never erases one.
    """
    return archived.merged_with(reading, is_superseded=is_superseded_by(archived, reading, now))


def is_superseded_by(archived: Item, reading: Item, now: datetime | None = None) -> bool:
    """Return whether a reading's values replace the archived ones.

    They do if the reading is authoritative, and fetched later if both are. What was fetched in the
    future, by a clock that was wrong, is earlier than any.
    """
    if not is_authoritative(reading):
        return False
    fetched_at = archived.fetched_at or ""
    is_later = (reading.fetched_at or "") >= fetched_at
    return is_later or not is_authoritative(archived) or fetched_at > _utc(now)


def _utc(now: datetime | None) -> str:
    """Return a time as `Item.fetched_at` has it; the current one if there is none."""
    return (now or datetime.now(UTC)).isoformat(timespec="seconds")


def says_the_same(item: Item, archived: Item) -> bool:
    """Return whether an item adds nothing to the archived one."""
    own_page_is_new = item.is_known_by_own_page and (
        is_authoritative(item) != is_authoritative(archived)
    )
    return not own_page_is_new and item.same_as(archived)
