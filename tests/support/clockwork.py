"""Crawls of a sample site that publishes by its clock, at the times at which a person has them run.

``python -m tests.support.clockwork SITE OUTPUT TIME…`` (``now``: as the clock stands) runs them one
after the other in one process, whose clock is the site's, and says of each in a line of JSON what
it asked for and wrote.
"""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings
from scrapy.utils.reactor import install_reactor
from twisted.internet import defer, task

from finnews.spiders.checkpoint import ListProgress
from finnews.spiders.list_records import ListRecords
from finnews.spiders.news import LINKS, NewsSpider
from tests.support import ROOT
from tests.support.crawling import post

Run = dict[str, Any]

NOW = "now"


class _CountedRecords(ListRecords):
    """Counts the new articles that each list was the first to show."""

    found: Counter[str]

    def record(self, progress: ListProgress, ids: list[str]) -> None:
        new = sum(self.listed.before[id_] is None for id_ in ids)
        self.found[urlsplit(progress.url).path] += new
        super().record(progress, ids)


class _CountedNews(NewsSpider):
    clock: datetime | None = None
    found: Counter[str]

    def now(self) -> datetime:
        return self.clock or super().now()

    @cached_property
    def records(self) -> ListRecords:
        records = _CountedRecords(self.archive, self.listed, self.stamped)
        records.found = self.found = Counter()
        return records


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


def cost_by_list(runs: list[Run]) -> list[str]:
    """Return a line for each list of what it cost, and how many new articles it showed first."""
    asked = Counter(urlsplit(path).path for run in runs for path in run["asked"])
    found = sum((Counter(run["found"]) for run in runs), Counter[str]())
    details = sum(asked.pop(path) for path in list(asked) if path.startswith("/nachricht/"))
    robots = asked.pop("/robots.txt", 0)
    links = found.pop(LINKS, 0)
    total = (
        f"  {details} requests for articles, {robots} for robots.txt, {asked.total()} for "
        f"{len(asked)} lists; links were the first to show {links} new articles"
    )
    lists = (f"  {path}: {asked[path]} requests, {found[path]} new" for path in sorted(asked))
    return [total, *lists]


async def _crawl(settings: Settings, site: str, time: str) -> Run:
    if time != NOW:
        moment = datetime.fromisoformat(time)
        await asyncio.to_thread(set_clock, site, moment)
        _CountedNews.clock = moment.astimezone(UTC)
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(_CountedNews)
    asked: list[str] = []

    def note(request: scrapy.Request) -> None:
        asked.append(request.url.removeprefix(site))

    crawler.signals.connect(note, signals.request_reached_downloader)
    await runner.crawl(crawler)
    found = getattr(crawler.spider, "found", {})
    return {"asked": asked, "found": found} | (crawler.stats.get_stats() if crawler.stats else {})


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
