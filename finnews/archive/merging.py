"""How a reading of something is merged with what is archived of it."""

from typing import TypeVar

from finnews.items import Item
from finnews.pages import is_authoritative

ItemT = TypeVar("ItemT", bound=Item)


def merged(archived: ItemT, reading: ItemT) -> ItemT:
    """Return the archived item as it is after one more reading; neither is changed.

    An authoritative reading replaces what is archived, any other only fills what is empty. A field
    that the reading lacks keeps its value, so a poorer reading never erases.
    """
    return archived.merged_with(reading, is_superseded=is_superseded_by(archived, reading))


def is_superseded_by(archived: Item, reading: Item) -> bool:
    """Return whether a reading counts more; of two authoritative ones the later does."""
    if not is_authoritative(reading):
        return False
    is_later = (reading.fetched_at or "") >= (archived.fetched_at or "")
    return is_later or not is_authoritative(archived)


def says_the_same(item: Item, archived: Item) -> bool:
    """Return whether an item says nothing that is not archived."""
    is_news = item.is_known_by_own_page and is_authoritative(item) != is_authoritative(archived)
    return not is_news and item.same_as(archived)
