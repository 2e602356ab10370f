"""``scrapy crawl stocks`` and ``scrapy crawl ratings`` on the sample site."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from samplesite.truth import truth
from samplesite.world import World
from tests.crawling import crawl, differences, sample_site

WORLD = World(articles=5, stocks=12)
OPTIONS = {"stocks": ("-a", "index=dax"), "ratings": ()}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A sample site with more shares than one page of members shows."""
    with sample_site("--articles", "5", "--stocks", "12") as address:
        yield address


@pytest.mark.parametrize("spider", OPTIONS)
def test_a_crawl_alone_writes_its_truth(spider: str, site: str, tmp_path: Path) -> None:
    """Every quote, rating and instrument, every field, and none more."""
    done = crawl(spider, site, tmp_path, *OPTIONS[spider])
    assert done.returncode == 0, done.stderr
    assert differences(tmp_path, truth(WORLD, site, [spider])) == []


@pytest.mark.parametrize("order", list(permutations(OPTIONS)), ids="-".join)
def test_both_crawls_in_either_order_write_one_truth(
    order: tuple[str, ...], site: str, tmp_path: Path
) -> None:
    """A rating met three ways is one; run twice, nothing is written again."""
    for spider in order:
        done = crawl(spider, site, tmp_path, *OPTIONS[spider])
        assert done.returncode == 0, done.stderr
    assert differences(tmp_path, truth(WORLD, site, order)) == []
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.jsonl")}
    for spider in order:
        crawl(spider, site, tmp_path, *OPTIONS[spider])
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.jsonl")} == before
