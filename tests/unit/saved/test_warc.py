"""WARC files as many tools write them, and as none should."""

from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from finnews.saved.answers import End, Fault, SavedAnswer
from samplesite.content.world import World
from tests.support.warcs import (
    DATE,
    FINANZEN,
    HTML,
    OTHER,
    article_pages,
    entries,
    fields,
    record,
    response,
    responses,
    saved,
    told,
    zipped,
)

PAGES = article_pages(World(articles=4, stocks=2))
NAMES = [url.rpartition("/")[2] for url in PAGES]
(URL, BODY), *_ = PAGES.items()
RECORDS = responses(PAGES)
FIRST, SECOND = RECORDS[:2]
ALL = b"".join(RECORDS)
INFO = record(b"software: Muster 1.0\r\n", (("WARC-Type", "warcinfo"), ("WARC-Date", DATE)))


def answers(path: Path) -> list[SavedAnswer]:
    """Return the answers in a file, in which nothing else is."""
    *found, end = [content for _, content in entries(path)]
    assert end == End(is_of_file=True)
    assert all(isinstance(content, SavedAnswer) for content in found)
    return [content for content in found if isinstance(content, SavedAnswer)]


@pytest.mark.parametrize(
    "parts",
    [
        [ALL],
        [zipped(*RECORDS)],
        [zipped(ALL)],
        [zipped(FIRST + SECOND, *RECORDS[2:])],
        [zipped(*(ALL[at : at + 3000] for at in range(0, len(ALL), 3000)))],
        [zipped(*RECORDS), b"\0" * 5000],
        [zipped(FIRST), b"\0" * 512, zipped(b""), zipped(*RECORDS[1:])],
        [ALL.replace(b"\r\n\r\nWARC", b"\nWARC")],
        [ALL.replace(b"\r\n\r\nWARC", b"\r\n\r\n\r\n\r\n\r\nWARC")],
        [ALL.replace(b"WARC/1.0\r\n", b"WARC/1.1\r\n")],
        [ALL.replace(b"WARC-Type", b"warc-type").replace(b"Content-Length", b"CONTENT-LENGTH")],
        [ALL.removesuffix(b"\r\n\r\n")],
    ],
    ids=[
        *("plain", "a member each", "one member", "two in a member", "cut by members"),
        *("padded", "padded between", "one line feed", "more of them", "1.1", "cases", "no end"),
    ],
)
def test_all_ways_to_write_a_file_are_read(tmp_path: Path, parts: list[bytes]) -> None:
    """Records begin and end anywhere in members; the pages are the same, in their order."""
    found = answers(saved(tmp_path / "pages.warc", *parts))
    assert {answer.url: answer.body for answer in found} == PAGES
    assert [answer.url for answer in found] == list(PAGES)
    assert {answer.fetched_at.isoformat() for answer in found} == {"2026-11-20T17:00:00+00:00"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # in warcio
def test_what_warcio_writes_is_read(tmp_path: Path) -> None:
    """Its requests are passed over."""
    file = BytesIO()
    writer = WARCWriter(file, gzip=True)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(URL, "response", BytesIO(BODY), http_headers=head)
    )
    head = StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
    writer.write_record(writer.create_warc_record(URL, "request", http_headers=head))
    path = saved(tmp_path / "pages.warc.gz", file.getvalue())
    assert list(told(entries(path))) == [NAMES[0], "request"]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("HTTP/2 200", 200),
        ("HTTP/2 200 \r\ncontent-type: text/html", 200),
        (":status: 200\r\ncontent-type: text/html", 200),
        ("HTTP/2.0 200 OK\r\n:status: 200", 200),
        ("HTTP/1.1 404\r\nLeerzeile ohne Doppelpunkt", 404),
        ("HTTP/1.1 200 OK\r\nX-Muster: eins\r\n\tzwei", 200),
        ("HTTP/1.1 zwei OK", 0),
        ("HTTP/1.1", 0),
    ],
)
def test_the_status_is_found_however_it_is_written(tmp_path: Path, head: str, status: int) -> None:
    """Tools differ in how they write what came by HTTP/2."""
    (answer,) = answers(saved(tmp_path / "a.warc", response(URL, BODY, status=head)))
    assert (answer.status, answer.body) == (status, BODY)


@pytest.mark.parametrize(
    "block", [b"", b"\r\n", b"HTTP/1.1 200 OK", b"\xff\xfe\0", b"<html>"], ids=repr
)
def test_a_block_that_is_no_message_has_no_status(tmp_path: Path, block: bytes) -> None:
    """It is a failure, not a page without content."""
    first, *_ = answers(saved(tmp_path / "a.warc", record(block, fields(URL)), SECOND))
    assert (first.status, first.body) == (200 if b"200" in block else 0, b"")


@pytest.mark.parametrize(
    "block",
    [b"HTTP/1.1 200 OK\r\nX: a\r\n" + b" a\r\n" * 2**20, b"<html>" * 2**14, b"a: b\r\n" * 2**14],
    ids=["continued", "one line", "many lines"],
)
def test_a_message_whose_head_has_no_end_is_told(tmp_path: Path, block: bytes) -> None:
    """Within 64 kB; the next record is read."""
    path = saved(tmp_path / "a.warc", record(block, fields(URL)), SECOND)
    assert list(told(entries(path))) == [
        f"{URL}: the head of its HTTP message has no end",
        NAMES[1],
    ]


def test_a_head_of_many_bytes_is_read(tmp_path: Path) -> None:
    """Cookies and policies have some."""
    (answer,) = answers(saved(tmp_path / "a.warc", response(URL, BODY, HTML, "X: " + "a" * 60_000)))
    assert (answer.status, answer.body) == (200, BODY)


def test_a_resource_is_a_page_without_a_head(tmp_path: Path) -> None:
    """Its type is the record's own."""
    (answer,) = answers(saved(tmp_path / "a.warc", record(BODY, fields(URL, "resource"))))
    assert (answer.status, answer.body) == (200, BODY)
    assert answer.headers == {"content-type": "text/html"}


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("2026-11-20T17:00:00.123456789Z", "2026-11-20T17:00:00.123456+00:00"),
        ("2026-11-20T18:00:00+01:00", "2026-11-20T17:00:00+00:00"),
        ("2026-11-20T17:00:00", None),
        ("2026-13-20T17:00:00Z", None),
        ("20261120170000", None),
        ("1991-01-01T00:00:00Z", "1991-01-01T00:00:00+00:00"),
        ("1990-12-31T23:59:59Z", None),
        ("2099-11-20T17:00:00Z", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("gestern", None),
        ("", None),
    ],
)
def test_the_date_is_the_records_or_there_is_none(
    tmp_path: Path, date: str, time: str | None
) -> None:
    """A page whose date is not known could seem newer than it is: it is a fault."""
    path = saved(tmp_path / "a.warc", response(URL, BODY, date=date), SECOND)
    (_, first), (_, second), _ = entries(path)
    assert isinstance(second, SavedAnswer)
    if time is None:
        assert first == Fault(f"{URL} has no date, or one that cannot be right")
    else:
        assert isinstance(first, SavedAnswer)
        assert first.fetched_at.isoformat() == time


@pytest.mark.parametrize("address", [f"<{URL}>", URL.replace("www.", ""), f"{URL}?x=1"])
def test_an_address_is_known_as_tools_write_it(tmp_path: Path, address: str) -> None:
    """``wget`` has put it in angle brackets."""
    (answer,) = answers(saved(tmp_path / "a.warc", response(address, BODY)))
    assert answer.url == address.strip("<>")


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (response(OTHER, BODY), "other-site"),
        (response(URL.replace("www.", "g."), BODY), "other-site"),
        (response("dns:www.finanzen.net", b"1.2.3.4"), "other-site"),
        (response("http://[muster/", BODY), "other-site"),
        (response("", BODY), "other-site"),
        (response(f"{FINANZEN}/robots.txt", b"User-agent: *"), "no-page"),
        (record(b"", fields(URL, "revisit")), "revisit"),
        (record(b"GET", fields(URL, "request")), "request"),
        (record(b"", ()), "without-type"),
        (record(b"", fields(URL, "conversion")), "conversion"),
        (record(b"", fields(URL, "Muster\x1b[31m/aktie")), "other-type"),
        (record(b"", fields(URL, "m" * 9999)), "other-type"),
        (INFO, "warcinfo"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_is_no_answer_of_the_site_is_passed_over(
    tmp_path: Path, part: bytes, reason: str
) -> None:
    """It is known by the head of its record, and not unpacked."""
    path = saved(tmp_path / "a.warc.gz", zipped(FIRST, part, SECOND))
    assert list(told(entries(path))) == [NAMES[0], reason, NAMES[1]]


def test_of_another_site_nothing_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even the HTTP head of its answers is looked at."""
    monkeypatch.setattr("finnews.saved.warc._answer", None)
    path = saved(tmp_path / "a.warc.gz", zipped(*[response(OTHER, BODY)] * 3))
    assert list(told(entries(path))) == ["other-site"] * 3


def test_headers_are_known_by_any_case(tmp_path: Path) -> None:
    """Of several with a name the first counts."""
    head = ("CONTENT-TYPE: text/html; charset=iso-8859-1", HTML, "X-Grüße: ö")
    (answer,) = answers(saved(tmp_path / "a.warc", response(URL, BODY, *head)))
    assert answer.headers["content-type"] == "text/html; charset=iso-8859-1"
