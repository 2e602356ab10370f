"""Crawls of a sample site that publishes by its clock, at the times at which a person has them run.

``python -m tests.support.clockwork SITE OUTPUT TIME…`` (``now``: as the clock stands) runs them one
after the other in one process, and says of each in a line of JSON what it asked for and wrote.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings
from scrapy.utils.reactor import install_reactor
from twisted.internet import defer, task

from finnews.spiders.news import NewsSpider
from tests.support import ROOT
from tests.support.crawling import post

Run = dict[str, Any]

NOW = "now"


def set_clock(site: str, time: datetime, step: int = 0) -> None:
    """Tell a sample site what time it is, and by how many seconds each answer moves its clock."""
    post(f"{site}/_clock?step={step}", time.isoformat())


def times(after: datetime, every: timedelta, count: int) -> list[datetime]:
    """Return the times of a regime."""
    return [after + every * number for number in range(1, count + 1)]


def crawls(site: str, output: Path, at: Sequence[datetime | None]) -> list[Run]:
    """Crawl the news once at each time, and return what each crawl did; ``None``: as time is."""
    clock = [time.isoformat() if time else NOW for time in at]
    command = [sys.executable, "-m", "tests.support.clockwork", site, str(output), *clock]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def cost(runs: list[Run]) -> str:
    """Return in one line what some runs cost."""
    requests, unmodified, new, updated = (
        sum(run.get(name, 0) for run in runs)
        for name in (
            "finnews/requests",
            "finnews/not-modified",
            "finnews/new",
            "finnews/articles/updated",
        )
    )
    return (
        f"{len(runs)} runs, {requests} requests ({unmodified} answered 304), {new} new articles "
        f"and {updated} new versions: {requests / max(new + updated, 1):.2f} requests for each"
    )


async def _crawl(settings: Settings, site: str, time: str) -> Run:
    if time != NOW:
        await asyncio.to_thread(set_clock, site, datetime.fromisoformat(time))
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(NewsSpider)
    asked: list[str] = []

    def note(request: scrapy.Request) -> None:
        asked.append(request.url.removeprefix(site))

    crawler.signals.connect(note, signals.request_reached_downloader)
    await runner.crawl(crawler)
    return {"asked": asked} | (crawler.stats.get_stats() if crawler.stats else {})


async def _crawl_all(settings: Settings, site: str, times: list[str]) -> None:
    for time in times:
        print(json.dumps(await _crawl(settings, site, time), default=str), flush=True)


def main() -> None:
    """Do as the module says."""
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    site, output, *times = sys.argv[1:]
    settings = get_project_settings()
    settings.setdict({"SITE_URL": site, "OUTPUT_DIR": output, "DOWNLOAD_DELAY": 0})
    task.react(
        lambda _: defer.Deferred.fromFuture(
            asyncio.ensure_future(_crawl_all(settings, site, times))
        )
    )


if __name__ == "__main__":
    main()
