"""What finnews reads on one page, field by field and by which selector."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from finnews.items import TICKER, Item, Rejection
from finnews.loaders.inputs import Reason
from finnews.outcome import ExitStatus
from finnews.pages import PAGE_TYPES, page_type
from finnews.pages.answer import page_of
from finnews.pages.base import BrokenPage, Page
from finnews.pages.rules import PAGE
from finnews.pages.stats import PageStats
from finnews.site import Site

_OF_HEADER = (TICKER, "instrument")
"""The kinds of what the header of every page has"""


@dataclass(slots=True)
class RuleRead:
    """A selector or header: how often it was tried on the page, and how often it hit."""

    rule: str
    """``css h1.headline::text``, ``column Kursziel``."""

    hits: int
    calls: int


@dataclass(slots=True)
class FieldRead:
    """A field of one kind of item."""

    name: str
    filled: int
    """In how many of the items it has a value."""

    value: Any
    """The first value, as the archive would write it; ``None`` if there is none."""

    rules: list[RuleRead]
    """Its own selectors; empty if the page reads it together with other fields."""


@dataclass(slots=True)
class KindRead:
    """The items of one kind; those in the ticker, which is on every page, are another kind."""

    kind: str
    items: int
    missing: list[str]
    """Required fields that at least one of them lacks."""

    fields: list[FieldRead]


@dataclass(slots=True)
class DoubtRead:
    """A field with a printed value that was not read, or contradicts another."""

    field: str
    reason: Reason
    values: int
    """How many such values the page has."""

    printed: str
    """The first of them."""


@dataclass(slots=True)
class PageRead:
    """What finnews reads on one page."""

    url: str
    type: str | None
    """Its page type; ``None`` if no page type has such an address."""

    problems: list[str] = field(default_factory=list)
    """What is wrong: rejections, missing fields, an empty page."""

    doubts: list[DoubtRead] = field(default_factory=list)
    """Printed values that were not read. Where a required field is left without a value, it is
    among `problems` as well."""

    kinds: list[KindRead] = field(default_factory=list)
    links: int = 0
    """How many links it has to pages of other types that finnews reads."""

    rules: list[RuleRead] = field(default_factory=list)
    """The selectors of the page as a whole."""

    notes: dict[str, int] = field(default_factory=dict)
    """What was skipped, and words that the vocabulary lacks."""

    status: ExitStatus = ExitStatus.DONE
    """As exit status: all read, not fetched, refused, or with problems."""

    def add_problem(self, problem: str) -> None:
        """Add what went wrong after the page was read, such as when its links were followed."""
        self.problems.append(problem)
        self.status = ExitStatus.UNUSUAL


def probed(url: str, body: bytes, content_type: str = "", *, site: Site) -> PageRead:
    """Return what finnews reads on a page, given its address and the response's body."""
    found_type = page_type(url, site)
    if found_type is None:
        known = ", ".join(page.name() for page in PAGE_TYPES)
        problem = f"no page type has this address ({known})"
        return PageRead(url, None, [problem], status=ExitStatus.UNUSUAL)
    try:
        page = page_of(url, body, content_type=content_type, site=site)
    except BrokenPage as broken:
        return PageRead(url, found_type.name(), [str(broken)], status=ExitStatus.UNUSUAL)
    return reading(page, url)


def reading(page: Page, url: str) -> PageRead:
    """Return what finnews reads on a page; `url` is its address with its query.

    The page's items must not have been read before: its selectors would count twice.
    """
    result = PageRead(url, page.name())
    items: defaultdict[str, list[Item]] = defaultdict(list)
    stats: defaultdict[str, PageStats] = defaultdict(PageStats)
    counted = PageStats()
    for item in page.items():
        if isinstance(item, Rejection):
            result.problems.append(f"rejected: {item.reason}{_without(item.missing)}")
            continue
        kind = TICKER if item.reported_as == TICKER else type(item).__name__.lower()
        items[kind].append(item)
        of_item = page.stats.since(counted)
        stats[kind].add(of_item)
        counted.add(of_item)
    result.kinds = [_kind(kind, of_kind, stats[kind]) for kind, of_kind in items.items()]
    linked_types = (page_type(link.url, page.site) for link in page.links())
    result.links = sum(linked not in (None, type(page)) for linked in linked_types)
    result.rules = _rules(page.stats, PAGE)
    result.notes = {str(note): number for note, number in page.stats.notes.items()}
    result.notes |= {str(word): number for word, number in page.stats.words.items()}
    result.doubts = list(_doubts(page.stats))
    result.problems += _problems(result)
    result.status = ExitStatus.UNUSUAL if result.problems else ExitStatus.DONE
    return result


def _problems(result: PageRead) -> Iterator[str]:
    for kind in result.kinds:
        if kind.missing:
            yield f"{kind.kind}{_without(kind.missing)}"
    is_empty = all(kind.kind in _OF_HEADER for kind in result.kinds) and not result.links
    if is_empty and not result.problems:
        yield "empty: no item and no link to another page type"


def _doubts(stats: PageStats) -> Iterator[DoubtRead]:
    for doubt, values in stats.doubts.items():
        yield DoubtRead(*doubt, values, stats.examples[doubt].printed)


def _kind(kind: str, items: list[Item], stats: PageStats) -> KindRead:
    missing = sorted({name for item in items for name in item.missing_fields()})
    names = [field.name for field in fields(items[0]) if field.name not in Item.provenance]
    of_kind = [_field(name, items, _rules(stats, name)) for name in names]
    return KindRead(kind, len(items), missing, of_kind)


def _field(name: str, items: list[Item], rules: list[RuleRead]) -> FieldRead:
    values = [value for item in items if (value := getattr(item, name)) is not None]
    return FieldRead(name, len(values), values[0] if values else None, rules)


def _rules(stats: PageStats, field_name: str) -> list[RuleRead]:
    return [
        RuleRead(f"{rule.language} {rule.text}", stats.hit[rule], calls)
        for rule, calls in stats.asked.items()
        if rule.field == field_name
    ]


def _without(missing: Iterable[str] | None) -> str:
    return f" without {', '.join(missing)}" if missing else ""
