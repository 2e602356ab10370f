"""Bodies chunked and compressed, as their heads say or not."""

import gzip
import zlib
from importlib import import_module

import brotli
import pytest

from finnews.saved.payload import LARGEST, TooLarge, payload

PAGE = "<!DOCTYPE html><p>Die Aktie der Müster AG wächst.</p>\r\n".encode() * 200
CHUNKED = {"transfer-encoding": "chunked"}
ZSTD = import_module("backports.zstd")

PACKED = {
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE),
    "GZIP": gzip.compress(PAGE[:500]) + gzip.compress(PAGE[500:]),
    "deflate": zlib.compress(PAGE),
    " deflate ": zlib.compress(PAGE, wbits=-15),
    "br": brotli.compress(PAGE),
    "zstd": ZSTD.compress(PAGE),
    "ZSTD": ZSTD.compress(PAGE[:500]) + ZSTD.compress(PAGE[500:]),
    "gzip, br": brotli.compress(gzip.compress(PAGE)),
    "identity": PAGE,
    "": PAGE,
    "aes128gcm": PAGE,
}


def chunked(body: bytes, size: int = 700, extension: bytes = b"", end: bytes = b"\r\n") -> bytes:
    """Return a body in chunks; what is behind the last one is its trailers."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    lines = [b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts]
    return b"".join(lines) + b"0\r\n" + end


@pytest.mark.parametrize("coding", PACKED)
@pytest.mark.parametrize("is_chunked", [False, True], ids=["", "chunked"])
def test_a_body_is_unpacked(coding: str, is_chunked: bool) -> None:
    """Of several codings the last is undone first; of one that is none nothing is."""
    body, headers = PACKED[coding], {"content-encoding": coding}
    if is_chunked:
        body, headers = chunked(body), headers | {"transfer-encoding": "gzip, Chunked"}
    assert payload(headers, body, LARGEST) == PAGE


@pytest.mark.parametrize("coding", PACKED)
def test_a_body_that_was_unpacked_already_is_taken_as_it_is(coding: str) -> None:
    """Many tools write what they have got below the head that they were sent."""
    assert payload(CHUNKED | {"content-encoding": coding}, PAGE, LARGEST) == PAGE


@pytest.mark.parametrize("coding", ["gzip", "deflate", " deflate ", "br", "zstd"])
@pytest.mark.parametrize("damage", ["cut", "flipped", "without a check"])
def test_of_a_body_that_is_damaged_no_more_is_given_than_it_has(coding: str, damage: str) -> None:
    """What is given is a beginning of the page, perhaps an empty one, or not legible."""
    body = PACKED[coding]
    if damage == "flipped":
        body = body[:40] + bytes([body[40] ^ 0xFF]) + body[41:]
    else:
        body = body[: len(body) // 2 if damage == "cut" else -4]
    given = payload({"content-encoding": coding}, body, LARGEST)
    assert PAGE.startswith(given) or given == body or damage == "flipped"


@pytest.mark.parametrize(
    "body",
    [
        chunked(PAGE, extension=b";name=value"),
        chunked(PAGE, extension=b"   "),
        chunked(PAGE, end=b"X-Check: 1\r\nX-Other: 2\r\n\r\n"),
        chunked(PAGE, end=b""),
        chunked(PAGE).removesuffix(b"0\r\n\r\n"),
        chunked(PAGE).replace(b"\r\n2bc\r\n", b"\r\n000002BC\r\n"),
        chunked(PAGE, size=1),
        chunked(PAGE, size=len(PAGE)),
    ],
    ids=["extended", "padded", "trailers", "no end", "cut at a chunk", "upper", "ones", "whole"],
)
def test_all_ways_to_chunk_are_understood(body: bytes) -> None:
    """Extensions and trailers are no part of the page."""
    assert payload(CHUNKED, body, LARGEST) == PAGE


@pytest.mark.parametrize("missing", [1, 4, 300, 900])
def test_a_chunked_body_that_is_cut_off_is_given_as_far_as_it_goes(missing: int) -> None:
    """The page is told to be truncated."""
    body = chunked(PAGE).removesuffix(b"\r\n0\r\n\r\n")
    given = payload(CHUNKED, body[:-missing], LARGEST)
    assert PAGE.startswith(given)
    assert len(PAGE) - len(given) <= missing


@pytest.mark.parametrize("page", [b"", b"\r\n", b"abc\r\ndef", b"fff\r\n<html>", b"5\r\nMusterAG"])
def test_a_page_that_is_no_chunks_is_taken_as_it_is(page: bytes) -> None:
    """Even if it begins with what could be the size of one."""
    assert payload(CHUNKED, page, LARGEST) in (page, page.partition(b"\r\n")[2])


@pytest.mark.parametrize("coding", ["gzip", "deflate", " deflate ", "br", "zstd"])
def test_a_body_is_unpacked_up_to_a_limit(coding: str) -> None:
    """A page of just so many bytes is given, a larger one is not."""
    headers, limit = {"content-encoding": coding}, len(PAGE)
    assert payload(headers, PACKED[coding], limit) == PAGE
    for smaller in (limit - 1, 100, 1):
        with pytest.raises(TooLarge):
            payload(headers, PACKED[coding], smaller)
    with pytest.raises(TooLarge):
        payload({}, PAGE, limit - 1)
