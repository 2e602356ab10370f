"""What is said of listed pages before a run is over."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from finnews.archive import Archive
from finnews.items import Article
from finnews.spiders.listed_pages import ListedPages

URL = "https://www.finanzen.net/nachricht/aktien/muster-1"
DATE = "2026-11-20T12:00:00+01:00"
LATER = "2026-11-20T12:30:00+01:00"


def test_nothing_is_said_of_pages_whose_items_may_be_in_a_pipeline(tmp_path: Path) -> None:
    """Neither of one that is not archived yet, nor of one that is as it was."""
    with Archive(tmp_path) as archive:
        dates: dict[str, str] = {"2": DATE}
        listed = ListedPages(archive, Article, dates.get)
        for id_ in "123":
            listed.request(id_, URL, LATER)
        listed.read |= {"1": DATE, "2": LATER}
        listed.failed["3"] = "gone-404"
        assert [page.id for page in listed.outcomes(is_over=False)] == ["3"]
        dates |= {"1": DATE, "2": LATER}
        assert list(listed.outcomes(is_over=True)) == []
        assert [page.reason for page in listed.waiting()] == ["gone-404"]
        assert [(listing.id, listing.date) for listing in listed.listings()] == [("1", LATER)]


@pytest.mark.parametrize(
    ("listed", "minutes", "reason"),
    [
        (LATER, 14, "unchanged"),
        (LATER, 15, None),
        (LATER, -99, "unchanged"),
        ("2026-11-21", 99, "unchanged"),
    ],
)
def test_what_was_requested_long_after_the_date_of_a_list_is_no_old_copy(
    tmp_path: Path, listed: str, minutes: int, reason: str | None
) -> None:
    """A quarter of an hour later, a page that is as before did not change; a day has no time."""
    with Archive(tmp_path) as archive:
        pages = ListedPages(archive, Article, {"1": DATE}.get)
        pages.request("1", URL, listed)
        pages.note_sent("1", datetime.fromisoformat(LATER) + timedelta(minutes=minutes))
        pages.read["1"] = DATE
        outcomes = [page.reason for page in pages.outcomes(is_over=True)]
        assert outcomes == ([reason] if reason else [])
