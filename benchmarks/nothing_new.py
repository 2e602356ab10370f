"""What a crawl that finds nothing new takes, by how many articles the archive knows.

All archives have the articles of one sample site, which do not change, and as many others.
"""

import shutil
import statistics
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.rows import Row, Target, row
from benchmarks.runs import AT_ONCE, Took, run
from finnews.archive import Archive
from finnews.items import Article
from tests.support.crawling import sample_site

ROUNDS = 5
FEW, *MANY = KNOWN = (1_000, 10_000, 100_000)
SITE_HAS = 300
SITE = ("--articles", str(SITE_HAS), "--stocks", "20")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
A_DAY = 1000
COMMIT_EVERY = 1000

REQUESTS = "nothing new, {} known articles: requests / with 1000"
TIME = "nothing new, {} known articles: CPU time / with 1000"
LINES = {
    what.format(many): limit
    for many in MANY
    for what, limit in ((REQUESTS, Target(1.0)), (TIME, Target(1.2)))
}


def rows() -> Iterator[Row]:
    """Yield requests and time for each size of archive."""
    with sample_site(*SITE) as site, TemporaryDirectory(prefix="finnews-") as name:
        directories = {known: Path(name) / str(known) for known in KNOWN}
        prepare(site, Path(name) / "base", directories)
        runs = [
            {known: crawl(site, directory) for known, directory in directories.items()}
            for _ in range(ROUNDS)
        ]
    for known in MANY:
        requests = [len(took[known].urls) / len(took[FEW].urls) for took in runs]
        times = [took[known].cpu / took[FEW].cpu for took in runs]
        yield row(LINES, REQUESTS.format(known), max(requests))
        yield row(LINES, TIME.format(known), statistics.median(times))


def prepare(site: str, base: Path, directories: dict[int, Path]) -> None:
    """Crawl a site until nothing is new, and add articles to copies of the archive."""
    for _ in range(2):
        crawl(site, base)
    for known, directory in directories.items():
        shutil.copytree(base, directory)
        add_articles(directory, site, known - SITE_HAS)


def crawl(site: str, directory: Path) -> Took:
    """Crawl the news of a site."""
    return run("news", {"SITE_URL": site, "OUTPUT_DIR": directory} | AT_ONCE)


def add_articles(directory: Path, site: str, count: int) -> None:
    """Add articles that the site does not have to an archive."""
    with Archive(directory) as archive:
        for number in range(count):
            archive.add(article(site, number))
            if number % COMMIT_EVERY == 0:
                archive.commit()


def article(site: str, number: int) -> Article:
    """Return an article, for each number another."""
    moment = FIRST + timedelta(days=number // A_DAY)
    return Article(
        url=f"{site}/nachricht/aktien/muster-{number}",
        fetched_at=moment.isoformat(),
        id=str(10_000_000 + number),
        headline=f"Muster AG: Meldung {number}",
        article_body=f"Die Muster AG hebt ihre Prognose {number} an. " * 10,
        date_published=moment.isoformat(),
    )
