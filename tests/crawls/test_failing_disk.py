"""Crawls whose disk fails while they write to it."""

from pathlib import Path

import pytest

from samplesite.content.truth import truth
from tests.support.crawling import as_options, crawl, differences, files, lines, scrapy
from tests.support.scripted import report
from tests.support.sites import SITE

MODULE = {"SPIDER_MODULES": "tests.support.failing_disk"}


@pytest.mark.parametrize(
    "failing",
    [
        "fsync EIO 1 once",
        "fsync EIO 3 once",
        "fsync EIO 3 on",
        "checkpoint EIO 1 once",
        "fsync EDQUOT 4 once",
        "fsync EIO 3 once,ftruncate EIO 1 on",
        "write EIO 1 once",
        "write EIO 2 on",
        "write EROFS 1 on",
        "write EFBIG 2 once",
        "write ENOSPC 2 once",
        "index SQLITE_IOERR 1 once",
        "index SQLITE_IOERR 2 on",
    ],
)
def test_a_failing_disk_ends_a_crawl_as_a_full_one_does(
    site: str, tmp_path: Path, failing: str
) -> None:
    """The exit status is 1 with one clear line; once the disk is well, the next run does the rest.

    Nothing is lost, and nothing is there twice.
    """
    options = as_options({**MODULE, "FAILING": failing})
    done = crawl("news", site, tmp_path, *options)
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("Archive write failed: ") == 1, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert "news archive: articles " in done.stderr
    again = crawl("news", site, tmp_path)
    assert again.returncode == 0, again.stderr
    assert differences(tmp_path, truth(SITE, site, ["news"])) == []
    checked = scrapy("archive", "check", "-s", f"OUTPUT_DIR={tmp_path}")
    assert checked.returncode == 0, checked.stdout
    assert lines(tmp_path, "checkpoints")
    assert {path.read_bytes()[-1:] for path in files(tmp_path, "articles")} == {b"\n"}


@pytest.mark.parametrize(
    "failing",
    [
        *(f"read EIO {first} {times}" for first in (1, 2, 9) for times in ("once", "on")),
        *(f"look SQLITE_IOERR {first} once" for first in (1, 2, 9, 40)),
    ],
)
def test_an_archive_that_cannot_be_read_ends_a_crawl_with_one_line(
    site: str, tmp_path: Path, failing: str
) -> None:
    """Wherever it is read: by the spider or by a pipeline."""
    assert crawl("news", site, tmp_path, "-a", "limit=8").returncode == 0
    done = crawl("news", site, tmp_path, *as_options({**MODULE, "FAILING": failing}))
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("Archive read failed: ") == 1, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert report(tmp_path)["finish_reason"] == "archive"
    again = crawl("news", site, tmp_path)
    assert again.returncode == 0, again.stderr
    assert differences(tmp_path, truth(SITE, site, ["news"])) == []
