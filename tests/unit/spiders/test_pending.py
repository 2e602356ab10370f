"""Pages that could not be read: how often they are requested again, and for how long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from finnews.items import PendingPage
from finnews.spiders.pending import LONGEST_WAIT, UNCHANGED, is_due, tried

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PAGE = PendingPage(url="…", tries=1, fetched_at=NOW.isoformat())


def test_a_pending_page_is_requested_after_doubling_waits() -> None:
    """The next run requests it at once, then the waits double up to a week, without an end."""
    now, page = NOW, PAGE
    tries = [now - NOW]
    while now - NOW < timedelta(days=90):
        if is_due(page, now):
            page = PendingPage(tries=len(tries) + 1, fetched_at=now.isoformat())
            tries.append(now - NOW)
        now += timedelta(minutes=5)
    assert tries[:5] == [timedelta(minutes=minutes) for minutes in (0, 0, 15, 45, 105)]
    assert tries[-1] - tries[-2] == tries[-2] - tries[-3] == LONGEST_WAIT


def test_a_try_in_the_future_does_not_count() -> None:
    """The clock was wrong then."""
    page = PendingPage(tries=9, fetched_at=(NOW + timedelta(days=400)).isoformat())
    assert is_due(page, NOW)


def test_a_page_too_old_for_since_is_due_for_an_earlier_since() -> None:
    """It was read and not kept, so it is requested only where it would be kept."""
    page = PendingPage(tries=1, fetched_at=NOW.isoformat(), day="2026-11-18")
    due = [is_due(page, NOW, since) for since in ("2026-11-19", "2026-11-18", None)]
    assert due == [False, True, True]


def test_a_page_sent_as_it_was_before_is_not_requested_at_once() -> None:
    """A cache would send the same copy."""
    page = PendingPage(url="…", tries=1, fetched_at=NOW.isoformat(), reason=UNCHANGED)
    waits = (timedelta(minutes=minutes) for minutes in (0, 14, 15))
    assert [is_due(page, NOW + wait) for wait in waits] == [False, False, True]


def test_its_waits_begin_anew_and_it_stays_so_if_it_is_too_old_for_a_run() -> None:
    """Failures before it say nothing of the copy that came."""
    page = tried(replace(PAGE, tries=9), UNCHANGED)
    assert page.tries == 1
    old = tried(page, None, "2026-11-18")
    assert (old.reason, old.day) == (UNCHANGED, "2026-11-18")


def test_only_what_is_gone_for_good_is_given_up() -> None:
    """A 410 at once; a page that moved when two runs in a row are told so."""
    assert tried(PAGE, "gone-410").is_final
    moved = tried(PAGE, "moved")
    assert not moved.is_final
    assert tried(moved, "moved").is_final
    assert not tried(tried(moved, "status-302"), "moved").is_final
    for reason in ("gone-404", "not-asked", "status-302", "status-304", "incomplete"):
        assert not tried(tried(PAGE, reason), reason).is_final
    assert not is_due(tried(PAGE, "gone-410"), NOW + timedelta(days=400))
