"""``scrapy crawl saved`` with workers: they give what one process gives, whatever befalls them."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from tests.support import ROOT, TIMEOUT
from tests.support.crawling import scrapy, until
from tests.support.saved_pages import (
    into,
    lines,
    running,
    saved_options,
    scheduler,
    worker,
    worker_processes,
    write_sample,
)

pytest.importorskip("distributed", reason="Dask is an extra")

ARTICLES = 500


@pytest.fixture(scope="module")
def warc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WARC of the sample site, so large that it is read in several parts."""
    path = tmp_path_factory.mktemp("saved") / "sample.warc.gz"
    write_sample(path, ARTICLES)
    return path


@pytest.fixture(scope="module")
def undisturbed(warc: Path) -> dict[str, bytes]:
    """What one process reads in it."""
    output = warc.parent / "undisturbed"
    assert scrapy("crawl", "saved", *saved_options(warc), *into(output)).returncode == 0
    return lines(output)


def has_begun(output: Path) -> bool:
    """Return whether a run has archived something."""
    return any(output.glob("articles/*.jsonl"))


def log_of(output: Path) -> str:
    """Return what a run has logged."""
    return output.with_suffix(".log").read_text()


def test_a_killed_worker_changes_nothing(
    warc: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    """Its part of the file is read by another; each line is there, once, at its place."""
    output = tmp_path / "output"
    with running(output, *saved_options(warc, "workers=3")) as process:
        until(lambda: has_begun(output), process)
        os.kill(worker_processes(process.pid)[0], signal.SIGKILL)
        assert process.wait(TIMEOUT) == 0
    assert lines(output) == undisturbed
    assert "is lost; others read what it was reading" in log_of(output)


def test_workers_of_a_cluster_come_and_go(
    warc: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    """One with another finnews is refused; after the only other one is killed, one joins late."""
    output, altered = tmp_path / "output", altered_checkout(tmp_path / "altered")
    with (
        scheduler() as (address, _),
        worker(address, tmp_path / "a", altered) as other,
        worker(address, tmp_path / "b") as first,
        running(output, *saved_options(warc, f"dask={address}")) as process,
    ):
        until(lambda: has_begun(output), process)
        first.kill()
        with worker(address, tmp_path / "c"):
            assert process.wait(TIMEOUT) == 0
        assert other.poll() is None
    assert lines(output) == undisturbed
    assert "has another version of finnews; it gets nothing to read" in log_of(output)


def test_a_run_without_a_scheduler_ends(warc: Path, tmp_path: Path) -> None:
    """It says so in one line; nothing is archived."""
    done = scrapy(
        "crawl", "saved", *saved_options(warc, "dask=tcp://127.0.0.1:9"), *into(tmp_path / "output")
    )
    assert done.returncode == 1
    assert "No Dask scheduler at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["workers=0"], "workers=0: a whole number"),
        (["dask=host"], "dask=host: a scheduler's address is written as tcp://host:8786"),
        (["workers=2", "dask=tcp://127.0.0.1:9"], "one of them"),
    ],
)
def test_wrong_workers_are_wrong_usage(arguments: list[str], told: str, tmp_path: Path) -> None:
    """One line, before anything starts."""
    (tmp_path / "page.html").write_text("<html></html>")
    done = scrapy(
        "crawl", "saved", *saved_options(tmp_path / "page.html", *arguments), *into(tmp_path / "o")
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def altered_checkout(directory: Path) -> Path:
    """Return a copy of finnews that reads pages in another way."""
    shutil.copytree(ROOT / "finnews", directory / "finnews")
    with (directory / "finnews" / "vocabulary.py").open("a") as file:
        file.write("\n# otherwise\n")
    return directory
