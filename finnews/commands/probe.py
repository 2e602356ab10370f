"""``scrapy probe``: what is read of one page of each type, and by which selectors."""

import argparse
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from parsel import Selector
from scrapy.commands import ScrapyCommand
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from finnews.outcome import ExitStatus, FinishReason
from finnews.pages.answer import legible
from finnews.probe.reading import PageRead, probed
from finnews.probe.spider import ProbeSpider
from finnews.probe.table import lines, show
from finnews.reporting.model import Report
from finnews.reporting.report import exit_status
from finnews.reporting.tables import console

_ADDRESS_LINE = re.compile(r"<!-- (https?://\S+) -->")
_WORST_FIRST = (ExitStatus.REFUSED, ExitStatus.UNUSUAL, ExitStatus.ERRORS, ExitStatus.DONE)


class Command(ScrapyCommand):
    """Ends with 0 all is read, 1 not reached, 2 wrong usage, 3 refused, 4 something is missing."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] [URL or file of a saved page …]"

    def short_desc(self) -> str:
        return "Say what is read of a page, field by field, and by which selector"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one object a page and line")
        parser.add_argument("--url", help="the address of a saved page that does not name it")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        if (self.settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        files = [Path(name) for name in args if Path(name).is_file()]
        addresses = [name for name in args if not Path(name).is_file()]
        try:
            _check(addresses, self.settings["SITE_URL"])
            read = [saved(file, opts.url) for file in files]
        except ValueError as wrong:
            print(f"finnews: {wrong}", file=sys.stderr)
            self.exitcode = ExitStatus.WRONG_USAGE
            return
        status = ExitStatus.DONE
        if addresses or not files:
            fetched, status = self._fetched(addresses)
            read += fetched
        if opts.json:
            sys.stdout.writelines(lines(read))
        else:
            show(read, console())
        statuses = {status, *(page.status for page in read)}
        self.exitcode = next(one for one in _WORST_FIRST if one in statuses)

    def _fetched(self, addresses: list[str]) -> tuple[list[PageRead], ExitStatus]:
        """Return what is read of pages of the site, and how the crawl ended."""
        process, settings = self.crawler_process, self.settings
        assert process is not None
        assert settings is not None
        with TemporaryDirectory() as nothing_is_kept:
            _keep_nothing(settings, nothing_is_kept)
            crawler = process.create_crawler(ProbeSpider)
            process.crawl(crawler, addresses=" ".join(addresses))
            process.start()
        if not isinstance(crawler.spider, ProbeSpider):
            return [], ExitStatus.ERRORS
        stats = crawler.stats.get_stats()
        reason = stats.get("finish_reason", FinishReason.INTERRUPTED.value)
        ended = Report("probe", "", reason, ExitStatus.ERRORS)
        return crawler.spider.read, exit_status(ended, stats.get("log_count/ERROR", 0))


def saved(file: Path, address: str | None) -> PageRead:
    """Return what is read of a saved page.

    Raises `ValueError` if neither `address` nor the page itself says where it is from.
    """
    body = file.read_bytes()
    address = address or address_in(legible(body))
    if not address:
        raise ValueError(f"{file} does not say where it is from: --url https://… does")
    return probed(address, body)


def address_in(text: str) -> str | None:
    """Return the address that a page gives as its own.

    >>> address_in('<html><link rel="canonical" href="https://www.finanzen.net/analysen"></html>')
    'https://www.finanzen.net/analysen'
    """
    if comment := _ADDRESS_LINE.search(text[:500]):
        return comment[1]
    return Selector(text=text or " ").css('link[rel="canonical"]::attr(href)').get()


def _check(addresses: list[str], site: str) -> None:
    host = urlsplit(site).netloc
    for address in addresses:
        if urlsplit(address).netloc != host:
            raise ValueError(f"{address}: neither a file nor an address of {site}")


def _keep_nothing(settings: BaseSettings, directory: str) -> None:
    extensions = dict(settings["EXTENSIONS"]) | {"finnews.reporting.report.RunReport": None}
    settings.set("OUTPUT_DIR", directory, priority="cmdline")
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("EXTENSIONS", extensions, priority="cmdline")
