"""Pages that were listed but are not archived: when to request them again, and what then."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from finnews.items import PendingPage
from finnews.spiders import backoff

LONGEST_WAIT: Final = timedelta(days=6, hours=23)
"""The longest wait between two tries; short of a week, so that a weekly run makes them all."""

GONE_FOR_GOOD: Final = "gone-410"
MOVED: Final = "moved"
"""Moved for good, as a 301 or 308 says; final if two runs are told so."""

UNCHANGED: Final = "unchanged"
"""Read again for a later date in a list, but dated as before: a cache may have sent an old copy."""

DROPPED: Final = "dropped"
"""Read, but what it gave was not archived."""

ARCHIVED: Final = "archived"


def is_due(
    page: PendingPage, now: datetime, since: str | None = None, until: str | None = None
) -> bool:
    """Return whether to request a page again: in the next run, then after doubling waits.

    A page that was outside of the days of an earlier run is due when it is not for this one. One
    that was unchanged is not due in the next run, which would get the same copy.
    """
    if page.day:
        return (since or page.day) <= page.day <= (until or page.day)
    if page.is_final:
        return False
    tries = (page.tries or 0) + (page.reason == UNCHANGED)
    return backoff.is_due(tries, page.fetched_at, now, LONGEST_WAIT)


def is_waiting(page: PendingPage) -> bool:
    """Return whether a page is still to be archived, and not only kept lest it count as new."""
    return not page.is_final and page.day is None


def tried(page: PendingPage, reason: str | None, day: str | None = None) -> PendingPage:
    """Return a page after one more run has requested it in vain; `day` if that run left it out.

    That it is dated as before counts anew, and is not forgotten where a run leaves it out for its
    day. A page that was left out was read: tries before count no more.
    """
    if day and page.reason == UNCHANGED:
        reason = UNCHANGED
    is_final = reason == GONE_FOR_GOOD or reason == MOVED == page.reason
    tries = 1 if reason == UNCHANGED else None if day else (page.tries or 0) + 1
    return replace(page, tries=tries, reason=reason, day=day, is_final=is_final or None)
