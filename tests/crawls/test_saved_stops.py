"""Runs of saved pages that are killed and stopped: nothing is lost or doubled, nor read anew."""

import json
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from finnews.archive.check import Check
from finnews.saved.answers import SavedAnswer
from finnews.saved.stream import Place
from tests.support import TIMEOUT
from tests.support.crash_points import MOMENTS
from tests.support.crash_runs import Crawl, is_through
from tests.support.crawling import Row, last_versions, until, whole_lines
from tests.support.scripted import report
from tests.support.sites import LONG_SITE
from tests.support.warcs import (
    FINANZEN,
    OTHER,
    article_pages,
    entries,
    response,
    responses,
    saved,
    share_pages,
    zipped,
)

KILLS = 3  # of each of four forms
FILES = 6  # to which a commit writes, about
KINDS = ("articles", "quotes", "ratings", "events", "instruments")
PAGES = article_pages(LONG_SITE) | share_pages(LONG_SITE)
RECORDS = responses(PAGES)


def plain(folder: Path) -> Path:
    return saved(folder / "a.warc", *RECORDS)


def members(folder: Path) -> Path:
    return saved(folder / "a.warc.gz", zipped(*RECORDS))


def one_member(folder: Path) -> Path:
    return saved(folder / "a.warc.gz", zipped(b"".join(RECORDS)))


def html(folder: Path) -> Path:
    for number, (url, body) in enumerate(PAGES.items()):
        beside = json.dumps({"url": url, "fetched_at": "2026-11-20T17:00:00+00:00"})
        saved(folder / f"{number:03}.html", body)
        saved(folder / f"{number:03}.html.json", beside.encode())
    return folder


def run(output: Path, files: Path) -> Crawl:
    """Return a run that reads saved pages."""
    return Crawl("saved", FINANZEN, output, options=("-a", f"files={files}"))


def read(output: Path) -> dict[str, dict[str, Row]]:
    """Return the last versions of all items by their keys."""
    versions = {kind: last_versions(output, kind) for kind in KINDS}
    return {
        kind: {row.pop("key"): row | {"version": None} for row in rows}
        for kind, rows in versions.items()
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Row]]:
    """What a run archives that is not disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    run(folder / "out", members(folder)).through()
    assert len(read(folder / "out")["articles"]) == len(LONG_SITE.articles)
    return read(folder / "out")


def left(output: Path, files: Path) -> int:
    """Return how many pages are to be read by what the archive says of its files."""
    rows = [row for row in whole_lines(output, "checkpoints") if row["file"]]
    if files.is_dir():
        return len(PAGES) - len({row["url"] for row in rows if row["file"]["is_read"]})
    last: Any = rows[-1]["file"] if rows else {"offset": 0, "within": 0}
    found = entries(files, Place(last["offset"], last["within"]))
    return sum(isinstance(content, SavedAnswer) for _, content in found)


@pytest.mark.parametrize(
    "write", [plain, members, one_member, html], ids=lambda form: form.__name__
)
def test_a_run_that_is_killed_goes_on_where_it_was(
    write: Callable[[Path], Path], undisturbed: dict[str, dict[str, Row]], tmp_path: Path
) -> None:
    """Each item is archived once, and what was archived before a second is not read again."""
    files, output, chance = write(tmp_path / "in"), tmp_path / "out", random.Random(write.__name__)
    crawl, lefts = run(output, files), [len(PAGES)]
    for _ in range(KILLS):
        moment, commit = chance.choice(MOMENTS), chance.randint(2, 4)
        number = commit if moment in ("tell", "told") else FILES * commit
        with crawl.killing(moment, number, chance.random()) as process:
            is_through(process)
        lefts.append(left(output, files))
    assert lefts == sorted(lefts, reverse=True)
    assert len(PAGES) > lefts[-1]
    crawl.through()
    assert sum(report(output)["pages"].values()) == lefts[-1]
    assert list(Check(output).problems()) == []
    assert read(output) == undisturbed
    crawl.through()
    assert report(output)["pages"] == {}
    assert read(output) == undisturbed


@pytest.mark.parametrize(("stop", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_run_after_its_items_are_written(
    stop: signal.Signals, status: int, undisturbed: dict[str, dict[str, Row]], tmp_path: Path
) -> None:
    """The next run reads the pages that it had not read, and no other."""
    output, files = tmp_path / "out", members(tmp_path / "in")
    crawl = run(output, files)
    with crawl.killing("told", 2, stop=stop) as process:
        process.communicate(timeout=TIMEOUT)
    assert process.returncode == status
    done = sum(report(output)["pages"].values())
    assert 0 < done < len(PAGES)
    crawl.through()
    assert sum(report(output)["pages"].values()) in (len(PAGES) - done, len(PAGES) - done + 1)
    assert list(Check(output).problems()) == []
    assert read(output) == undisturbed


def test_how_far_a_file_was_read_is_recorded_where_it_has_no_page(tmp_path: Path) -> None:
    """A file of other sites that takes hours is not read anew after a kill."""
    others = response(OTHER, b"<p>") * 300_000
    files = saved(tmp_path / "a.warc.gz", zipped(RECORDS[0] + others))
    crawl = run(tmp_path / "out", files)
    with crawl.started() as process:
        until(lambda: len(whole_lines(tmp_path / "out", "checkpoints")) > 1, process)
        process.kill()
    *_, last = whole_lines(tmp_path / "out", "checkpoints")
    assert last["file"]["within"] > len(RECORDS[0])
