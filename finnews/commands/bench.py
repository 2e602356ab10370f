"""``scrapy bench``: Scrapy's command, which leaves no run behind."""

import argparse

from scrapy.commands.bench import Command as ScrapyBench

from finnews.unrecorded import Unrecorded


class Command(Unrecorded, ScrapyBench):
    """Exits as Scrapy's does. It reads pages of its own on loopback, so that no manners apply."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        unmannered = {"DOWNLOADER_MIDDLEWARES": {}, "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": False}
        self.settings.setdict(unmannered, priority="cmdline")
