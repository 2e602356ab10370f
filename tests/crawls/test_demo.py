"""The demonstration: what it shows at its end, and that what it says to try next works."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, TIMEOUT
from tests.support.crawling import reserved_port

SHOWN = 5
SMALL = ("--articles", "20", "--stocks", "8")
"""The options of its sample site."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The lines that a demonstration prints."""
    output = tmp_path_factory.mktemp("demo")
    with reserved_port() as port:
        environment = os.environ | {"DEMO_PORT": str(port), "DEMO_OUTPUT": str(output)}
        command = [sys.executable, "-m", "samplesite.demo", *SMALL]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def below(shown: list[str], title: str) -> list[str]:
    """Return the lines below a title, to the next empty one."""
    rest = shown[[line.strip() for line in shown].index(title) + 1 :]
    return rest[: rest.index("") if "" in rest else None]


@pytest.mark.parametrize("title", ["Newest articles", "Newest prices", "Newest verdicts"])
def test_the_newest_items_are_shown(shown: list[str], title: str) -> None:
    """Five of each kind under headings, newest first."""
    headings, *rows = below(shown, title)
    assert headings.split()[0] in {"published", "quoted"}
    assert len(rows) == SHOWN
    days = [row[:10] for row in rows]
    assert days == sorted(days, reverse=True)


def test_files_and_runs_are_shown(shown: list[str]) -> None:
    """How many lines there are, and how the three runs ended."""
    counts = [line for line in shown if line.endswith(" lines")]
    assert any("/articles/" in line and line.endswith("  20 lines") for line in counts)
    _, *runs = below(shown, "How the runs ended")
    assert [row.split()[2] for row in runs] == ["news", "stocks", "ratings"]
    assert all(" 0 done " in row for row in runs)


def test_it_ends_with_the_address_of_its_pages(shown: list[str]) -> None:
    """They have answered; where nobody looks at a terminal, they are served again by a command."""
    answered, command = below(shown, "Look at it")
    assert re.match(r"  http://127\.0\.0\.1:\d+/ answered 200; ", answered)
    assert re.match(r"  \.venv/bin/scrapy look -s OUTPUT_DIR=/", command)
    assert shown[-1] == command


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_it_says_to_try_next_works(shown: list[str], number: int) -> None:
    """As it is printed, from the same folder, after the demonstration has ended."""
    commands = [line.strip() for line in below(shown, "Try next")]
    assert len(commands) == 3
    with subprocess.Popen(
        ["sh", "-c", f"exec {commands[number]}"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline().strip()
            if "-m samplesite" not in commands[number]:
                process.stdout.read()
                assert process.wait(TIMEOUT) == 0
        finally:
            process.terminate()


def test_a_demonstration_that_nobody_watches_ends_quietly(tmp_path: Path) -> None:
    """As with ``make demo | head -1``."""
    output = tmp_path / "output"
    with reserved_port() as port:
        environment = os.environ | {"DEMO_PORT": str(port), "DEMO_OUTPUT": str(output)}
        command = [sys.executable, "-m", "samplesite.demo", *SMALL]
        reading, writing = os.pipe()
        os.close(reading)
        pipe = subprocess.PIPE
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=writing, stderr=pipe, check=False
        )
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
