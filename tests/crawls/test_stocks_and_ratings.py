"""``scrapy crawl stocks`` and ``scrapy crawl ratings`` on the sample site."""

import json
import shutil
from collections.abc import Iterator
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest

from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support.crawling import (
    Row,
    contents,
    crawl,
    differences,
    histories,
    is_as_before,
    last_versions,
    lines,
    sample_site,
)

WORLD = World(articles=8, stocks=11)
OPTIONS = {"news": (), "stocks": ("-a", "index=dax"), "ratings": ()}
ORDERS = [order for length in (1, 2, 3) for order in permutations(OPTIONS, length)]


class Crawls:
    """Crawls one after the other into one directory; what orders begin with is crawled once."""

    def __init__(self, site: str, directory: Path) -> None:
        self.site = site
        self.directory = directory

    def output(self, *order: str) -> Path:
        """Return what the crawls of that order have written."""
        path = self.directory / "-".join(order)
        if order and not path.exists():
            if order[:-1]:  # else what other orders have written would be copied as well
                shutil.copytree(self.output(*order[:-1]), path)
            done = crawl(order[-1], self.site, path, *OPTIONS[order[-1]])
            assert done.returncode == 0, done.stderr
        return path


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawls]:
    """Crawls of a sample site with more shares than one page of members shows."""
    with sample_site("--articles", "8", "--stocks", "11") as address:
        yield Crawls(address, tmp_path_factory.mktemp("crawls"))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_crawls_in_any_order_write_one_truth(order: tuple[str, ...], crawls: Crawls) -> None:
    """Each item is written with every field, and no later version loses a value.

    A rating of an article's table, of the table of targets and of its analysis is one record.
    """
    output = crawls.output(*order)
    assert differences(output, truth(WORLD, crawls.site, order)) == []
    for collection in ("quotes", "ratings", "instruments"):
        for history in histories(output, collection):
            assert [_erased(*pair) for pair in pairwise(history)] == [set()] * (len(history) - 1)


@pytest.mark.parametrize("order", [("stocks", "ratings"), ("ratings", "stocks")], ids="-".join)
def test_the_same_crawls_again_write_nothing(
    order: tuple[str, ...], crawls: Crawls, tmp_path: Path
) -> None:
    """An unchanged site is archived once."""
    output = shutil.copytree(crawls.output(*order), tmp_path / "output")
    before = contents(output)
    for spider in order:
        crawl(spider, crawls.site, output, *OPTIONS[spider])
    assert is_as_before(output, before)


def test_crawls_over_midnight_write_the_truth(crawls: Crawls, tmp_path: Path) -> None:
    """A price without a time is another quote on the next day; one with a time is not."""
    order = ("stocks", "ratings")
    output = shutil.copytree(crawls.output(*order), tmp_path / "output")
    before = contents(output)
    quotes = lines(output, "quotes")
    next_day = output / "quotes" / "9999-01-01.jsonl"
    timeless = [row for row in quotes if row["quoted_at"] is None]
    next_day.write_text("".join(map(_on_next_day, timeless)), "utf-8")
    assert timeless
    assert differences(output, truth(WORLD, crawls.site, order)) == []
    assert is_as_before(output, before)
    next_day.write_text(_on_next_day(next(row for row in quotes if row["quoted_at"])), "utf-8")
    assert not is_as_before(output, before)


def _on_next_day(row: Row) -> str:
    key = f"{row['key'].rpartition('|')[0]}|9999-01-01"
    return json.dumps(row | {"key": key, "fetched_at": "9999-01-01"}, default=str) + "\n"


def test_a_rating_gets_fuller_with_each_page(crawls: Crawls) -> None:
    """An article's table gives the rating, the targets the target, the analysis the text."""
    output = crawls.output("news", "stocks", "ratings")
    enriched = [
        history
        for history in histories(output, "ratings")
        if [_kind_of_page(history[0]), _kind_of_page(history[-1])] == ["nachricht", "analyse"]
    ]
    assert enriched
    for table, *between, study in enriched:
        assert (table["rating"], table["price_target"]) == (study["rating"], None)
        assert between[-1]["price_target"] == study["price_target"]
        assert (between[-1]["text"], bool(study["text"])) == (None, True)


def test_foreign_currencies_and_units_are_read(crawls: Crawls) -> None:
    """Francs, dollars, pence and an unchanged price are read; a row without a price is skipped."""
    output = crawls.output("stocks")
    quotes = last_versions(output, "quotes")
    units = {row["mic"]: (row["currency"], row["unit"]) for row in quotes}
    assert units["XSWX"] == ("CHF", None)
    assert units["XNYS"] == ("USD", None)
    assert units["XLON"] == (None, "GBX")
    assert any(row["change"] == 0 for row in quotes if row["mic"])
    assert report(output, "stocks")["counts"]["finnews/venues/passed/venue without price"] > 0


def test_a_price_on_two_pages_is_one_quote(crawls: Crawls) -> None:
    """It has bid and ask of the share's page and the segment of the table."""
    quotes = last_versions(crawls.output("stocks"), "quotes")
    both = [row for row in quotes if row["bid"] and row["price"]]
    assert both
    assert {(row["segment"], row["source"]) for row in both} == {("german", "stock")}


def test_a_bid_without_a_price_is_a_quote_of_its_day(crawls: Crawls) -> None:
    """The share's page prints it for an exchange whose price it does not print."""
    quotes = last_versions(crawls.output("stocks"), "quotes")
    bids = [row for row in quotes if row["price"] is None]
    assert bids
    assert {row["exchange"] for row in bids} == {"gettex"}
    assert {len(row["quoted_at"]) for row in bids} == {len("2026-11-20")}


def test_an_analysis_without_target_is_complete(crawls: Crawls) -> None:
    """It has no target, currency or distance, but everything else."""
    studies = last_versions(crawls.output("ratings"), "ratings")
    without = [row for row in studies if row["price_target"] is None]
    assert 0 < len(without) < len(studies)
    for row in without:
        assert (row["currency"], row["upside_percent"]) == (None, None)
        assert None not in (row["rating"], row["verdict"], row["price"], row["text"])


def report(output: Path, spider: str) -> dict[str, Any]:
    """Return the report of the only run of a spider."""
    (path,) = (output / "runs").glob(f"*-{spider}-*.json")
    report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return report


def _erased(earlier: Row, later: Row) -> set[str]:
    return {name for name, value in earlier.items() if value is not None and later[name] is None}


def _kind_of_page(row: Row) -> str:
    return str(row["url"]).split("/")[3]
