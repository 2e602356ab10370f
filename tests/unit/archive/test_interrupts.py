"""An archive that Ctrl-C interrupts anywhere, and that is closed and used again after it."""

import gc
import sys
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from finnews import archive as archive_package
from finnews.archive import Archive
from tests.support.archive_items import article, quote
from tests.support.crawling import lines

EARLIER = "2026-11-23T09:00:00+00:00"
FOLDER = str(Path(archive_package.__file__).parent)


class Interrupt:
    """Raises `KeyboardInterrupt` before the line of the archive's code that is executed so late."""

    def __init__(self, at: int) -> None:
        self.executed = count()
        self.at = at
        self.was_raised = False

    def __enter__(self) -> None:
        self.former = sys.gettrace()
        sys.settrace(self._trace)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self.former)

    def _trace(self, frame: FrameType, event: str, _: object) -> Any:
        if not frame.f_code.co_filename.startswith(FOLDER):
            return None
        if event == "line" and next(self.executed) == self.at:
            self.was_raised = True
            raise KeyboardInterrupt
        return self._trace


def commit(directory: Path, interrupt: Interrupt) -> None:
    """Commit a new item and a second version, interrupted; then another item, not interrupted."""
    with Archive(directory) as archive:
        archive.add(replace(quote(1, price="1.40"), fetched_at=EARLIER))
        archive.commit()
        archive.add(quote(1))
        archive.add(article(1))
        with suppress(KeyboardInterrupt), interrupt:
            archive.commit()
        archive.add(article(2))


@pytest.mark.filterwarnings("ignore:Exception ignored in")  # what closes an abandoned generator
def test_a_commit_that_is_interrupted_anywhere_writes_each_version_once(tmp_path: Path) -> None:
    """The next commit writes what is not written yet, and no later one writes it again."""
    for at in count():
        interrupt, directory = Interrupt(at), tmp_path / str(at)
        commit(directory, interrupt)
        assert [row["version"] for row in lines(directory, "quotes")] == [1, 2], at
        assert [row["id"] for row in lines(directory, "articles")] == ["1", "2"], at
        with Archive(directory) as archive:
            assert [archive.add(item) for item in (quote(1), article(1), article(2))] == [None] * 3
        if not interrupt.was_raised:
            break
    gc.collect()
    assert at > 100
