"""The archive where nothing goes wrong: each record once, versions, names, what is found again."""

import json
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finnews.archive import Archive
from finnews.archive.check import Check
from finnews.archive.compact import compact
from finnews.archive.lines import line
from finnews.archive.store import COMMIT_AFTER
from finnews.items import Article, Checkpoint, Instrument, Item, Quote, Rating, Rejection
from tests.support.archive_items import FETCHED, SITE, article, as_archived, quote, rating
from tests.support.crawling import last_versions, lines


def test_an_unchanged_item_is_not_written_again(tmp_path: Path) -> None:
    """A second reading writes no line, neither in the same run nor in a later one."""
    with Archive(tmp_path) as archive:
        assert archive.add(quote(1))
        assert archive.add(quote(1)) is None
    with Archive(tmp_path) as archive:
        assert archive.add(quote(1)) is None
    assert len(lines(tmp_path, "quotes")) == 1


def test_a_changed_item_is_written_as_its_next_version(tmp_path: Path) -> None:
    """A field that the new reading lacks keeps its earlier value."""
    with Archive(tmp_path) as archive:
        archive.add(replace(article(1), kicker="Zahlen"))
    with Archive(tmp_path) as archive:
        changed = archive.add(article(1, headline="Muster AG schrumpft"))
    assert changed
    assert (changed.version, changed.kicker) == (2, "Zahlen")
    assert [row["version"] for row in lines(tmp_path, "articles")] == [1, 2]
    assert last_versions(tmp_path, "articles")[0]["headline"] == "Muster AG schrumpft"


def _run(directory: Path, items: list[Item]) -> None:
    with Archive(directory) as archive:
        for item in items:
            archive.add(item)


@pytest.mark.parametrize("runs", [1, 4])
@pytest.mark.parametrize("is_committed_between", [True, False])
def test_a_page_that_says_a_thing_twice_is_believed_the_first_time(
    runs: int,
    is_committed_between: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So its record has one version, however often the page is read; the second adds a kicker."""
    if is_committed_between:
        monkeypatch.setattr("finnews.archive.store.COMMIT_AFTER", -1)
    twice = [article(1), replace(article(1, headline="Muster AG schrumpft"), kicker="Zahlen")]
    for run in range(runs):
        at = f"2026-11-23T1{run}:00:00+00:00"
        _run(tmp_path, [replace(item, fetched_at=at) for item in twice])
    rows = [(row["headline"], row["kicker"]) for row in lines(tmp_path, "articles")]
    assert rows == [("Muster AG wächst", None), ("Muster AG wächst", "Zahlen")]


def test_what_a_page_says_first_can_change(tmp_path: Path) -> None:
    """Each run writes what is new of it, and nothing of what it says second."""
    for run, first in enumerate(("wächst", "schrumpft", "schrumpft", "schwankt")):
        heads = (f"Muster AG {first}", "Muster AG schweigt")
        at = f"2026-11-23T1{run}:00:00+00:00"
        _run(tmp_path, [replace(article(1, headline), fetched_at=at) for headline in heads])
    heads_written = [row["headline"].split()[-1] for row in lines(tmp_path, "articles")]
    assert heads_written == ["wächst", "schrumpft", "schwankt"]


def test_what_a_page_says_twice_is_compared_again_after_another_crawl(tmp_path: Path) -> None:
    """What another crawl committed meanwhile makes neither reading the second of its page."""
    heads = ("Muster AG wächst", "Muster AG schweigt")
    later = [replace(article(1, head), fetched_at="2026-11-23T11:00:00+00:00") for head in heads]
    with Archive(tmp_path) as first, Archive(tmp_path) as second:
        for item in later:
            first.add(item)
        second.add(article(1, "Muster AG schrumpft"))
        second.commit()
        first.commit()
    assert last_versions(tmp_path, "articles")[0]["headline"] == "Muster AG wächst"


def test_a_rating_of_a_table_and_of_its_analysis_are_one_record(tmp_path: Path) -> None:
    """The analysis is version 2 of the table's rating, and either key finds the record."""
    with Archive(tmp_path) as archive:
        archive.add(rating())
        full = archive.add(rating("7", analyst="Erika Muster"))
        assert archive.add(rating()) is None
        assert full
        assert full.version == 2
        assert [archive.find(Rating, name) for name in full.keys] == [full, full]


@pytest.mark.parametrize("ids", [(None, "7"), ("7", None, "7")])
def test_a_key_stays_that_of_the_first_version(ids: tuple[str | None, ...], tmp_path: Path) -> None:
    """Also where a later version has a stronger key, and in every run."""
    for price, id_ in enumerate(ids, 90):
        with Archive(tmp_path) as archive:
            archive.add(rating(id_, price_target=Decimal(price), currency="EUR"))
    rows = lines(tmp_path, "ratings")
    assert [row["version"] for row in rows] == [1, 2]
    assert {row["key"] for row in rows} == {rating(ids[0]).keys[0]}


def test_a_record_is_found_by_its_key_when_no_version_says_it_any_more(tmp_path: Path) -> None:
    """So a copy without history does not take the table's rating for a new one, with its key."""
    with Archive(tmp_path / "whole") as archive:
        archive.add(rating())
        archive.add(rating("7"))
        later = rating("7", firm="Musterbank Research")
        full = archive.add(replace(later, fetched_at="2026-11-23T11:00:00+00:00"))
        assert full
        assert full.key
        assert rating().keys[0] == full.key
        assert full.key not in full.keys
    with Archive(tmp_path / "whole") as archive:
        compact(archive, tmp_path / "copy")
    for _ in range(2):
        with Archive(tmp_path / "copy") as archive:
            assert archive.add(rating()) is None
            assert archive.find(Rating, full.key) == replace(full, version=1)
        assert list(Check(tmp_path / "copy").problems()) == []
        (tmp_path / "copy" / "index.sqlite3").unlink()


def test_a_line_without_key_gets_one_with_its_next_version(tmp_path: Path) -> None:
    """Earlier versions of finnews wrote such lines; the key is the strongest that they have."""
    (tmp_path / "ratings").mkdir()
    old = json.loads(line(as_archived(rating("7"))))
    del old["key"]
    (tmp_path / "ratings" / "2026-11-23.jsonl").write_text(json.dumps(old) + "\n")
    with Archive(tmp_path) as archive:
        found = archive.find(Rating, "id:7")
        assert found
        assert found.key == "id:7"
        assert archive.add(rating("7")) is None
        assert archive.add(rating("7", analyst="Erika Muster"))
    assert [row.get("key") for row in lines(tmp_path, "ratings")] == [None, "id:7"]
    assert list(Check(tmp_path).problems()) == []


def test_ratings_with_different_ids_are_different_records(tmp_path: Path) -> None:
    """This holds for one firm, one share and one day, and after the index is rebuilt."""
    with Archive(tmp_path) as archive:
        archive.add(rating("1"))
        archive.add(rating("2"))
    (tmp_path / "index.sqlite3").unlink()
    with Archive(tmp_path) as archive:
        assert [archive.add(rating(number)) for number in ("1", "2")] == [None, None]
    assert [row["id"] for row in lines(tmp_path, "ratings")] == ["1", "2"]


def test_nothing_touches_the_disk_before_the_commit(tmp_path: Path) -> None:
    """Items that wait for the commit are known and found all the same."""
    with Archive(tmp_path) as archive:
        archive.add(article(1))
        assert not list(tmp_path.rglob("*.jsonl"))
        assert archive.knows(Article, "id:1")
        assert archive.find(Article, "id:1") == as_archived(article(1))
        assert not archive.knows(Article, "id:2")


def test_the_archive_commits_by_itself_after_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No item waits for longer than a second before it is synced."""
    seconds = iter((0.0, 0.5, 1.1))
    with Archive(tmp_path) as archive:
        monkeypatch.setattr("finnews.archive.store.COMMIT_AFTER", COMMIT_AFTER)
        monkeypatch.setattr("finnews.archive.store.time.monotonic", lambda: next(seconds, 3.0))
        archive.add(quote(1))
        assert not list(tmp_path.rglob("*.jsonl"))
        archive.add(quote(2))
        assert len(lines(tmp_path, "quotes")) == 2


def test_items_are_written_to_a_file_of_their_kind_and_day(tmp_path: Path) -> None:
    """The day is the UTC day of the fetch; the register of instruments is a single file.

    Each has its key.
    """
    with Archive(tmp_path) as archive:
        for item in (
            article(1),
            quote(1, day="2026-11-24"),
            rating(),
            Instrument(fetched_at=FETCHED, page="muster", kind="stock"),
            Rejection(fetched_at=FETCHED, reason="truncated"),
            Checkpoint(fetched_at=FETCHED, url=f"{SITE}/rss/news"),
        ):
            written = archive.add(item)
            assert written
            assert written.key == item.keys[0]
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.jsonl")) == [
        "articles/2026-11-23.jsonl",
        "checkpoints.jsonl",
        "instruments.jsonl",
        "quotes/2026-11-24.jsonl",
        "ratings/2026-11-23.jsonl",
        "rejected/2026-11-23.jsonl",
    ]


def test_about_yields_the_records_of_an_instrument_newest_first(tmp_path: Path) -> None:
    """Archived and waiting records are included, each in its last version."""
    with Archive(tmp_path) as archive:
        for day in ("2026-11-21", "2026-11-22", "2026-11-23"):
            archive.add(quote(1, day=day))
            archive.add(quote(2, day=day))
        archive.commit()
        archive.add(replace(quote(1, day="2026-11-22"), isin="DE0001234563"))
        quotes = list(archive.about(Quote, "stock:muster_1"))
    assert [(str(item.quoted_at)[8:10], item.version) for item in quotes] == [
        ("22", 2),
        ("23", 1),
        ("21", 1),
    ]


def test_two_archives_of_one_directory_see_each_other_s_commits(tmp_path: Path) -> None:
    """If the other archive committed an item first, this one decides again at its own commit."""
    with Archive(tmp_path) as first, Archive(tmp_path) as second:
        assert first.add(article(1))
        assert second.add(article(1))
        assert second.add(article(2))
        assert first.add(article(2, headline="Muster AG schrumpft"))
        second.commit()
        first.commit()
        assert first.find(Article, "id:2") == second.find(Article, "id:2")
    rows = lines(tmp_path, "articles")
    assert [(row["id"], row["version"]) for row in rows] == [("1", 1), ("2", 1), ("2", 2)]


TOLD: dict[str, Any] = {
    "name": "Muster SE",
    "isin": "DE0001234563",
    "analyst": "Erika Muster",
    "rating": "Buy",
    "price_target": Decimal("97.00"),
    "currency": "EUR",
    "text": "Die Studie.",
}
"""What is true of a rating, besides what names it."""


@st.composite
def readings(draw: st.DrawFn) -> list[Item]:
    """Draw readings of one rating: parts of what is true, from tables and from its analysis.

    A table may say otherwise where the analysis was read: that wins.
    """
    parts = st.sets(st.sampled_from(sorted(TOLD)))
    drawn = draw(st.lists(st.tuples(st.booleans(), parts, st.booleans()), min_size=1, max_size=5))
    authoritative = {name for is_full, names, _ in drawn if is_full for name in names}
    return [
        rating(
            "7" if is_full else None,
            **{
                name: "otherwise"
                if is_wrong
                and not is_full
                and name in authoritative
                and name in {"analyst", "text"}
                else TOLD[name]
                for name in names | {"rating"}
            },
        )
        for is_full, names, is_wrong in drawn
    ]


@settings(deadline=None, max_examples=60)
@given(readings(), st.randoms(use_true_random=False), st.lists(st.booleans(), min_size=5))
def test_readings_in_any_order_end_in_the_same_last_version(
    items: list[Item], chance: Any, reopened: list[bool]
) -> None:
    """This holds even if the archive is reopened without its index between two readings."""
    shuffled = chance.sample(items, len(items))
    in_order, out_of_order = _last(items, [False] * 5), _last(shuffled, reopened)
    assert in_order.same_as(out_of_order)


def _last(items: list[Item], reopened: list[bool]) -> Item:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for item, is_reopened in zip(items, reopened, strict=False):
            if is_reopened:
                (directory / "index.sqlite3").unlink(missing_ok=True)
            with Archive(directory) as archive:
                archive.add(item)
        assert len({row["key"] for row in lines(directory, "ratings")}) == 1
        with Archive(directory) as archive:
            (last,) = archive.about(Rating, "stock:muster")
            return last
