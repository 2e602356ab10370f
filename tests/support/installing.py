"""A copy of the checkout, the wheel of it, and an environment in which it is installed."""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.support import ROOT, TIMEOUT

_NOT_SOURCE: Final = shutil.ignore_patterns(
    ".*_cache", ".git", ".hypothesis", ".venv", "__pycache__", "output"
)
_PIP: Final = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
_OFFLINE: Final = ("--no-deps", "--no-index")


def copied_checkout(target: Path) -> Path:
    """Copy the source tree to a directory, with something that a crawl wrote."""
    shutil.copytree(ROOT, target, ignore=_NOT_SOURCE)
    (target / "output").mkdir()
    (target / "output" / "checkpoints.jsonl").write_text("{}\n", encoding="utf-8")
    return target


def built_wheel(source: Path, target: Path) -> Path:
    """Return the wheel that `pip wheel` builds of a checkout or archive, without the network."""
    options = ["--no-build-isolation", *_OFFLINE, "--wheel-dir", str(target)]
    subprocess.run([*_PIP, "wheel", *options, str(source)], check=True)
    (wheel,) = target.iterdir()
    return wheel


def installed(wheel: Path, target: Path) -> Path:
    """Install a wheel into a new environment; return the folder of its programs.

    The packages that it needs are those of the tests' own environment.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(target)], check=True)
    programs = target / "bin"
    lend_packages(target)
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    command = [*_PIP, "--python", str(programs / "python"), "install", *_OFFLINE, str(wheel)]
    subprocess.run(command, check=True, env=environment)
    return programs


def lend_packages(target: Path) -> None:
    """Let an environment find the packages of the tests' own one."""
    (packages,) = target.glob("lib/python*/site-packages")
    lent = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (packages / "lent.pth").write_text("\n".join(lent) + "\n", encoding="utf-8")


def without_environment(
    directory: Path, *command: object, variables: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a command in a directory, with no variables but these."""
    return subprocess.run(
        [str(word) for word in command],
        cwd=directory,
        env=dict(variables or {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT,
    )
