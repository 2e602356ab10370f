"""Compares a run with a baseline of earlier runs: by what pages hold, never by how much is new.

So a quiet day, an unchanged site and a run after a pause raise no alarm. What is compared are
shares: of the items of a kind, those that have a field; of the pages of a type, those that hold
a kind of item and those that link to other pages; of the start pages, those that still exist; of
the pages on which a selector was tried, those on which it hit.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import log
from typing import Final, NamedTuple

from finnews.items import ITEM_CLASSES, TICKER
from finnews.outcome import FinishReason
from finnews.reporting.item_stats import page_name
from finnews.reporting.model import Report

_MIN_SAMPLE = 20
"""Earlier runs are added up until they have read this many items or pages."""

_ALARM_RATIO = 1 / 3
"""A share raises an alarm only below this part of the baseline."""

_MIN_EVIDENCE = log(10_000)
"""It also has to be so low that chance alone explains it less than once in ten thousand times."""

_MOSTLY_PRESENT = 0.75
_MIN_START_PAGES = 3
_WEEK: Final = timedelta(days=6, hours=12)
_KINDS = [item_class.collection for item_class in ITEM_CLASSES if item_class.is_reported]
_WHILE_OPEN = frozenset(
    {"change", "change_percent", "open", "day_low", "day_high", "bid", "ask", "volume"}
)
"""Fields that have a value only while the market is open."""


class Share(NamedTuple):
    """A part of a whole."""

    part: int
    whole: int
    is_fixed: bool = False
    """Every run begins with these pages, so a single one that holds nothing is evidence."""

    is_of_market: bool = False
    """It changes with the time of day and the day of the week."""


def below_baseline(report: Report, earlier: Sequence[Report]) -> list[str]:
    """Return a line for each share far below that of earlier runs, given the newest first.

    A share is compared with the lowest of the earlier runs: what was low once may be low again.
    A share that was not mostly present is judged only if the earlier runs cover a week.
    """
    covers_week = bool(earlier) and report.start - earlier[-1].start >= _WEEK
    earlier_shares = [shares(run) for run in earlier]
    return [
        f"{name}: {share.part} of {share.whole}, baseline {_percent(past)}"
        for name, share in shares(report).items()
        if (past := [of_run[name] for of_run in earlier_shares if name in of_run])
        if _is_far_below(share, past, covers_week)
    ]


def shares(report: Report) -> dict[str, Share]:
    """Return all shares of a run: description for a person → share."""
    whole = () if report.finish_reason == FinishReason.LIMIT else _starts(report)
    return dict([*whole, *_pages(report), *_fields(report), *_selectors(report)])


def _starts(report: Report) -> Iterator[tuple[str, Share]]:
    for path, exists in report.starts.items():
        yield f"start page {path}", Share(int(exists), 1, is_fixed=True)


def _pages(report: Report) -> Iterator[tuple[str, Share]]:
    fixed = {page_name(path) for path in report.starts}
    for page, (leading, followed) in report.leading.items():
        yield f"{page} pages with links", Share(leading, followed, page in fixed)
    for page, number in report.pages.items() if "since" not in report.arguments else ():
        for kind in (*_KINDS, TICKER):
            held = report.holding.get(page, {}).get(kind, 0)
            yield f"{page} pages with {kind}", Share(held, number, page in fixed)


def _fields(report: Report) -> Iterator[tuple[str, Share]]:
    for group, filled in report.filled.items():
        page, _, kind = group.rpartition("/")
        where = f"{kind} of {page} pages" if page else f"the {kind}"
        for name, given in filled.fields.items():
            share = Share(given, filled.items, is_of_market=name in _WHILE_OPEN)
            yield f"{name} in {where}", share


def _selectors(report: Report) -> Iterator[tuple[str, Share]]:
    for page, rules in report.selectors.items():
        for rule, (hits, pages) in rules.items():
            is_of_market = rule.partition("/")[0] in _WHILE_OPEN
            yield f"selector {rule} on {page} pages", Share(hits, pages, is_of_market=is_of_market)


def _is_far_below(share: Share, past: list[Share], covers_week: bool) -> bool:
    if share.is_fixed and _never_failed(past) and not share.part and share.whole:
        return True
    lowest = min(_samples(past), key=lambda sample: sample.part / sample.whole, default=None)
    if lowest is None or not share.whole:
        return False
    if share.part / share.whole >= _ALARM_RATIO * lowest.part / lowest.whole:
        return False
    is_mostly_present = lowest.part >= _MOSTLY_PRESENT * lowest.whole and not share.is_of_market
    return (is_mostly_present or covers_week) and evidence(share, lowest) > _MIN_EVIDENCE


def _never_failed(past: list[Share]) -> bool:
    pages = sum(share.whole for share in past)
    return pages >= _MIN_START_PAGES and all(share.part == share.whole for share in past)


def _samples(past: list[Share]) -> Iterator[Share]:
    """Yield earlier shares, added up until each is large enough to compare with."""
    part = whole = 0
    for share in past:
        part, whole = part + share.part, whole + share.whole
        if whole >= _MIN_SAMPLE:
            yield Share(part, whole)
            part = whole = 0


def evidence(share: Share, baseline: Share) -> float:
    """Return how strongly a share speaks for a fall below the baseline.

    The probability of such a share, or a lower one, by chance is at most ``exp(-evidence)``
    (Chernoff's bound). What was always present counts as missing once in 21 times, so that two
    or three items without it are never evidence.

    >>> round(evidence(Share(0, 10), Share(19, 20)), 1), evidence(Share(10, 10), Share(19, 20))
    (30.0, 0.0)
    """
    expected = min(baseline.part / baseline.whole, _MIN_SAMPLE / (_MIN_SAMPLE + 1))
    actual = share.part / share.whole
    if actual >= expected:
        return 0.0
    missing = (1 - actual) * log((1 - actual) / (1 - expected))
    return share.whole * (missing + (actual * log(actual / expected) if actual else 0.0))


def _percent(past: list[Share]) -> str:
    return f"{sum(share.part for share in past) / max(1, sum(share.whole for share in past)):.0%}"
