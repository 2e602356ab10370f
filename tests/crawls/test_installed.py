"""finnews as a package: from an empty directory, with an empty environment, without a checkout."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import finnews
from tests.support import ROOT
from tests.support.crawling import as_options, lines
from tests.support.installing import without_environment

Run = Callable[..., "subprocess.CompletedProcess[str]"]

BLOCKED = """
import sys
sys.modules["fcntl"] = sys.modules["resource"] = None
"""
RENAMED = """
import sys
sys.platform = "win32"
"""
FINNEWS = "import runpy; runpy.run_module('finnews', run_name='__main__')"
SCRAPY = "from scrapy.cmdline import execute; execute()"


@pytest.fixture
def run(programs: Path, tmp_path: Path) -> Run:
    """Run a program of it in an empty directory."""

    def ended(program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return without_environment(tmp_path, programs / program, *arguments)

    return ended


def test_a_crawl_writes_into_the_working_directory(site: str, run: Run, tmp_path: Path) -> None:
    """The other commands find there what it wrote, however they are started."""
    settings = as_options({"SITE_URL": site, "DOWNLOAD_DELAY": 0})
    done = run("finnews", "crawl", "news", "-a", "limit=3", *settings)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
    assert len(lines(tmp_path / "output", "articles")) == 3
    listed = run("python", "-m", "finnews", "runs")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert " limit=3 " in listed.stdout
    assert run("finnews", "archive", "check").returncode == 0


def test_a_page_is_read_in_a_line_of_python(run: Run) -> None:
    """Of what is installed, not of the checkout."""
    page = ROOT / "tests" / "golden" / "price_targets" / "full.html"
    code = (
        "import finnews, pathlib\n"
        "from finnews import read\n"
        f"html = pathlib.Path({str(page)!r}).read_text('utf-8')\n"
        "print(len(read('https://www.finanzen.net/kursziele/muster_vz', html)))\n"
        "print(finnews.__file__)\n"
    )
    done = run("python", "-c", code)
    assert (done.returncode, done.stderr) == (0, "")
    number, path = done.stdout.split()
    assert int(number) == 6
    assert not Path(path).is_relative_to(ROOT)


def test_schema_and_version_need_no_project(run: Run) -> None:
    """Nor do they write anything."""
    schema = run("finnews", "schema", "article")
    assert json.loads(schema.stdout)["title"] == "Article"
    for words in (["finnews", "--version"], ["python", "-m", "finnews", "--version"]):
        assert run(*words).stdout.startswith(f"finnews {finnews.__version__}, Scrapy ")


def test_without_a_command_the_program_says_which_there_are(run: Run) -> None:
    """By the name of the program; an unknown one is said in one line."""
    for words in ([], ["--help"], ["-h"]):
        done = run("finnews", *words)
        assert (done.returncode, done.stderr) == (0, "")
        for command in ("archive", "crawl", "probe", "runs", "schema"):
            assert f"\n  {command} " in done.stdout
        assert "scrapy crawl" not in done.stdout
    unknown = run("finnews", "crowl", "news")
    assert (unknown.returncode, unknown.stdout, unknown.stderr.count("\n")) == (2, "", 1)
    usage = run("finnews", "schema", "--help").stdout
    assert "  finnews schema article|" in usage
    wrong = run("python", "-m", "finnews", "schema")
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)
    assert ": usage: python -m finnews schema article|" in wrong.stderr


def test_another_project_s_configuration_is_not_ours(run: Run, tmp_path: Path) -> None:
    """finnews is run wherever it is called; who wants other settings names their module."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = others.settings\n", "utf-8")
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "settings.py").write_text("BOT_NAME = 'others'\n", "utf-8")
    listed = run("finnews", "list")
    assert (listed.returncode, listed.stdout.split()) == (0, ["news", "ratings", "saved", "stocks"])
    assert run("finnews", "settings", "--get", "BOT_NAME").stdout == "finnews\n"


@pytest.mark.parametrize("windows", [BLOCKED, RENAMED], ids=["without fcntl", "win32"])
@pytest.mark.parametrize("program", [FINNEWS, SCRAPY], ids=["finnews", "scrapy"])
def test_windows_is_told_in_one_line(windows: str, program: str, tmp_path: Path) -> None:
    """Not with the traceback of what is missing there."""
    if program == SCRAPY:  # what Scrapy itself imports is Windows's affair
        program = windows.join(["import scrapy.cmdline, scrapy.utils.project\n", program])
    code = f"{windows}\n{program}" if program == FINNEWS else program
    command = (sys.executable, "-c", code, "crawl", "news")
    variables = {"PYTHONPATH": str(ROOT), "SCRAPY_SETTINGS_MODULE": "finnews.settings"}
    done = without_environment(tmp_path, *command, variables=variables)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "finnews runs on Linux and macOS; on Windows, use WSL or a container\n"
