"""Crawls that save pages, are killed or run out of space: what is saved is whole."""

import random
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from samplesite.content.truth import truth
from tests.support import TIMEOUT
from tests.support.crash_runs import Crawl, is_whole
from tests.support.crawling import as_options, crawl, differences, held, lines, until, whole_lines
from tests.support.saving import SAVING
from tests.support.scripted import report
from tests.support.sites import LONG_SITE, SITE
from tests.support.small_disks import enlarged, limited, read_only, small_disk
from tests.support.warc import beginning, members, responses, warc_files


def test_a_killed_crawl_leaves_whole_records_but_for_the_last(
    long_site: str, tmp_path: Path
) -> None:
    """And the next one cuts that off; what is archived was saved."""
    crawled = Crawl("news", long_site, tmp_path, options=SAVING)
    for answers in (2, 9, 20):
        before = set(warc_files(tmp_path))
        with held(long_site, answers), crawled.started() as process:
            until(lambda: _beginnings(tmp_path, before) >= 2 * answers, process)  # noqa: B023
            process.kill()
            process.communicate(timeout=TIMEOUT)
            assert process.returncode == -signal.SIGKILL
        (last,) = set(warc_files(tmp_path)) - before
        assert len(members(last)) >= 2 * answers
        with last.open("ab") as file:
            file.write(last.read_bytes()[:300])
        assert all(members(path) for path in before)
    done = crawl("news", long_site, tmp_path, *SAVING)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("incomplete last record (300 bytes) cut off") == 1
    is_whole(tmp_path, LONG_SITE, long_site, "news")
    saved = {record.fields["WARC-Target-URI"] for record in responses(tmp_path)}
    assert {row["url"] for row in lines(tmp_path, "articles")} <= saved


def _beginnings(output: Path, before: set[Path]) -> int:
    """Return how many records begin in the files that are new."""
    new = set(warc_files(output)) - before
    return sum(path.read_bytes().count(b"\x1f\x8b\x08") for path in new)


def test_a_crawl_killed_at_any_moment_leaves_what_the_next_one_mends(
    long_site: str, tmp_path: Path
) -> None:
    """Within a write too, and before it has written at all."""
    chance = random.Random(11)
    crawled = Crawl("news", long_site, tmp_path, options=SAVING)
    for _ in range(5):
        with crawled.started() as process:
            time.sleep(0.5 + chance.random())
            process.kill()
            process.communicate(timeout=TIMEOUT)
        for path in warc_files(tmp_path):
            whole, rest = beginning(path.read_bytes())
            assert whole or rest < 1000
    done = crawl("news", long_site, tmp_path, *SAVING)
    assert done.returncode == 0, done.stderr
    is_whole(tmp_path, LONG_SITE, long_site, "news")
    saved = {record.fields["WARC-Target-URI"] for record in responses(tmp_path)}
    assert {row["url"] for row in lines(tmp_path, "articles")} <= saved


@pytest.mark.parametrize("full", [limited, small_disk])
def test_a_full_disk_ends_a_crawl(
    long_site: str,
    tmp_path: Path,
    full: Callable[[Path, int], AbstractContextManager[tuple[str, ...]]],
) -> None:
    """The exit status is 1 with one clear line; what is archived was saved, and all is whole."""
    crawled = Crawl("news", long_site, tmp_path / "output", options=SAVING)
    with full(crawled.output, 500_000) as under:
        with crawled.started(under) as process:
            _, log = process.communicate(timeout=TIMEOUT)
        assert process.returncode == 1
        assert "Spider closed (archive)" in log
        assert log.count("Saving pages failed: ") == 1
        assert "Traceback" not in log, log
        saved = {record.fields["WARC-Target-URI"] for record in responses(crawled.output)}
        articles = {row["url"] for row in whole_lines(crawled.output, "articles")}
        assert articles <= saved
        assert len(articles) < len(LONG_SITE.articles)
        if not under:
            enlarged(crawled.output)
        done = crawl("news", long_site, crawled.output, *SAVING)
        assert done.returncode == 0, done.stderr
        is_whole(crawled.output, LONG_SITE, long_site, "news")


@pytest.mark.parametrize("failing", ["write EIO 1 on", "write EIO 3 once", "fsync EIO 2 once"])
def test_a_failing_disk_ends_a_crawl(failing: str, site: str, tmp_path: Path) -> None:
    """Whichever write it is; the next run has the rest."""
    options = {"SPIDER_MODULES": "tests.support.failing_disk", "FAILING": failing}
    done = crawl("news", site, tmp_path, *as_options(options), *SAVING)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert " failed: " in done.stderr
    again = crawl("news", site, tmp_path, *SAVING)
    assert again.returncode == 0, again.stderr
    assert differences(tmp_path, truth(SITE, site, ["news"])) == []
    saved = {record.fields["WARC-Target-URI"] for record in responses(tmp_path)}
    assert {row["url"] for row in lines(tmp_path, "articles")} <= saved


@pytest.mark.parametrize("left", ["", "part of a record"])
def test_a_folder_that_cannot_be_written_ends_a_crawl(left: str, site: str, tmp_path: Path) -> None:
    """With one line; if there is something to be cut off, before any request."""
    assert crawl("news", site, tmp_path, "-a", "limit=1").returncode == 0
    pages = tmp_path / "pages"
    with small_disk(pages, 100_000):
        if left:
            (pages / "20261123T212405Z-news.warc.gz").write_text(left)
        read_only(pages)
        done = crawl("news", site, tmp_path, *SAVING)
        assert done.returncode == 1, done.stderr
        assert done.stderr.count("Saving pages failed: ") == 1, done.stderr
        assert "Read-only file system" in done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        assert report(tmp_path)["finish_reason"] == "archive"
        assert bool(report(tmp_path)["requests"]) != bool(left)
