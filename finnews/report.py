"""What a run did: a file under ``runs/``, a line in the log, and an exit status."""

import asyncio
import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from finnews.archive import ArchiveError

logger = logging.getLogger(__name__)

DONE: Final = 0
ERRORS: Final = 1
WRONG_USAGE: Final = 2
REFUSED: Final = 3

_STATUS_OF = {
    "refused": REFUSED,
    "forbidden": REFUSED,
    "unknown-stock": WRONG_USAGE,
    "unknown-index": WRONG_USAGE,
}
_WHOLE_RUNS = frozenset({"finished", "limit"})
_ERRORS = ("log_count/ERROR", "log_count/CRITICAL", "finnews/rejected/")


class RunReport:
    """Writes ``runs/<start>-<spider>-<pid>.json`` when a run ends.

    A run whose archive fails is ended at once: nothing that it reads could be kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.started = datetime.now(UTC)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        report = cls(crawler)
        crawler.signals.connect(report.item_error, signals.item_error)
        crawler.signals.connect(report.spider_closed, signals.spider_closed)
        return report

    def item_error(self, failure: Failure) -> None:
        if isinstance(failure.value, ArchiveError) and self.crawler.engine:
            logger.critical("Nothing more can be stored: %s", failure.value)
            self._ending = asyncio.ensure_future(
                self.crawler.engine.close_spider_async(reason="archive")
            )

    def spider_closed(self, spider: Spider, reason: str) -> None:
        report = self.report(spider, reason)
        directory = Path(self.crawler.settings["OUTPUT_DIR"]) / "runs"
        path = directory / f"{self.started:%Y%m%dT%H%M%SZ}-{spider.name}-{os.getpid()}.json"
        try:
            directory.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
        except OSError as error:
            logger.error("The run's report could not be written: %s", error)
        logger.info("%s", summary(report))

    def report(self, spider: Spider, reason: str) -> dict[str, Any]:
        """Return what the run did, as its file says it."""
        stats = self.crawler.stats.get_stats() | {"finish_reason": reason}
        return {
            "spider": spider.name,
            "started": self.started.isoformat(timespec="seconds"),
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            "finish_reason": reason,
            "status": exit_status(stats),
            "counts": {name: stats[name] for name in sorted(stats) if name.startswith("finnews/")},
        }


def exit_status(stats: dict[str, Any]) -> int:
    """Return how a run ended: `DONE`, `ERRORS`, or `REFUSED`.

    >>> exit_status({"finish_reason": "finished"}), exit_status({"finish_reason": "refused"})
    (0, 3)
    """
    if stats.get("finish_reason") in _STATUS_OF:
        return _STATUS_OF[stats["finish_reason"]]
    failed = any(count for name, count in stats.items() if name.startswith(_ERRORS))
    return DONE if stats.get("finish_reason") in _WHOLE_RUNS and not failed else ERRORS


def summary(report: dict[str, Any]) -> str:
    """Return the run in one line."""
    fates = ("written", "updated", "unchanged")
    counts = report["counts"]
    said = [
        f"{kind} " + " ".join(f"{counts.get(f'finnews/{kind}/{fate}', 0)} {fate}" for fate in fates)
        for kind in ("articles", "quotes", "ratings", "rejected")
    ]
    return f"{report['spider']} {report['finish_reason']}: {', '.join(said)}"
