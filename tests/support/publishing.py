"""A sample site that publishes an article every so often, by a clock that tests set."""

from datetime import datetime, timedelta
from pathlib import Path

from samplesite.content.timeline import Timeline
from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support.crawling import differences

MINUTES = 90
TIMELINE = Timeline(World(articles=210, stocks=5), timedelta(minutes=MINUTES))
OPTIONS = ("--articles", "210", "--stocks", "5", "--every", str(MINUTES))
FIRST = TIMELINE.start + timedelta(hours=44)
"""When its first crawl is."""


def is_true(site: str, output: Path, at: datetime) -> list[str]:
    """Return what an archive has too much, too little or otherwise than the site at a time."""
    return differences(output, truth(TIMELINE.at(at), site, ["news"]))
