"""``scrapy crawl``: Scrapy's command, with an exit status for how the run ended."""

import argparse
import sys
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.spiders import Spider

from finnews.archive import Archive, ArchiveError, OtherSite
from finnews.middlewares.transport import TRANSPORTS
from finnews.outcome import ExitStatus
from finnews.pipelines import FIELDS_LEFT_OUT
from finnews.printable import printable
from finnews.reporting.alert import alert
from finnews.reporting.report import RunReport
from finnews.site import site_at
from finnews.spiders.arguments import WrongArgument


class Command(ScrapyCrawl):
    """Exits with 0 done, 1 errors, 2 wrong usage, 3 refused, 4 below baseline."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            return self._fail(ExitStatus.WRONG_USAGE, "name one spider: scrapy crawl news")
        process, settings = self.crawler_process, self.settings
        assert process is not None
        assert settings is not None
        try:
            spider = process.spider_loader.load(args[0])
            check_start(spider, opts.spargs, settings)
        except (KeyError, WrongArgument, OtherSite) as error:
            return self._fail(ExitStatus.WRONG_USAGE, error.args[0])
        except ArchiveError as error:
            if settings["ALERT_WEBHOOK"]:
                message = f"{args[0]} did not start: {error}"
                alert(settings["ALERT_WEBHOOK"], message, ExitStatus.ERRORS)
            return self._fail(ExitStatus.ERRORS, str(error))
        crawler = process.create_crawler(spider)
        process.crawl(crawler, **opts.spargs)
        process.start()
        self.exitcode = exit_status(crawler)
        return None

    def _fail(self, status: ExitStatus, message: str) -> None:
        print(printable(f"finnews: {message}"), file=sys.stderr)
        self.exitcode = status


def exit_status(crawler: Crawler) -> int:
    """Return the exit status of a run from its report; `ERRORS` if the run did not start."""
    try:
        report = crawler.get_extension(RunReport)
    except RuntimeError:
        return ExitStatus.ERRORS
    return report.end() if report else ExitStatus.ERRORS


def check_start(spider: type[Spider], arguments: dict[str, str], settings: BaseSettings) -> None:
    """Raise `WrongArgument` or `ArchiveError` if the run could not start."""
    spider(**arguments)
    if not _is_address(settings["SITE_URL"]):
        raise WrongArgument(f"SITE_URL={settings['SITE_URL']}: expected an address, http://…")
    if settings["ARTICLE_BODY"] not in FIELDS_LEFT_OUT:
        values = ", ".join(FIELDS_LEFT_OUT)
        raise WrongArgument(f"ARTICLE_BODY={settings['ARTICLE_BODY']}: expected one of {values}")
    if settings["TRANSPORT"] not in TRANSPORTS:
        values = ", ".join(TRANSPORTS)
        raise WrongArgument(f"TRANSPORT={settings['TRANSPORT']}: expected one of {values}")
    webhook = settings["ALERT_WEBHOOK"]
    if webhook and not _is_address(webhook):
        raise WrongArgument("ALERT_WEBHOOK: expected an address, https://…")
    with Archive(Path(settings["OUTPUT_DIR"]), site_at(settings["SITE_URL"]).host):
        pass


def _is_address(text: str) -> bool:
    address = urlsplit(text)
    return address.scheme in ("http", "https") and bool(address.hostname)
