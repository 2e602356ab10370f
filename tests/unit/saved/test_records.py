"""WARC records, read back by warcio."""

import gzip
from pathlib import Path

import pytest

from finnews.saved.records import exchange_records, warcinfo_record
from tests.support.exchanges import CAME, exchange
from tests.support.warc import Record, records


def written(path: Path, content: bytes) -> list[Record]:
    """Return records as they are read from a file."""
    path.write_bytes(content)
    return records(path)


def test_an_exchange_is_a_response_and_its_request(tmp_path: Path) -> None:
    """With the address without its fragment, the second in which it came, and a digest."""
    response, request = written(tmp_path / "a.warc.gz", exchange_records(exchange()))
    assert response.kind == "response"
    assert response.fields["WARC-Target-URI"] == "https://www.finanzen.net/aktien/muster?p=2"
    assert response.fields["WARC-Date"] == "2026-11-23T21:24:05Z"
    assert response.fields["WARC-Payload-Digest"].startswith("sha1:")
    assert response.first_line == "HTTP/1.1 200 OK"
    assert response.body == b"<p>Muster AG</p>"
    assert request.kind == "request"
    assert request.fields["WARC-Concurrent-To"] == response.fields["WARC-Record-ID"]
    assert request.first_line == "GET /aktien/muster?p=2 HTTP/1.1"
    assert request.headers == [("Host", "www.finanzen.net"), ("User-Agent", "Muster/1.0")]


def test_an_answer_of_http2_has_a_status_line_of_http1(tmp_path: Path) -> None:
    """Its own protocol is told by the record, and so is the server's address."""
    sent = exchange_records(exchange(protocol="h2", address="192.0.2.1", status=404))
    response, request = written(tmp_path / "a.warc.gz", sent)
    assert (response.first_line, request.first_line[-8:]) == ("HTTP/1.1 404 Not Found", "HTTP/1.1")
    for record in (response, request):
        assert record.fields["WARC-Protocol"] == "h2"
        assert record.fields["WARC-IP-Address"] == "192.0.2.1"


@pytest.mark.parametrize(
    ("protocol", "status", "line"),
    [
        ("HTTP/1.0", 200, "HTTP/1.0 200 OK"),
        ("HTTP/1.1", 503, "HTTP/1.1 503 Service Unavailable"),
        ("HTTP/1.1", 599, "HTTP/1.1 599"),
    ],
)
def test_a_status_line_is_of_the_version_that_came(
    protocol: str, status: int, line: str, tmp_path: Path
) -> None:
    """A status without a name has none."""
    sent = exchange_records(exchange(protocol=protocol, status=status))
    assert written(tmp_path / "a.warc.gz", sent)[0].first_line == line


def test_a_compressed_body_stays_as_it_came(tmp_path: Path) -> None:
    """Bytes and headers alike, in their order, also where one comes twice."""
    body = gzip.compress(b"<p>Muster AG</p>")
    headers = [
        (b"Content-Encoding", b"gzip"),
        (b"Set-Cookie", b"a=1"),
        (b"Set-Cookie", b"b=2"),
        (b"Content-Length", str(len(body)).encode()),
    ]
    sent = exchange_records(exchange(body, headers=headers))
    response = written(tmp_path / "a.warc.gz", sent)[0]
    assert response.body == body
    assert response.headers == [(name.decode(), text.decode()) for name, text in headers]


def test_headers_that_the_body_contradicts_get_another_name(tmp_path: Path) -> None:
    """Chunks that the transport has joined, and a length that the body does not have."""
    headers = [(b"Transfer-Encoding", b"chunked"), (b"Content-Length", b"99")]
    response = written(
        tmp_path / "a.warc.gz", exchange_records(exchange(b"Muster", headers=headers))
    )[0]
    assert response.body == b"Muster"
    assert response.headers == [
        ("X-Archive-Orig-Transfer-Encoding", "chunked"),
        ("X-Archive-Orig-Content-Length", "99"),
        ("Content-Length", "6"),
    ]


def test_bytes_of_a_header_stay_as_they_came() -> None:
    """A server may send what is neither ASCII nor UTF-8."""
    sent = exchange_records(exchange(headers=[(b"X-Name", b"M\xfcnchen")]))
    assert b"\r\nX-Name: M\xfcnchen\r\n\r\n" in gzip.decompress(sent)


def test_a_host_that_was_sent_is_not_added(tmp_path: Path) -> None:
    """And a user in the address is no part of it."""
    own = [(b"Host", b"muster.example")]
    for headers, host in ((own, "muster.example"), ([], "www.finanzen.net:8021")):
        sent = exchange(url="http://a:b@www.finanzen.net:8021", request_headers=headers)
        request = written(tmp_path / "a.warc.gz", exchange_records(sent))[1]
        assert request.first_line == "GET / HTTP/1.1"
        assert request.headers == [("Host", host)]


def test_the_first_record_says_how_the_others_came_about(tmp_path: Path) -> None:
    """In lines of name and text."""
    raw = warcinfo_record("a.warc.gz", {"software": "finnews/1.0", "robots": "obey"}, CAME)
    (first,) = written(tmp_path / "a.warc.gz", raw)
    assert first.kind == "warcinfo"
    assert first.fields["WARC-Filename"] == "a.warc.gz"
    assert first.body == b"software: finnews/1.0\r\nrobots: obey\r\n"
