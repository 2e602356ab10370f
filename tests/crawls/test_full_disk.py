"""Crawls that run out of space."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.support import TIMEOUT
from tests.support.crash_runs import Crawl, is_whole
from tests.support.crawling import lines
from tests.support.sites import LONG_SITE

DELAY = 0.05


@contextmanager
def limited(output: Path, size: int) -> Iterator[tuple[str, ...]]:
    """Let no file of a crawl that runs under the given command be larger."""
    output.mkdir()
    yield ("prlimit", f"--fsize={size}")


@contextmanager
def small_disk(output: Path, size: int) -> Iterator[tuple[str, ...]]:
    """Give a directory a disk of its own, which becomes large enough in the end."""
    output.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(output)]
    if subprocess.run(mounted, check=False, capture_output=True).returncode:
        pytest.skip("mounting needs the rights for it")
    try:
        yield ()
    finally:
        subprocess.run(["umount", str(output)], check=True)


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
            grown = ["mount", "-o", "remount,size=64m", str(crawl.output)]
            subprocess.run(grown, check=True)
        crawl.through()
        is_whole(crawl.output, LONG_SITE, long_site, "news")
