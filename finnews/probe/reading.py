"""What is read of one page, field by field and by which selector: for when the site changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from finnews.items import TICKER, Item, Rejection
from finnews.outcome import ExitStatus
from finnews.pages import PAGE_TYPES, page_type
from finnews.pages.answer import page_of
from finnews.pages.base import BrokenPage, Page
from finnews.pages.rules import PAGE
from finnews.pages.stats import PageStats
from finnews.site import FINANZEN_NET, Site


@dataclass(slots=True)
class RuleRead:
    """A selector or header: how often it was asked of the page, and how often found."""

    rule: str
    """``css h1.headline::text``, ``column Kursziel``."""

    hits: int
    calls: int


@dataclass(slots=True)
class FieldRead:
    """A field of one kind of item."""

    name: str
    filled: int
    """In how many of the items it was given."""

    value: Any
    """The first that was given, as the archive would write it; ``None`` if there is none."""

    rules: list[RuleRead]
    """Its own selectors; empty where the page reads it together with others."""


@dataclass(slots=True)
class KindRead:
    """The items of one kind; those in the ticker of every page are a kind of their own."""

    kind: str
    items: int
    missing: list[str]
    """Required fields that one of them lacks."""

    fields: list[FieldRead]


@dataclass(slots=True)
class PageRead:
    """One page, as finnews reads it."""

    url: str
    type: str | None
    """Its page type; ``None`` where no type has such an address."""

    problems: list[str] = field(default_factory=list)
    """Why it is not read as it should be: rejections, missing fields, nothing on it."""

    kinds: list[KindRead] = field(default_factory=list)
    links: int = 0
    """How many links it has to pages that finnews reads."""

    rules: list[RuleRead] = field(default_factory=list)
    """The selectors of the page as a whole."""

    notes: dict[str, int] = field(default_factory=dict)
    """What was passed over, and words that are not in the vocabulary."""

    status: ExitStatus = ExitStatus.DONE
    """As an exit status: read whole, not reached, refused, or something is missing."""


def probed(url: str, body: bytes, content_type: str = "", site: Site = FINANZEN_NET) -> PageRead:
    """Return what finnews reads of a page, given its address and what was served there."""
    found = page_type(url, site)
    if found is None:
        known = ", ".join(page.name() for page in PAGE_TYPES)
        said = [f"no page type has this address ({known})"]
        return PageRead(url, None, said, status=ExitStatus.UNUSUAL)
    try:
        page = page_of(url, body, content_type=content_type, site=site)
    except BrokenPage as broken:
        return PageRead(url, found.name(), [str(broken)], status=ExitStatus.UNUSUAL)
    return _read(page, PageRead(url, found.name()))


def _read(page: Page, read: PageRead) -> PageRead:
    items: defaultdict[str, list[Item]] = defaultdict(list)
    stats: defaultdict[str, PageStats] = defaultdict(PageStats)
    told = PageStats()
    for item in page.items():
        if isinstance(item, Rejection):
            read.problems.append(f"rejected: {item.reason}{_without(item.missing)}")
            continue
        kind = TICKER if item.reported_as == TICKER else type(item).__name__.lower()
        items[kind].append(item)
        of_item = page.stats.since(told)
        stats[kind].add(of_item)
        told.add(of_item)
    read.kinds = [_kind(kind, some, stats[kind]) for kind, some in items.items()]
    leads = [
        link for link in page.links() if page_type(link.url, page.site) not in (None, type(page))
    ]
    read.links = len(leads)
    read.rules = _rules(page.stats, PAGE)
    read.notes = {str(note): number for note, number in page.stats.notes.items()}
    read.notes |= {str(word): number for word, number in page.stats.words.items()}
    read.problems += _problems(read)
    read.status = ExitStatus.UNUSUAL if read.problems else ExitStatus.DONE
    return read


def _problems(read: PageRead) -> Iterator[str]:
    for kind in read.kinds:
        if kind.missing:
            yield f"{kind.kind}{_without(kind.missing)}"
    is_bare = all(kind.kind == TICKER for kind in read.kinds) and not read.links
    if is_bare and not read.problems:
        yield "nothing on it: no item and no link"


def _kind(kind: str, items: list[Item], stats: PageStats) -> KindRead:
    missing = sorted({name for item in items for name in item.missing_fields()})
    read = [
        _field(one.name, items, _rules(stats, one.name))
        for one in fields(items[0])
        if one.name not in Item.provenance
    ]
    return KindRead(kind, len(items), missing, read)


def _field(name: str, items: list[Item], rules: list[RuleRead]) -> FieldRead:
    given = [value for item in items if (value := getattr(item, name)) is not None]
    return FieldRead(name, len(given), given[0] if given else None, rules)


def _rules(stats: PageStats, field_name: str) -> list[RuleRead]:
    return [
        RuleRead(f"{rule.language} {rule.text}", stats.hit[rule], calls)
        for rule, calls in stats.asked.items()
        if rule.field == field_name
    ]


def _without(missing: Iterable[str] | None) -> str:
    return f" without {', '.join(missing)}" if missing else ""
