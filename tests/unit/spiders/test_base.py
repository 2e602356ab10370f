"""What all spiders do with the items and links of a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

from finnews.outcome import WrongUsage
from finnews.spiders.stocks import StocksSpider


@pytest.fixture
def spider(tmp_path: Path) -> Iterator[StocksSpider]:
    """The spider of a crawl."""
    settings = {"OUTPUT_DIR": str(tmp_path), "SITE_URL": "https://www.finanzen.net"}
    made = StocksSpider.from_crawler(get_crawler(StocksSpider, settings), stocks="muster")
    yield made
    made.archive.close()


def test_scrapyd_s_name_of_a_run_is_no_argument() -> None:
    """It is neither refused nor reported, so that runs are compared by the arguments of users."""
    spider = StocksSpider(stocks="muster", _job="6487ec79947edab326d6db28a2d86511")
    assert spider.arguments == {"stocks": "muster"}
    with pytest.raises(WrongUsage, match="unknown argument job"):
        StocksSpider(stocks="muster", job="6487ec79947edab326d6db28a2d86511")


def test_both_spellings_of_the_site_s_host_are_allowed(spider: StocksSpider) -> None:
    """A redirect to the other is followed."""
    assert spider.allowed_domains == ["www.finanzen.net", "finanzen.net"]
