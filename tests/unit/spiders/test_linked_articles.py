"""Which articles are requested that others link."""

from datetime import UTC, datetime, timedelta

from finnews.spiders.linked_articles import LinkedArticles

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
YESTERDAY = (NOW - timedelta(hours=25)).isoformat()


def listed(*ids: int, date: str = NOW.isoformat()) -> LinkedArticles:
    """Return what a run knows when lists have shown articles of these ids."""
    linked = LinkedArticles(NOW)
    for id_ in ids:
        linked.add_listed(str(id_), date)
    return linked


def test_a_dated_link_is_followed_within_a_day() -> None:
    """Whatever its id is, and whatever lists have shown."""
    hours_ago = (NOW - timedelta(hours=23)).isoformat()
    assert listed().is_recent("1", hours_ago)
    assert not listed(100).is_recent("999", YESTERDAY)
    assert listed(100).is_recent("1", "2026-11-20")


def test_a_link_without_a_date_is_followed_if_its_id_is_as_high_as_those_of_the_day() -> None:
    """What lists date earlier or not at all says nothing."""
    assert listed(100, 110).is_recent("105", None)
    assert not listed(100, 110).is_recent("99", None)
    assert not listed(100, date=YESTERDAY).is_recent("105", None)
    assert not listed().is_recent("105", None)


def test_an_old_article_that_is_dated_anew_does_not_open_the_archives() -> None:
    """One in ten can have any id."""
    linked = listed(9, *range(100, 119))
    assert linked.is_recent("105", None)
    assert not linked.is_recent("99", None)
    linked.add_listed("10", NOW.isoformat())
    linked.add_listed("11", NOW.isoformat())
    assert linked.is_recent("99", None)
