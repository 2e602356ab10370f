"""``scrapy crawl``: Scrapy's command, with an exit status for how the run ended."""

import argparse
import sys
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader
from scrapy.spiders import Spider

from finnews.archive import Archive, ArchiveError, OtherSite
from finnews.archive.named_locks import named_locks
from finnews.command import ProjectCommand, program
from finnews.feeds.usable import check_feeds
from finnews.middlewares.agent import contact_of
from finnews.middlewares.pace import pace_file
from finnews.middlewares.save_pages import saves_pages
from finnews.middlewares.transport import TRANSPORTS
from finnews.outcome import ExitStatus, WrongUsage
from finnews.output_dir import output_dir
from finnews.pipelines import FIELDS_LEFT_OUT
from finnews.reporting.alert import alert
from finnews.reporting.report import run_status
from finnews.reporting.stop_signal import listen_early
from finnews.site import site_at
from finnews.spiders.base import SiteSpider
from finnews.spiders.overlap import already_running, run_lock


class Command(ProjectCommand, ScrapyCrawl):
    """Exits with 0 done, 1 errors, 2 wrong usage, 3 refused, 4 below baseline, 130, 143 stopped."""

    def short_desc(self) -> str:
        return "Crawl the site with a spider: news, stocks or ratings"

    def check(self, args: list[str], opts: argparse.Namespace) -> None:
        settings = self.settings
        assert settings is not None
        if len(args) != 1:
            raise WrongUsage(f"name one spider: {program()} crawl news")
        try:
            self._check_spider(args[0], opts.spargs, settings)
        except (WrongUsage, ArchiveError, OSError) as error:
            if _is_address(settings["ALERT_WEBHOOK"] or ""):
                is_usage = isinstance(error, WrongUsage | OtherSite)
                status = ExitStatus.WRONG_USAGE if is_usage else ExitStatus.ERRORS
                alert(settings["ALERT_WEBHOOK"], f"{args[0]} did not start: {error}", status)
            raise

    def _check_spider(self, name: str, arguments: dict[str, str], settings: BaseSettings) -> None:
        try:
            spider = get_spider_loader(settings).load(name)
        except KeyError as error:
            raise WrongUsage(error.args[0]) from None
        self._claim_run(checked(spider, arguments, settings), output_dir(settings))

    def _claim_run(self, spider: Spider, directory: Path) -> None:
        """Take the lock on a run, and keep it to the end of the process; exit if it is taken."""
        if isinstance(spider, SiteSpider):
            self.locks = named_locks(directory)
            if not self.locks.acquire(run_lock(spider.name, spider.arguments)):
                self.fail(ExitStatus.DONE, already_running(spider.name, directory))
                sys.exit(ExitStatus.DONE)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        process = self.crawler_process
        assert process is not None
        crawler = process.create_crawler(args[0])
        listen_early(process)
        process.crawl(crawler, **opts.spargs)
        process.start()
        return run_status(crawler)


def checked(
    spider_class: type[Spider], arguments: dict[str, str], settings: BaseSettings
) -> Spider:
    """Return a spider with its arguments; raise `WrongUsage` or `ArchiveError` if the run could
    not start.
    """
    if issubclass(spider_class, SiteSpider):
        spider_class.check_names(arguments)
    spider = spider_class(**arguments)
    if not _is_address(settings["SITE_URL"]):
        raise WrongUsage(f"SITE_URL={settings['SITE_URL']}: expected an address, http://…")
    if settings["ARTICLE_BODY"] not in FIELDS_LEFT_OUT:
        values = ", ".join(FIELDS_LEFT_OUT)
        raise WrongUsage(f"ARTICLE_BODY={settings['ARTICLE_BODY']}: expected one of {values}")
    contact_of(settings)
    saves_pages(settings)
    _check_directories(settings)
    _check_cache(settings)
    if settings["TRANSPORT"] not in TRANSPORTS:
        values = ", ".join(TRANSPORTS)
        raise WrongUsage(f"TRANSPORT={settings['TRANSPORT']}: expected one of {values}")
    webhook = settings["ALERT_WEBHOOK"]
    if webhook and not _is_address(webhook):
        raise WrongUsage("ALERT_WEBHOOK: expected an address, https://…")
    check_feeds(settings)
    with Archive(output_dir(settings), site_at(settings["SITE_URL"]).host):
        return spider


def _check_cache(settings: BaseSettings) -> None:
    """Raise `WrongUsage` if Scrapy's cache would give the same lists and prices for ever."""
    never_expires = settings.getint("HTTPCACHE_EXPIRATION_SECS") <= 0
    ignores_http = settings["HTTPCACHE_POLICY"].endswith("DummyPolicy")
    if settings.getbool("HTTPCACHE_ENABLED") and never_expires and ignores_http:
        advice = "add -s HTTPCACHE_EXPIRATION_SECS=300"
        raise WrongUsage(f"HTTPCACHE_ENABLED would give old lists and prices for ever; {advice}")


def _check_directories(settings: BaseSettings) -> None:
    """Raise `WrongUsage` or `OSError` if a directory of a setting cannot be used."""
    try:
        pace_file(settings, settings["SITE_URL"])
    except OSError:
        pass  # the run says that it shares no pace, and goes on
    except RuntimeError as error:
        raise WrongUsage(f"PACE_DIR={settings['PACE_DIR']}: {error}") from None
    if settings["JOBDIR"]:
        Path(settings["JOBDIR"]).mkdir(parents=True, exist_ok=True)


def _is_address(text: str) -> bool:
    try:
        address = urlsplit(text)
        return address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        return False
