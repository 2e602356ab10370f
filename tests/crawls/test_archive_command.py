"""``scrapy archive check`` of what whole crawls wrote."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from scrapy.cmdline import execute

from finnews.archive import Archive
from finnews.items import NamedInstrument
from finnews.pipelines import instrument_of
from tests.support.archive_items import article, quote, rating
from tests.support.crawling import crawl, last_versions, lines, sample_site

Ended = tuple[int, str, str]


@pytest.fixture
def archive_command(output: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """``scrapy archive`` in this process: exit status, standard output and error."""

    def done(*arguments: object, directory: Path = output) -> Ended:
        setting = f"OUTPUT_DIR={directory}"
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", "archive", *map(str, arguments), "-s", setting])
        printed, error = capfd.readouterr()
        return int(str(ended.value)), printed, error

    return done


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An archive of some records, one of which has two versions."""
    directory = tmp_path / "output"
    named = NamedInstrument(name="Muster 1", kind="stock", page="muster-1")
    with Archive(directory) as archive:
        archive.add(quote(1))
        archive.add(quote(2))
        archive.add(rating("7", page="muster_1", price_target=Decimal("97.00"), currency="EUR"))
        archive.add(replace(article(1), instruments=[named]))
        archive.add(replace(instrument_of(quote(1)), isin="DE0001234563"))
        archive.commit()
        archive.add(replace(quote(1), volume=7))
    return directory


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What all crawls of a sample site wrote."""
    directory = tmp_path_factory.mktemp("crawled")
    with sample_site("--articles", "40", "--stocks", "6") as site:
        for spider, *options in (("news",), ("stocks", "-a", "index=dax"), ("ratings",)):
            done = crawl(spider, site, directory, *options)
            assert done.returncode == 0, done.stderr
    return directory


def test_check_finds_no_problem_in_what_crawls_wrote(
    crawled: Path, archive_command: Callable[..., Ended]
) -> None:
    """Every line is valid against its schema, and the index agrees with the lines."""
    status, printed, _ = archive_command("check", directory=crawled)
    kinds = ("articles", "quotes", "ratings", "instruments", "checkpoints")
    number = sum(len(lines(crawled, kind)) for kind in kinds)
    records = sum(len(last_versions(crawled, kind)) for kind in kinds[:4])
    assert number > records > 100
    assert status == 0, printed
    assert printed.startswith(f"{crawled}: {number} lines of ")
    assert printed.endswith("problems: none\n")
