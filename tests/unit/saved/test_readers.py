"""Files are read again if what reads their pages has changed, and only then."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from finnews.saved.readers import PARTS, of_run, readers
from tests.support import ROOT


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, which is hashed in place of it."""
    copy = shutil.copytree(ROOT / "finnews", tmp_path / "finnews")
    monkeypatch.setattr("finnews.saved.readers.files", lambda _: copy)
    return copy


def test_a_copy_of_the_package_reads_alike(package: Path) -> None:
    """Wherever it is installed, and whatever Python has compiled beside it."""
    assert readers.__wrapped__() == readers()
    (package / "pages" / "__pycache__").mkdir(exist_ok=True)
    (package / "pages" / "__pycache__" / "muster.py").write_text("")
    (package / "pages" / "muster.pyc").write_text("")
    assert readers.__wrapped__() == readers()


@pytest.mark.parametrize(
    "name",
    [
        *("pages/article.py", "pages/parts/header.py", "items/article.py", "loaders/__init__.py"),
        *("processors/numbers.py", "vocabulary.py", "site.py", "bounds.py", "saved/warc.py"),
        *("instrument_paths.py", "instrument_words.py"),
    ],
)
def test_a_change_of_what_reads_pages_is_one(package: Path, name: str) -> None:
    """However small it is."""
    before, path = readers.__wrapped__(), package / name
    path.write_text(path.read_text() + "\n")
    assert readers.__wrapped__() != before


def test_all_that_pages_import_reads_pages() -> None:
    """A module that they get is part of what is hashed, in whatever package it is."""
    script = "import finnews.pages, sys; print(*(name for name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    names = {name.split(".")[1] for name in done.stdout.split() if name.startswith("finnews.")}
    assert names - {part.removesuffix(".py") for part in PARTS} == set()


@pytest.mark.parametrize("name", ["reporting/tables.py", "spiders/news.py", "settings.py"])
def test_a_change_of_anything_else_is_none(package: Path, name: str) -> None:
    """A new report makes no file be read again."""
    before = readers.__wrapped__()
    (package / name).write_text("")
    assert readers.__wrapped__() == before


def test_what_a_run_keeps_is_part_of_it() -> None:
    """Each of its settings, and which of them has a value."""
    day = "2026-11-20"
    runs = {of_run("full"), of_run("lead"), of_run("full", day, None), of_run("full", None, day)}
    assert len(runs) == 4
