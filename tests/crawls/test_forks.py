"""Commands in forked processes end and print as those that are started do."""

import subprocess
import sys

import pytest

from tests.support import ROOT, TIMEOUT
from tests.support.forks import FORKS, Forks


@pytest.mark.parametrize(
    "arguments",
    [("schema", "article"), ("crawl", "news", "-a", "since=x", "-s", "OUTPUT_DIR=/dev/null")],
    ids=["printing", "wrong usage"],
)
def test_a_forked_command_does_what_a_started_one_does(arguments: tuple[str, ...]) -> None:
    """Exit status and standard output are the same, and so is the last line of errors."""
    forked = FORKS.run(*arguments)
    command = [sys.executable, "-m", "scrapy", *arguments]
    started = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    assert (forked.returncode, forked.stdout) == (started.returncode, started.stdout)
    assert forked.stderr.splitlines()[-1:] == started.stderr.splitlines()[-1:]


def test_a_server_that_was_killed_is_replaced() -> None:
    """Later commands of the same worker are run all the same."""
    forks = Forks()
    first = forks.run("schema", "event")
    assert forks._server
    forks._server.kill()
    forks._server.wait()
    again = forks.run("schema", "event")
    assert (again.returncode, again.stdout) == (first.returncode, first.stdout) == (0, again.stdout)
