"""``scrapy parse``: Scrapy's command, which leaves no run behind."""

from scrapy.commands.parse import Command as ScrapyParse

from finnews.unrecorded import Unrecorded


class Command(Unrecorded, ScrapyParse):
    """Exits as Scrapy's does."""
