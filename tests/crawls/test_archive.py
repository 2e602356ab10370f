"""Crawls that are killed, interrupted, out of space, or two at once: nothing lost or doubled."""

import json
import random
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from finnews.archive.check import Check
from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support.crash_runs import Crawl, Tally, is_through, killed_until_through
from tests.support.crawling import (
    PATIENT,
    TIMEOUT,
    archived,
    differences,
    held,
    lines,
    sample_site,
    until,
)

ARTICLES = 90
STOCKS = 10
WORLD = World(ARTICLES, STOCKS)
KILLS = 4
DELAY, ANSWERS = 0.05, 60
"""A crawl takes more than a second for so many answers, and so has archived some of them."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A sample site whose crawl takes some seconds."""
    with sample_site("--articles", str(ARTICLES), "--stocks", str(STOCKS)) as address:
        yield address


@pytest.fixture(scope="module")
def total(site: str, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many bytes an undisturbed crawl for news archives."""
    output = tmp_path_factory.mktemp("undisturbed")
    Crawl("news", site, output).through()
    return archived(output)


def is_whole(output: Path, world: World, site: str, *spiders: str) -> None:
    """Check that all is there that is true, each thing once, in lines that the index knows."""
    assert list(Check(output).problems()) == []
    assert differences(output, truth(world, site, spiders)) == []


@pytest.mark.parametrize("spider", ["news", "stocks"])
def test_a_crawl_killed_several_times_archives_each_item_once(
    site: str, total: int, tmp_path: Path, spider: str
) -> None:
    """It is killed within commits and between them; ``make torture`` does so a hundred times."""
    tally, chance = Tally(), random.Random(spider)
    crawl = Crawl(spider, site, tmp_path, delay=0.02)  # or it were through before its first kill
    tally.kills = killed_until_through(crawl, KILLS, total // 4, chance)
    tally.count(tmp_path, truth(WORLD, site, [spider]))
    assert tally.kills
    assert tally == Tally(tally.kills)


def report(output: Path) -> dict[str, Any]:
    """Return what the last run said that it did."""
    path = max((output / "runs").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return report


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=lambda stop: stop.name)
def test_a_signal_ends_a_crawl_after_its_items_are_written(
    site: str, tmp_path: Path, stop: signal.Signals
) -> None:
    """The exit status is 1, the finish reason ``shutdown``, and the next run does the rest."""
    crawl = Crawl("news", site, tmp_path, DELAY, PATIENT)
    with held(site, ANSWERS) as gate, crawl.started() as process:
        until(lambda: gate.waiting, process)
        process.send_signal(stop)
        gate.open()
        process.communicate(timeout=TIMEOUT)
    assert process.returncode == 1
    last_run = report(tmp_path)
    assert (last_run["finish_reason"], last_run["status"]) == ("shutdown", 1)
    articles = lines(tmp_path, "articles")
    assert len(articles) == last_run["counts"]["finnews/pages/article"]
    assert 0 < len(articles) < ARTICLES
    assert list(Check(tmp_path).problems()) == []
    Crawl("news", site, tmp_path).through()
    is_whole(tmp_path, WORLD, site, "news")


@pytest.mark.parametrize("is_closing", [False, True], ids=["while it waits", "while it closes"])
def test_a_second_signal_leaves_whole_lines(is_closing: bool, site: str, tmp_path: Path) -> None:
    """What is counted as stored is stored, and the next run does the rest."""
    crawl = Crawl("news", site, tmp_path, DELAY, PATIENT)
    with held(site, ANSWERS) as gate, crawl.started() as process:
        assert process.stderr
        until(lambda: gate.waiting, process)
        process.send_signal(signal.SIGINT)
        next(line for line in process.stderr if "SIGINT" in line)
        if is_closing:
            gate.open()
        process.send_signal(signal.SIGINT)
        _, logged = process.communicate(timeout=TIMEOUT)
    if not is_closing:
        assert "twice" in logged
        assert process.returncode == 1
    assert list(Check(tmp_path).problems()) == []
    crawl.through()
    is_whole(tmp_path, WORLD, site, "news")


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
    site: str,
    total: int,
    tmp_path: Path,
    full: Callable[[Path, int], AbstractContextManager[tuple[str, ...]]],
) -> None:
    """The exit status is 1 with one clear line; once there is room, the next run does the rest."""
    crawl = Crawl("news", site, tmp_path / "output", DELAY)
    with full(crawl.output, total // 2) as under:
        with crawl.started(under) as process:
            _, log = process.communicate(timeout=TIMEOUT)
        assert process.returncode == 1
        assert "Spider closed (archive)" in log
        assert log.count("Archive write failed; the last ") == 1
        assert "Traceback" not in log, log
        assert len(lines(crawl.output, "articles")) < ARTICLES
        ends = {path.read_bytes()[-1:] for path in crawl.output.rglob("*.jsonl")}
        assert ends <= {b"\n", b""}
        if not under:
            grown = ["mount", "-o", "remount,size=64m", str(crawl.output)]
            subprocess.run(grown, check=True)
        crawl.through()
        is_whole(crawl.output, WORLD, site, "news")


@pytest.mark.parametrize("spiders", [("news", "stocks"), ("stocks", "stocks")], ids="+".join)
def test_two_crawls_at_once_write_each_item_once(tmp_path: Path, spiders: tuple[str, ...]) -> None:
    """Two crawls write more than a thousand lines into one directory at full speed."""
    world = World(articles=60, stocks=60)
    with sample_site("--articles", "60", "--stocks", "60") as site:
        with ExitStack() as stack:
            crawls = [
                stack.enter_context(Crawl(spider, site, tmp_path).started()) for spider in spiders
            ]
            assert [is_through(process) for process in crawls] == [True, True]
        is_whole(tmp_path, world, site, *spiders)
    kinds = ("articles", "quotes", "ratings", "instruments")
    assert sum(len(lines(tmp_path, kind)) for kind in kinds) > 1000
