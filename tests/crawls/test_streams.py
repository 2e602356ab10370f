"""Commands whose standard output or error is closed, or of an encoding that lacks letters."""

import os
import shlex
import subprocess
import sys

import pytest

from tests.support import ROOT, TIMEOUT
from tests.support.crawling import as_options, crawl
from tests.support.sites import SITE

SHARE = SITE.stocks[0]
FAST = (
    *("list", "probe -h", "settings --get USER_AGENT", "schema article", "runs", "runs --json"),
    *("archive check", "archive show {page}", "archive show {page} --json", "no-such-command"),
)
CRAWLING = (
    *("probe {site}{path} -v", "probe {site}{path} --json", "fetch {site}/rss/news --nolog"),
    *("parse {site}/rss/news --spider news --nolog", "crawl ratings --nolog"),
)
TEXTS = ("probe -h", "runs", "archive show {page}", "probe {site}{path} -v", "crawl ratings")
STATUS = {"no-such-command": 2}

Finished = subprocess.CompletedProcess[bytes]


@pytest.fixture(scope="module")
def settings(site: str, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Options of commands on an archive of the sample site."""
    output = tmp_path_factory.mktemp("output")
    done = crawl("stocks", site, output, "-a", f"stocks={SHARE.page}")
    assert done.returncode == 0, done.stderr
    return as_options({"SITE_URL": site, "OUTPUT_DIR": output, "DOWNLOAD_DELAY": 0})


@pytest.fixture
def command(request: pytest.FixtureRequest, settings: list[str], site: str) -> list[str]:
    """A command that prints something."""
    words = request.param.format(site=site, page=SHARE.page, path=SHARE.path)
    return [sys.executable, "-m", "scrapy", *words.split(), *settings]


def run(command: list[str], **how: object) -> Finished:
    """Run a command to its end."""
    return subprocess.run(command, cwd=ROOT, timeout=TIMEOUT, check=False, **how)  # type: ignore[call-overload, no-any-return]


def status(command: list[str]) -> int:
    """Return the exit status that a command has."""
    return STATUS.get(command[3], 0)


@pytest.mark.parametrize("command", [*FAST, *CRAWLING], indirect=True)
def test_a_closed_pipe_ends_a_command_quietly(command: list[str]) -> None:
    """Nothing is printed, and the exit status is the command's own."""
    reading, writing = os.pipe()
    os.close(reading)
    done = run(command, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (status(command), b"")


@pytest.mark.parametrize("command", ["runs", *CRAWLING], indirect=True)
def test_a_log_that_nobody_reads_changes_nothing(command: list[str]) -> None:
    """As with ``2>&1 | head -1``."""
    reading, writing = os.pipe()
    os.close(reading)
    logged = [word for word in command if word != "--nolog"]
    done = run(logged, stdout=subprocess.PIPE, stderr=writing)
    os.close(writing)
    assert done.returncode == status(command)
    assert done.stdout or command[3] == "crawl"


@pytest.mark.parametrize("closed", [">&- <&-", "2>&-"])
@pytest.mark.parametrize(
    "command", ["schema article", "runs", "crawl ratings --nolog"], indirect=True
)
def test_a_stream_that_is_not_there_changes_nothing(command: list[str], closed: str) -> None:
    """As a daemon may start a command."""
    done = run(["sh", "-c", f"{shlex.join(command)} {closed}"], capture_output=True)
    assert (done.returncode, done.stderr) == (status(command), b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("command", TEXTS, indirect=True)
def test_any_encoding_of_a_terminal_prints(command: list[str], encoding: str) -> None:
    """What it lacks is an escape."""
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = run(command, capture_output=True, env=environment)
    assert done.returncode == status(command), done.stderr
    assert b"Traceback" not in done.stderr
    assert (done.stdout + done.stderr).decode(encoding)


def test_a_table_of_a_log_without_boxes_is_made_of_letters(settings: list[str]) -> None:
    """Where the encoding of stderr has none."""
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "scrapy", "crawl", "ratings", *settings]
    done = run(command, capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert b"\n| refused" in done.stderr
    assert b"\\u2502" not in done.stderr


def test_a_pipe_that_is_closed_after_a_line_ends_a_command(settings: list[str]) -> None:
    """The rest of its output goes nowhere."""
    words = [sys.executable, "-m", "scrapy", "archive", "show", SHARE.page, "--json", *settings]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, cwd=ROOT, stdout=pipe, stderr=pipe) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait(TIMEOUT)) == (b"", 0)
