"""Runs of saved pages in which something fails: what was not archived is read by a later run."""

import subprocess
import sys
from pathlib import Path

import pytest

from finnews.pages.hung import HungPages
from tests.crawls.test_saved import NAMES, PAGES, URLS, ids, run
from tests.support import ROOT, TIMEOUT
from tests.support.crawling import until
from tests.support.failing_pipeline import with_failing_pipeline
from tests.support.saved_pages import (
    into,
    saved_options,
    scheduler,
    worker,
    write_sample,
)
from tests.support.warcs import responses, saved, zipped

IMPATIENT = (
    "import sys, scrapy.cmdline, finnews.spiders.workers as workers; workers._PATIENCE = 2.0; "
    "scrapy.cmdline.execute(['scrapy', *sys.argv[1:]])"
)
"""A run that waits two seconds for workers"""


def warc(folder: Path) -> Path:
    """Write a file of all pages."""
    return saved(folder / "a.warc.gz", zipped(*responses(PAGES)))


def test_what_a_pipeline_failed_with_is_read_again(tmp_path: Path) -> None:
    """The file is not taken for read beyond it."""
    file, output = warc(tmp_path), tmp_path / "out"
    done = run(output, file, *with_failing_pipeline())
    assert (done.returncode, len(ids(output))) == (1, len(PAGES) - 1), done.stderr
    assert run(output, file).returncode == 0
    assert sorted(ids(output)) == sorted(NAMES)


def test_a_limit_goes_on_where_it_was_reached(tmp_path: Path) -> None:
    """Each run gives as many articles more, and the last one what is left."""
    file, output = warc(tmp_path), tmp_path / "out"
    numbers = []
    for _ in range(4):
        assert run(output, file, "-a", "limit=2").returncode == 0
        numbers.append(len(ids(output)))
    assert numbers == [2, 4, 6, 6]


def test_a_page_that_is_left_out_for_some_days_is_read_after_them(tmp_path: Path) -> None:
    """Though all of its file was read."""
    file, output = warc(tmp_path), tmp_path / "out"
    output.mkdir()
    hung = HungPages(output)
    hung.note(URLS[2])
    assert hung.descriptor is not None
    (note,) = output.glob("reading-*.txt")
    content = note.read_bytes() + b"where it was\n"
    hung.close()
    note.write_bytes(content)
    assert run(output, file).returncode == 1
    assert sorted(ids(output)) == sorted(set(NAMES) - {NAMES[2]})
    note.unlink()
    assert run(output, file).returncode == 0
    assert sorted(ids(output)) == sorted(NAMES)


def test_a_run_whose_scheduler_is_lost_ends_and_goes_on_later(tmp_path: Path) -> None:
    """It says so in one line, without a traceback."""
    pytest.importorskip("distributed", reason="Dask is an extra")
    output, file = tmp_path / "out", tmp_path / "a.warc.gz"
    number = write_sample(file, 300)
    with scheduler() as (address, server), worker(address, tmp_path / "worker"):
        options = ("crawl", "saved", *saved_options(file, f"dask={address}"), *into(output))
        command = [sys.executable, "-c", IMPATIENT, *options]
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        until(lambda: any(output.glob("articles/*.jsonl")), process)
        server.kill()
        log = process.communicate(timeout=TIMEOUT)[1]
    assert process.returncode == 1
    assert "no worker of tcp://127.0.0.1:" in log
    assert "Traceback" not in log
    assert run(output, file).returncode == 0
    assert len(ids(output)) == 300 < number
