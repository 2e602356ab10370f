"""What it costs to miss nothing: requests for each new article, by how often a person crawls.

``python -m benchmarks.completeness``: a sample site publishes an article every seven minutes, as
it does late, re-dated, corrected and reordered; each regime has a site and an archive of its own,
begun by a first run. It fails if an article is missing, doubled or not as the site has it.
"""

import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from samplesite.content.timeline import Timeline
from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support.clockwork import cost, crawls, times
from tests.support.crawling import differences, sample_site

EVERY = 7
BEFORE = timedelta(days=1)
REGIMES = {
    "every five minutes, for 6 hours": (timedelta(minutes=5), 72),
    "every hour, for 2 days": (timedelta(hours=1), 48),
    "once a day, for 5 days": (timedelta(days=1), 5),
    "after a week's pause": (timedelta(days=7), 1),
}


def main() -> int:
    """Return 1 if anything was missed."""
    wrong = [difference for regime in REGIMES for difference in season(regime)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return int(bool(wrong))


def season(regime: str) -> list[str]:
    """Crawl as often as a regime says, print what that cost, and return what was wrong then."""
    every, count = REGIMES[regime]
    articles = (BEFORE + every * count) // timedelta(minutes=EVERY)
    timeline = Timeline(World(articles, stocks=40), timedelta(minutes=EVERY))
    at = times(timeline.start + BEFORE, every, count)
    options = ("--articles", str(articles), "--every", str(EVERY))
    with sample_site(*options) as site, TemporaryDirectory() as directory:
        output = Path(directory)
        crawls(site, output, [timeline.start + BEFORE])
        print(f"{regime}: {cost(crawls(site, output, at))}", flush=True)
        return differences(output, truth(timeline.at(at[-1]), site, ["news"]))


if __name__ == "__main__":
    sys.exit(main())
