"""How far one machine goes: a live day, the workers that one archive can feed on, a year of news.

By name only: ``python -m benchmarks.scale`` prints the lines of ``docs/scale.md``, from what this
machine takes and from the numbers below, which are not measured.
"""

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.runs import run
from finnews import settings
from finnews.saved.stream import Place, opened
from finnews.saved.warc import WarcEntries
from finnews.site import FINANZEN_NET
from samplesite.content.world import World
from samplesite.web.site import Site
from tests.support.saved_pages import write_sample
from tests.support.warcs import response, zipped

PACE: Final = settings.DOWNLOAD_DELAY
"""Seconds between two requests, on average"""

ARTICLES_A_DAY: Final = 600  # "hundreds of news articles a day"
VISITS: Final = 24  # runs a day
SHARES: Final = 10_000  # an assumption; nobody has counted the site's shares from here

NEWS_YEAR_TB: Final = 4.5
"""Common Crawl's news archive: 25 TiB of WARC files from September 2016 to September 2022
(github.com/commoncrawl/news-crawl/issues/48)"""

SITE_SHARE: Final = 0.001  # an assumption: of its articles, one in a thousand is the site's
NEWS_YEAR_ARTICLES: Final = 140_000_000
"""11.7 million articles a month in 2024, 1.35 billion in ten years (arXiv:2605.18337)"""

SIZES: Final = (300, 1500)
OTHERS: Final = 1500
HOUR: Final = 3600


def main() -> None:
    """Measure, compute, print."""
    with TemporaryDirectory(prefix="finnews-") as name:
        reading, taking = costs(Path(name))
        passing = passing_speed(Path(name))
    news = ARTICLES_A_DAY + VISITS * (1 + len(FINANZEN_NET.news))
    shares = SHARES * len(FINANZEN_NET.of_stock)
    print(f"a day's news: {news} requests, {news * PACE / HOUR:.1f} h at {PACE} s")
    print(f"all shares once: {shares} requests, {shares * PACE / HOUR:.1f} h")
    print(f"reading a page {reading * 1e3:.1f} ms, taking it in {taking * 1e3:.1f} ms")
    print(f"workers that one archive can feed on: {reading / taking:.1f}")
    print(f"other sites' records: {passing / 1e6:.0f} MB of gzip a second")
    through = NEWS_YEAR_TB * 1e12 / passing / HOUR
    own = NEWS_YEAR_ARTICLES * SITE_SHARE
    print(f"a year of news: {through:.0f} h of a processor to pass over {NEWS_YEAR_TB} TB,")
    print(f"and {own * reading / HOUR:.1f} h to read {own:.0f} pages of the site")


def costs(folder: Path) -> tuple[float, float]:
    """Return the CPU seconds of reading a page, and of taking in what a worker has read."""
    took = []
    for articles in SIZES:
        path = folder / f"{articles}.warc.gz"
        pages = write_sample(path, articles)
        arguments = {"files": str(path), "workers": "1"}
        took.append(run("saved", {"OUTPUT_DIR": folder / path.stem}, arguments, pages))
    pages = took[1].pages - took[0].pages
    taking = (took[1].cpu - took[0].cpu) / pages
    return (took[1].all_cpu - took[0].all_cpu) / pages - taking, taking


def passing_speed(folder: Path) -> float:
    """Return how many bytes of gzip with other sites' pages a processor passes over in a second.

    Their text repeats less than that of the sample site: 30 kB for 150 kB of HTML.
    """
    site, chance = Site(World(60, 4), "https://other.example"), random.Random(1)
    bodies = [site.answer(article.path).body for article in site.world.articles]
    path = folder / "others.warc.gz"
    with path.open("wb") as file:
        for number in range(OTHERS):
            noise = "".join(f"{chance.randrange(16**8):x} " for _ in range(4500)).encode()
            page = bodies[number % len(bodies)][:110_000] + noise
            file.write(zipped(response(f"https://other.example/{number}", page)))
    start = time.process_time()
    with path.open("rb") as file:
        sum(1 for _ in WarcEntries(opened(file, Place()), FINANZEN_NET))
    return path.stat().st_size / (time.process_time() - start)


if __name__ == "__main__":
    main()
