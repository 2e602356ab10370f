"""The archive that a spider writes to: a failure ends the run, and says what was not saved."""

from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

from finnews.archive import Archive, ArchiveError
from finnews.middlewares.stop import is_stopping
from finnews.spiders.archive import SpiderArchive
from tests.support.archive_items import quote


@pytest.fixture
def crawler() -> Crawler:
    """A run that is set up."""
    return get_crawler()


def fail(_: Archive) -> None:
    """Fail as a full disk does."""
    raise ArchiveError("output: No space left on device")


def test_a_failed_write_ends_the_run(
    crawler: Crawler,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One line says how many items were not saved; no item is added after it."""
    archive = SpiderArchive(tmp_path, crawler, "www.finanzen.net")
    for number in (1, 2):
        archive.add(quote(number))
    monkeypatch.setattr(Archive, "commit", fail)
    archive.commit()
    archive.commit()
    assert is_stopping(crawler)
    assert archive.add(quote(3)) is None
    (message,) = (log.message for log in caplog.records if log.levelname == "CRITICAL")
    assert message.startswith("Archive write failed: output: No space left on device; 2 items not")
    archive.close()
