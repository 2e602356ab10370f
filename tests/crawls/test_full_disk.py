"""Crawls that run out of space."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.support import TIMEOUT
from tests.support.crash_runs import Crawl, is_whole
from tests.support.crawling import lines
from tests.support.sites import LONG_SITE
from tests.support.small_disks import enlarged, limited, small_disk

DELAY = 0.05


@pytest.mark.parametrize("full", [limited, small_disk])
def test_a_full_disk_ends_a_crawl(
    long_site: str,
    long_total: int,
    tmp_path: Path,
    full: Callable[[Path, int], AbstractContextManager[tuple[str, ...]]],
) -> None:
    """The exit status is 1 with one clear line; once there is room, the next run does the rest."""
    crawl = Crawl("news", long_site, tmp_path / "output", DELAY)
    with full(crawl.output, long_total // 2) as under:
        with crawl.started(under) as process:
            _, log = process.communicate(timeout=TIMEOUT)
        assert process.returncode == 1
        assert "Spider closed (archive)" in log
        assert log.count("Archive write failed: ") == 1
        assert "Traceback" not in log, log
        assert len(lines(crawl.output, "articles")) < len(LONG_SITE.articles)
        ends = {path.read_bytes()[-1:] for path in crawl.output.rglob("*.jsonl")}
        assert ends <= {b"\n", b""}
        if not under:
            enlarged(crawl.output)
        crawl.through()
        is_whole(crawl.output, LONG_SITE, long_site, "news")
