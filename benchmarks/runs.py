"""Runs of spiders, each in a process of its own, and what they took.

``python -m benchmarks.runs '["news", {"SITE_URL": …}, {"limit": "10"}]'`` runs one.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from scrapy import Request, signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from benchmarks.plain_spider import PlainSpider
from tests.support import ROOT

QUIET: dict[str, object] = {
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}
AT_ONCE: dict[str, object] = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}
"""The settings of a crawl that waits for nothing."""


class Took(NamedTuple):
    """What a run took, from its first step after all imports to its end."""

    seconds: float
    cpu: float
    """CPU seconds of the process."""

    all_cpu: float
    """CPU seconds of the process and of those that it has started."""

    memory: int
    """The most kB that were resident at once."""

    pages: int
    """How many pages were read; of a plain spider 0."""

    urls: list[str]
    """What was requested, in that order."""


def run(
    spider: str,
    settings: Mapping[str, object],
    arguments: Mapping[str, str] | None = None,
    pages: int | None = None,
) -> Took:
    """Run a spider of finnews, or ``plain``, to its end.

    Raises `RuntimeError` if it has not read as many `pages` as there are.
    """
    order = json.dumps([spider, QUIET | dict(settings), arguments or {}], default=str)
    command = [sys.executable, "-m", "benchmarks.runs", order]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    took = Took(*json.loads(done.stdout.splitlines()[-1]))
    if pages not in (None, took.pages):
        raise RuntimeError(f"{took.pages} of {pages} pages were read")
    return took


class Clock:
    """Takes the time of a crawl from now to its end, and notes its requests."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.urls: list[str] = []
        self.started = time.monotonic(), time.process_time()
        self.took = (0.0, 0.0)
        crawler.signals.connect(self.end, signals.engine_stopped)
        crawler.signals.connect(self.note, signals.request_reached_downloader)

    def end(self) -> None:
        """Note when it has ended."""
        seconds, cpu = self.started
        self.took = time.monotonic() - seconds, time.process_time() - cpu

    def note(self, request: Request) -> None:
        """Note a request."""
        self.urls.append(request.url)

    def result(self) -> Took:
        """Return what the run took."""
        stats = self.crawler.stats.get_stats()
        pages = sum(stats[name] for name in stats if name.startswith("finnews/pages/"))
        seconds, cpu = self.took
        return Took(seconds, cpu, cpu + workers_cpu(), most_memory(), pages, self.urls)


def workers_cpu() -> float:
    """Return the CPU seconds of the processes that this one has started and that have ended."""
    children = os.times()
    return children.children_user + children.children_system


def most_memory() -> int:
    """Return the most kB that this process has had resident at once."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def main() -> None:
    """Do as the module says, and print what it took as JSON."""
    name, settings, arguments = json.loads(sys.argv[1])
    is_plain = name == PlainSpider.name
    all_settings: Settings = Settings() if is_plain else get_project_settings()
    all_settings.setdict(settings, "cmdline")
    process = CrawlerProcess(all_settings)
    crawler = process.create_crawler(PlainSpider if is_plain else name)
    clock = Clock(crawler)
    process.crawl(crawler, **arguments)
    process.start()
    print(json.dumps(clock.result()))


if __name__ == "__main__":
    main()
