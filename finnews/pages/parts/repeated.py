"""Rows of one page that are about the same thing, of which each has to say what the others say."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import fields

from finnews.items import Event, Item, Quote, venue_key
from finnews.pages.base import Page

_UNCOMPARED = frozenset({"key", "url", "fetched_at", "version", "name", "exchange", "mic"})
_UNITS = frozenset({"currency", "unit"})
_AMOUNTS = ("eps_estimate", "eps_actual")


def agreeing(page: Page, items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items without what two quotes or two events on a page say differently of one thing.

    Prices of one exchange and time that differ, or their units, are a doubt in place of the quotes.
    """
    about = [(_subject(item), item) for item in items]
    by_subject: defaultdict[Hashable, list[Item]] = defaultdict(list)
    for subject, item in about:
        by_subject[subject].append(item)
    differing = {
        subject: _differing(page, same) for subject, same in by_subject.items() if len(same) > 1
    }
    for subject, item in about:
        names = differing.get(subject, set())
        if not (isinstance(item, Quote) and names & {"price", *_UNITS}):
            yield _without(item, names) if names else item


def _subject(item: Item) -> Hashable:
    """Return what an item is about; the item itself if it is no quote and no event."""
    if isinstance(item, Quote):
        return item.instrument(), venue_key(item.exchange, item.mic), item.quoted_at
    return item.keys if isinstance(item, Event) else id(item)


def _differing(page: Page, items: list[Item]) -> set[str]:
    """Return the fields of which items have different values, which are told."""
    names = [field.name for field in fields(items[0]) if field.name not in _UNCOMPARED]
    values = {name: [getattr(item, name) for item in items] for name in names}
    given = {
        name: {value for value in of_field if value is not None}
        for name, of_field in values.items()
    }
    differing = {name for name, of_field in given.items() if len(of_field) > 1}
    for name in sorted(differing):
        page.doubt(name, "contradiction", ", ".join(map(str, values[name])))
    return differing


def _without(item: Item, names: Collection[str]) -> Item:
    amounts = _AMOUNTS if isinstance(item, Event) and not _UNITS.isdisjoint(names) else ()
    for name in (*names, *amounts):
        setattr(item, name, None)
    return item
