"""The wheel: the package finnews alone, typed, licensed, with the versions it was tested with."""

import importlib.util
import re
import subprocess
import sys
import tarfile
import tomllib
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from finnews import __version__
from tests.support import ROOT
from tests.support.installing import built_wheel, copied_checkout

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the source tree, with something that a crawl wrote."""
    if not importlib.util.find_spec("hatchling"):
        pytest.skip("hatchling is not installed: pip install -r requirements-dev.txt")
    return copied_checkout(tmp_path_factory.mktemp("wheel") / "finnews")


@pytest.fixture(scope="module")
def wheel(checkout: Path) -> Path:
    """Return the wheel that `pip wheel` builds of the copy, without the network."""
    before = sorted(checkout.rglob("*"))
    built = built_wheel(checkout, checkout.parent / "wheels")
    assert sorted(checkout.rglob("*")) == before, "building leaves files in the source tree"
    return built


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


def test_the_source_archive_builds_the_same_wheel(checkout: Path, wheel: Path) -> None:
    """It holds what is needed for that, and nothing that a crawl wrote."""
    target = checkout.parent / "source"
    command = [sys.executable, "-m", "hatchling", "build", "--target", "sdist"]
    subprocess.run([*command, "--directory", str(target)], cwd=checkout, check=True)
    (archive,) = target.iterdir()
    with tarfile.open(archive) as files:
        assert not any("checkpoints.jsonl" in name for name in files.getnames())
    again = built_wheel(archive, checkout.parent / "again")
    assert ZipFile(again).namelist() == ZipFile(wheel).namelist()


def test_the_wheel_names_its_licence_and_dependencies(wheel: Path) -> None:
    """Whoever installs it gets the pinned versions."""
    metadata = metadata_of(wheel)
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT"
    assert metadata.get_all("License-File") == ["LICENSE"]
    extras = PROJECT["project"]["optional-dependencies"]
    optional = {f"{pin}; extra == '{name}'" for name, pins in extras.items() for pin in pins}
    needed = set(PROJECT["project"]["dependencies"]) | optional
    assert set(metadata.get_all("Requires-Dist", [])) == needed
    assert metadata["Description-Content-Type"] == "text/markdown"
    licence = next(name for name in ZipFile(wheel).namelist() if name.endswith("/LICENSE"))
    assert ZipFile(wheel).read(licence) == (ROOT / "LICENSE").read_bytes()


def test_dependencies_are_the_first_block_of_the_requirements() -> None:
    """The sample site's own are not among them: the wheel does not hold it."""
    first = (ROOT / "requirements.txt").read_text("utf-8").partition("\n\n")[0]
    assert PROJECT["project"]["dependencies"] == pins(first)


def test_an_extra_is_a_block_of_the_requirements() -> None:
    """A checkout has what an installed finnews gets by ``pip install "finnews[sql]"``."""
    blocks = (ROOT / "requirements.txt").read_text("utf-8").split("\n\n")
    extras = PROJECT["project"]["optional-dependencies"]
    headed = {block.split("\n")[0].removeprefix("# Extra: "): pins(block) for block in blocks}
    assert extras == {name: headed[name] for name in extras}
    assert extras


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
