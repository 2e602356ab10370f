"""``scrapy crawl news`` on the sample site."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support.crawling import (
    contents,
    crawl,
    differences,
    is_as_before,
    lines,
    sample_site,
)

ARTICLES = 120


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A sample site of 120 articles."""
    with sample_site("--articles", str(ARTICLES)) as address:
        yield address


@pytest.fixture(scope="module")
def output(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a first crawl of it wrote."""
    directory = tmp_path_factory.mktemp("output")
    done = crawl("news", site, directory)
    assert done.returncode == 0, done.stderr
    return directory


def test_a_first_crawl_writes_the_truth(site: str, output: Path) -> None:
    """It writes every item of the site with every field, and no other."""
    assert differences(output, truth(World(ARTICLES), site, ["news"])) == []


def test_a_second_crawl_writes_nothing_and_requests_no_article(site: str, output: Path) -> None:
    """An unchanged site adds no line, but that its lists were read."""
    checkpoints = output / "checkpoints.jsonl"
    before = contents(output)
    done = crawl("news", site, output, "-s", "LOG_LEVEL=DEBUG")
    assert done.returncode == 0, done.stderr
    read = {checkpoints: checkpoints.read_bytes()}
    assert read[checkpoints].startswith(before[checkpoints])
    assert is_as_before(output, before | read)
    assert "/rss/news" in done.stderr
    assert "/nachricht/" not in done.stderr


def test_lines_of_a_kind_have_the_same_keys_in_order(output: Path) -> None:
    """A value that is unknown is null."""
    for collection in ("articles", "quotes", "ratings", "instruments"):
        assert len({tuple(row) for row in lines(output, collection)}) == 1
        values = {
            value
            for row in lines(output, collection)
            for value in row.values()
            if isinstance(value, str)
        }
        assert not values & {"", "-", "n/a"}
