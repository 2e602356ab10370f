"""How far files were read is recorded when what was read before is archived, and not sooner."""

from dataclasses import replace
from pathlib import Path

import pytest

from finnews.archive import Archive
from finnews.items import Checkpoint
from finnews.saved.reading import Part
from finnews.saved.sources import Source
from finnews.saved.stream import Place
from finnews.spiders.file_progress import FileProgress
from tests.support.archive_items import FETCHED

A, B = (Source(Path(f"/muster/{name}.warc"), "warc", 1000, 7) for name in "ab")


def progress(archive: Archive, readers: str = "abc") -> FileProgress:
    """Return the progress of a run that begins."""
    return FileProgress(archive, readers, lambda item: replace(item, fetched_at=FETCHED))


def places(archive: Archive) -> dict[str, tuple[int, int, bool]]:
    """Return how far each file was read by what is archived."""
    archive.commit()
    found = {Path(str(item.url)).stem: item.file for item in archive.all_of(Checkpoint)}
    return {name: (file.offset, file.within, file.is_read) for name, file in found.items() if file}


def test_a_place_is_recorded_once_the_items_before_it_are_processed(tmp_path: Path) -> None:
    """Of several such places the last one, for each file."""
    with Archive(tmp_path) as archive:
        run = progress(archive)
        for number in range(5):
            run.reach(A, Place(number * 100, number))
            run.given += 2
        run.record()
        assert places(archive) == {"a": (0, 0, False)}
        run.processed = 7
        run.record()
        assert places(archive) == {"a": (300, 3, False)}
        run.processed = run.given
        run.reach(A, Place(1000), is_end=True)
        run.reach(B, Place(50))
        run.record()
        assert places(archive) == {"a": (1000, 0, True), "b": (50, 0, False)}


def test_what_was_not_read_is_read_from_its_place(tmp_path: Path) -> None:
    """What was read is not; each file is read once, however often it is named."""
    with Archive(tmp_path) as archive:
        run = progress(archive)
        assert list(run.unread([A, B, A])) == [Part(A), Part(B)]
        run.reach(A, Place(1000), is_end=True)
        run.reach(B, Place(300, 20))
        run.record()
        archive.commit()
        assert list(progress(archive).unread([A, B])) == [Part(B, Place(300, 20))]


@pytest.mark.parametrize(
    ("source", "readers"),
    [(A._replace(size=999), "abc"), (A._replace(modified=8), "abc"), (A, "abd")],
)
def test_a_file_that_has_changed_is_read_from_its_beginning(
    tmp_path: Path, source: Source, readers: str
) -> None:
    """In size or time; or what reads it has."""
    with Archive(tmp_path) as archive:
        run = progress(archive)
        run.reach(A, Place(1000), is_end=True)
        run.record()
        archive.commit()
        assert list(progress(archive).unread([A])) == []
        assert list(progress(archive, readers).unread([source])) == [Part(source)]


@pytest.mark.parametrize(
    ("size", "line"),
    [
        (0, "0.0 of 0.0 B, 100%"),
        (8, "4.0 of 8.0 B, 50%"),
        (8000, "4.0 of 8.0 kB, 50%"),
        (8_000_000, "4.0 of 8.0 MB, 50%"),
        (8_000_000_000, "4.0 of 8.0 GB, 50%"),
    ],
)
def test_it_says_how_much_is_read(tmp_path: Path, size: int, line: str) -> None:
    """In the unit of the whole, and how long the rest takes."""
    with Archive(tmp_path) as archive:
        run = progress(archive)
        list(run.unread([A._replace(size=size)]))
        run.reach(A, Place(size // 2))
        assert run.line.startswith(line)
