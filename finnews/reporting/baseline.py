"""Compares a run with a baseline of earlier runs: by what pages hold, never by how much is new.

So a quiet day, an unchanged site and a run after a pause raise no alarm.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import log
from typing import Final

from finnews.reporting.model import Report
from finnews.reporting.shares import Share, shares

_MIN_SAMPLE = 20
"""Earlier runs are added up until they have read this many items or pages."""

_ALARM_RATIO = 1 / 3
"""A share raises an alarm only below this part of the baseline; one of pages without a doubt, only
if the baseline's share of pages with it is below this part of the run's."""

_MIN_EVIDENCE = log(10_000)
"""It also has to be so low that chance alone explains it less than once in ten thousand times."""

_MOSTLY_PRESENT = 0.75
_MIN_START_PAGES = 3
_WEEK: Final = timedelta(days=6, hours=12)


def below_baseline(report: Report, earlier: Sequence[Report]) -> list[str]:
    """Return a line for each share far below that of earlier runs, given the newest first.

    A share is compared with the lowest of the earlier runs: what was low once may be low again.
    A share that was not mostly present is judged only if the earlier runs cover a week.
    A doubt that the earlier runs never met is compared with none of their pages.
    """
    covers_week = bool(earlier) and report.start - earlier[-1].start >= _WEEK
    earlier_shares = [shares(run, report.doubts) for run in earlier]
    return [
        f"{name}: {share.part} of {share.whole}, baseline {_percent(past)}"
        for name, share in shares(report, report.doubts).items()
        if (past := [of_run[name] for of_run in earlier_shares if name in of_run])
        if _is_far_below(share, past, covers_week)
    ]


def _is_far_below(share: Share, past: list[Share], covers_week: bool) -> bool:
    if share.is_fixed and _never_failed(past) and not share.part and share.whole:
        return True
    lowest = min(_samples(past), key=lambda sample: sample.part / sample.whole, default=None)
    if lowest is None or not share.whole:
        return False
    if not _is_far_from(share, lowest):
        return False
    is_mostly_present = lowest.part >= _MOSTLY_PRESENT * lowest.whole and not share.is_of_market
    return (is_mostly_present or covers_week) and evidence(share, lowest) > _MIN_EVIDENCE


def _is_far_from(share: Share, lowest: Share) -> bool:
    """Return whether a share is a third of another, or its doubt three times as frequent."""
    if share.is_of_doubt:
        with_doubt, before = 1 - share.part / share.whole, 1 - lowest.part / lowest.whole
        return before < _ALARM_RATIO * with_doubt
    return share.part / share.whole < _ALARM_RATIO * lowest.part / lowest.whole


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
