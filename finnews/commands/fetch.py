"""``scrapy fetch``: Scrapy's command, which leaves no run behind."""

from scrapy.commands.fetch import Command as ScrapyFetch

from finnews.unrecorded import Unrecorded


class Command(Unrecorded, ScrapyFetch):
    """Exits as Scrapy's does."""
