"""Saved pages are what came, and requests what was sent, byte by byte."""

import gzip
from pathlib import Path

import pytest

from tests.support.crawling import as_options, scrapy
from tests.support.raw_site import raw_site
from tests.support.saving import FETCHING, PAGE, SAVING, answer, chunked, fetch, http2_site, sized
from tests.support.servers import PAGE as HTTP2_PAGE
from tests.support.servers import Authority
from tests.support.warc import members, records, responses, warc_files


@pytest.fixture(params=["http2", "http1"])
def transport(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Return the options for a transport; that of HTTP/2 also speaks HTTP/1.1."""
    return ("-s", f"TRANSPORT={request.param}")


def test_a_body_is_stored_as_it_came_with_headers_that_are_true_of_it(
    transport: tuple[str, ...], tmp_path: Path
) -> None:
    """Compressed, in chunks, in both, or without a length; by both transports alike."""
    packed = gzip.compress(PAGE, mtime=0)
    sent = {
        "/plain": sized("200 OK", PAGE),
        "/gzip": sized("200 OK", packed, "Content-Encoding: gzip"),
        "/chunked": chunked(PAGE),
        "/both": chunked(packed, "Content-Encoding: gzip"),
        "/unsized": answer("200 OK", PAGE, "Connection: close"),
        "/old": answer("200 OK", PAGE).replace(b"HTTP/1.1", b"HTTP/1.0"),
        "/empty": answer("204 No Content", b""),
        "/unchanged": answer("304 Not Modified", b"", 'ETag: "1"'),
        "/none": sized("410 Gone", b""),
    }
    with raw_site({path: [raw] for path, raw in sent.items()}) as site:
        done = fetch(site, tmp_path, list(sent), *transport)
    assert done.returncode == 0, done.stderr
    saved = {record.target: record for record in responses(tmp_path)}
    assert saved.keys() == sent.keys() | {"/robots.txt"}
    bodies = {"/gzip": packed, "/both": packed}
    for path, record in saved.items():
        is_empty = path in ("/empty", "/unchanged", "/none", "/robots.txt")
        assert record.body == (b"" if is_empty else bodies.get(path, PAGE)), path
        assert record.header("Transfer-Encoding") is None
        assert record.header("Content-Length") in (None, str(len(record.body)))
        assert record.header("Content-Encoding") == ("gzip" if path in bodies else None)
    if "TRANSPORT=http2" in transport:  # the other leaves out the header itself
        assert saved["/both"].header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert saved["/old"].first_line == "HTTP/1.0 200 OK"
    assert saved["/unchanged"].header("ETag") == '"1"'


def test_a_request_is_stored_as_it_was_sent(tmp_path: Path) -> None:
    """Byte by byte with libcurl; Scrapy's own transport has the same lines in another order."""
    paths = ["/a?p=2&q=%C3%BC", "/b/../c#d", "/"]
    for transport in ("http2", "http1"):
        with raw_site({}) as site:
            output = tmp_path / transport
            done = fetch(site, output, paths, "-s", f"TRANSPORT={transport}")
            assert done.returncode == 0, done.stderr
        (file,) = warc_files(output)
        saved = [_block(raw) for raw in members(file) if b"\r\nWARC-Type: request\r\n" in raw]
        sent = [raw for _, raw in site.asked]
        assert len(sent) == 4
        if transport == "http2":
            assert saved == sent
        for mine, theirs in zip(saved, sent, strict=True):
            assert set(mine.split(b"\r\n")) == set(theirs.split(b"\r\n")) - {b"Connection: close"}


def _block(record: bytes) -> bytes:
    return record.partition(b"\r\n\r\n")[2][:-4]


def test_over_tls_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stored is what was encrypted."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with raw_site({"/a": [chunked(PAGE)]}, authority.certified()) as site:
        done = fetch(site, tmp_path / "output", ["/a"])
    assert done.returncode == 0, done.stderr
    last = responses(tmp_path / "output")[-1]
    assert (last.fields["WARC-Target-URI"], last.body) == (f"{site.address}/a", PAGE)


def test_over_http2_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The status line is that of HTTP/1.1, which readers know; the record names the protocol."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with http2_site(authority.certified()) as address:
        options = {"SITE_URL": address, "OUTPUT_DIR": tmp_path / "output", "ROBOTSTXT_OBEY": False}
        words = ("-a", "paths=/a /b", *as_options(options | FETCHING), *SAVING)
        done = scrapy("crawl", "fetching", *words, "-s", "DOWNLOAD_DELAY=0")
    assert done.returncode == 0, done.stderr
    saved = responses(tmp_path / "output")
    assert [(record.target, record.body) for record in saved] == [
        ("/a", HTTP2_PAGE),
        ("/b", HTTP2_PAGE),
    ]
    assert {record.first_line for record in saved} == {"HTTP/1.1 200 OK"}
    assert {record.fields["WARC-Protocol"] for record in saved} == {"h2"}
    assert b"robots: ignore\r\n" in records(warc_files(tmp_path / "output")[0])[0].body


def test_what_does_not_come_whole_is_not_stored(transport: tuple[str, ...], tmp_path: Path) -> None:
    """Too large, cut short, reset, with or without Scrapy's settings that take it nevertheless."""
    short = answer("200 OK", PAGE, "Content-Length: 99999")
    sent = {"/short": [short], "/large": [sized("200 OK", PAGE * 9)], "/reset": [b""]}
    sent["/fine"] = [sized("200 OK", PAGE)]
    limits = ("-s", f"DOWNLOAD_MAXSIZE={len(PAGE)}", "-s", "RETRY_TIMES=1")
    for taken in ("True", "False"):
        output = tmp_path / taken
        with raw_site(sent) as site:
            options = (*limits, "-s", f"DOWNLOAD_FAIL_ON_DATALOSS={taken}", *transport)
            fetch(site, output, list(sent), *options)
        assert {target for target, _ in site.asked} == {"/robots.txt", *sent}
        assert {record.target for record in responses(output)} == {"/robots.txt", "/fine"}
