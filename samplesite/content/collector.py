"""Collects the rows that crawls should write."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from finnews.items import ITEM_CLASSES, Instrument, Item
from samplesite.content.articles import Article
from samplesite.content.world import World

Row = dict[str, Any]

Truth = dict[str, list[Row]]

EVERYWHERE = "*"

_OF_INSTRUMENT = [kind.collection for kind in ITEM_CLASSES if kind.is_of_instrument]


class Collector:
    """Merges what crawls read on each page into one row for each item."""

    def __init__(self, world: World, base: str, broken: Iterable[Article] = ()) -> None:
        self.world = world
        self.articles = [*world.articles, *broken]
        self.base = base
        self.rows: dict[str, dict[tuple[Any, ...], Row]] = {
            item_class.collection: {} for item_class in ITEM_CLASSES
        }

    def add(
        self,
        collection: str,
        key: tuple[Any, ...],
        path: str,
        values: Row,
        *,
        is_best: bool = False,
    ) -> None:
        """Add a reading: it fills empty fields, and replaces the others only if `is_best`.

        The longer of two names stays.
        """
        row = self.rows[collection].setdefault(key, {"urls": set()})
        row["urls"].add(path if path == EVERYWHERE else self.base + path)
        names = [row.get("name") or "", values.get("name") or ""]
        for name, value in values.items():
            if row.get(name) is None or (is_best and value is not None):
                row[name] = value
        row["name"] = max(names, key=len) or None
        if collection in _OF_INSTRUMENT:
            self._register(path, values)

    def _register(self, path: str, values: Row) -> None:
        names = ("page", "name", "isin", "wkn", "symbol")
        kind = values.get("kind", "stock")
        numbers = {name: values.get(name) for name in names} | {"kind": kind}
        isin = values.get("isin") or ""
        if isin.startswith("DE000"):
            numbers["wkn"] = isin[5:11]
        self.add("instruments", (kind, values["page"]), path, numbers)

    def truth(self) -> Truth:
        """Return the rows with all fields of their kind, and ISIN and WKN of their instrument."""
        for row in (row for kind in _OF_INSTRUMENT for row in self.rows[kind].values()):
            numbers = self.rows["instruments"][row.get("kind", "stock"), row["page"]]
            for name in ("isin", "wkn"):
                row[name] = row.get(name) or numbers[name]
        return {
            item_class.collection: [
                _complete(row, [field.name for field in fields(item_class)])
                for row in self.rows[item_class.collection].values()
            ]
            for item_class in ITEM_CLASSES
            if item_class.is_reported or item_class is Instrument
        }


def _complete(row: Row, names: list[str]) -> Row:
    kept = [name for name in names if name not in Item.provenance]
    urls = [EVERYWHERE] if EVERYWHERE in row["urls"] else sorted(row["urls"])
    return {name: row.get(name) for name in kept} | {"urls": urls}
