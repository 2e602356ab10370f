"""The cost of completeness: requests for each new article, by how often a person crawls.

``python -m benchmarks.completeness``: a sample site publishes an article every seven minutes, some
of them late, re-dated, corrected or reordered. Each schedule has its own site, and an archive from
a first run. What each list cost is printed, and how many new articles it was the first to show. The
benchmark fails if, after a last run a day later, an article is missing, duplicated or not as on the
site.
"""

import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from samplesite.content.timeline import Timeline
from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support.clockwork import cost, cost_by_list, crawls, times
from tests.support.crawling import differences, sample_site

EVERY = 7
BEFORE = timedelta(days=1)
SCHEDULES = {
    "every five minutes, for 6 hours": (timedelta(minutes=5), 72),
    "every hour, for 2 days": (timedelta(hours=1), 48),
    "once a day, for 5 days": (timedelta(days=1), 5),
    "after a week's pause": (timedelta(days=7), 1),
}


def main() -> int:
    """Return 1 if the archive of any schedule differs from the site."""
    all_differences = [difference for schedule in SCHEDULES for difference in crawl_by(schedule)]
    print(*all_differences, sep="\n", end="\n" if all_differences else "")
    return int(bool(all_differences))


def crawl_by(schedule: str) -> list[str]:
    """Crawl on a schedule, print the cost, and return how the archive differs from the site."""
    every, count = SCHEDULES[schedule]
    articles = (BEFORE + every * count) // timedelta(minutes=EVERY)
    timeline = Timeline(World(articles, stocks=40), timedelta(minutes=EVERY))
    at = times(timeline.start + BEFORE, every, count)
    options = ("--articles", str(articles), "--every", str(EVERY))
    with sample_site(*options) as site, TemporaryDirectory() as directory:
        output = Path(directory)
        crawls(site, output, [timeline.start + BEFORE])
        runs = crawls(site, output, at)
        late = differences(output, truth(timeline.at(at[-1]), site, ["news"]))
        end = at[-1] + timedelta(days=1)
        crawls(site, output, [end])
        missing = sum(difference.startswith("articles") for difference in late)
        print(f"{schedule}: {cost(runs)}; {missing} articles are still to be archived or updated")
        print(*cost_by_list(runs), sep="\n", flush=True)
        return differences(output, truth(timeline.at(end), site, ["news"]))


if __name__ == "__main__":
    sys.exit(main())
