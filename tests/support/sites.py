"""The worlds of the sample sites that the crawls of many tests share."""

from typing import Final

from samplesite.content.world import World
from samplesite.faults.faults import Faults

SITE: Final = World(articles=25, stocks=8)
"""Two pages of the list of all articles."""

FAULTY_SITE: Final = World(articles=12, stocks=2)
"""Served with `FAULTS` among its pages."""

FAULTS: Final = Faults(FAULTY_SITE, in_pages=True)
"""A page of each fault."""

LONG_SITE: Final = World(articles=60, stocks=10)
"""A crawl of it takes long enough to be interrupted."""


def options(world: World) -> tuple[str, ...]:
    """Return the options with which the sample site serves a world."""
    counts = {"--articles": len(world.articles), "--stocks": len(world.stocks)}
    if hidden := sum(article.only_list is not None for article in world.articles):
        counts["--hidden-articles"] = hidden
    words = (str(word) for pair in counts.items() for word in pair)
    return (*words, "--faults") if world is FAULTY_SITE else tuple(words)
