"""Answers in Scrapy's HTTP cache that are damaged, of other sites, or no pages."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from finnews.saved.answers import Fault, Passed, SavedAnswer
from finnews.saved.cached import cached_entries
from finnews.saved.sources import sources
from finnews.site import FINANZEN_NET
from samplesite.content.world import World
from tests.support.warcs import FINANZEN, OTHER, article_pages, saved

((URL, PAGE),) = article_pages(World(articles=1, stocks=2)).items()
SAVED = datetime(2019, 3, 4, 9, 30, tzinfo=UTC)
META = {
    "url": f"{FINANZEN}/moved",
    "method": "GET",
    "status": 200,
    "response_url": URL,
    "timestamp": SAVED.timestamp(),
}
HEAD = b"Content-Type: text/html; charset=utf-8\r\nContent-Type: text/plain"


def content(
    folder: Path,
    meta: object = META,
    head: bytes = HEAD,
    body: bytes = PAGE,
    *,
    zipped: bool = False,
) -> object:
    """Return what an answer in the cache is."""
    written = {"meta": repr(meta).encode(), "response_headers": head, "response_body": body}
    for name, text in written.items():
        saved(folder / "ab" / "abcd" / name, gzip.compress(text) if zipped else text)
    (source,) = sources(folder)
    (_, first), (_, _) = cached_entries(source, FINANZEN_NET)
    return first


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("is_compressed", [False, True])
def test_an_answer_is_read(tmp_path: Path, *, zipped: bool, is_compressed: bool) -> None:
    """As it came, with ``HTTPCACHE_GZIP`` or without."""
    head = HEAD + b"\r\nContent-Encoding: gzip" if is_compressed else HEAD
    body = gzip.compress(PAGE) if is_compressed else PAGE
    answer = content(tmp_path, head=head, body=body, zipped=zipped)
    assert isinstance(answer, SavedAnswer)
    assert (answer.url, answer.status, answer.body) == (URL, 200, PAGE)
    assert answer.fetched_at == SAVED
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"method": "POST"}, "request"),
        ({"response_url": OTHER}, "other-site"),
        ({"response_url": f"{FINANZEN}/robots.txt"}, "no-page"),
    ],
)
def test_what_is_no_page_of_the_site_is_passed_over(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    """It is known by its address, and not unpacked."""
    assert content(tmp_path, META | change, body=b"\x1f\x8b\x08") == Passed(reason)


@pytest.mark.parametrize(
    "meta",
    [
        *({}, [], 7, "Muster", META | {"timestamp": 1e300}, META | {"timestamp": "gestern"}),
        *(META | {"timestamp": time} for time in (0, 6e8, 4e9, 253402300799, float("-1e99"))),
        META | {"status": None},
    ],
    ids=str,
)
def test_what_is_damaged_is_told(tmp_path: Path, meta: object) -> None:
    """A folder more or less costs no run."""
    assert isinstance(content(tmp_path, meta), Fault)


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(
    "large", [{"meta": [META] * 999}, {"head": b"x" * 2**25}, {"body": bytes(2**25)}], ids=list
)
def test_a_file_that_is_larger_than_any_is_told(
    tmp_path: Path, large: dict[str, Any], *, zipped: bool
) -> None:
    """Of what is said of an answer, more than 64 kB."""
    assert content(tmp_path, zipped=zipped, **large) == Fault("larger than any page")


def test_headers_without_an_end_are_told(tmp_path: Path) -> None:
    """As those in a WARC file."""
    found = content(tmp_path, head=b"X: a\r\n" * 2**15)
    assert isinstance(found, Fault)
    assert found.reason.endswith("the head of its HTTP message has no end")


@pytest.mark.parametrize("name", ["meta", "response_body", "response_headers"])
def test_a_file_that_is_cut_off_is_told(tmp_path: Path, name: str) -> None:
    """Of those that are compressed."""
    content(tmp_path, zipped=True)
    path = tmp_path / "ab" / "abcd" / name
    path.write_bytes(path.read_bytes()[:-9])
    (source,) = sources(tmp_path)
    found = next(cached_entries(source, FINANZEN_NET)).content
    assert isinstance(found, Fault)
    assert found.reason.startswith("damaged: EOFError")
