"""The session in the README works on the sample site as it is printed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT, TIMEOUT
from tests.support.crawling import sample_site

README = (ROOT / "README.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:8021"
OUTPUT = "OUTPUT_DIR=trial"
SERVER = "$ python -m samplesite --port 8021 &"
PORTFOLIO = README.partition("<<END\n")[2].partition("\nEND\n")[0]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The sample site as the session starts it, on a free port."""
    with sample_site() as address:
        yield address


def session() -> list[str]:
    """Return the lines of the session behind the one that starts the site."""
    text = README.partition("## A session\n\n```\n")[2].partition("\n```\n")[0]
    lines = text.splitlines()
    (start,) = (place for place, line in enumerate(lines) if line.startswith(SERVER))
    return lines[start + 1 :]


def is_typed(line: str) -> bool:
    """Return whether a line is a command, or a part of the text that one is given."""
    return line.startswith("$ ") or line in (*PORTFOLIO.splitlines(), "END")


def test_the_session_prints_what_it_prints(site: str, tmp_path: Path) -> None:
    """Each command ends with 0, and what is printed below one is what that prints."""
    script = "\n".join(line.removeprefix("$ ") for line in session() if is_typed(line))
    shown = "\n".join(line for line in session() if not is_typed(line))
    in_trial = script.replace(ADDRESS, site).replace(OUTPUT, f"OUTPUT_DIR={tmp_path / 'trial'}")
    own = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "SCRAPY_SETTINGS_MODULE": "finnews.settings",
    }
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", in_trial],
        cwd=tmp_path,
        env=os.environ | own,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert shown
    assert shown in done.stdout
