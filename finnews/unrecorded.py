"""Scrapy's commands that look at a page or try something out: they leave no run behind."""

import argparse
from tempfile import TemporaryDirectory

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from finnews.command import ProjectCommand
from finnews.outcome import WrongUsage


class Unrecorded(ProjectCommand):
    """A command of Scrapy's, which is the other base of its class.

    What its spider stores goes to a directory that is gone when the command ends.
    """

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        self._directory = TemporaryDirectory()
        record_nothing(self._settings(), self._directory.name)

    def check(self, _args: list[str], opts: argparse.Namespace) -> None:
        """Raise `WrongUsage` if the spider that is named does not exist or cannot start."""
        name = getattr(opts, "spider", None)
        if not name:
            return
        try:
            get_spider_loader(self._settings()).load(name)(**getattr(opts, "spargs", {}))
        except KeyError as error:
            raise WrongUsage(error.args[0]) from None

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Run Scrapy's command, and return its exit status."""
        super(ProjectCommand, self).run(args, opts)  # type: ignore[safe-super]
        return self.exitcode

    def _settings(self) -> BaseSettings:
        if self.settings is None:
            raise TypeError("Scrapy sets them before it calls a command")
        return self.settings


def record_nothing(settings: BaseSettings, directory: str) -> None:
    """Let a crawl write no report, item or page, and the rest to a directory for the time being."""
    extensions = dict(settings["EXTENSIONS"]) | {"finnews.reporting.report.RunReport": None}
    settings.set("EXTENSIONS", extensions, priority="cmdline")
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("SAVE_PAGES", None, priority="cmdline")
    settings.set("OUTPUT_DIR", directory, priority="cmdline")
