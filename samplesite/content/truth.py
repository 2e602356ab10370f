"""The items that crawls of the sample site should find, made from its content, not its pages."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from samplesite.content.articles import Article
from samplesite.content.collector import Collector, Truth
from samplesite.content.crawls import CRAWLS, Crawl
from samplesite.content.world import World


def truth(
    world: World,
    base: str,
    crawls: Iterable[str | Crawl] = tuple(CRAWLS),
    broken: Iterable[Article] = (),
) -> Truth:
    """Return collection → items that crawls should find, as dictionaries.

    `crawls` are those of spiders by their names, or of what is chosen: ``portfolio(papers)``,
    ``news_of(papers)``, ``ratings_of(stocks)``. `broken` are articles that crawls can read although
    their pages or transfers are faulty. ``urls`` lists the pages an item can be read on, ``*`` for
    what is in the header of every page. `key`, `url`, `fetched_at` and `version` depend on the
    crawl and are left out.
    """
    collector = Collector(world, base, broken)
    for crawl in crawls:
        add = CRAWLS[crawl] if isinstance(crawl, str) else crawl
        add(collector)
    return collector.truth()


def write_rows(collections: Truth, directory: Path) -> None:
    """Write rows as JSON Lines, one file a collection."""
    directory.mkdir(parents=True, exist_ok=True)
    encode = msgspec.json.Encoder(decimal_format="number").encode
    for collection, rows in collections.items():
        lines = b"".join(encode(row) + b"\n" for row in rows)
        (directory / f"{collection}.jsonl").write_bytes(lines)
