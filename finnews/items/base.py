"""The base class of items, and how two readings are recognised as the same record.

Each item class is a dataclass; its field names are the keys of the JSON line, in this order.
Times are ISO 8601 text with a zone offset, days are ``YYYY-MM-DD``; prices and rates are
``Decimal`` with the digits that the page printed; a missing value is ``None``.
"""

import re
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final, Literal, Self

from finnews.bounds import kept
from finnews.items.amounts import Amounts, completed
from finnews.items.forms import Url, UtcTime, Version
from finnews.items.numbers import NUMBERS, completed_numbers

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
"""The kinds of securities."""

NAMESPACES: Final[dict[str, str]] = {"crypto": "currency"}
"""Kind → the one in whose keys it is: coins were currencies in archives until they had a kind."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_REGISTRY: dict[str, type["Item"]] = {}


@dataclass(slots=True)
class Item:
    """The fields of every line: its record's key, where and when it was read, its version."""

    key: str | None = None
    """Key of the record, the same in all its versions; no other line of the kind has it. Its form
    is finnews's own."""

    url: Url | None = None
    """Address of the page that it was read from, without query or fragment."""

    fetched_at: UtcTime | None = None
    """Time, in UTC, of the last fetch of a page that added or changed something:
    ``2026-11-23T16:20:05+00:00``."""

    version: Version | None = None
    """1 for the first line of a record; each line that adds or changes something counts on."""

    collection: ClassVar[str]
    """The folder under ``OUTPUT_DIR`` with a file of these items for each day."""

    is_in_one_file: ClassVar[bool] = False
    """Whether all are in one file instead, ``<collection>.jsonl``."""

    is_stored_last: ClassVar[bool] = False
    """Whether it is written after the other items of its page: if it is archived, so are they."""

    is_of_instrument: ClassVar[bool] = False
    """Whether it is about one security: it updates the register of instruments, and the register
    adds the ISIN and WKN that its page does not print."""

    is_known_by_own_page: ClassVar[bool] = False
    """Whether the first reading of its own page is a new version, even without new values."""

    is_reported: ClassVar[bool] = False
    """Whether the report of a run counts how often its fields were filled, by type of page."""

    is_about_crawl: ClassVar[bool] = False
    """Whether it says how pages were read, not what is on them: it is not exported."""

    date_field: ClassVar[str | None] = None
    """The field with its day or time; ``None`` if it has none."""

    provenance: ClassVar[frozenset[str]] = frozenset({"key", "url", "fetched_at", "version"})
    """Fields about the record or the reading, not about the subject: a change of them is no new
    version."""

    required: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """The required fields, in groups: one field of each group must have a value."""

    amounts: ClassVar[tuple[Amounts, ...]] = ()
    """Fields in which two readings are not mixed unless their amounts are the same."""

    statements: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Fields that say one thing: a reading completes them if it contradicts none of them."""

    def __init_subclass__(cls) -> None:
        """Register the class under its collection.

        With ``slots=True``, `dataclass` creates the class a second time; the second replaces the
        first.
        """
        existing = _REGISTRY.setdefault(cls.collection, cls)
        if (existing.__module__, existing.__name__) != (cls.__module__, cls.__name__):
            names = f"{cls.__name__} and {existing.__name__}"
            raise TypeError(f"{names} have the same collection, {cls.collection}")
        _REGISTRY[cls.collection] = cls

    def missing_fields(self) -> tuple[str, ...]:
        """Return the names of required fields without a value; such an item is rejected."""
        return tuple(
            names[0]
            for names in self.required
            if all(getattr(self, name) is None for name in names)
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its record, the strongest first: readings that share one are one record."""
        raise NotImplementedError

    @property
    def known_keys(self) -> tuple[str, ...]:
        """`keys`, and `key` if it comes from an earlier version and is none of them."""
        keys = self.keys
        return keys if self.key is None or self.key in keys else (*keys, self.key)

    @property
    def primary_key(self) -> str | None:
        """The key in which two records differ even if they share a weaker one; else ``None``."""
        return self.keys[0]

    def instrument(self) -> str | None:
        """Return the `instrument_key` of the security that it is about, if it is about one."""
        return None

    @property
    def dated(self) -> str | None:
        """Its day or time as the page prints it; ``None`` if the page prints none."""
        return getattr(self, self.date_field) if self.date_field else None

    @property
    def reported_as(self) -> str:
        """The name under which the report of a run counts it."""
        return self.collection

    def mentions(self, instrument: str) -> bool:
        """Return whether it is about or names the security with that `instrument_key`."""
        return self.instrument() == instrument

    def line_parts(self) -> tuple[str | None, ...]:
        """Return what ``scrapy archive show`` prints after its date and kind."""
        return ()

    def merged_with(self, reading: Self, *, is_superseded: bool) -> Self:
        """Return this item with its empty fields filled from a reading.

        If it is superseded, the reading's values replace its own. Of two values of ``name``, "SAP"
        and "SAP SE", the longer one is kept either way. `amounts` are those of one reading, which
        another with the same amount can complete; so it is with `statements`,
        and with ISIN and WKN.
        """
        preferred, other = (reading, self) if is_superseded else (self, reading)
        values = {
            field.name: _or(getattr(preferred, field.name), getattr(other, field.name))
            for field in fields(self)
        }
        for amounts in self.amounts:
            values |= amounts.merged(preferred, other)
        for names in self.statements:
            values |= completed(names, preferred, other)
        if NUMBERS[0] in values:
            values |= completed_numbers(preferred, other)
        values["fetched_at"] = max(self.fetched_at or "", reading.fetched_at or "") or None
        values["key"], values["version"] = self.key, self.version
        if "name" in values:
            values["name"] = _longest(getattr(self, "name"), getattr(reading, "name"))
        return type(self)(**values)

    def same_as(self, other: Self) -> bool:
        """Return whether all fields are equal, except for `provenance`."""
        return all(
            getattr(self, field.name) == getattr(other, field.name)
            for field in fields(self)
            if field.name not in self.provenance
        )


def registered() -> tuple[type[Item], ...]:
    """Return all item classes, in the order of their collections."""
    return tuple(_REGISTRY[collection] for collection in sorted(_REGISTRY))


def instrument_key(kind: str | None, page: str | None) -> str | None:
    """Return the key of a security, the same for each spelling of its page name.

    Some paths of the site have an underscore where others have a hyphen. A coin has the key of a
    currency.

    >>> instrument_key("stock", "saint-gobain"), instrument_key("crypto", "bitcoin-euro-kurs")
    ('stock:saint_gobain', 'currency:bitcoin_euro_kurs')
    """
    return f"{NAMESPACES.get(str(kind), kind)}:{_folded_page(page)}" if page else None


@kept(maxsize=4096)
def _folded_page(page: str) -> str:
    return page.lower().replace("-", "_")


def may_be_same(item: Item, other: Item) -> bool:
    """Return whether two items that share a key can be one record: their primary keys agree.

    Two studies of one firm on one share and day can share a weaker key, but have two ids.
    """
    keys = (item.primary_key, other.primary_key)
    return None in keys or keys[0] == keys[1]


def folded(text: str | None) -> str:
    """Return the letters and digits of a name in lower case, for comparison.

    >>> folded("Joh. Berenberg, Gossler & Co. KG")
    'joh berenberg gossler co kg'
    """
    return _folded(text or "")


@kept(maxsize=4096)
def _folded(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text.casefold()).strip()


def _longest(*names: str | None) -> str | None:
    present = [name for name in names if name]
    return max(present, key=lambda name: (len(name), name), default=None)


def _or(preferred: Any, other: Any) -> Any:
    return other if preferred is None else preferred
