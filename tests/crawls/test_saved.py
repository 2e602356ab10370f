"""Whole runs of ``scrapy crawl saved``."""

import os
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from samplesite.content.world import World
from tests.support.crawling import Row, as_options, crawl, lines, scrapy
from tests.support.scripted import BLOCK_PAGES, report
from tests.support.warcs import (
    HTML,
    OTHER,
    article_pages,
    fields,
    members,
    record,
    response,
    responses,
    saved,
    zipped,
)

KEEPING = as_options({"SAVE_PAGES": "warc"})
KINDS = ("articles", "quotes", "ratings", "events", "instruments", "rejected")
PAGES = article_pages(World(articles=6, stocks=2))
URLS = list(PAGES)
NAMES = [url.rpartition("-")[2] for url in URLS]


def run(output: Path, files: object, *options: str) -> "CompletedProcess[str]":
    """Read saved pages of finanzen.net into a directory."""
    settings = as_options({"OUTPUT_DIR": output})
    return scrapy("crawl", "saved", *settings, "-a", f"files={files}", *options)


def but_their_time(rows: list[Row]) -> list[Row]:
    """Return lines without the time at which their pages were fetched."""
    return [{name: value for name, value in row.items() if name != "fetched_at"} for row in rows]


def ids(output: Path) -> list[str]:
    """Return the numbers of the archived articles, in the order of the lines."""
    return [row["id"] for row in lines(output, "articles")]


@pytest.mark.parametrize("workers", [(), ("-a", "workers=3")], ids=["here", "workers"])
def test_saved_pages_give_the_lines_that_the_crawls_gave(
    workers: tuple[str, ...], faulty_site: str, tmp_path: Path
) -> None:
    """All that three crawls at full speed saved: the same lines in the same order."""
    if workers:
        pytest.importorskip("distributed", reason="Dask is an extra")
    live, output = tmp_path / "live", tmp_path / "saved"
    for spider, options in (("news", ()), ("stocks", ("-a", "index=dax")), ("ratings", ())):
        crawl(spider, faulty_site, live, *options, *KEEPING)
    files = ",".join(f"{live}/pages/*-{spider}.warc.gz" for spider in ("news", "stocks", "ratings"))
    done = crawl("saved", faulty_site, output, "-a", f"files={files}", *workers)
    assert done.returncode == 1, done.stderr
    for kind in KINDS:
        read, crawled = lines(output, kind), lines(live, kind)
        assert len(crawled) > 8, kind
        assert but_their_time(read) == but_their_time(crawled), kind
    assert "slowest" not in done.stderr
    assert "requests per new item" not in done.stderr
    assert (report(output)["requests"], report(output)["errors"]) == ({}, [])


def test_what_is_damaged_is_told_by_its_place_and_the_rest_is_read(tmp_path: Path) -> None:
    """The exit status is 1; the next run has nothing to read."""
    first, second, third, *others = members(*responses(PAGES))
    damaged = second[:200] + b"\xff" * 20 + second[220:]
    good = saved(tmp_path / "b.warc.gz", *others[:-1])
    cut = saved(tmp_path / "a.warc.gz", first, damaged, third, others[-1][:100])
    other = saved(tmp_path / "c.warc.gz", zipped(response(OTHER, b"<p>")))
    empty, text = saved(tmp_path / "d.warc"), saved(tmp_path / "e.txt", b"Muster")
    done = run(tmp_path / "out", f"{tmp_path},{empty},{text},{tmp_path / 'a.warc.gz'}")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert ids(tmp_path / "out") == [NAMES[0], NAMES[2], *NAMES[3:-1]]
    errors = report(tmp_path / "out")["errors"]
    assert any(error.startswith(f"{cut} at byte {len(first)}: damaged: ") for error in errors)
    place = len(first + damaged + third)
    assert f"{cut} at byte {place}: cut off: the file ends within a record" in errors
    assert f"{empty}: is empty" in errors
    assert f"{text}: is neither a WARC file nor a page" in errors
    assert f"{cut}: 2 pages of www.finanzen.net; passed over: -" in done.stderr
    assert f"{good}: 2 pages of www.finanzen.net; passed over: -" in done.stderr
    assert "WARNING: " + f"{other}: 0 pages of www.finanzen.net; passed over: 1 other-site" in (
        done.stderr
    )
    again = run(tmp_path / "out", tmp_path / "a.warc.gz")
    assert (again.returncode, report(tmp_path / "out")["pages"]) == (0, {}), again.stderr


def test_an_answer_that_is_no_page_is_a_rejection_unless_a_later_one_is(tmp_path: Path) -> None:
    """Of a refusal, a busy server and a block page; what is gone, moved or unchanged is passed."""
    block = (BLOCK_PAGES / "challenge_200-incident.html").read_bytes()
    records = [
        response(URLS[0], b"", HTML, status="HTTP/1.1 429 Too Many Requests"),
        response(URLS[1], b"", HTML, status="HTTP/1.1 503 Service Unavailable"),
        response(URLS[2], block),
        response(URLS[3], b"", HTML, status="HTTP/1.1 404 Not Found"),
        response(URLS[4], b"", "Location: /nachrichten", status="HTTP/1.1 301 Moved"),
        response(URLS[5], b"", HTML, status="HTTP/1.1 304 Not Modified"),
        response(URLS[0], PAGES[URLS[0]]),
        response(URLS[1], b"", HTML, status="HTTP/1.1 503 Service Unavailable"),
    ]
    done = run(tmp_path, saved(tmp_path / "a.warc.gz", zipped(*records)))
    assert done.returncode == 1
    rejected = {row["url"]: row["reason"] for row in lines(tmp_path, "rejected")}
    assert rejected == {URLS[1]: "status-503", URLS[2]: "refused"}
    assert len(lines(tmp_path, "rejected")) == 2
    assert ids(tmp_path) == NAMES[:1]
    last = report(tmp_path)
    assert (last["refused"], last["rejected"]) == (1, {"refused": 1, "status-503": 1})
    assert (
        "1 pages of www.finanzen.net; passed over: 1 gone, 1 redirect, 1 unchanged" in done.stderr
    )


def test_for_a_page_that_failed_a_run_does_not_wait_to_the_end_of_a_large_file(
    tmp_path: Path,
) -> None:
    """A stopped run would read all of it again. The page that comes late is read, too."""
    failed = response(URLS[0], b"", HTML, status="HTTP/1.1 503 Service Unavailable")
    between = record(b"", fields(OTHER), 70 * 2**20, end=b"")
    with saved(tmp_path / "a.warc", failed, between).open("r+b") as file:
        file.seek(70 * 2**20, os.SEEK_END)
        file.write(b"\r\n\r\n" + response(URLS[0], PAGES[URLS[0]]))
    done = run(tmp_path, tmp_path / "a.warc")
    assert done.returncode == 1
    assert [row["reason"] for row in lines(tmp_path, "rejected")] == ["status-503"]
    assert ids(tmp_path) == NAMES[:1]


def test_an_old_page_never_replaces_a_newer_one(tmp_path: Path) -> None:
    """Whichever was read first; the newer one is the last version."""
    old = PAGES[URLS[0]].replace(b"</h1>", b" (alt)</h1>")
    assert old != PAGES[URLS[0]]
    past = saved(tmp_path / "old.warc", response(URLS[0], old, date="2026-11-20T16:58:00Z"))
    now = saved(tmp_path / "new.warc", response(URLS[0], PAGES[URLS[0]]))
    for files in ([now, past], [past, now]):
        output = tmp_path / files[0].stem
        assert [run(output, file).returncode for file in files] == [0, 0]
        versions = [row["headline"].endswith("(alt)") for row in lines(output, "articles")]
        assert versions == ([False] if files[0] is now else [True, False])


def test_limit_and_since_leave_whole_articles_out(tmp_path: Path) -> None:
    """Of one that is too old nothing is archived, not even the prices in its box."""
    file = saved(tmp_path / "a.warc.gz", zipped(*responses(PAGES)))
    assert run(tmp_path / "out", file, "-a", "since=2026-11-21").returncode == 0
    assert ids(tmp_path / "out") == []
    assert {row["url"] for row in lines(tmp_path / "out", "quotes")} & set(URLS) == set()
    done = run(tmp_path / "out", file, "-a", "limit=2")
    assert (done.returncode, report(tmp_path / "out")["finish_reason"]) == (0, "limit")
    assert ids(tmp_path / "out") == NAMES[:2]
    assert run(tmp_path / "out", file).returncode == 0
    assert ids(tmp_path / "out") == NAMES
    assert report(tmp_path / "out")["pages"] == {"article": 4}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ("*.warc", "files=*.warc: nothing matches"),
        ("fehlt.warc,a.warc", "files=fehlt.warc: there is no file or folder"),
        (" , ", "files= needs files or folders: WARC, HTML, or Scrapy's HTTP cache"),
    ],
)
def test_files_that_are_not_there_are_told_before_anything_starts(
    files: str, reason: str, tmp_path: Path
) -> None:
    """In one line, with the exit status 2."""
    done = run(tmp_path / "out", files)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f"finnews: {reason}")
    assert not (tmp_path / "out").exists()
