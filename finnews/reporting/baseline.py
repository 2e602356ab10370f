"""Tells a run that read far less than usual: by what pages hold, never by how much is new.

A quiet day, an unchanged site and a run after a pause are no surprise. What is compared are
shares: of the items of a kind that have a field, of the pages of a type that hold a kind or
lead anywhere, of the pages at the start that answer, of the pages on which a selector hits.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import log
from typing import Final, NamedTuple

from finnews.items import ITEM_CLASSES, TICKER
from finnews.outcome import FinishReason
from finnews.reporting.item_stats import page_name
from finnews.reporting.model import Report

_PORTION = 20
"""Earlier runs are put together until they have read so many items or pages."""

_FAR_LESS = 1 / 3
_ENOUGH = log(10_000)
"""A share is told of when chance alone explains it less than once in ten thousand times."""

_MOSTLY = 0.75
_STEADY_PAGES = 3
_WEEK: Final = timedelta(days=6, hours=12)
_KINDS = [item_class.collection for item_class in ITEM_CLASSES if item_class.is_reported]
_WHILE_OPEN = frozenset(
    {"change", "change_percent", "open", "day_low", "day_high", "bid", "ask", "volume"}
)
"""Fields that a market gives while it is open."""


class Share(NamedTuple):
    """A part of a whole."""

    part: int
    whole: int
    is_fixed: bool = False
    """It is of pages that every run begins with: one that holds nothing is evidence."""

    is_of_market: bool = False
    """It changes with the time of day and the day of the week."""


def unusual(report: Report, earlier: Sequence[Report]) -> list[str]:
    """Return what is far less than in earlier runs, the newest of which comes first.

    A share is compared with the lowest of the earlier runs, so that what was once low is usual.
    What is not mostly there is judged only when the earlier runs cover a week.
    """
    covers_week = bool(earlier) and report.start - earlier[-1].start >= _WEEK
    before = [shares(one) for one in earlier]
    return [
        f"{name}: {now.part} of {now.whole}, usually {_percent(past)}"
        for name, now in shares(report).items()
        if (past := [one[name] for one in before if name in one])
        if _is_far_less(now, past, covers_week)
    ]


def shares(report: Report) -> dict[str, Share]:
    """Return all shares of a run by what they are of, as a person reads it."""
    whole = () if report.finish_reason == FinishReason.LIMIT else _starts(report)
    return dict([*whole, *_pages(report), *_fields(report), *_selectors(report)])


def _starts(report: Report) -> Iterator[tuple[str, Share]]:
    for path, is_there in report.starts.items():
        yield f"start page {path}", Share(int(is_there), 1, is_fixed=True)


def _pages(report: Report) -> Iterator[tuple[str, Share]]:
    fixed = {page_name(path) for path in report.starts}
    for page, (leading, followed) in report.leading.items():
        yield f"{page} pages with links", Share(leading, followed, page in fixed)
    for page, read in report.pages.items() if "since" not in report.arguments else ():
        for kind in (*_KINDS, TICKER):
            held = report.holding.get(page, {}).get(kind, 0)
            yield f"{page} pages with {kind}", Share(held, read, page in fixed)


def _fields(report: Report) -> Iterator[tuple[str, Share]]:
    for group, filled in report.filled.items():
        page, _, kind = group.rpartition("/")
        where = f"{kind} of {page} pages" if page else f"the {kind}"
        for name, given in filled.fields.items():
            share = Share(given, filled.items, is_of_market=name in _WHILE_OPEN)
            yield f"{name} in {where}", share


def _selectors(report: Report) -> Iterator[tuple[str, Share]]:
    for page, rules in report.selectors.items():
        for rule, (hits, asked) in rules.items():
            yield f"selector {rule} on {page} pages", Share(hits, asked)


def _is_far_less(now: Share, past: list[Share], covers_week: bool) -> bool:
    if now.is_fixed and _never_failed(past) and not now.part and now.whole:
        return True
    lowest = min(_portions(past), key=lambda one: one.part / one.whole, default=None)
    if lowest is None or not now.whole:
        return False
    if now.part / now.whole >= _FAR_LESS * lowest.part / lowest.whole:
        return False
    is_mostly_there = lowest.part >= _MOSTLY * lowest.whole and not now.is_of_market
    return (is_mostly_there or covers_week) and surprise(now, lowest) > _ENOUGH


def _never_failed(past: list[Share]) -> bool:
    pages = sum(one.whole for one in past)
    return pages >= _STEADY_PAGES and all(one.part == one.whole for one in past)


def _portions(past: list[Share]) -> Iterator[Share]:
    """Yield earlier shares put together until each is large enough to compare with."""
    part = whole = 0
    for share in past:
        part, whole = part + share.part, whole + share.whole
        if whole >= _PORTION:
            yield Share(part, whole)
            part = whole = 0


def surprise(now: Share, usual: Share) -> float:
    """Return how surprising it is to find no more than `now`: chance is at most ``exp(-it)``.

    This is Chernoff's bound; what was always there is taken to be missing once in 21 times, so
    that two or three are never evidence.

    >>> round(surprise(Share(0, 10), Share(19, 20)), 1), surprise(Share(10, 10), Share(19, 20))
    (30.0, 0.0)
    """
    chance = min(usual.part / usual.whole, _PORTION / (_PORTION + 1))
    found = now.part / now.whole
    if found >= chance:
        return 0.0
    missing = (1 - found) * log((1 - found) / (1 - chance))
    return now.whole * (missing + (found * log(found / chance) if found else 0.0))


def _percent(past: list[Share]) -> str:
    return f"{sum(one.part for one in past) / max(1, sum(one.whole for one in past)):.0%}"
