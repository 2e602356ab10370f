"""The progress line: on a terminal only, below the log, gone at the end."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from samplesite.content.news_lists import MENU
from tests.support import ROOT
from tests.support.crawling import as_options

LISTS = {"/rss/news", *(each.path for each in MENU)}

_CURSOR_OFF = "\x1b[?25l"
_LOG_LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+0000 \[\S+\] [A-Z]+: .+")
_PROGRESS = re.compile(r"\d:\d\d:\d\d  (\d+) pages  (\d+) new items  [\d.]+ pages/s  (/[\w/?=-]+)")


def on_terminal(*command: str) -> tuple[int, str]:
    """Run a command whose stderr is a terminal; return its exit status and all that it shows."""
    terminal, stderr = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "LINES": "24"}
    with subprocess.Popen(command, cwd=ROOT, stderr=stderr, env=environment) as process:
        os.close(stderr)
        shown = b"".join(iter(lambda: _read(terminal), b""))
    os.close(terminal)
    return process.returncode, shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # what Linux says when no process has the terminal open
        return b""


def test_a_terminal_shows_a_progress_line(site: str, tmp_path: Path) -> None:
    """It shows pages, items, rate and the current list, and never mixes with a log line."""
    settings = {"SITE_URL": site, "OUTPUT_DIR": tmp_path, "DOWNLOAD_DELAY": 0.15}
    command = (sys.executable, "-m", "scrapy", "crawl", "news", *as_options(settings))
    status, shown = on_terminal(*command, "-L", "DEBUG")
    assert status == 0
    progress = [(int(pages), int(items), path) for pages, items, path in _PROGRESS.findall(shown)]
    assert len(progress) > 3
    assert progress == sorted(progress, key=lambda row: row[:2])
    assert progress[-1][0] > 10
    assert {path.partition("?")[0] for *_, path in progress} <= LISTS
    logged = [_last_drawn(line) for line in shown.split("\n") if "[scrapy." in line]
    assert len([line for line in logged if "Crawled (200)" in line]) == 39
    assert [line for line in logged if not _LOG_LINE.fullmatch(line)] == []


def _last_drawn(line: str) -> str:
    """Return what stays of a line on the terminal: what was drawn after it was last erased."""
    return line.rpartition("\x1b[2K")[2].removeprefix(_CURSOR_OFF).removesuffix("\r")


def test_a_log_file_has_no_progress_line(site: str, tmp_path: Path) -> None:
    """With ``--logfile`` the terminal shows the progress line, and the log goes to its file."""
    log = tmp_path / "log"
    settings = {"SITE_URL": site, "OUTPUT_DIR": tmp_path, "DOWNLOAD_DELAY": 0.15}
    command = (sys.executable, "-m", "scrapy", "crawl", "ratings", *as_options(settings))
    options = ("-a", "limit=5")
    status, shown = on_terminal(*command, *options, "--logfile", str(log))
    assert status == 0
    assert _PROGRESS.search(shown)
    assert "[scrapy" not in shown
    assert "\x1b" not in log.read_text()
    assert not _PROGRESS.search(log.read_text())
