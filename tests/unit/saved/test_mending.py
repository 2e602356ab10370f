"""What killed runs and power cuts leave of WARC files, and what is made of it."""

import gzip
import logging
import os
import random
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from finnews.saved.mending import mend
from tests.support import ROOT, TIMEOUT
from tests.support.exchanges import exchange, writer
from tests.support.warc import members

NAME = "20261123T212405Z-news"
INNER = gzip.compress(b"<p>Muster AG</p>" * 50 + os.urandom(300))
"""A page that came compressed: it begins like a record."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A whole file of three exchanges, the second and third with a compressed page."""
    own = writer(tmp_path, NAME)
    for body in (b"Muster", INNER, INNER + os.urandom(70_000)):
        own.add(exchange(body))
    own.close()
    return tmp_path / f"{NAME}.warc.gz"


def ends(path: Path) -> list[int]:
    """Return where the records of a whole file end, 0 included."""
    content, rest, offsets = path.read_bytes(), path.read_bytes(), [0]
    while rest:
        decompressor = zlib.decompressobj(wbits=31)
        decompressor.decompress(rest)
        rest = decompressor.unused_data
        offsets.append(len(content) - len(rest))
    return offsets


def test_a_file_cut_anywhere_ends_with_a_whole_record(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Each cut is told in one line, with the number of bytes; a second look finds nothing."""
    whole, borders, chance = path.read_bytes(), ends(path), random.Random(7)
    near = [border + by for border in borders[1:] for by in range(-20, 21)]
    for cut in sorted({*near, *(chance.randrange(1, len(whole)) for _ in range(300))}):
        if not 0 < cut <= len(whole):
            continue
        path.write_bytes(whole[:cut])
        caplog.clear()
        mend(path.parent)
        end = max(border for border in borders if border <= cut)
        assert (path.read_bytes() if path.exists() else b"") == whole[:end], cut
        told = f"{path}: incomplete last record ({cut - end} bytes) cut off"
        assert caplog.messages == ([told] if cut > end else [])
        mend(path.parent)
        assert len(caplog.messages) == (cut > end)


@pytest.mark.parametrize("tail", [bytes(9000), b"\xff" * 50, INNER, INNER[:200]])
def test_what_a_power_cut_leaves_is_cut_off(path: Path, tail: bytes) -> None:
    """NULs, or what was on the disk before."""
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    mend(path.parent)
    assert path.read_bytes() == whole


def test_a_damaged_record_in_the_middle_costs_no_other(path: Path) -> None:
    """Only what follows the last whole record is cut off."""
    whole = bytearray(path.read_bytes())
    whole[ends(path)[2] - 5] ^= 0xFF
    path.write_bytes(bytes(whole) + b"\x1f\x8b\x08")
    mend(path.parent)
    assert path.read_bytes() == bytes(whole)


def test_what_is_not_a_file_of_a_run_is_left_alone(path: Path, tmp_path: Path) -> None:
    """Files of other names, empty ones, links, folders and pipes; a whole file is not written."""
    part = path.read_bytes()[:-5]
    for name in ("mine.warc.gz", f"{NAME}.warc", f"{NAME}.gz"):
        (tmp_path / name).write_bytes(part)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(part)
    (tmp_path / f"{NAME}-2.warc.gz").symlink_to(elsewhere)
    (tmp_path / f"{NAME}-3.warc.gz").mkdir()
    (tmp_path / f"{NAME}-4.warc.gz").touch()
    os.mkfifo(tmp_path / f"{NAME}-5.warc.gz")
    before = path.stat().st_mtime_ns
    mend(tmp_path)
    assert elsewhere.read_bytes() == part
    assert (tmp_path / "mine.warc.gz").read_bytes() == part
    assert len(list(tmp_path.iterdir())) == 9
    assert path.stat().st_mtime_ns == before


def test_the_file_of_a_living_run_is_left_alone_until_it_is_killed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """However it looks: a record may be half written. Killed at any moment, it is whole again."""
    caplog.set_level(logging.WARNING)
    chance = random.Random(3)
    for number in range(8):
        name = f"20261123T21240{number}Z-news"
        words = [sys.executable, "-m", "tests.support.exchanges", tmp_path, name, 3_000_000]
        pipes = {"stdout": subprocess.PIPE, "cwd": ROOT, "text": True}
        with subprocess.Popen(list(map(str, words)), **pipes) as process:  # type: ignore[call-overload]
            for _ in range(chance.randint(1, 9)):
                assert process.stdout.readline() == "written\n"
            path = tmp_path / f"{name}.warc.gz"
            with path.open("ab") as file:
                file.write(b"half")
            mend(tmp_path)
            assert caplog.messages == []
            process.kill()
            process.wait(TIMEOUT)
        mend(tmp_path)
        assert len(members(path)) > 2
        assert len(caplog.messages) == 1
        caplog.clear()
