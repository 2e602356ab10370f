"""``scrapy check``: Scrapy's command, which leaves no run behind."""

from scrapy.commands.check import Command as ScrapyCheck

from finnews.unrecorded import Unrecorded


class Command(Unrecorded, ScrapyCheck):
    """Exits as Scrapy's does."""
