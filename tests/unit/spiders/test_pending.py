"""Pages that could not be read: how often they are requested again, and for how long."""

from datetime import UTC, datetime, timedelta

from finnews.items import PendingPage
from finnews.spiders.pending import MAX_PENDING, MAX_TRIES, bounded, is_due


def test_a_pending_page_is_requested_after_doubling_waits() -> None:
    """The next run requests it at once, then the waits double, and in the end it is given up."""
    start = now = datetime(2026, 11, 20, tzinfo=UTC)
    page = PendingPage("…", 1, now.isoformat())
    tries = [now - start]
    while now - start < timedelta(days=60):
        if is_due(page, now):
            page = PendingPage("…", len(tries) + 1, now.isoformat())
            tries.append(now - start)
        now += timedelta(minutes=5)
    assert tries[:5] == [timedelta(minutes=minutes) for minutes in (0, 0, 15, 45, 105)]
    assert len(tries) == MAX_TRIES
    assert timedelta(days=10) < tries[-1] < timedelta(days=12)


def test_a_page_too_old_for_since_is_due_for_an_earlier_since() -> None:
    """It was read and not kept, so it is requested only where it would be kept."""
    now = datetime(2026, 11, 20, tzinfo=UTC)
    page = PendingPage("…", 1, now.isoformat(), "2026-11-18")
    due = [is_due(page, now, since) for since in ("2026-11-19", "2026-11-18", None)]
    assert due == [False, True, True]


def test_pending_pages_displace_those_given_up() -> None:
    """If there are too many pages to try again, reading the list has failed."""
    at_noon = "2026-11-20T12:00:00+00:00"
    given_up = [PendingPage(f"up-{number}", MAX_TRIES, at_noon) for number in range(MAX_PENDING)]
    waiting = [PendingPage(f"open-{number}", 1, at_noon) for number in range(MAX_PENDING)]
    kept = bounded([*given_up, *waiting[:60]])
    assert kept is not None
    assert len(kept) == MAX_PENDING
    assert set(map(id, waiting[:60])) <= set(map(id, kept))
    assert bounded([*waiting, PendingPage("one more", 1, at_noon)]) is None
