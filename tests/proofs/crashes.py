"""``make torture``: crawls are killed a hundred times; ends with 1 if anything is not as it should.

Each site is crawled by one spider into a directory of its own, killed up to forty times on its way,
and what is archived then is compared with what is true of the site.
"""

import random
import sys
import tempfile
from itertools import count
from pathlib import Path

from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support.crash_runs import OPTIONS, Crawl, Tally, killed_until_through
from tests.support.crawling import archived, sample_site

KILLS = 100
MOST_OF_ONE = 40
ARTICLES = 400
STOCKS = 40


def main(seed: int = 4) -> int:
    """Kill until `KILLS` are counted, then print what else was wrong, and the tally."""
    tally, chance = Tally(), random.Random(seed)
    for number in count():
        if tally.kills >= KILLS:
            break
        spider = list(OPTIONS)[number % len(OPTIONS)]
        with tempfile.TemporaryDirectory(prefix="finnews-") as name:
            of_one(spider, Path(name), min(MOST_OF_ONE, KILLS - tally.kills), chance, tally)
    for other in tally.others:
        print(other)
    print(f"crashes: {tally.line()}")
    return 1 if tally.lost or tally.doubled or tally.torn or tally.others else 0


def of_one(spider: str, directory: Path, most: int, chance: random.Random, tally: Tally) -> None:
    """Crawl a site without and with kills, and count what the second crawl has left."""
    seed = chance.randrange(1000)
    options = {"--articles": ARTICLES, "--stocks": STOCKS, "--seed": seed}
    with sample_site(*(str(word) for pair in options.items() for word in pair)) as site:
        true = truth(World(ARTICLES, STOCKS, seed), site, [spider])
        undisturbed = Crawl(spider, site, directory / "undisturbed")
        undisturbed.through()
        crawl = Crawl(spider, site, directory / "killed")
        total = archived(undisturbed.output)
        tally.kills += killed_until_through(crawl, most, total, chance)
        for output in (undisturbed.output, crawl.output):
            tally.count(output, true)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
