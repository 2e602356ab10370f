"""What the spider of a probe says of pages whose links cannot be followed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from finnews.outcome import ExitStatus
from finnews.pages.article import ArticlePage
from finnews.pages.base import BrokenPage, Link
from finnews.probe.spider import ProbeSpider
from tests.support.cases import golden_cases

CASE = next(case for case in golden_cases() if case.name == "article/full")


@pytest.fixture
def spider(tmp_path: Path) -> Iterator[ProbeSpider]:
    """The spider of a probe without addresses, which follows links."""
    settings = {"OUTPUT_DIR": str(tmp_path), "SITE_URL": "https://www.finanzen.net"}
    crawler = get_crawler(ProbeSpider, settings)
    made = ProbeSpider.from_crawler(crawler)
    yield made
    made.archive.close()


@pytest.mark.parametrize("good", [0, 1])
def test_a_page_whose_links_take_too_much_is_told(
    spider: ProbeSpider, good: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether they are read with the page or when they are followed."""
    links, readings = ArticlePage.links, 0

    def too_much(page: ArticlePage) -> Iterator[Link]:
        nonlocal readings
        readings += 1
        if readings > good:
            raise BrokenPage("reading-timeout")
        yield from links(page)

    monkeypatch.setattr(ArticlePage, "links", too_much)
    list(spider.parse(HtmlResponse(CASE.url, body=CASE.text.encode())))
    (page,) = spider.readings
    assert (page.url, page.type) == (CASE.url, "article")
    assert (page.problems, page.status) == (["reading-timeout"], ExitStatus.UNUSUAL)
