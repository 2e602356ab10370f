"""Pages that could not be read: how often they are requested again, and for how long."""

from datetime import UTC, datetime, timedelta

from finnews.items import PendingPage
from finnews.spiders.pending import (
    LONGEST_WAIT,
    MAX_KEPT,
    MAX_PENDING,
    PendingPages,
    bounded,
    is_due,
)

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PAGE = PendingPage(url="…", tries=1, tried_at=NOW.isoformat())


def after(reason: str, page: PendingPage = PAGE) -> PendingPage:
    """Return a pending page that this run has requested in vain."""
    pages = PendingPages()
    pages.earlier, pages.requested, pages.failed = {"1": page}, {"1": "…"}, {"1": reason}
    (remaining,) = pages.remaining(["1"], set(), NOW)
    return remaining


def test_a_pending_page_is_requested_after_doubling_waits() -> None:
    """The next run requests it at once, then the waits double up to a week, without an end."""
    now, page = NOW, PAGE
    tries = [now - NOW]
    while now - NOW < timedelta(days=90):
        if is_due(page, now):
            page = PendingPage(tries=len(tries) + 1, tried_at=now.isoformat())
            tries.append(now - NOW)
        now += timedelta(minutes=5)
    assert tries[:5] == [timedelta(minutes=minutes) for minutes in (0, 0, 15, 45, 105)]
    assert tries[-1] - tries[-2] == tries[-2] - tries[-3] == LONGEST_WAIT


def test_a_try_in_the_future_does_not_count() -> None:
    """The clock was wrong then."""
    page = PendingPage(tries=9, tried_at=(NOW + timedelta(days=400)).isoformat())
    assert is_due(page, NOW)


def test_a_page_too_old_for_since_is_due_for_an_earlier_since() -> None:
    """It was read and not kept, so it is requested only where it would be kept."""
    page = PendingPage(tries=1, tried_at=NOW.isoformat(), day="2026-11-18")
    due = [is_due(page, NOW, since) for since in ("2026-11-19", "2026-11-18", None)]
    assert due == [False, True, True]


def test_only_what_is_gone_for_good_is_given_up() -> None:
    """A 410 at once; a page that moved off the site when two runs in a row are told so."""
    assert after("gone-410").is_final
    moved = after("moved")
    assert not moved.is_final
    assert after("moved", moved).is_final
    assert not after("moved", after("status-302", moved)).is_final
    for reason in ("gone-404", "not-asked", "status-302", "status-304", "incomplete"):
        assert not after(reason, after(reason)).is_final
    assert not is_due(after("gone-410"), NOW + timedelta(days=400))


def test_a_page_that_a_run_did_not_get_to_is_as_it_was() -> None:
    """A run that ends early has not tried what it had still to request."""
    pages = PendingPages()
    pages.earlier, pages.requested = {"1": PAGE}, {"1": "…"}
    assert list(pages.remaining(["1"], set(), NOW)) == [PAGE]


def test_pending_pages_displace_those_given_up() -> None:
    """If there are too many pages to try again, the list is read again."""
    final = [PendingPage(url=f"up-{number}", is_final=True) for number in range(MAX_KEPT + 1)]
    waiting = [PendingPage(url=f"open-{number}", tries=1) for number in range(MAX_PENDING)]
    kept, is_over = bounded([*final, *waiting])
    assert not is_over
    assert len(kept) == MAX_PENDING + MAX_KEPT
    assert bounded([*waiting, PendingPage(url="one more", tries=1)])[1]
