"""What the last fetched pages said of each record, so that the first reading of a fetch counts.

A page can print a thing twice, with different values. If the second reading replaced the first,
each run would write two new versions.
"""

from collections import OrderedDict
from typing import Final, TypeVar, cast

from finnews.items import Item
from finnews.pages import is_authoritative

ItemT = TypeVar("ItemT", bound=Item)

KEPT: Final = 50  # pages whose items can be added in turns


class Fetches:
    """The readings of the last fetches from pages that are the authority on them."""

    def __init__(self) -> None:
        self._readings: OrderedDict[tuple[str | None, str | None], dict[str, Item]] = OrderedDict()

    def combined(self, key: str, reading: ItemT) -> ItemT:
        """Return the first reading of a record in the same fetch, with this one filled in."""
        if not is_authoritative(reading):
            return reading
        earlier = self._readings.get((reading.url, reading.fetched_at), {})
        first = cast("ItemT | None", earlier.get(_name(key, reading)))
        return first.merged_with(reading, is_superseded=False) if first else reading

    def add(self, key: str, reading: Item) -> None:
        """Remember what a fetch says of a record; the oldest fetches are forgotten."""
        if not is_authoritative(reading):
            return
        fetch = (reading.url, reading.fetched_at)
        self._readings.setdefault(fetch, {})[_name(key, reading)] = reading
        self._readings.move_to_end(fetch)
        if len(self._readings) > KEPT:
            self._readings.popitem(last=False)


def _name(key: str, reading: Item) -> str:
    return f"{reading.collection} {key}"
