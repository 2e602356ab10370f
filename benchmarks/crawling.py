"""How fast a crawl without delay is, beside a spider that only downloads the same pages.

Pages a second of both, from the same process of the sample site, in turns.
"""

import json
import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.plain_spider import SETTINGS
from benchmarks.rows import Row, Target, row
from benchmarks.runs import AT_ONCE, Took, run
from tests.support.crawling import sample_site

ROUNDS = 3
SITE = ("--articles", "300", "--stocks", "20")
CONCURRENCIES = (1, 8)
BY_CLOCK = "crawl, {} at a time: pages a second / only downloaded"
BY_CPU = "crawl, {} at a time: pages a CPU second / only downloaded"
LINES = {
    what.format(many): target
    for many in CONCURRENCIES
    for what, target in ((BY_CLOCK, Target(0.85, is_least=True)), (BY_CPU, None))
}


def rows() -> Iterator[Row]:
    """Yield the figures of a crawl with one request at a time, and with eight."""
    with sample_site(*SITE) as site, TemporaryDirectory(prefix="finnews-") as name:
        crawl(site, Path(name) / "first")  # the site keeps the pages that it has made
        for many in CONCURRENCIES:
            turns = [both(site, Path(name) / f"{many}-{turn}", many) for turn in range(ROUNDS)]
            by_clock = [plain.seconds / crawled.seconds for crawled, plain in turns]
            by_cpu = [plain.cpu / crawled.cpu for crawled, plain in turns]
            yield row(LINES, BY_CLOCK.format(many), statistics.median(by_clock))
            yield row(LINES, BY_CPU.format(many), statistics.median(by_cpu))


def both(site: str, directory: Path, concurrency: int) -> tuple[Took, Took]:
    """Return what a crawl takes, and what a plain spider takes for the same pages."""
    crawled = crawl(site, directory, concurrency)
    addresses = directory / "addresses.json"
    addresses.write_text(json.dumps(crawled.urls), "utf-8")
    plain = run("plain", SETTINGS | at_once(concurrency), {"addresses": str(addresses)})
    if sorted(plain.urls) != sorted(crawled.urls):
        raise RuntimeError("the two spiders did not request the same pages")
    return crawled, plain


def crawl(site: str, directory: Path, concurrency: int = 1) -> Took:
    """Crawl the news of a site into a new archive."""
    return run("news", {"SITE_URL": site, "OUTPUT_DIR": directory} | at_once(concurrency))


def at_once(concurrency: int) -> dict[str, object]:
    """Return the settings of a crawl without delay."""
    return AT_ONCE | {
        "CONCURRENT_REQUESTS": concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency,
    }
