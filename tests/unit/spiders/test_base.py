"""What all spiders do with the items and links of a page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

from finnews.items import Instrument, Quote
from finnews.outcome import WrongUsage
from finnews.spiders.stocks import StocksSpider

SHARE = Instrument(
    url="https://www.finanzen.net/analysen", kind="stock", page="muster", name="Muster"
)


@pytest.fixture
def spider(tmp_path: Path) -> Iterator[StocksSpider]:
    """The spider of a crawl."""
    settings = {"OUTPUT_DIR": str(tmp_path), "SITE_URL": "https://www.finanzen.net"}
    made = StocksSpider.from_crawler(get_crawler(StocksSpider, settings), stocks="muster")
    yield made
    made.archive.close()


def test_an_instrument_is_given_once_a_run(spider: StocksSpider) -> None:
    """Every page lists the same ones; another number or name is another reading."""
    again = replace(SHARE, url="https://www.finanzen.net/rss/news", fetched_at="2026-11-23")
    named = replace(SHARE, isin="DE000A0MST15")
    quote = Quote(kind="stock", page="muster")
    assert list(spider.unrepeated([SHARE, quote, quote])) == [SHARE, quote, quote]
    assert list(spider.unrepeated([again, quote, named, named])) == [quote, named]


def test_scrapyd_s_name_of_a_run_is_no_argument() -> None:
    """It is neither refused nor reported, so that runs are compared by the arguments of users."""
    spider = StocksSpider(stocks="muster", _job="6487ec79947edab326d6db28a2d86511")
    assert spider.arguments == {"stocks": "muster"}
    with pytest.raises(WrongUsage, match="unknown argument job"):
        StocksSpider(stocks="muster", job="6487ec79947edab326d6db28a2d86511")


def test_both_spellings_of_the_site_s_host_are_allowed(spider: StocksSpider) -> None:
    """A redirect to the other is followed."""
    assert spider.allowed_domains == ["www.finanzen.net", "finanzen.net"]
