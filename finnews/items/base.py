"""What finnews collects, and what makes two readings the same thing.

Every item is a dataclass; its field names are the keys of the JSON line, in this order.
Times are ISO 8601 text with a zone offset, days are ``YYYY-MM-DD``; prices and rates are
``Decimal`` with the digits the page printed; unknown is ``None``.
"""

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, ClassVar, Literal, Self

from finnews.items.forms import Url, UtcTime, Version

Kind = Literal[
    "stock",
    "index",
    "currency",
    "commodity",
    "fund",
    "etf",
    "bond",
    "certificate",
    "crypto",
]
"""What a security is."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_REGISTRY: dict[str, type["Item"]] = {}


@dataclass(slots=True)
class Item:
    """What every line has: where it was read, when, and which version of the thing it is."""

    url: Url | None = None
    """Address of the page it was read from, without query or fragment."""

    fetched_at: UtcTime | None = None
    """When a page that said something new of it was fetched last, in UTC:
    ``2026-11-23T16:20:05+00:00``."""

    version: Version | None = None
    """1 for the first line of a thing, one more for each line that says more or other."""

    collection: ClassVar[str]
    """The folder under ``OUTPUT_DIR`` that holds these items in a file a day."""

    is_in_one_file: ClassVar[bool] = False
    """Whether they stand in one file instead, ``<collection>.jsonl``."""

    is_stored_last: ClassVar[bool] = False
    """Whether it is stored after all else of its page: if it is archived, so is the page."""

    is_of_instrument: ClassVar[bool] = False
    """Whether it is about one security: it adds to the register of instruments and takes from it
    the ISIN and WKN that its page does not print."""

    is_known_by_own_page: ClassVar[bool] = False
    """Whether it is news that its own page was read, even if the page says nothing else."""

    is_reported: ClassVar[bool] = False
    """Whether the report of a run tells how often its fields were filled, and by which pages."""

    provenance: ClassVar[frozenset[str]] = frozenset({"url", "fetched_at", "version"})
    """Fields that say how a thing was read, not what it is: alone they make no new version."""

    required: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """What an item must say; of several fields in one group, one is enough."""

    def __init_subclass__(cls) -> None:
        """Register the class under its collection; `dataclass` makes it twice, the last counts."""
        known = _REGISTRY.setdefault(cls.collection, cls)
        if (known.__module__, known.__name__) != (cls.__module__, cls.__name__):
            raise TypeError(f"{cls.__name__} and {known.__name__}: one collection")
        _REGISTRY[cls.collection] = cls

    def missing_fields(self) -> tuple[str, ...]:
        """Names of required fields that are empty; an item that lacks one is rejected."""
        return tuple(
            names[0]
            for names in self.required
            if all(getattr(self, name) is None for name in names)
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the thing, the surest first: two readings that share one are one thing."""
        raise NotImplementedError

    @property
    def primary_key(self) -> str | None:
        """The name that parts this thing from all others, even if they share a weaker one."""
        return self.keys[0]

    def instrument(self) -> str | None:
        """The security the item is about, as `instrument_key`; ``None`` if it is about none."""
        return None

    @property
    def dated(self) -> str | None:
        """The day or time that the page gives it; ``None`` if it gives none."""
        return None

    @property
    def reported_as(self) -> str:
        """The name under which the report of a run counts it."""
        return self.collection

    def mentions(self, instrument: str) -> bool:
        """Whether it is about a security, given as `instrument_key`, or names it."""
        return self.instrument() == instrument

    def line_parts(self) -> tuple[str | None, ...]:
        """What ``scrapy archive show`` tells of it in one line, besides its date and kind."""
        return ()

    def merged_with(self, reading: Self, *, is_superseded: bool) -> Self:
        """Return this item with what a reading fills in, or replaces if this is superseded.

        Of two names, "SAP" and "SAP SE", the longer one stays, whatever the order.
        """
        names = [field.name for field in fields(self)]
        upper, lower = (reading, self) if is_superseded else (self, reading)
        values = {name: _first(getattr(upper, name), getattr(lower, name)) for name in names}
        values["fetched_at"] = max(self.fetched_at or "", reading.fetched_at or "") or None
        values["version"] = self.version
        if "name" in values:
            values["name"] = _longest(getattr(self, "name"), getattr(reading, "name"))
        return type(self)(**values)

    def same_as(self, other: Self) -> bool:
        """Whether both say the same, however they were read."""
        return all(
            getattr(self, field.name) == getattr(other, field.name)
            for field in fields(self)
            if field.name not in self.provenance
        )


def registered() -> tuple[type[Item], ...]:
    """Return all kinds of items, in the order of their collections."""
    return tuple(_REGISTRY[collection] for collection in sorted(_REGISTRY))


@lru_cache(maxsize=4096)
def instrument_key(kind: str | None, page: str | None) -> str | None:
    """Return the name under which every spelling of a page finds the same security.

    In some paths of the site a hyphen turns into an underscore.

    >>> instrument_key("stock", "saint-gobain")
    'stock:saint_gobain'
    """
    return f"{kind}:{page.lower().replace('-', '_')}" if page else None


def may_be_same(one: Item, other: Item) -> bool:
    """Return whether two items that share a name can be one thing: no surer name parts them.

    Two studies of one house on one share and day have the same description, but not one number.
    """
    first, second = one.primary_key, other.primary_key
    return first is None or second is None or first == second


@lru_cache(maxsize=4096)
def folded(text: str | None) -> str:
    """Return letters and digits alone, in lower case, to compare names by.

    >>> folded("Joh. Berenberg, Gossler & Co. KG")
    'joh berenberg gossler co kg'
    """
    return _NOT_LETTERS.sub(" ", (text or "").casefold()).strip()


def _longest(*names: str | None) -> str | None:
    given = [name for name in names if name]
    return max(given, key=lambda name: (len(name), name), default=None)


def _first(upper: Any, lower: Any) -> Any:
    return lower if upper is None else upper
