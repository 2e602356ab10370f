"""HTML files: each has the address that is said beside it, by the run, or in it."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from finnews.saved.answers import End, Fault, Passed, SavedAnswer
from finnews.saved.html_files import page_entries
from finnews.saved.sources import sources
from finnews.site import FINANZEN_NET
from samplesite.content.world import World
from tests.support.warcs import FINANZEN, OTHER, article_pages, saved, zipped

(URL, PAGE), (OTHER_URL, _) = article_pages(World(articles=2, stocks=2)).items()
BARE = PAGE.replace(b'rel="canonical"', b'rel="alternate"')
MODIFIED = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
UNTOLD = Fault("it does not say its address; add url=…, or a file beside it")


def content(path: Path, url: str | None = None) -> object:
    """Return what the first source at a path is."""
    (source,) = sources(path)
    os.utime(source.path, (MODIFIED.timestamp(), MODIFIED.timestamp()))
    (source,) = sources(path)
    first, end = page_entries(source, FINANZEN_NET, url)
    assert end.content == End(is_of_file=True)
    return first.content


def address(path: Path, url: str | None = None) -> str:
    """Return the address of the page at a path."""
    answer = content(path, url)
    assert isinstance(answer, SavedAnswer), answer
    assert (answer.status, answer.headers) == (200, {})
    return answer.url


@pytest.mark.parametrize("name", ["page.html.url", "page.url"])
@pytest.mark.parametrize(
    "text", [URL, f"{URL}\n", f"[InternetShortcut]\r\nIconIndex=0\r\nURL={URL}\r\nHotKey=0\r\n"]
)
def test_a_file_beside_it_says_the_address(tmp_path: Path, name: str, text: str) -> None:
    """As a line, or as the Internet shortcut that browsers write; it outweighs the page's own."""
    saved(tmp_path / name, text.encode())
    page = saved(tmp_path / "page.html", PAGE.replace(URL.encode(), OTHER_URL.encode()))
    assert address(page) == URL


@pytest.mark.parametrize("name", ["page.html.json", "page.json"])
def test_a_record_beside_it_says_the_address_and_the_time(tmp_path: Path, name: str) -> None:
    """Without a time that can be read it is the file's; without a zone it is in UTC."""
    page = saved(tmp_path / "page.html", BARE)
    for said, time in (
        ("2019-03-04T10:30:00+01:00", datetime(2019, 3, 4, 9, 30, tzinfo=UTC)),
        ("2019-03-04T09:30:00Z", datetime(2019, 3, 4, 9, 30, tzinfo=UTC)),
        ("2019-03-04T09:30:00", datetime(2019, 3, 4, 9, 30, tzinfo=UTC)),
        ("gestern", MODIFIED),
        (7, MODIFIED),
        (None, MODIFIED),
    ):
        saved(tmp_path / name, json.dumps({"url": URL, "fetched_at": said}).encode())
        answer = content(page)
        assert isinstance(answer, SavedAnswer)
        assert (answer.url, answer.fetched_at, answer.body) == (URL, time, BARE)


@pytest.mark.parametrize(
    "said",
    [
        *("0001-01-01T00:00:00+14:00", "1990-12-31T23:59:59", "2099-01-01T00:00:00Z"),
        *("9999-12-31T23:59:59-14:00", "1970-01-01T00:00:00Z"),
    ],
)
def test_a_time_that_cannot_be_right_is_told(tmp_path: Path, said: str) -> None:
    """Before the web, or to come: the page could seem newer than it is."""
    saved(tmp_path / "page.json", json.dumps({"fetched_at": said}).encode())
    page = saved(tmp_path / "page.html", PAGE)
    assert content(page) == Fault(f"{URL} has a date that cannot be right")


@pytest.mark.parametrize(("modified", "is_read"), [(0, False), (-(10**9), False), (2**33, True)])
def test_a_file_of_the_future_is_of_now(tmp_path: Path, modified: int, is_read: bool) -> None:
    """A clock was wrong; one of 1970 has no date."""
    page = saved(tmp_path / "page.html", PAGE)
    os.utime(page, (modified, modified))
    (source,) = sources(page)
    answer = next(page_entries(source, FINANZEN_NET, None)).content
    if is_read:
        assert isinstance(answer, SavedAnswer)
        assert answer.fetched_at <= datetime.now(UTC)
    else:
        assert answer == Fault(f"{URL} has a date that cannot be right")


@pytest.mark.parametrize("name", ["page.html.gz", "page"])
def test_a_page_that_is_zipped_is_read(tmp_path: Path, name: str) -> None:
    """In one member or several; one that is cut off or too large is told."""
    whole = zipped(PAGE[:900], PAGE[900:])
    answer = content(saved(tmp_path / name, whole))
    assert isinstance(answer, SavedAnswer)
    assert (answer.url, answer.body) == (URL, PAGE)
    for body, told in (
        (whole[:-3], "damaged: EOFError"),
        (whole + b"Muster", "damaged: BadGzipFile"),
        (zipped(PAGE + bytes(2**24)), "larger than any page, unpacked"),
    ):
        fault = content(saved(tmp_path / name, body))
        assert isinstance(fault, Fault)
        assert fault.reason.startswith(told)


@pytest.mark.parametrize(
    "text", ["", "[]", "7", '{"url": null}', "{", "\udcff", '{"URL": "x"}', "[" * 9999]
)
def test_a_record_beside_it_that_says_nothing_is_as_none(tmp_path: Path, text: str) -> None:
    """It may be of another tool."""
    saved(tmp_path / "page.html.json", text.encode("utf-8", "surrogateescape"))
    assert address(saved(tmp_path / "page.html", PAGE)) == URL
    assert content(saved(tmp_path / "page.html", BARE)) == UNTOLD


def test_only_a_small_regular_file_beside_it_is_read(tmp_path: Path) -> None:
    """A pipe would be waited for, and a table of 2 MB is of another tool."""
    path = saved(tmp_path / "page.html", PAGE)
    os.mkfifo(tmp_path / "page.html.url")
    saved(tmp_path / "page.json", json.dumps({"url": OTHER_URL, "x": "x" * 2**21}).encode())
    assert address(path) == URL


def test_the_run_says_the_address_of_a_page(tmp_path: Path) -> None:
    """It outweighs what the page says."""
    assert address(saved(tmp_path / "page", PAGE), OTHER_URL) == OTHER_URL


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("aktien/muster-aktie", "/aktien/muster-aktie"),
        ("aktien/muster-aktie.html", "/aktien/muster-aktie"),
        ("analysen/index.html", "/analysen"),
        ("boersenplaetze/muster.html", "/boersenplaetze/muster"),
        ("nachricht/aktien/muster-aktie-1599000.html", "/nachricht/aktien/muster-aktie-1599000"),
        ("analysen?p=2.html", "/analysen?p=2"),
        ("analysen?p=2", "/analysen?p=2"),
        ("rss/news", "/rss/news"),
        ("rss/news.xml", "/rss/news"),
    ],
)
def test_the_run_says_the_address_of_a_folder(tmp_path: Path, name: str, path: str) -> None:
    """The names in it continue the address; ``wget -E`` has appended ``.html`` to them."""
    saved(tmp_path / "www" / name, b"<!DOCTYPE html><p>")
    assert address(tmp_path / "www", f"{FINANZEN}/") == f"{FINANZEN}{path}"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f'<link rel="canonical" href="{URL}">', URL),
        (f'<base target="_top" href="{URL}">', URL),
        (f'<link rel="canonical" href="{URL.removeprefix(FINANZEN)}">', URL),
        (f'<link rel="canonical" href="{URL.removeprefix("https:")}">', URL),
        (f"<BASE HREF='{URL}'/>", URL),
        (f'<link rel="canonical" href="{FINANZEN}/"><base href="{URL}">', URL),
    ],
)
def test_a_page_says_its_own_address(tmp_path: Path, head: str, expected: str) -> None:
    """By its canonical link, else its base; of the two, one of a page that is read."""
    assert address(saved(tmp_path / "a.html", f"<html>{head}<p>".encode())) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (BARE, UNTOLD),
        (f'<link rel="canonical" href="{OTHER}">'.encode(), Passed("other-site")),
        (f'<link rel="canonical" href="{FINANZEN}/impressum">'.encode(), Passed("no-page")),
    ],
)
def test_a_page_without_a_known_address_is_told(
    tmp_path: Path, page: bytes, expected: object
) -> None:
    """One that cannot be known is a fault, one of another page is passed over."""
    assert content(saved(tmp_path / "page.html", page)) == expected


@pytest.mark.parametrize("said", ["http://[x", "//[x/y", "https://a]b/", "http://[::1/"])
@pytest.mark.parametrize("way", ["link", "base", "url", "json"])
def test_what_is_no_address_is_told(tmp_path: Path, said: str, way: str) -> None:
    """Of a link in the page, or of a file beside it; the run goes on."""
    head = {"link": f'<link rel="canonical" href="{said}">', "base": f'<base href="{said}">'}
    path = saved(tmp_path / "page.html", f"<html>{head.get(way, '')}<p>".encode())
    if way not in head:
        text = json.dumps({"url": said}) if way == "json" else said
        saved(tmp_path / f"page.html.{way}", text.encode())
    found = content(path)
    is_shortcut = way != "url" or said.startswith("http")
    told = f"it gives what is no address: {said!r}"
    assert found == (Fault(told) if is_shortcut else UNTOLD)


def test_a_file_that_is_larger_than_any_page_is_not_read(tmp_path: Path) -> None:
    """It is told with its size."""
    path = tmp_path / "page.html"
    with path.open("wb") as file:
        file.write(b"<html>")
        file.truncate(17 * 2**20)
    assert content(path) == Fault(f"larger than any page, {17 * 2**20} bytes")
