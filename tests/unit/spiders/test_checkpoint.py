"""The rule by which a list is read back, and its checkpoint."""

from dataclasses import replace

from finnews.items import Checkpoint
from finnews.spiders.checkpoint import Entry, ListProgress

LIST = "https://www.finanzen.net/index/dax/marktberichte"
NOON = "2026-11-20T12:00:00+01:00"
KNOWN = Checkpoint(url=LIST, newest=NOON)


def at(clock: str, number: str = "", *, is_new: bool = False, day: int = 20) -> Entry:
    """Return a known entry of a time of the twentieth, with a number of its own."""
    return Entry(number or f"{day} {clock}", f"2026-11-{day}T{clock}:00+01:00", is_new)


def after(
    *pages: list[Entry],
    last: Checkpoint | None = KNOWN,
    since: str | None = None,
    ends: bool = False,
) -> ListProgress:
    """Return the progress after these pages of a list, each with a next one."""
    progress = ListProgress(LIST, last, since)
    for place, page in enumerate(pages):
        assert not progress.is_done
        progress.add_page(page, has_next=not (ends and place == len(pages) - 1))
    return progress


def test_a_new_list_is_read_to_its_end() -> None:
    """A page without unknown entries does not end it: an earlier run may have been killed."""
    progress = after([at("12:00")], [at("08:00")], [at("07:00")], last=None)
    assert not progress.is_done
    progress.add_page([at("06:00")], has_next=False)
    assert progress.is_done
    assert progress.checkpoint() == Checkpoint(url=LIST, newest=NOON)


def test_a_list_is_read_until_a_known_page_below_the_checkpoint() -> None:
    """An unknown entry, or one within two hours of the checkpoint, asks for the next page."""
    assert not after([at("13:00"), at("09:00")]).is_done
    assert not after([at("10:01"), at("09:00")]).is_done
    assert not after([at("09:30"), at("09:00", is_new=True)]).is_done
    progress = after([at("13:00", is_new=True), at("09:00")], [at("10:00"), at("09:59")])
    assert progress.is_done
    assert progress.checkpoint() == Checkpoint(url=LIST, newest="2026-11-20T13:00:00+01:00")


def test_the_first_run_of_a_day_goes_back_a_whole_day() -> None:
    """What was listed late at night is found in the morning."""
    morning = [at("08:00", day=21, is_new=True)]
    assert not after(morning, [at("09:00")], [at("23:00", day=19)]).is_done
    assert after(morning, [at("09:00")], [at("12:00", day=19)]).is_done


def test_undated_entries_do_not_keep_a_run_going() -> None:
    """A promotion on top of a list has no date of its own and sets no checkpoint."""
    assert after([Entry("advertising", None, False), at("09:00")]).is_done
    progress = after([Entry("advertising", None, False)], last=None, ends=True)
    assert progress.checkpoint() == Checkpoint(url=LIST)


def test_a_checkpoint_of_a_run_with_since_covers_that_day_only() -> None:
    """A later run that goes further back is not stopped by it."""
    progress = after(
        [at("12:00", is_new=True)], [at("23:00", day=19)], last=None, since="2026-11-20"
    )
    assert progress.is_done
    checkpoint = progress.checkpoint()
    assert checkpoint == Checkpoint(url=LIST, newest=NOON, back_to="2026-11-20")
    old = [at("07:00", day=18)]
    assert after(old, last=checkpoint, since="2026-11-20").is_done
    assert not after(old, last=checkpoint, since="2026-11-18").is_done
    assert not after(old, last=checkpoint).is_done
    tagged = replace(checkpoint, etag='"1f"')
    conditions = [after(last=tagged, since=since).conditions for since in ("2026-11-21", None)]
    assert conditions == [{"If-None-Match": '"1f"'}, {}]


def test_a_run_with_since_that_leaves_a_gap_sets_no_checkpoint() -> None:
    """The next run fills the gap between this run and the one before it."""
    week_ago = Checkpoint(url=LIST, newest="2026-11-13T12:00:00+01:00")
    today = [at("12:00", is_new=True)]
    yesterday = [at("23:00", day=19, is_new=True)]
    progress = after(today, yesterday, last=week_ago, since="2026-11-20")
    assert progress.is_done
    assert progress.checkpoint() == week_ago


def test_a_list_that_was_cut_short_keeps_its_checkpoint() -> None:
    """A page of the list that could not be read leaves the checkpoint as it was."""
    assert after([at("13:00", is_new=True)]).checkpoint() == KNOWN
    assert after([at("13:00", is_new=True)], last=None).checkpoint() is None


def test_a_pager_that_loops_ends_the_list() -> None:
    """Two pages in a row that show nothing new are the end of the list."""
    page = [at("12:00"), at("11:00")]
    assert not after(page, page, last=None).is_done
    assert after(page, page, page, last=None).is_done
    assert not after(page, page, [*page, at("10:00")], page, last=None).is_done


def test_an_empty_list_sets_no_checkpoint() -> None:
    """An empty first page is a page that could not be read."""
    progress = after([], last=None, ends=True)
    assert not progress.is_done
    assert progress.checkpoint() is None


def test_a_missing_next_page_is_the_end_of_the_list() -> None:
    """A pager that leads one page too far has led to the end."""
    progress = after([at("12:00")], last=None)
    progress.mark_ended()
    assert progress.checkpoint() == KNOWN


def test_a_list_of_newer_entries_only_has_a_gap() -> None:
    """Everything that a list without a pager shows is newer than the checkpoint."""
    newer = [at("14:00", is_new=True), at("12:01", is_new=True)]
    assert after(newer, ends=True).has_gap()
    assert not after([*newer, at("12:00")], ends=True).has_gap()
    assert not after(newer, ends=True, last=None).has_gap()


def test_a_list_of_days_is_read_through_the_day_of_its_checkpoint() -> None:
    """Rows of today have no day; those of the newest day that has one are known, or are read."""
    days = Checkpoint(url=LIST, newest="2026-11-19")
    today, before = Entry("1", None, False), Entry("2", "2026-11-19", False)
    assert after([today, before], last=days).is_done
    next_day = [Entry("3", None, True), Entry("4", "2026-11-20", False)]
    assert not after(next_day, last=days).is_done
    assert after(next_day, [before], last=days).checkpoint() == Checkpoint(
        url=LIST, newest="2026-11-20"
    )


def test_an_entry_is_re_dated_if_later_than_checkpoint_and_page() -> None:
    """An entry with the time that it had at the last run is not requested again."""
    progress = after()
    at_one, at_three = "2026-11-20T13:00:00+01:00", "2026-11-20T15:00:00+01:00"
    assert progress.is_redated(at_three, changed=at_one)
    assert not progress.is_redated(at_one, changed=at_three)
    assert not progress.is_redated(NOON, changed="2026-11-01T10:00:00+01:00")
    assert not progress.is_redated(None, changed=at_one)
    assert not after(last=None).is_redated(at_three, changed=at_one)
