"""The WARC files of a run."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from finnews.saved import writing
from tests.support import ROOT
from tests.support.exchanges import exchange, writer
from tests.support.warc import members, records

NAME = "20261123T212405Z-news"


def names(folder: Path) -> list[str]:
    """Return the names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_run_without_an_exchange_has_no_file(tmp_path: Path) -> None:
    """It is created when the first comes."""
    writer(tmp_path).close()
    assert names(tmp_path) == []


def test_the_next_file_begins_where_one_is_large_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has a first record of its own, with its own name."""
    monkeypatch.setattr(writing, "MOST_BYTES", 2000)
    own = writer(tmp_path)
    for number in range(12):
        own.add(exchange(os.urandom(400), status=200 + number))
    own.close()
    files = sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_ino)
    assert len(files) > 2
    assert {f"{NAME}.warc.gz", f"{NAME}-2.warc.gz"} < set(names(tmp_path))
    for path in files:
        first, *others = records(path)
        assert first.fields["WARC-Filename"] == path.name
        assert others
        assert 2000 <= path.stat().st_size < 4000 or path == files[-1]
    assert sum(len(records(path)) - 1 for path in files) == 24


def test_two_runs_of_a_second_have_files_of_their_own(tmp_path: Path) -> None:
    """What the one has written stays as it is, while it lives and after."""
    runs = [writer(tmp_path) for _ in range(3)]
    for status in (200, 404):
        for run in runs:
            run.add(exchange(status=status))
    for run in runs:
        run.close()
    assert names(tmp_path) == [f"{NAME}{suffix}.warc.gz" for suffix in ("-2", "-3", "")]
    assert [len(members(path)) for path in tmp_path.iterdir()] == [5, 5, 5]


def test_a_link_or_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    """The run takes the next name."""
    (tmp_path / f"{NAME}.warc.gz").symlink_to(tmp_path / "elsewhere")
    (tmp_path / f"{NAME}-2.warc.gz").mkdir()
    own = writer(tmp_path)
    own.add(exchange())
    own.close()
    assert not (tmp_path / "elsewhere").exists()
    assert len(members(tmp_path / f"{NAME}-3.warc.gz")) == 3


@pytest.mark.parametrize("room", [50, 700, 1400, 2000])
def test_a_record_for_which_there_is_no_room_is_cut_off(room: int, tmp_path: Path) -> None:
    """What was written before is whole, and a file without a first record is not there."""
    code = """
from pathlib import Path
from tests.support.exchanges import exchange, writer
import os, sys
own = writer(Path(sys.argv[1]))
try:
    for _ in range(9):
        own.add(exchange(os.urandom(150)))
except OSError as error:
    sys.exit(error.errno)
finally:
    own.close()
"""
    words = ["prlimit", f"--fsize={room}", sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, check=False)
    assert done.returncode == errno.EFBIG
    files = list(tmp_path.iterdir())
    assert len(files) == (room > 50)
    assert all(members(path) and path.stat().st_size <= room for path in files)


def test_a_file_is_synced_once_a_second_and_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not with every record: that costs more than to write it."""
    clock, synced = [100.0], list[str]()
    monkeypatch.setattr(writing, "monotonic", lambda: clock[0])
    monkeypatch.setattr(os, "fsync", _noting(os.fsync, synced))
    own = writer(tmp_path)
    for seconds in (0, 0.2, 0.4, 0.4, 0.4, 0.1):
        clock[0] += seconds
        own.add(exchange())
    assert synced == ["folder", "file", "file"]
    own.close()
    own.close()
    assert synced == ["folder", "file", "file", "file"]


def _noting(call: Callable[[int], None], noted: list[str]) -> Callable[[int], Any]:
    def noting(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        noted.append("folder" if is_folder else "file")
        call(descriptor)

    return noting
