"""The lines for cron and the units for systemd in ``deploy/``, as these run them."""

import re
import shlex
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from finnews.reporting.runs import last
from tests.support import ROOT, TIMEOUT
from tests.support.crawling import lines
from tests.support.installing import without_environment

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("finnews*.*er*"))
SERVICE = DEPLOY / "systemd" / "finnews@.service"
PROGRAM = "/opt/finnews/bin/finnews"
OUTPUT = "/var/lib/finnews"
KINDS = {"news": "articles", "ratings": "ratings", "stocks": "quotes"}
MOST_EXPOSURE = 20
"""Tenths; systemd calls 20 to 49 medium, and less OK."""


def crontab() -> dict[str, str]:
    """Return the commands of the lines for cron, by their spiders."""
    text = (DEPLOY / "crontab").read_text("utf-8")
    commands = re.findall(r"^[\d*/,-]+(?: [\d*/,-]+){4}  (.+)$", text, re.MULTILINE)
    return {re.findall(r" crawl (\w+)", command)[0]: command for command in commands}


def exec_start(spider: str) -> str:
    """Return the command that systemd makes of the service and the example of its environment."""
    service = RawConfigParser(strict=False)
    service.optionxform = str  # type: ignore[assignment,method-assign]
    service.read_string(SERVICE.read_text("utf-8"))
    text = service["Service"]["ExecStart"].replace("%i", spider)
    example = (DEPLOY / "systemd" / "finnews.env").read_text("utf-8")
    values = dict(re.findall(r"^(\w+)=(.*)$", example, re.MULTILINE))
    words = (values[word[1:]] if word.startswith("$") else word for word in text.split())
    return " ".join(words)


def run_alone(command: str, programs: Path, site: str, output: Path) -> None:
    """Run a command as cron does, but for its paths and the site; fail if it does not end well."""
    assert command.startswith(f"{PROGRAM} crawl ")
    assert f" OUTPUT_DIR={OUTPUT}" in command
    for of_the_file, here in ((PROGRAM, programs / "finnews"), (OUTPUT, output)):
        command = command.replace(of_the_file, shlex.quote(str(here)))
    command += f" -s SITE_URL={site} -s DOWNLOAD_DELAY=0"
    done = without_environment(Path("/"), "/bin/sh", "-c", command)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("spider", KINDS)
def test_cron_s_line_works_without_environment(
    spider: str, programs: Path, site: str, tmp_path: Path
) -> None:
    """It archives items and writes its report, started by /bin/sh from the root directory."""
    run_alone(crontab()[spider], programs, site, tmp_path / "archive")
    assert lines(tmp_path / "archive", KINDS[spider])
    (report,) = last(tmp_path / "archive", 2)
    assert (report.spider, report.status) == (spider, 0)


@pytest.mark.parametrize("spider", KINDS)
def test_the_service_s_command_works_without_environment(
    spider: str, programs: Path, site: str, tmp_path: Path
) -> None:
    """With the example of its environment file."""
    run_alone(exec_start(spider), programs, site, tmp_path / "archive")
    assert lines(tmp_path / "archive", KINDS[spider])


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """Copies of the units whose program is one that is there; skip without systemd-analyze."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    for unit in UNITS:
        text = unit.read_text("utf-8").replace(PROGRAM, "/bin/true")
        (tmp_path / unit.name).write_text(text, "utf-8")
    return sorted(tmp_path.iterdir())


def analyzed(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run ``systemd-analyze``."""
    command = ["systemd-analyze", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=TIMEOUT)


def test_systemd_finds_no_fault_in_the_units(units: list[Path]) -> None:
    """Neither an error nor a warning, of the timers and of the service for each spider."""
    services = [units[0].with_name(f"finnews@{spider}.service") for spider in KINDS]
    timers = [unit for unit in units if unit.suffix == ".timer"]
    assert len(timers) == len(KINDS)
    done = analyzed("verify", *timers, *services)
    assert [line for line in done.stderr.splitlines() if "finnews" in line] == []
    assert done.returncode == 0, done.stderr


def test_the_service_is_exposed_to_little(units: list[Path]) -> None:
    """What systemd-analyze calls OK."""
    (service,) = (unit for unit in units if unit.suffix == ".service")
    done = analyzed("security", "--offline=true", f"--threshold={MOST_EXPOSURE}", service)
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze does not look at files")
    assert done.returncode == 0, done.stdout


def test_each_spider_has_a_timer_of_its_times() -> None:
    """News every 10 minutes, ratings every 30, stocks after the exchanges close, in their zone."""
    times = {}
    for spider in KINDS:
        text = (DEPLOY / "systemd" / f"finnews-{spider}.timer").read_text("utf-8")
        assert f"\nUnit=finnews@{spider}.service\n" in text
        assert "\nPersistent=true\n" in text
        times[spider] = re.findall(r"^OnCalendar=(.+)$", text, re.MULTILINE)
    assert times == {
        "news": ["*:0/10"],
        "ratings": ["*:5/30"],
        "stocks": ["Mon..Fri 22:15 Europe/Berlin"],
    }
