"""``scrapy shell``: Scrapy's command, which leaves no run behind."""

from scrapy.commands.shell import Command as ScrapyShell

from finnews.unrecorded import Unrecorded


class Command(Unrecorded, ScrapyShell):
    """Exits as Scrapy's does."""
