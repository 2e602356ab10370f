"""The turns of requests among those of other crawls."""

import fcntl
import os
import stat
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from scrapy.settings import Settings

from finnews.middlewares.pace import next_turn, pace_file, postpone
from tests.support import ROOT

BOOT = time.time() - time.monotonic()

_TAKE = """
import sys
from pathlib import Path
from finnews.middlewares.pace import next_turn
def turn():
    while True:
        try:
            return next_turn(Path(sys.argv[1]), lambda _: 0.5, 900)
        except BlockingIOError:
            pass
print(*[turn() for _ in range(20)])
"""


def test_turns_of_several_processes_keep_the_delay(tmp_path: Path) -> None:
    """Forty turns of two processes at once are half a second apart, none is given twice."""
    words = [sys.executable, "-c", _TAKE, str(tmp_path / "pace")]
    with (
        subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as one,
        subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other,
    ):
        printed = one.communicate()[0] + other.communicate()[0]
    turns = sorted(map(float, printed.split()))
    assert len(turns) == 40
    gaps = [after - before for before, after in pairwise(turns)]
    assert min(gaps) == pytest.approx(0.5, abs=1e-5)


def test_a_turn_after_a_pause_is_at_once(tmp_path: Path) -> None:
    """Nothing is made up for."""
    path = tmp_path / "pace"
    path.write_text(f"{time.monotonic() - 60:.6f} {BOOT:.0f}\n")
    before = time.monotonic()
    assert before - 1e-5 <= next_turn(path, lambda _: 5.0, 900) <= time.monotonic() + 1e-5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "garbage\n",
        f"nan {BOOT}\n",
        f"inf {BOOT}\n",
        f"{time.monotonic() + 2000} {BOOT}\n",
        f"{time.monotonic() + 500} {BOOT - 3600}\n",
    ],
    ids=["empty", "garbage", "nan", "inf", "too far away", "of another boot"],
)
def test_a_turn_that_cannot_be_is_forgotten(text: str, tmp_path: Path) -> None:
    """As after a restart of the machine, whose clock began anew."""
    path = tmp_path / "pace"
    path.write_text(text)
    before = time.monotonic()
    assert before - 1e-5 <= next_turn(path, lambda _: 5.0, 900) <= time.monotonic() + 5.0 + 1e-5


def test_all_users_of_the_machine_may_write_the_file(tmp_path: Path) -> None:
    """Whatever the mask of whoever was first."""
    mask = os.umask(0o077)
    try:
        next_turn(tmp_path / "pace", lambda _: 0.0, 900)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "pace").stat().st_mode) == 0o666


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """Another user may have laid it to a file of this one."""
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "pace").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="pace"):
        next_turn(tmp_path / "pace", lambda _: 0.0, 900)
    assert (tmp_path / "precious").read_text() == "precious"


def test_a_locked_file_blocks_nobody(tmp_path: Path) -> None:
    """Whoever holds it, the crawl can still be stopped."""
    next_turn(tmp_path / "pace", lambda _: 0.0, 900)
    with (tmp_path / "pace").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        with pytest.raises(BlockingIOError):
            next_turn(tmp_path / "pace", lambda _: 0.0, 900)


def test_a_site_that_wants_rest_gets_it_from_all(tmp_path: Path) -> None:
    """A turn is not before the time that one crawl was asked to wait for."""
    settings = Settings({"PACE_DIR": str(tmp_path), "DOWNLOAD_DELAY": 1.25, "LONGEST_WAIT": 900})
    before = time.monotonic()
    postpone(settings, "https://www.finanzen.net/news", 600)
    path = pace_file(settings, "https://finanzen.net/aktien")
    assert next_turn(path, lambda _: 1.0, 900) >= before + 601 - 1e-5
