"""``scrapy probe``: the fields read from a page, and the selectors that found them."""

import argparse
import re
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from scrapy.settings import SETTINGS_PRIORITIES

from finnews.command import ProjectCommand
from finnews.outcome import ExitStatus, FinishReason, WrongUsage
from finnews.pages.answer import legible
from finnews.pages.base import BrokenPage, canonical_link
from finnews.pages.budget import Budget
from finnews.pages.hung import HungPages
from finnews.probe.reading import PageRead, probed
from finnews.probe.spider import ProbeSpider
from finnews.probe.table import lines, show
from finnews.reporting.model import Report
from finnews.reporting.report import exit_status
from finnews.reporting.tables import console
from finnews.site import SITES, Site, host_of, is_same_host, site_at
from finnews.spiders.base import budget_of
from finnews.unrecorded import record_nothing

_ADDRESS_LINE = re.compile(r"<!-- (https?://\S+) -->")
_WORST_FIRST = (ExitStatus.REFUSED, ExitStatus.UNUSUAL, ExitStatus.ERRORS, ExitStatus.DONE)


class Command(ProjectCommand):
    """Exits with 0 all fields read, 1 page not fetched, 2 wrong usage, 3 refused, 4 fields missing.

    Without arguments it requests one page of each type. It prints what is wrong, and a verdict.
    """

    def syntax(self) -> str:
        return "[options] [URL or file of a saved page …]"

    def short_desc(self) -> str:
        return "Print the fields read from a page, and the selector of each"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object per page")
        parser.add_argument("-v", "--verbose", action="store_true", help="print all that is read")
        parser.add_argument("--url", help="address of a saved page that does not contain it")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        if (self.settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        assert self.settings is not None
        files = [Path(name) for name in args if Path(name).is_file()]
        addresses = [name for name in args if not Path(name).is_file()]
        _check_addresses(addresses, self.settings["SITE_URL"])
        site = site_at(self.settings["SITE_URL"])
        budget = budget_of(self.settings, HungPages())
        pages = [read_saved(file, opts.url, site, budget) for file in files]
        status = ExitStatus.DONE
        if addresses or not files:
            fetched, status = self._fetch(addresses)
            pages += fetched
        if opts.json:
            sys.stdout.writelines(lines(pages))
        else:
            show(pages, console(), is_whole=opts.verbose)
        statuses = {status, *(page.status for page in pages)}
        return next(status for status in _WORST_FIRST if status in statuses)

    def _fetch(self, addresses: list[str]) -> tuple[list[PageRead], ExitStatus]:
        """Crawl pages of the site; return what was read, and the exit status of the crawl."""
        process, settings = self.crawler_process, self.settings
        assert process is not None
        assert settings is not None
        with TemporaryDirectory() as directory:
            record_nothing(settings, directory)
            crawler = process.create_crawler(ProbeSpider)
            process.crawl(crawler, addresses=" ".join(addresses))
            process.start()
        if not isinstance(crawler.spider, ProbeSpider):
            return [], ExitStatus.ERRORS
        stats = crawler.stats.get_stats()
        reason = stats.get("finish_reason", FinishReason.INTERRUPTED.value)
        report = Report("probe", "", reason, ExitStatus.ERRORS)
        return crawler.spider.readings, exit_status(report, stats.get("log_count/ERROR", 0))


def read_saved(file: Path, address: str | None, site: Site, budget: Budget) -> PageRead:
    """Return what is read from a saved page of a site, or of any site that finnews knows.

    Raises `WrongUsage` without an `address` if the page does not contain its own.
    """
    body = file.read_bytes()
    address = address or address_in(legible(body))
    if not address:
        raise WrongUsage(f"{file}: no address found in the page; add --url https://…")
    of_site = next((known for known in (site, *SITES) if known.has(address)), site)
    try:
        return budget.read(address, len(body), partial(probed, address, body, site=of_site))
    except BrokenPage as broken:
        return PageRead(address, None, [str(broken)], status=ExitStatus.UNUSUAL)


def address_in(text: str) -> str | None:
    """Return the address of a saved page, from its first comment or its canonical link."""
    comment = _ADDRESS_LINE.search(text[:500])
    return comment[1] if comment else canonical_link(text)


def _check_addresses(addresses: list[str], site: str) -> None:
    for address in addresses:
        if not is_same_host(host_of(address), host_of(site)):
            raise WrongUsage(f"{address}: not a file and not an address of {site}")
