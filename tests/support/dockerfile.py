"""The steps of a Dockerfile, performed without Docker in a directory that stands for the root."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.support import ROOT, TIMEOUT


class Step(NamedTuple):
    """An instruction and what it says."""

    name: str
    text: str


def steps(dockerfile: Path) -> Iterator[Step]:
    """Yield the instructions of a file."""
    for line in dockerfile.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield Step(*line.split(maxsplit=1))


def admitted(context: Path) -> set[str]:
    """Return what of a directory ``.dockerignore`` lets through."""
    lines = (context / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in lines
    return {line[1:] for line in lines if line.startswith("!")}


class Build:
    """The stages of a file in one directory: each absolute path stands below it."""

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self.root = root
        self.environment = dict(environment)
        self.directory = root
        self.command: list[str] = []

    def perform(self, step: Step) -> None:
        """Do what an instruction says; one that only describes the image does nothing."""
        act = getattr(self, f"_{step.name.lower()}", None)
        if act:
            act(step.text)

    def here(self, text: str) -> str:
        """Return a text with the directories of the image below the root."""
        text = re.sub(r"(?<![\w.])/(?=opt/|data\b|src\b)", f"{self.root}/", text)
        owner = {"owner": os.getuid(), "group": os.getgid()}
        return re.sub(r"--(owner|group)=\d+", lambda match: f"--{match[1]}={owner[match[1]]}", text)

    def _workdir(self, text: str) -> None:
        self.directory = Path(self.here(text))
        self.directory.mkdir(parents=True, exist_ok=True)

    def _copy(self, text: str) -> None:
        if text.startswith("--from="):
            return  # the stages share a root
        *sources, target = text.split()
        assert set(sources) <= admitted(ROOT), "what is copied is not let through"
        for name in sources:
            copy = self.directory / target
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy)
            else:
                shutil.copy(ROOT / name, copy)

    def _run(self, text: str) -> None:
        command = ["/bin/sh", "-c", self.here(text)]
        subprocess.run(
            command, cwd=self.directory, env=self.environment, check=True, timeout=TIMEOUT
        )

    def _entrypoint(self, text: str) -> None:
        self.command = [self.here(word) for word in json.loads(text)]
