"""The rule by which a list is read back, and its record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from finnews.items import Checkpoint, Turnover, UnfinishedReading
from finnews.spiders.checkpoint import ListProgress
from finnews.spiders.depth import Depth
from finnews.spiders.entries import Entry, is_later

LIST = "https://www.finanzen.net/index/dax/marktberichte"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()
TOMORROW, WEEK = NOW + timedelta(days=1), NOW + timedelta(days=7)
SMALL = Depth(top=4, deep=6, deepest=12)
KNOWN = Checkpoint(
    url=LIST, top=list("abcd"), newest="2026-11-20T12:00:00+01:00", deep_on=TODAY.isoformat()
)
KNOWN = replace(KNOWN, deepest_on=KNOWN.deep_on)


def entries(ids: str, *, dates: str = "") -> list[Entry]:
    """Return an entry for each letter: a capital is new, ``*`` a promotion; one with a day each."""
    days = [f"2026-11-{day}" for day in dates.split()] or [f"2026-11-{TODAY.day}"] * len(ids)
    return [
        Entry(each, None if each == "*" else day, each.isupper(), each == "*")
        for each, day in zip(ids, days, strict=True)
    ]


def after(
    *pages: str,
    last: Checkpoint | None = KNOWN,
    since: str | None = None,
    of: int = 9,
    dates: str = "",
    now: datetime = NOW,
) -> ListProgress:
    """Return the progress after these pages of a list that has so many."""
    progress = ListProgress(LIST, last, since, now, SMALL)
    for number, ids in enumerate(pages, start=1):
        linked = {1, of, *range(max(1, number - 1), min(of, number + 1) + 1)} if of > 1 else set()
        progress.add_page(number, entries(ids, dates=dates), linked)
    return progress


def unfinished(progress: ListProgress) -> UnfinishedReading | None:
    """Return the unfinished reading that the new record has; its top is not the list's."""
    checkpoint = progress.checkpoint()
    assert checkpoint is not None
    assert checkpoint.unfinished is None or checkpoint.top != checkpoint.unfinished.top
    return checkpoint.unfinished


def test_a_new_list_is_read_to_its_end() -> None:
    """Pages without unknown entries do not end it: an earlier run may have been killed."""
    assert not after("abcd", "efgh", last=None).is_done
    progress = after("abcd", "efgh", "ij", last=None, of=3)
    assert progress.is_complete
    checkpoint = progress.checkpoint()
    assert checkpoint is not None
    assert checkpoint.top == list("abcd")
    assert checkpoint.deepest_on == checkpoint.deep_on == TODAY.isoformat()


def test_a_list_is_read_past_what_was_at_its_top() -> None:
    """Three quarters of it have to be met, since articles are withdrawn and dated anew."""
    assert not after("ABCa", "bxyz").is_done
    progress = after("ABCa", "bxyz", "dcvw")
    assert progress.is_complete
    assert after("ABCa", "bxyz", "Dcdw").is_done
    assert not after("ABCa", "bxyz", "cDdw").is_done
    checkpoint = progress.checkpoint()
    assert checkpoint is not None
    assert checkpoint.top == list("ABCa")


def test_known_articles_on_top_end_no_list() -> None:
    """Old articles that were dated anew, or that a killed run has archived, say nothing."""
    assert not after("stuv", "wxyz").is_done


@pytest.mark.parametrize("days", ["24 24 24 24", "01 01 01 01"])
def test_dates_end_no_list(days: str) -> None:
    """Neither those of tomorrow nor those of long ago."""
    assert not after("stuv", dates=days).is_done
    assert after("ABCa", "bcxd", dates=days).is_complete


def test_the_first_run_of_a_day_and_of_a_week_read_further() -> None:
    """What was published late at night is found in the morning."""
    assert not after("Aabc", "dxyz", now=TOMORROW).is_done
    progress = after("Aabc", "dxyz", "uvwx", now=TOMORROW)
    assert progress.is_complete
    checkpoint = progress.checkpoint()
    assert checkpoint is not None
    assert (checkpoint.deep_on, checkpoint.deepest_on) == ("2026-11-21", "2026-11-20")
    assert not after("Aabc", "dxyz", "uvwx", now=WEEK).is_done
    assert after("Aabc", "dxyz", "uvws", "efgh", now=WEEK).is_complete


def test_a_clock_that_was_wrong_makes_lists_be_read_further() -> None:
    """The day of the last deep reading is in the future then."""
    assert not after("Aabc", "dxyz", now=NOW - timedelta(days=1)).is_done


def test_promotions_are_not_at_the_top() -> None:
    """A promotion stands near the top of every list, in every run."""
    checkpoint = after("*abc", "*def", "*ghi", last=None, of=3).checkpoint()
    assert checkpoint is not None
    assert checkpoint.top == list("abcd")


def test_a_page_that_shows_nothing_else_is_no_page_of_the_list() -> None:
    """So are one without entries, a larger one, and one that should link the next."""
    assert after("abcd", "abcd", "efgh", last=None, of=3).fault
    assert after("abcd", "", "efgh", last=None, of=3).fault
    assert after("abcd", "efgh", "ijklmno", last=None, of=3).fault
    assert not after("abcd", "efghijk", "lmnopqr", last=None, of=3).fault
    progress = ListProgress(LIST, None, None, NOW, SMALL)
    progress.add_page(1, entries("abcd"), {1, 2, 3})
    progress.add_page(2, entries("efgh"), ())
    assert progress.fault
    assert unfinished(progress) == UnfinishedReading(list("abcd"), 1, NOW.isoformat())


def test_a_list_is_left_after_two_pages_without_a_new_entry() -> None:
    """A pager can have no end; that is told, and the list was not read completely."""
    progress = after("abcd", "abcd", "abcd", last=None)
    assert progress.is_done
    assert not progress.is_complete


def test_a_list_that_has_lost_its_pager_was_not_read() -> None:
    """It had several pages, and shows other entries now; if it shows its top, nothing is new."""
    assert unfinished(after("stuv", of=1))
    assert after("abcx", of=1).is_complete
    assert after("stuv", last=replace(KNOWN, deep_on=None, deepest_on=None), of=1).is_complete
    assert after("stuv", of=1, now=WEEK).is_complete


def test_a_page_out_of_order_is_not_added() -> None:
    """A job that goes on with a page in the middle does not end the list there."""
    progress = ListProgress(LIST, None, None, NOW, SMALL)
    assert not progress.add_page(7, entries("abcd"), {6, 7})
    assert progress.add_page(1, entries("stuv"), {1, 2, 7})
    assert not progress.add_page(1, entries("abcd"), {1, 2, 7})
    assert not progress.is_done
    assert not progress.fault


def test_a_list_that_was_cut_short_keeps_its_record() -> None:
    """A page that could not be read leaves the record as it was, but for where the run began."""
    reading = UnfinishedReading(list("ABCD"), 1, NOW.isoformat())
    assert after("ABCD").checkpoint() == replace(KNOWN, unfinished=reading)
    assert after("ABCD", last=None).checkpoint() == Checkpoint(url=LIST, unfinished=reading)
    assert after("", last=None, of=1).checkpoint() is None


def test_a_list_that_cannot_be_read_to_its_end_is_tried_after_waits() -> None:
    """In between, runs read down to where the last of them began."""
    last, now, whole = KNOWN, NOW, []
    while now - NOW < timedelta(days=5):
        progress = after("stuv", last=last, now=now)
        if not progress.is_done:  # the second page does not come
            whole.append(now - NOW)
        last = progress.checkpoint() or last
        now += timedelta(minutes=5)
    minutes = [wait // timedelta(minutes=1) for wait in whole]
    assert minutes[:7] == [0, 5, 20, 50, 110, 230, 470]
    assert [minute // (24 * 60) for minute in minutes[-3:]] == [2, 3, 4]
    assert (last.top, last.deep_on) == (KNOWN.top, KNOWN.deep_on)


def test_while_a_list_waits_the_place_moves_on() -> None:
    """Else each run would read more of it."""
    reading = UnfinishedReading(list("efgh"), 3, NOW.isoformat())
    last = replace(KNOWN, unfinished=reading, etag='"1f"')
    progress = after("ABef", "gxyz", last=last)
    assert progress.is_complete
    assert progress.conditions == {}
    assert unfinished(progress) == UnfinishedReading(list("ABef"), 3, NOW.isoformat())
    assert after("ABCD", last=last).checkpoint() is last
    read = after("ABef", "gabc", last=last, now=TOMORROW)
    assert read.is_waiting is read.is_done is False
    whole = after("ABef", "gabc", "dxyz", "uvwx", last=last, now=TOMORROW)
    assert unfinished(whole) is None


def test_a_try_that_ends_above_the_last_one_leaves_its_place() -> None:
    """No run has read what stands between."""
    last = replace(KNOWN, unfinished=UnfinishedReading(list("efgh"), 1, NOW.isoformat()))
    for page, top in (("ABCD", "efgh"), ("ABef", "efgh"), ("Aefg", "Aefg")):
        reading = UnfinishedReading(list(top), 2, TOMORROW.isoformat())
        assert unfinished(after(page, last=last, now=TOMORROW)) == reading


def test_a_list_without_its_pager_is_not_believed_while_it_waits() -> None:
    """What the run before saw is at its end, and does not make it whole."""
    last = replace(KNOWN, unfinished=UnfinishedReading(list("efgh"), 3, NOW.isoformat()))
    checkpoint = after("efgh", last=last, of=1).checkpoint()
    assert checkpoint is not None
    assert (checkpoint.top, checkpoint.deep_on) == (KNOWN.top, KNOWN.deep_on)


def test_a_run_with_since_says_nothing_of_unfinished_readings() -> None:
    """It reads as far as it has to, and does not begin a wait for runs without."""
    last = replace(KNOWN, unfinished=UnfinishedReading(list("efgh"), 3, NOW.isoformat()))
    assert after("efgh", "ijkl", last=last, since="2026-11-19").checkpoint() is last
    assert not after("efgh", last=last, since="2026-11-19").is_done


def test_a_record_of_a_run_with_since_covers_that_day_only() -> None:
    """A later run that goes further back is not stopped by it."""
    progress = after("ABCD", "efgh", last=None, since="2026-11-21")
    assert progress.is_complete
    checkpoint = progress.checkpoint()
    assert checkpoint is not None
    assert (checkpoint.back_to, checkpoint.top) == ("2026-11-21", list("ABCD"))
    assert after("ABCD", last=checkpoint, since="2026-11-21").is_done
    assert not after("ABCD", last=checkpoint, since=None).is_done
    tagged = replace(checkpoint, etag='"1f"')
    conditions = [after(last=tagged, since=since).conditions for since in ("2026-11-22", None)]
    assert conditions == [{"If-None-Match": '"1f"'}, {}]


def test_a_run_with_since_that_leaves_a_gap_sets_no_record() -> None:
    """Neither one that does not get as far as the last, nor one that left out new entries."""
    assert after("EFGH", since="2026-11-21").checkpoint() is KNOWN
    progress = ListProgress(LIST, KNOWN, "2026-11-20", NOW, SMALL)
    assert progress.since.leaves_out("2026-11-18")
    progress.add_page(1, entries("Aabc"), {1, 2})
    progress.add_page(2, entries("defg"), {1, 2})
    assert progress.has_caught_up
    assert progress.checkpoint() is KNOWN


def test_a_list_of_one_page_that_left_out_entries_is_not_whole() -> None:
    """A later run without ``since`` wants them."""
    progress = ListProgress(LIST, None, "2026-11-20", NOW, SMALL)
    assert progress.since.leaves_out("2026-11-18")
    progress.add_page(1, entries("Abcd"))
    checkpoint = progress.checkpoint()
    assert checkpoint is not None
    assert checkpoint.back_to == "2026-11-20"


def test_a_list_with_an_entry_that_says_something_later_gets_no_condition() -> None:
    """A time in the future is none yet: the same list says more when it has come."""
    for is_settled, etag in ((True, '"1f"'), (False, None)):
        progress = ListProgress(LIST, None, None, NOW, SMALL)
        progress.etag = '"1f"'
        progress.add_page(1, [Entry("a", None, is_new=True, is_settled=is_settled)])
        checkpoint = progress.checkpoint()
        assert checkpoint is not None
        assert checkpoint.etag == etag


def test_a_list_is_read_without_condition_if_it_is_read_further() -> None:
    """An unchanged first page says nothing of those behind it."""
    tagged = replace(KNOWN, etag='"1f"')
    tomorrow = ListProgress(LIST, tagged, None, TOMORROW, SMALL)
    assert tomorrow.conditions == {}
    assert ListProgress(LIST, tagged, None, NOW, SMALL).conditions
    one_page = replace(tagged, deep_on=None, deepest_on=None)
    assert ListProgress(LIST, one_page, None, TOMORROW, SMALL).conditions


def test_an_unchanged_list_keeps_its_record() -> None:
    """It was not read, so nothing else is known of it."""
    progress = ListProgress(LIST, KNOWN, None, NOW, SMALL)
    progress.mark_unmodified()
    turnover = Turnover(NOW.isoformat(), ids=[], days=[])
    assert progress.checkpoint() == replace(KNOWN, version=None, turnover=turnover)


def test_a_list_without_anything_of_its_last_top_has_a_gap() -> None:
    """Everything that a list of one page shows is newer than the last run."""
    last = replace(KNOWN, deep_on=None, deepest_on=None)
    assert after("ABCD", last=last, of=1).has_gap()
    assert not after("ABCd", last=replace(last, newest=None), of=1).has_gap()
    assert not after("ABCD", last=None, of=1).has_gap()


def test_a_gap_below_an_entry_that_stays_on_top_is_told() -> None:
    """Something that was at the top has to stand below what is new."""
    last = replace(KNOWN, deep_on=None, deepest_on=None, newest=None)
    assert after("aEFG", last=last, of=1).has_gap()
    assert after("*aEF", last=last, of=1).has_gap()
    assert not after("aEFb", last=last, of=1).has_gap()
    assert not after("*acbd", last=last, of=1).has_gap()


@pytest.mark.parametrize(
    ("ids", "new"), [("abcd", 0), ("EabcF", 2), ("*Eab", 1), ("aEFb", 2), ("EFGH", 4)]
)
def test_the_entries_that_the_last_reading_did_not_show_are_new(ids: str, new: int) -> None:
    """Wherever they stand, and whatever was moved above them."""
    turnover = Turnover((NOW - timedelta(hours=2)).isoformat(), ids=list("abcd"), days=[])
    last = replace(KNOWN, deep_on=None, deepest_on=None, turnover=turnover)
    checkpoint = after(ids, last=last, of=1).checkpoint()
    assert checkpoint
    assert checkpoint.turnover
    assert checkpoint.turnover.ids == list(ids.replace("*", ""))
    assert checkpoint.turnover.days[0].new == max(new, 1) * 12


def test_an_unchanged_first_page_replaces_no_deep_reading() -> None:
    """A request of an interrupted job may be answered in the next run, of another day."""
    progress = ListProgress(LIST, KNOWN, None, TOMORROW, SMALL)
    progress.mark_unmodified()
    assert not progress.is_complete


def test_a_list_that_comes_twice_is_read_once() -> None:
    """Unchanged for a request of an interrupted job, and whole for that of this run."""
    last = replace(KNOWN, deep_on=None, deepest_on=None)
    progress = ListProgress(LIST, last, None, NOW, SMALL)
    progress.mark_unmodified()
    progress.add_page(1, entries("Eabcd"))
    progress.mark_unmodified()
    checkpoint = progress.checkpoint()
    assert checkpoint
    assert checkpoint.turnover
    assert checkpoint.turnover.ids == list("Eabcd")


def test_a_list_that_is_left_keeps_its_record() -> None:
    """It is not one that could not be read."""
    progress = ListProgress(LIST, KNOWN, None, NOW, SMALL)
    progress.is_left = True
    assert progress.checkpoint() == KNOWN


def test_dates_are_compared_however_far_they_are() -> None:
    """The first day of all is a date as any other."""
    first = "0001-01-01T00:00:00+01:00"
    assert is_later("2026-11-20T12:00:00+01:00", first)
    assert not is_later(first, "0001-01-01T00:00:00-01:00")
