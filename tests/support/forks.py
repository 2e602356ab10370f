"""``scrapy`` in processes of its own without the second that Python takes to import it.

``python -m tests.support.forks`` imports Scrapy and finnews once, and then forks a process for each
command: the same code, with an environment, files and an exit status of its own.
"""

import atexit
import gc
import json
import os
import pkgutil
import random
import signal
import subprocess
import sys
import threading
import warnings
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.support import ROOT, TIMEOUT

_PACKAGES: Final = (
    *("finnews", "scrapy.commands", "scrapy.downloadermiddlewares", "scrapy.extensions"),
    "scrapy.spidermiddlewares",
)
_MODULES: Final = (
    *("scrapy.cmdline", "scrapy.core.downloader.handlers.http11", "scrapy.core.engine"),
    *("scrapy.core.scheduler", "scrapy.dupefilters", "scrapy.pqueues", "scrapy.squeues"),
    *("scrapy.utils._remote_control", "tldextract", "twisted.internet.asyncioreactor"),
)
"""What a crawl imports, but for the reactor, which is made in the process that uses it."""


class Forks:
    """Commands that are run one after the other by a process that forks for them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._server: subprocess.Popen[str] | None = None

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run ``scrapy`` with arguments to its end; it is killed when `TIMEOUT` is over."""
        with self._lock, TemporaryDirectory(prefix="finnews-") as directory:
            files = [Path(directory, name) for name in ("stdout", "stderr")]
            status = self._status(arguments, *map(str, files))
            printed = [file.read_text("utf-8") for file in files]
        return subprocess.CompletedProcess(arguments, status, *printed)

    def _status(self, arguments: tuple[str, ...], *files: str) -> int:
        try:
            return self._answer(arguments, *files)
        except (OSError, ValueError):  # it was killed: another takes its place, once
            self._server = None
            return self._answer(arguments, *files)

    def _answer(self, arguments: tuple[str, ...], *files: str) -> int:
        server = self._server = self._server or self._started()
        assert server.stdin
        assert server.stdout
        print(json.dumps([arguments, dict(os.environ), *files]), file=server.stdin, flush=True)
        return int(server.stdout.readline())

    def _started(self) -> "subprocess.Popen[str]":
        command, pipe = [sys.executable, "-m", "tests.support.forks"], subprocess.PIPE
        server = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        atexit.register(server.communicate)
        return server


FORKS: Final = Forks()


def _import_all() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some of Scrapy's extensions are deprecated
        for name in (*_PACKAGES, *_MODULES):
            module = import_module(name)
            if name in _PACKAGES:
                for part in pkgutil.walk_packages(module.__path__, f"{name}."):
                    import_module(part.name)
    assert "twisted.internet.reactor" not in sys.modules
    assert threading.active_count() == 1
    gc.freeze()


def _run(arguments: list[str], environment: dict[str, str], stdout: str, stderr: str) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in ((1, stdout), (2, stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    os.environ.clear()
    os.environ.update(environment)
    random.seed()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    sys.argv = ["scrapy", *arguments]
    import_module("scrapy.cmdline").execute()


def _status_of(child: int) -> int:
    def kill(*_: Any) -> None:
        os.kill(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, kill)
    signal.alarm(int(TIMEOUT))
    _, status = os.waitpid(child, 0)
    signal.alarm(0)
    return os.waitstatus_to_exitcode(status)


def main() -> None:
    """Fork for each line of standard input, and print the exit status of each process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is interrupted closes the input
    _import_all()
    while line := sys.stdin.readline():
        child = os.fork()
        if not child:
            return _run(*json.loads(line))
        print(_status_of(child), flush=True)
    return None


if __name__ == "__main__":
    main()
