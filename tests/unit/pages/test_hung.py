"""The notes of pages that are being read, and what a later run makes of them."""

import logging
import os
import time
from pathlib import Path

import pytest

from finnews.pages.base import BrokenPage
from finnews.pages.budget import Budget
from finnews.pages.hung import HungPages

URL = "https://www.finanzen.net/nachricht/aktien/muster-1"
DAY = 86_400


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """The note of a process that died while it read the page."""
    pages = HungPages(tmp_path)
    pages.note(f"{URL}?and=a-longer-one-before")
    pages.note(URL)
    assert pages.descriptor
    os.close(pages.descriptor)
    (path,) = tmp_path.iterdir()
    return path


def test_a_page_whose_reading_ended_a_process_is_left_out(
    note: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """For as long as its note is there, which the log names; other pages are read."""
    note.write_bytes(note.read_bytes() + b"Current thread 0x1 (most recent call first):\n")
    with caplog.at_level(logging.WARNING):
        budget = Budget(60, 200, HungPages(note.parent))
    assert URL in caplog.text
    assert note.name in caplog.text
    with pytest.raises(BrokenPage, match="reading-skipped"):
        budget.read(URL, 1000, lambda: "read")
    assert budget.read(f"{URL}0", 1000, lambda: "read") == "read"
    budget.close()
    assert list(note.parent.iterdir()) == [note]


def test_a_page_is_left_out_for_a_week(note: Path) -> None:
    """Then the note is deleted, and the page is read."""
    note.write_bytes(note.read_bytes() + b"Current thread 0x1 (most recent call first):\n")
    os.utime(note, times=(time.time() - 6 * DAY,) * 2)
    assert HungPages(note.parent).has(URL)
    os.utime(note, times=(time.time() - 8 * DAY,) * 2)
    assert not HungPages(note.parent).has(URL)
    assert not note.exists()


def test_a_process_that_is_killed_while_it_reads_leaves_no_page_out(note: Path) -> None:
    """Its note is deleted."""
    assert not HungPages(note.parent).has(URL)
    assert not note.exists()


def test_the_note_of_a_living_process_stays(tmp_path: Path) -> None:
    """Another process that starts meanwhile leaves it alone."""
    pages = HungPages(tmp_path)
    pages.note(URL)
    assert not HungPages(tmp_path).has(URL)
    assert len(list(tmp_path.iterdir())) == 1
    pages.close()


def test_an_address_that_is_too_long_for_a_note_is_known_by_its_beginning(tmp_path: Path) -> None:
    """A note's first line has always the same length."""
    pages = HungPages(tmp_path)
    pages.note(URL * 100)
    assert pages.descriptor
    os.write(pages.descriptor, b"place")
    os.close(pages.descriptor)
    assert HungPages(tmp_path).has(URL * 100)


def test_a_directory_that_cannot_be_written_needs_no_note(tmp_path: Path) -> None:
    """Pages are read all the same."""
    budget = Budget(60, 200, HungPages(tmp_path / "missing"))
    assert budget.read(URL, 1000, lambda: "read") == "read"
    budget.close()
