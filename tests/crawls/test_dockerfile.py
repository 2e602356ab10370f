"""The steps of the Dockerfile, performed where there need be no Docker."""

import os
import sys
from pathlib import Path

import pytest

import finnews
from tests.support import ROOT
from tests.support.crawling import as_options, lines
from tests.support.dockerfile import Build, steps
from tests.support.installing import lend_packages, without_environment

STEPS = list(steps(ROOT / "Dockerfile"))


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """What the steps make, with the packages of the tests' own environment."""
    root = tmp_path_factory.mktemp("root")
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    made = Build(root, {"PATH": path, **offline})
    for step in STEPS:
        made.perform(step)
        if " -m venv " in step.text:
            lend_packages(root / "opt" / "finnews")
    return made


def test_the_image_runs_finnews(build: Build) -> None:
    """It prints its help unless it gets a command."""
    assert dict(STEPS)["CMD"] == '["--help"]'
    helped = without_environment(build.directory, *build.command, "--help")
    assert (helped.returncode, helped.stderr) == (0, "")
    assert "finnews COMMAND" in helped.stdout
    version = without_environment(build.directory, *build.command, "--version").stdout
    assert version.startswith(f"finnews {finnews.__version__}, ")


def test_the_image_crawls_into_its_volume(build: Build, site: str) -> None:
    """Another ``OUTPUT_DIR`` in the command would be taken instead."""
    settings = as_options({"SITE_URL": site, "DOWNLOAD_DELAY": 0})
    command = [*build.command, "crawl", "news", "-a", "limit=2", *settings]
    done = without_environment(build.directory, *command)
    assert done.returncode == 0, done.stderr
    assert len(lines(build.root / "data", "articles")) == 2
    other = [*build.command, "runs", "-s", f"OUTPUT_DIR={build.root}/other"]
    listed = without_environment(build.directory, *other)
    assert listed.stdout == f"No runs in {build.root}/other/runs\n"


def test_the_image_runs_as_nobody_and_holds_no_build() -> None:
    """A volume keeps what is written; the last stage has the environment alone."""
    last = STEPS[max(place for place, step in enumerate(STEPS) if step.name == "FROM") :]
    assert dict(last)["USER"] == "65534:65534"
    assert dict(last)["VOLUME"] == "/data"
    assert [step.text for step in last if step.name == "COPY"] == [
        "--from=build /opt/finnews /opt/finnews"
    ]


def test_the_image_is_of_pinned_packages() -> None:
    """Those of requirements.txt, as far as finnews needs them: not the sample site's own."""
    (install,) = (step.text for step in STEPS if " install " in step.text and "pip" in step.text)
    assert "--constraint requirements.txt " in install
