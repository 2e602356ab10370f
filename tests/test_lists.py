"""The rule by which a list is walked, page by page, and what is remembered of the walk."""

from datetime import UTC, datetime, timedelta

from finnews.items import Unread, Walk
from finnews.spiders.checkpoint import Entry, Walking
from finnews.spiders.pending import MOST_TRIES, MOST_UNREAD, bounded, is_due

LIST = "https://www.finanzen.net/index/dax/marktberichte"
NOON = "2026-11-20T12:00:00+01:00"
KNOWN = Walk(url=LIST, newest=NOON)


def at(clock: str, number: str = "", *, is_unknown: bool = False, day: int = 20) -> Entry:
    """Return a known entry of a time of the twentieth, with a number of its own."""
    return Entry(number or f"{day} {clock}", f"2026-11-{day}T{clock}:00+01:00", is_unknown)


def walked(
    *pages: list[Entry], before: Walk | None = KNOWN, since: str | None = None, ends: bool = False
) -> Walking:
    """Return a walk along a list that shows these pages, each with a next one."""
    walk = Walking(LIST, before, since)
    for place, page in enumerate(pages):
        assert not walk.is_over
        walk.read(page, has_next=not (ends and place == len(pages) - 1))
    return walk


def test_a_list_never_walked_is_walked_to_its_end() -> None:
    """Nothing unknown on a page is no reason to stop: an earlier run may have been killed."""
    walk = walked([at("12:00")], [at("08:00")], [at("07:00")], before=None)
    assert not walk.is_over
    walk.read([at("06:00")], has_next=False)
    assert walk.is_over
    assert walk.record() == Walk(url=LIST, newest=NOON)


def test_a_walk_goes_on_until_a_page_is_known_and_well_below_the_last_one() -> None:
    """One unknown entry, or one of the two hours below the newest known, asks for the next page."""
    assert not walked([at("13:00"), at("09:00")]).is_over
    assert not walked([at("10:01"), at("09:00")]).is_over
    assert not walked([at("09:30"), at("09:00", is_unknown=True)]).is_over
    walk = walked([at("13:00", is_unknown=True), at("09:00")], [at("10:00"), at("09:59")])
    assert walk.is_over
    assert walk.record() == Walk(url=LIST, newest="2026-11-20T13:00:00+01:00")


def test_the_first_walk_of_a_day_goes_back_a_whole_day() -> None:
    """What was listed late in the night is found in the morning."""
    morning = [at("08:00", day=21, is_unknown=True)]
    assert not walked(morning, [at("09:00")], [at("23:00", day=19)]).is_over
    assert walked(morning, [at("09:00")], [at("12:00", day=19)]).is_over


def test_promotions_and_undated_entries_count_for_nothing() -> None:
    """Advertising that always stands on top with a time of now does not keep a walk going."""
    assert walked([Entry("advertising", None, False), at("09:00")]).is_over
    walk = walked([Entry("advertising", None, False)], before=None, ends=True)
    assert walk.record() == Walk(url=LIST)


def test_a_walk_back_to_a_day_covers_that_day_only() -> None:
    """A later run that is to go further back is not stopped by what this one has seen."""
    walk = walked(
        [at("12:00", is_unknown=True)], [at("23:00", day=19)], before=None, since="2026-11-20"
    )
    assert walk.is_over
    record = walk.record()
    assert record == Walk(url=LIST, newest=NOON, back_to="2026-11-20")
    old = [at("07:00", day=18)]
    assert walked(old, before=record, since="2026-11-20").is_over
    assert not walked(old, before=record, since="2026-11-18").is_over
    assert not walked(old, before=record).is_over
    covered = [walked(before=record, since=since).unchanged_since for since in ("2026-11-21", None)]
    assert covered == [record, None]


def test_a_walk_back_to_a_day_that_does_not_meet_the_last_one_is_not_recorded() -> None:
    """Between both lies a gap, which the next run is to fill."""
    week_ago = Walk(url=LIST, newest="2026-11-13T12:00:00+01:00")
    today = [at("12:00", is_unknown=True)]
    yesterday = [at("23:00", day=19, is_unknown=True)]
    walk = walked(today, yesterday, before=week_ago, since="2026-11-20")
    assert walk.is_over
    assert walk.record() == week_ago


def test_a_walk_that_was_cut_short_changes_nothing() -> None:
    """A page of the list that could not be read leaves the record as it was."""
    assert walked([at("13:00", is_unknown=True)]).record() == KNOWN
    assert walked([at("13:00", is_unknown=True)], before=None).record() is None


def test_a_pager_that_loops_ends_the_walk() -> None:
    """Two pages in a row that show nothing which the walk had not seen are the end of the list."""
    page = [at("12:00"), at("11:00")]
    assert not walked(page, page, before=None).is_over
    assert walked(page, page, page, before=None).is_over
    assert not walked(page, page, [*page, at("10:00")], page, before=None).is_over


def test_a_list_that_shows_nothing_was_not_walked() -> None:
    """An empty first page is a page that could not be read."""
    walk = walked([], before=None, ends=True)
    assert not walk.is_over
    assert walk.record() is None


def test_the_page_after_the_last_may_not_exist() -> None:
    """A pager that leads one page too far has led to the end."""
    walk = walked([at("12:00")], before=None)
    walk.end()
    assert walk.record() == KNOWN


def test_a_list_too_short_for_what_came_since_has_a_gap() -> None:
    """All that a list without pager shows is newer than what was seen last."""
    newer = [at("14:00", is_unknown=True), at("12:01", is_unknown=True)]
    assert walked(newer, ends=True).has_gap()
    assert not walked([*newer, at("12:00")], ends=True).has_gap()
    assert not walked(newer, ends=True, before=None).has_gap()


def test_lists_of_days_are_walked_through_the_last_day_that_was_seen() -> None:
    """Rows of today have no day; those of the newest day that had one are known, or walked."""
    days = Walk(url=LIST, newest="2026-11-19")
    today, before = Entry("1", None, False), Entry("2", "2026-11-19", False)
    assert walked([today, before], before=days).is_over
    next_day = [Entry("3", None, True), Entry("4", "2026-11-20", False)]
    assert not walked(next_day, before=days).is_over
    assert walked(next_day, [before], before=days).record() == Walk(url=LIST, newest="2026-11-20")


def test_an_entry_is_dated_anew_if_later_than_the_last_walk_and_than_its_page() -> None:
    """What has the time it had when the list was walked last is not fetched again."""
    walk = walked()
    one, three = "2026-11-20T13:00:00+01:00", "2026-11-20T15:00:00+01:00"
    assert walk.is_redated(three, changed=one)
    assert not walk.is_redated(one, changed=three)
    assert not walk.is_redated(NOON, changed="2026-11-01T10:00:00+01:00")
    assert not walk.is_redated(None, changed=one)
    assert not walked(before=None).is_redated(three, changed=one)


def test_a_page_that_could_not_be_read_is_asked_for_ever_more_seldom() -> None:
    """At once by the next run, then after waits that double, and not for ever."""
    start = now = datetime(2026, 11, 20, tzinfo=UTC)
    unread = Unread("…", 1, now.isoformat())
    tries = [now - start]
    while now - start < timedelta(days=60):
        if is_due(unread, now):
            unread = Unread("…", len(tries) + 1, now.isoformat())
            tries.append(now - start)
        now += timedelta(minutes=5)
    assert tries[:5] == [timedelta(minutes=minutes) for minutes in (0, 0, 15, 45, 105)]
    assert len(tries) == MOST_TRIES
    assert timedelta(days=10) < tries[-1] < timedelta(days=12)


def test_a_page_too_old_for_one_run_is_due_for_one_that_goes_further_back() -> None:
    """It was read and not kept: asked for again only where it would be kept."""
    now = datetime(2026, 11, 20, tzinfo=UTC)
    unread = Unread("…", 1, now.isoformat(), "2026-11-18")
    due = [is_due(unread, now, since) for since in ("2026-11-19", "2026-11-18", None)]
    assert due == [False, True, True]


def test_given_up_pages_make_room_but_open_ones_are_never_forgotten() -> None:
    """Too many pages to try again mean that the walk has failed as a whole."""
    at_noon = "2026-11-20T12:00:00+00:00"
    given_up = [Unread(f"up-{number}", MOST_TRIES, at_noon) for number in range(MOST_UNREAD)]
    waiting = [Unread(f"open-{number}", 1, at_noon) for number in range(MOST_UNREAD)]
    kept = bounded([*given_up, *waiting[:60]])
    assert kept is not None
    assert len(kept) == MOST_UNREAD
    assert set(map(id, waiting[:60])) <= set(map(id, kept))
    assert bounded([*waiting, Unread("one more", 1, at_noon)]) is None
