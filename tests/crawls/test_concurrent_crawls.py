"""Two crawls at once into one directory."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from samplesite.content.world import World
from tests.support.crash_runs import Crawl, is_through, is_whole
from tests.support.crawling import lines, sample_site
from tests.support.sites import options


@pytest.mark.parametrize("spiders", [("news", "stocks"), ("stocks", "stocks")], ids="+".join)
def test_two_crawls_at_once_write_each_item_once(tmp_path: Path, spiders: tuple[str, ...]) -> None:
    """Two crawls write more than a thousand lines into one directory at full speed."""
    world = World(articles=30, stocks=52)
    with sample_site(*options(world)) as site:
        with ExitStack() as stack:
            crawls = [
                stack.enter_context(Crawl(spider, site, tmp_path, options=arguments).started())
                for spider, arguments in zip(spiders, ((), ("-a", "limit=100000")), strict=True)
            ]
            assert [is_through(process) for process in crawls] == [True, True]
        is_whole(tmp_path, world, site, *spiders)
    kinds = ("articles", "quotes", "ratings", "instruments")
    assert sum(len(lines(tmp_path, kind)) for kind in kinds) > 1000
