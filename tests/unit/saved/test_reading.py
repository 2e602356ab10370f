"""An answer in a saved file is read as a crawl reads it, on the day on which it was saved."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from finnews.items import Article
from finnews.pages.answer import page_of
from finnews.pages.article import ArticlePage
from finnews.pages.budget import Budget
from finnews.pages.hung import HungPages
from finnews.saved.answers import End, Entry, Passed
from finnews.saved.reading import Part, Reader, Reading
from finnews.saved.sources import sources
from finnews.saved.stream import Place
from finnews.site import FINANZEN_NET
from samplesite.content.world import World
from tests.support.cases import Case, golden_cases
from tests.support.hanging_pages import WAYS
from tests.support.scripted import BLOCK_PAGES
from tests.support.warcs import HTML, OTHER, article_pages, response, saved, zipped

SAVED = datetime(2019, 3, 4, 9, 30, tzinfo=UTC)
WHOLE = [case for case in golden_cases() if "broken" not in json.loads(case.expected.read_text())]
OF_EACH_TYPE = {case.folder: case for case in WHOLE}

PAGES = article_pages(World(articles=3, stocks=2))
(URL, PAGE), *_ = PAGES.items()


def readings(tmp_path: Path, *records: bytes, seconds: float = 0) -> list[Reading]:
    """Return what the records in a file give, its end left out."""
    (source,) = sources(saved(tmp_path / "pages.warc.gz", zipped(*records)))
    reader = Reader(FINANZEN_NET, Budget(seconds, 200, HungPages()))
    *found, end = reader.readings(Part(source))
    assert end.end
    assert end.end.is_of_file
    return found


@pytest.mark.parametrize("case", OF_EACH_TYPE.values(), ids=OF_EACH_TYPE.keys())
def test_each_page_type_knows_when_its_page_was_saved(case: Case) -> None:
    """By that, and not by today, a clock time without a day is dated."""
    page = page_of(case.url, case.text.encode(), site=FINANZEN_NET, now=SAVED)
    assert (page.name(), page.now) == (case.folder, SAVED)


def test_the_items_of_a_page_are_of_the_time_at_which_it_was_saved(tmp_path: Path) -> None:
    """It is the record's, in UTC and whole seconds."""
    (reading,) = readings(tmp_path, response(URL, PAGE, date="2026-11-20T18:00:00.75+01:00"))
    assert (reading.page, reading.url, reading.failure) == ("article", URL, None)
    assert {item.fetched_at for item in reading.items} == {"2026-11-20T17:00:00+00:00"}
    assert isinstance(reading.items[-1], Article)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("HTTP/1.1 404 Not Found", "gone"),
        ("HTTP/1.0 410 Gone", "gone"),
        ("HTTP/1.1 301 Moved Permanently", "redirect"),
        ("HTTP/2 304", "unchanged"),
    ],
)
def test_what_is_no_page_is_passed_over(tmp_path: Path, status: str, reason: str) -> None:
    """It is gone, has moved, or has not changed since another answer."""
    (reading,) = readings(tmp_path, response(URL, b"", HTML, status=status))
    assert (reading.passed, reading.failure, reading.items) == (reason, None, [])


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("HTTP/1.1 403 Forbidden", "refused"),
        ("HTTP/1.1 429 Too Many Requests", "refused"),
        ("HTTP/1.1 503 Service Unavailable", "status-503"),
        ("HTTP/1.1 206 Partial Content", "status-206"),
        ("HTTP/1.1 OK", "status-0"),
        ("HTTP/1.1 200 OK", "truncated"),
    ],
)
def test_an_answer_that_is_no_page_is_a_failure(tmp_path: Path, status: str, reason: str) -> None:
    """It is told as a rejection of the time at which it was saved; it is never no news."""
    (reading,) = readings(tmp_path, response(URL, PAGE[:900], HTML, status=status))
    assert reading.failure
    assert (reading.failure.reason, reading.failure.url) == (reason, URL)
    assert reading.failure.fetched_at == "2026-11-20T17:00:00+00:00"
    assert reading.items == []


@pytest.mark.parametrize("path", sorted(BLOCK_PAGES.iterdir()), ids=lambda path: path.stem)
def test_a_block_page_is_a_refusal(tmp_path: Path, path: Path) -> None:
    """Most have the status 200; a 503 without ``Retry-After`` can be known by its text alone."""
    status = path.name.partition("_")[2].partition("-")[0]
    record = response(URL, path.read_bytes(), HTML, status=f"HTTP/1.1 {status} -")
    (reading,) = readings(tmp_path, record)
    assert reading.failure
    assert (reading.failure.reason, reading.items) == ("refused", [])
    assert f"status {status}" in str(reading.failure.item)


@pytest.mark.parametrize(
    ("way", "reason", "seconds"),
    [("in_a_pattern", "reading-timeout", 0.5), ("in_memory", "reading-memory", 60)],
)
def test_a_page_that_takes_too_much_is_a_failure(
    tmp_path: Path, way: str, reason: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next page is read."""
    items = ArticlePage.items

    def hanging(page: ArticlePage) -> object:
        return WAYS[way]() if page.url == URL else items(page)

    monkeypatch.setattr(ArticlePage, "items", hanging)
    records = [response(url, body) for url, body in PAGES.items()]
    hung, *others = readings(tmp_path, *records, seconds=seconds)
    assert hung.failure
    assert hung.failure.reason == reason
    assert [reading.failure for reading in others] == [None, None]


def test_a_large_member_is_unpacked_in_steps_up_to_where_reading_goes_on(tmp_path: Path) -> None:
    """Their place is that one, where a run that is stopped goes on again."""
    other = response(OTHER, b"Muster " * 2**22)
    (source,) = sources(saved(tmp_path / "a.warc.gz", zipped(other + response(URL, PAGE))))
    reader = Reader(FINANZEN_NET, Budget(0, 200, HungPages()))
    start = Place(0, len(other))
    *steps, page, end = reader.readings(Part(source, start))
    assert steps == [Reading(start)] * 3
    assert (page.place, page.url) == (start, URL)
    assert end.end


def test_a_file_on_which_finnews_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file has ended, and the next one is read."""

    def failing(*_: object) -> Iterator[Entry]:
        yield Entry(Place(), Passed(f"muster-{int('x')}"))

    monkeypatch.setattr("finnews.saved.reading.page_entries", failing)
    (source,) = sources(saved(tmp_path / "page.html", PAGE))
    reader = Reader(FINANZEN_NET, Budget(0, 200, HungPages()))
    failed, end = reader.readings(Part(source))
    assert failed.fault.startswith("it cannot be read: ValueError: invalid literal")
    assert end.end == End(is_of_file=True)


def test_a_page_whose_reading_fails_is_told_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a crawl, an error of finnews itself ends no run; the next ones read on behind it."""
    items = ArticlePage.items

    def failing(page: ArticlePage) -> object:
        return items(page) if page.url != URL else int("muster")

    monkeypatch.setattr(ArticlePage, "items", failing)
    failed, *others = readings(tmp_path, *[response(url, body) for url, body in PAGES.items()])
    assert failed.fault.startswith(f"{URL} cannot be read: ValueError: invalid literal")
    assert "in failing\n    return items(page) if page.url != URL else int(" in failed.fault
    assert [len(reading.items) > 0 for reading in others] == [True, True]
