"""The report of a run: a file under ``runs/``, a table at the end of the log, an exit status."""

import logging
import resource
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.spider import DefaultSpider

from finnews.archive import Archive
from finnews.outcome import WHOLE_RUNS, ExitStatus, FinishReason, status_of
from finnews.output_dir import output_dir
from finnews.printable import decodable
from finnews.reporting.alert import alert
from finnews.reporting.baseline import below_baseline
from finnews.reporting.counts import add_counts
from finnews.reporting.item_stats import ItemStatsMiddleware
from finnews.reporting.logformatter import ErrorLog
from finnews.reporting.model import Report
from finnews.reporting.request_stats import RequestStats
from finnews.reporting.runs import comparable, write
from finnews.reporting.stop_signal import received
from finnews.reporting.tables import line, table
from finnews.site import site_at

logger = logging.getLogger(__name__)

_MEGABYTE: Final = 1024 if sys.platform == "linux" else 1024 * 1024


class RunReport:
    """Writes the report when a run ends, for whatever reason; alerts if its status is not 0."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.started = datetime.now(UTC)
        self.cpu_at_start = time.process_time()
        self.request_stats = RequestStats(site_at(crawler.settings["SITE_URL"]))
        self.errors = ErrorLog()
        self.report: Report | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if crawler.spidercls is DefaultSpider:
            raise NotConfigured  # ``scrapy shell`` and ``scrapy fetch`` need no report
        report = cls(crawler)
        crawler.stats.set_value("finnews/started", report.started.isoformat())
        report.request_stats.connect(crawler.signals)
        crawler.signals.connect(report.end, signals.engine_stopped)
        logging.root.addHandler(report.errors)
        return report

    def end(self) -> int:
        """Return the exit status; the first call builds, saves and publishes the report."""
        if self.report is None:
            self.report = self._build()
            self.crawler.stats.set_value("finnews/exit_status", int(self.report.status))
            if self.report.finish_reason != FinishReason.ALREADY_RUNNING:
                self._publish(self.report, self._save(self.report))
            logging.root.removeHandler(self.errors)
        return self.report.status

    def _save(self, report: Report) -> Path | None:
        directory = output_dir(self.crawler.settings)
        try:
            return write(directory, report)
        except OSError as error:
            report.status = report.status or ExitStatus.ERRORS
            logger.error("Run report not written to %s: %s", directory, error)
        return None

    def _publish(self, report: Report, path: Path | None) -> None:
        for share in report.unusual:
            logger.warning("%s; run scrapy probe", share)
        logger.info("%s\n%s", line(report), table(report))
        webhook = self.crawler.settings["ALERT_WEBHOOK"]
        if webhook and report.status != ExitStatus.DONE:
            alert(webhook, line(report), report.status, report, path)

    def _build(self) -> Report:
        """Return the report of the run so far."""
        stats = self.crawler.stats.get_stats()
        spider = self.crawler.spider
        archive = getattr(spider, "archive", None)
        report = Report(
            spider=self.crawler.spidercls.name,
            started=self.started.isoformat(timespec="seconds"),
            finish_reason=finish_reason(stats, archive, received()),
            status=ExitStatus.ERRORS,
            ended=datetime.now(UTC).isoformat(timespec="seconds"),
            seconds=round((datetime.now(UTC) - self.started).total_seconds(), 1),
            arguments={
                name: decodable(value) for name, value in getattr(spider, "arguments", {}).items()
            },
            site=self.crawler.settings["SITE_URL"],
            article_body=self.crawler.settings["ARTICLE_BODY"],
            errors=self.errors.first,
            requests=self.request_stats.requests,
            starts=self.request_stats.starts,
            slowest=self.request_stats.slowest,
            memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGABYTE,
        )
        self._add_item_stats(report)
        add_counts(report, stats, getattr(spider, "page_stats", {}))
        self._add_costs(report, spider)
        if report.is_whole:
            earlier = comparable(output_dir(self.crawler.settings), report)
            report.unusual = below_baseline(report, earlier)
        report.status = exit_status(report, self.errors.count)
        return report

    def _add_item_stats(self, report: Report) -> None:
        try:
            item_stats = self.crawler.get_spider_middleware(ItemStatsMiddleware)
        except RuntimeError:  # the run failed before its engine was created
            return
        if item_stats is not None:
            report.pages = dict(sorted(item_stats.pages.items()))
            report.holding = {name: dict(kinds) for name, kinds in item_stats.holding.items()}
            report.filled = item_stats.filled

    def _add_costs(self, report: Report, spider: Spider | None) -> None:
        pages = sum(report.pages.values())
        if pages:
            seconds = time.process_time() - self.cpu_at_start
            report.cpu_ms_per_page = round(1000 * seconds / pages, 1)
        kind = getattr(getattr(spider, "main_kind", None), "collection", "")
        new = report.items.get(kind, {}).get("written", 0)
        requests = sum(sum(statuses.values()) for statuses in report.requests.values())
        if new and requests:
            report.requests_per_new = round(requests / new, 2)


def run_status(crawler: Crawler) -> int:
    """Return the exit status of a run that has ended; `ERRORS` if it did not start.

    So a program of one's own ends as ``scrapy crawl`` does::

        crawler = process.create_crawler("news")
        process.crawl(crawler)
        process.start()
        sys.exit(run_status(crawler))
    """
    try:
        report = crawler.get_extension(RunReport)
    except RuntimeError:
        report = None
    if report is None:
        signalled = received()
        return signalled.status if signalled else ExitStatus.ERRORS
    return report.end()


def finish_reason(
    stats: Mapping[str, Any], archive: Archive | None, signalled: FinishReason | None = None
) -> str:
    """Return why a run ended; ``archive`` if its last items, at its end, could not be saved.

    A run that a signal stopped ended for that, whether it was closed or, by a second one, not.
    """
    reason = str(stats.get("finish_reason", FinishReason.INTERRUPTED.value))
    if signalled and reason in (FinishReason.SHUTDOWN, FinishReason.INTERRUPTED):
        reason = signalled.value
    is_saved = archive is None or not archive.has_failed
    return reason if is_saved or reason not in WHOLE_RUNS else FinishReason.ARCHIVE.value


def exit_status(report: Report, errors: int = 0) -> ExitStatus:
    """Return the exit status of a run; `errors` is how many errors were logged.

    >>> run = Report("news", "2026-11-24T06:00:00+00:00", "finished", 1, rejected={"empty": 1})
    >>> exit_status(run)
    <ExitStatus.ERRORS: 1>
    """
    if not report.is_whole:
        return status_of(report.finish_reason)
    if errors:
        return ExitStatus.ERRORS
    if report.unusual:
        return ExitStatus.UNUSUAL
    return ExitStatus.ERRORS if report.rejected else ExitStatus.DONE
