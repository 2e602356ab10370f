"""Directories with little room."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def limited(output: Path, size: int) -> Iterator[tuple[str, ...]]:
    """Let no file of a crawl that runs under the given command be larger."""
    output.mkdir()
    yield ("prlimit", f"--fsize={size}")


@contextmanager
def small_disk(output: Path, size: int) -> Iterator[tuple[str, ...]]:
    """Give a directory a disk of its own, which `enlarged` makes large enough."""
    output.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(output)]
    if subprocess.run(mounted, check=False, capture_output=True).returncode:
        pytest.skip("mounting needs the rights for it")
    try:
        yield ()
    finally:
        subprocess.run(["umount", str(output)], check=True)


def enlarged(output: Path) -> None:
    """Make a small disk large enough."""
    subprocess.run(["mount", "-o", "remount,size=64m", str(output)], check=True)


def read_only(output: Path) -> None:
    """Let nothing more be written to a small disk."""
    subprocess.run(["mount", "-o", "remount,ro", str(output)], check=True)
