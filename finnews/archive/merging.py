"""Merges a reading with the archived version of the same record."""

from typing import TypeVar

from finnews.items import Item
from finnews.pages import is_authoritative

ItemT = TypeVar("ItemT", bound=Item)


def merged(archived: ItemT, reading: ItemT) -> ItemT:
    """Return the archived item with a reading merged into it; neither argument is changed.

    An authoritative reading replaces archived values, any other only fills empty fields. A field
    that the reading lacks keeps its value, so an incomplete reading never erases one.
    """
    return archived.merged_with(reading, is_superseded=is_superseded_by(archived, reading))


def is_superseded_by(archived: Item, reading: Item) -> bool:
    """Return whether a reading's values replace the archived ones.

    They do if the reading is authoritative, and fetched later if both are.
    """
    if not is_authoritative(reading):
        return False
    is_later = (reading.fetched_at or "") >= (archived.fetched_at or "")
    return is_later or not is_authoritative(archived)


def says_the_same(item: Item, archived: Item) -> bool:
    """Return whether an item adds nothing to the archived one."""
    own_page_is_new = item.is_known_by_own_page and (
        is_authoritative(item) != is_authoritative(archived)
    )
    return not own_page_is_new and item.same_as(archived)
