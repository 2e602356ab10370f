"""The wheel: the package finnews alone, typed, licensed, with the versions it was tested with."""

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NOT_SOURCE = shutil.ignore_patterns(
    ".*_cache", ".git", ".hypothesis", ".venv", "__pycache__", "output"
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the source tree, with something that a crawl wrote."""
    if not importlib.util.find_spec("hatchling"):
        pytest.skip("hatchling is not installed: pip install -r requirements-dev.txt")
    copy = tmp_path_factory.mktemp("wheel") / "finnews"
    shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
    (copy / "output").mkdir()
    (copy / "output" / "checkpoints.jsonl").write_text("{}\n", encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path) -> Path:
    """Return the wheel that `pip wheel` builds of the copy, without the network."""
    target = checkout.parent / "wheels"
    before = sorted(checkout.rglob("*"))
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", str(target)]
    subprocess.run([*command, *options, "."], cwd=checkout, check=True)
    assert sorted(checkout.rglob("*")) == before, "building leaves files in the source tree"
    return next(target.iterdir())


def test_the_wheel_holds_the_package_alone(wheel: Path) -> None:
    """Neither tests nor the sample site, benchmarks or what a crawl wrote."""
    names = ZipFile(wheel).namelist()
    sources = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "finnews").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if ".dist-info/" not in name} == sources
    assert "finnews/py.typed" in sources


def test_the_wheel_names_its_licence_and_dependencies(wheel: Path) -> None:
    """Whoever installs it gets the pinned versions."""
    metadata = metadata_of(wheel)
    assert metadata["License-Expression"] == "MIT"
    assert metadata.get_all("License-File") == ["LICENSE"]
    assert set(metadata.get_all("Requires-Dist", [])) == set(PROJECT["project"]["dependencies"])
    assert metadata["Description-Content-Type"] == "text/markdown"
    licence = next(name for name in ZipFile(wheel).namelist() if name.endswith("/LICENSE"))
    assert ZipFile(wheel).read(licence) == (ROOT / "LICENSE").read_bytes()


def test_dependencies_are_the_first_block_of_the_requirements() -> None:
    """The sample site's own are not among them: the wheel does not hold it."""
    first = (ROOT / "requirements.txt").read_text("utf-8").partition("\n\n")[0]
    assert PROJECT["project"]["dependencies"] == pins(first)


def test_every_requirement_is_pinned_exactly() -> None:
    """The build's as well, to the version that the tests build with."""
    build: list[str] = PROJECT["build-system"]["requires"]
    developing = pins((ROOT / "requirements-dev.txt").read_text("utf-8"))
    running = pins((ROOT / "requirements.txt").read_text("utf-8"))
    assert [pin for pin in developing + running if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []
    assert set(build) <= set(developing)


def metadata_of(wheel: Path) -> Message:
    """Return the metadata of a wheel."""
    with ZipFile(wheel) as files:
        name = next(name for name in files.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(files.read(name))


def pins(requirements: str) -> list[str]:
    """Return the requirements of a file, without comments, options and markers."""
    lines = (re.split(r"#|;", line)[0].strip() for line in requirements.splitlines())
    return [line for line in lines if line and not line.startswith("-")]
