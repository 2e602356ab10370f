"""``scrapy crawl news`` on the sample site."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support.crawling import crawl, differences, lines, sample_site

ARTICLES = 300


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A sample site of 300 articles."""
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
    """Every item of 300 articles, every field, and none more."""
    assert differences(output, truth(World(ARTICLES), site, ["news"])) == []


def test_a_second_crawl_writes_and_fetches_nothing(site: str, output: Path) -> None:
    """On an unchanged site no line is added, and no article is asked for again."""
    before = {path: path.read_bytes() for path in output.rglob("*.jsonl")}
    done = crawl("news", site, output, "-s", "LOG_LEVEL=DEBUG")
    assert done.returncode == 0, done.stderr
    assert {path: path.read_bytes() for path in output.rglob("*.jsonl")} == before
    assert "/rss/news" in done.stderr
    assert "/nachricht/" not in done.stderr


def test_lines_have_all_keys_in_the_order_of_the_contract(output: Path) -> None:
    """Each line is one object whose keys are the same, null where nothing is known."""
    for collection in ("articles", "quotes", "ratings", "instruments"):
        assert len({tuple(row) for row in lines(output, collection)}) == 1
        values = {
            value
            for row in lines(output, collection)
            for value in row.values()
            if isinstance(value, str)
        }
        assert not values & {"", "-", "n/a"}
