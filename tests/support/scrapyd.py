"""A real Scrapyd on loopback: a checkout is deployed to it, and spiders are scheduled."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from typing import Any

import requests

from tests.support import TIMEOUT
from tests.support.crawling import reserved_port, until

_CONFIGURATION = """\
[scrapyd]
bind_address = 127.0.0.1
http_port = {port}
eggs_dir = {directory}/eggs
logs_dir = {directory}/logs
dbs_dir = {directory}/dbs
poll_interval = 0.2
max_proc = 1
"""


class Scrapyd:
    """What a test asks of a server."""

    def __init__(self, port: int, directory: Path) -> None:
        self.address = f"http://127.0.0.1:{port}/"
        self.directory = directory

    def is_up(self) -> bool:
        """Return whether it answers."""
        try:
            return bool(self.asked("daemonstatus"))
        except requests.ConnectionError:
            return False

    def schedule(self, spider: str, settings: dict[str, object], **arguments: str) -> str:
        """Schedule a spider, and return the name of the run."""
        options = [("setting", f"{name}={value}") for name, value in settings.items()]
        fields = [("project", "finnews"), ("spider", spider), *options, *arguments.items()]
        answer = requests.post(f"{self.address}schedule.json", data=fields, timeout=TIMEOUT).json()
        assert answer["status"] == "ok", answer
        return str(answer["jobid"])

    def asked(self, service: str) -> Any:
        """Return the answer of a service about the project."""
        query = {"project": "finnews"}
        return requests.get(f"{self.address}{service}.json", params=query, timeout=TIMEOUT).json()

    def cancel(self, job: str) -> None:
        """Let Scrapyd stop a run, by SIGINT."""
        fields = {"project": "finnews", "job": job}
        answer = requests.post(f"{self.address}cancel.json", data=fields, timeout=TIMEOUT).json()
        assert answer["status"] == "ok", answer

    def wait_for(self, *jobs: str) -> None:
        """Wait until runs are finished."""
        until(lambda: set(jobs) <= {job["id"] for job in self.asked("listjobs")["finished"]})

    def log(self, spider: str, job: str) -> str:
        """Return what a run logged."""
        return Path(self.directory, "logs", "finnews", spider, f"{job}.log").read_text("utf-8")

    def status(self, job: str) -> int:
        """Return the exit status with which the process of a run ended, as Scrapyd logs it."""
        for line in Path(self.directory, "scrapyd.log").read_text("utf-8").splitlines():
            if f" job='{job}' " in line and "Process finished:" in line:
                return 0
            if f" job='{job}' " in line and (died := re.search(r"exitstatus=(\d+)", line)):
                return int(died[1])
        raise AssertionError(f"{job} has not ended")


@contextmanager
def scrapyd(directory: Path) -> Iterator[Scrapyd]:
    """Start a Scrapyd that keeps its files in a directory, and works there."""
    files = ("--logfile", str(directory / "scrapyd.log"), "--pidfile", str(directory / "pid"))
    command = [sys.executable, "-m", "scrapyd", *files]
    environment = {"HOME": str(directory), "PATH": os.environ["PATH"]}
    with reserved_port() as port:
        text = _CONFIGURATION.format(port=port, directory=directory)
        Path(directory, "scrapyd.conf").write_text(text, "utf-8")
        with Popen(command, cwd=directory, env=environment, text=True) as process:
            try:
                server = Scrapyd(port, directory)
                until(server.is_up, process)
                yield server
            finally:
                process.terminate()


def deploy(checkout: Path, server: Scrapyd) -> None:
    """Send a checkout to a server, by ``scrapyd-deploy`` as it is called there."""
    configuration = checkout / "scrapy.cfg"
    text = configuration.read_text("utf-8").replace("http://127.0.0.1:6800/", server.address)
    configuration.write_text(text, "utf-8")
    command = [sys.executable, "-m", "scrapyd_client.deploy"]
    subprocess.run(command, cwd=checkout, check=True, timeout=TIMEOUT)
