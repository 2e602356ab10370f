"""What commands that look at a page leave behind."""

from scrapy.settings import BaseSettings

from finnews.middlewares.save_pages import saves_pages
from finnews.unrecorded import record_nothing


def test_they_save_no_page() -> None:
    """Not even for the time being, whatever the command line says."""
    settings = BaseSettings({"EXTENSIONS": {}})
    settings.set("SAVE_PAGES", "warc", priority="cmdline")
    assert saves_pages(settings)
    record_nothing(settings, "output")
    assert not saves_pages(settings)
