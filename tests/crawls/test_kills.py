"""Crawls that are killed: nothing is lost or doubled."""

import random
from pathlib import Path

import pytest

from samplesite.content.truth import truth
from tests.support.crash_runs import Crawl, Tally, killed_until_through
from tests.support.sites import LONG_SITE

KILLS = 4


@pytest.mark.parametrize("spider", ["news", "stocks"])
def test_a_crawl_killed_several_times_archives_each_item_once(
    long_site: str, long_total: int, tmp_path: Path, spider: str
) -> None:
    """It is killed within commits and between them; ``make torture`` does so a hundred times."""
    tally, chance = Tally(), random.Random(spider)
    crawl = Crawl(spider, long_site, tmp_path, delay=0.02)  # not through before its first kill
    tally.kills = killed_until_through(crawl, KILLS, long_total // 4, chance)
    tally.count(tmp_path, truth(LONG_SITE, long_site, [spider]))
    assert tally.kills
    assert tally == Tally(tally.kills)
