"""The law of reading, for an altered page.

Each value is the unaltered page's, or what the alteration made a reader see there, or null, or told
as a doubt or rejection; never another value, never silence.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from finnews.items import ITEM_CLASSES
from tests.alterations.readings import Reading, Values
from tests.alterations.registry import ANY, Seen

_IDENTIFYING = ("id", "page", "exchange", "firm", "isin", "event", "period", "url")
_DISTINGUISHING = ("id", "page", "exchange", "firm", "segment", "name", "event", "period", "date")
_UNJUDGED = frozenset({"type", "source", "date_published_raw"})
_DATES = frozenset({"date_published", "date_modified", "date", "quoted_at"})
_RELATED = (
    {"price", "price_type", "currency", "unit", "change", "change_percent", "previous_close"},
    {"price", "day_low", "day_high", "open"},
    {"price", "bid", "bid_size", "ask", "ask_size"},
    {"price_target", "currency", "unit", "upside_percent", "price", "previous_price_target"},
    {"eps_estimate", "eps_actual", "currency"},
    {"exchange", "mic", "segment", "price_type"},
    {"name", "page", "rating", "verdict", "previous_rating", "action"},
    {"page", "isin", "wkn", "symbol", "name", "kind", "instruments"},
    {"article_body", "subheadings", "signature", "agency", "dateline", "authors", "text"},
    {"date_published", "date_modified", "quoted_at", "date"},
)
"""Fields that are read together, so that a doubt of one explains that the others are missing"""

_REQUIRED = {
    item_class.__name__: {name for names in item_class.required for name in names}
    for item_class in ITEM_CLASSES
}

_ESSENTIAL = {
    item_class.__name__: {names[0] for names in item_class.required if len(names) == 1}
    for item_class in ITEM_CLASSES
}
"""Fields without which an item is a rejection of the pipeline, which tells that they are missing"""


class Violation(NamedTuple):
    """How the reading of an altered page breaks the law."""

    what: str
    """``another value``, ``silence``, ``added``, ``lost``, ``kept`` (a value that the page says
    no more), ``missed`` (an item), ``contradiction`` (not told), ``raised`` (an exception)."""

    field: str
    """``Quote.price``; ``Quote`` alone for a whole item"""

    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{self.what} {self.field}: {_short(self.before)} → {_short(self.after)}"


def violations(before: Reading, after: Reading, seen: Seen) -> list[Violation]:
    """Return how the reading of an altered page breaks the law."""
    if before.broken or after.broken:
        return []
    told = _Told(before, after)
    pairs, lost, added = matched(before.items, after.items)
    return [
        *_values(pairs, seen, told),
        *_kept(pairs, seen, told),
        *_lost(lost, seen, told),
        *(_found(item) for item in added if not _is_shown(item, before, seen)),
        *_missed(after, seen, told),
        *_untold(pairs, seen, told),
    ]


class _Told:
    """What an altered page's reading told that the unaltered page's did not."""

    def __init__(self, before: Reading, after: Reading) -> None:
        self.rejections = after.rejections - before.rejections
        self.doubts = after.doubts - before.doubts
        self.fields = {name for field, _ in self.doubts for name in _related(field)}

    def of(self, field: str) -> bool:
        return bool(self.rejections) or field in self.fields

    def anything(self) -> bool:
        return bool(self.rejections) or bool(self.doubts)


def matched(
    before: Sequence[Values], after: Sequence[Values]
) -> tuple[list[tuple[Values, Values]], list[Values], list[Values]]:
    """Return the pairs of items that are about the same, then those lost, then those added.

    Of one kind and source, those that agree in most fields belong together, whatever was altered,
    but not if two of the fields that tell items apart differ.
    """
    pairs: list[tuple[int, int]] = []
    candidates = sorted(_candidates(before, after), reverse=True)
    for _, _, old, new in candidates:
        if all(old != taken and new != also for taken, also in pairs):
            pairs.append((old, new))
    olds, news = {old for old, _ in pairs}, {new for _, new in pairs}
    return (
        [(before[old], after[new]) for old, new in pairs],
        [item for at, item in enumerate(before) if at not in olds],
        [item for at, item in enumerate(after) if at not in news],
    )


def _candidates(
    before: Sequence[Values], after: Sequence[Values]
) -> Iterator[tuple[int, int, int, int]]:
    for (old, was), (new, now) in product(enumerate(before), enumerate(after)):
        is_of_one_kind = was["type"] == now["type"] and was.get("source") == now.get("source")
        if is_of_one_kind and (likeness := _likeness(was, now)):
            yield likeness, -abs(old - new), old, new


def _likeness(was: Values, now: Values) -> int:
    if was["type"] == "Link":
        return int(was["url"] == now["url"])
    both = was.keys() & now.keys()
    if sum(was[name] != now[name] for name in both.intersection(_DISTINGUISHING)) > 1:
        return 0
    agreeing = [name for name in both if was[name] == now[name]]
    return len(agreeing) + 3 * len(set(agreeing).intersection(_IDENTIFYING))


def _values(pairs: Iterable[tuple[Values, Values]], seen: Seen, told: _Told) -> Iterator[Violation]:
    silent: Counter[str] = Counter()
    for was, now in pairs:
        for name in sorted((was.keys() | now.keys()) - _UNJUDGED):
            old, new = was.get(name), now.get(name)
            if old == new or _is_seen(name, old, new, seen) or _is_coarser(name, old, new, told):
                continue
            if new is not None:
                yield Violation("another value", f"{was['type']}.{name}", old, new)
            elif not told.of(name) and name not in _ESSENTIAL.get(was["type"], ()):
                silent[name] += 1
                if name not in seen.gone or silent[name] > max(seen.lost, 1):
                    yield Violation("silence", f"{was['type']}.{name}", old, None)


def _is_seen(name: str, old: Any, new: Any, seen: Seen) -> bool:
    values = (value(old) if callable(value) else value for value in seen.shown.get(name, ()))
    return any(new == value for value in values)


def _is_coarser(name: str, old: Any, new: Any, told: _Told) -> bool:
    """Return whether a day was read, and told, where a time was read before."""
    is_day = name in _DATES and isinstance(new, str) and len(new) == len("2026-11-20")
    return is_day and str(old).startswith(str(new)) and told.of(name)


def _kept(pairs: Sequence[tuple[Values, Values]], seen: Seen, told: _Told) -> Iterator[Violation]:
    for name, value in seen.void.items():
        olds = [(was, now) for was, now in pairs if name in was and value in (was[name], ANY)]
        if olds and not told.of(name) and all(now.get(name) == was[name] for was, now in olds):
            yield Violation("kept", f"{olds[0][0]['type']}.{name}", olds[0][0][name], value)


def _lost(lost: Sequence[Values], seen: Seen, told: _Told) -> Iterator[Violation]:
    """Yield the items that are missing without a word, but for those a reader misses as well."""
    if told.anything():
        return
    free = seen.lost
    for item in lost:
        if seen.gone & _REQUIRED.get(item["type"], set()):
            free = max(free, 1)
        free -= 1
        if free < 0:
            yield Violation("lost", item["type"], item, None)


def _is_shown(item: Values, before: Reading, seen: Seen) -> bool:
    """Return whether an item that is new repeats another one, or is on the altered page."""
    shown = (*seen.added, *seen.must)
    return item in before.items or any(_has(item, fields) for fields in shown)


def _has(item: Values, fields: Mapping[str, Any]) -> bool:
    """Return whether an item has these values; ``None`` is a field without one."""
    return all(item.get(name) == value for name, value in fields.items())


def _found(item: Values) -> Violation:
    return Violation("added", item["type"], None, item)


def _missed(after: Reading, seen: Seen, told: _Told) -> Iterator[Violation]:
    for fields in seen.must:
        is_read = any(_has(item, fields) for item in after.items)
        if not is_read and not told.anything():
            yield Violation("missed", str(fields.get("type")), None, fields)


def _untold(pairs: Iterable[tuple[Values, Values]], seen: Seen, told: _Told) -> Iterator[Violation]:
    is_changed = any(was.get(name) != now.get(name) for was, now in pairs for name in seen.due)
    if seen.due and not is_changed and not any(map(told.of, seen.due)):
        yield Violation("contradiction", "/".join(sorted(seen.due)), "two values", "nothing told")


def _related(field: str) -> set[str]:
    return {field}.union(*(fields for fields in _RELATED if field in fields))


def _short(value: Any) -> str:
    return "null" if value is None else str(value)[:160]
