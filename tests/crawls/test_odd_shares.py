"""``scrapy crawl stocks`` of shares each of which has something odd."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from samplesite.content.stocks import PAGES
from samplesite.faults.odd_shares import UNKNOWN_WORD
from tests.support.crawling import (
    crawl,
    lines,
)
from tests.support.sites import FAULTS

Crawled = tuple[str, Path, "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def odd(faulty_site: str, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A crawl of one share of each odd kind."""
    output = tmp_path_factory.mktemp("output")
    names = ",".join(share.stock.page for share in FAULTS.shares)
    return faulty_site, output, crawl("stocks", faulty_site, output, "-a", f"stocks={names}")


def test_each_odd_page_is_a_rejection_with_its_reason(odd: Crawled) -> None:
    """Pages may be gone, moved, without exchanges or without a price."""
    site, output, done = odd
    reasons = {
        row["url"].removeprefix(site): (row["reason"], row["missing"])
        for row in lines(output, "rejected")
    }
    assert reasons == {
        **_all_pages("weg-404", ("gone-404", None)),
        **_all_pages("weg-410", ("gone-410", None)),
        "/aktien/umgezogen-aktie": ("moved", None),
        "/boersenplaetze/ohne-boersen": ("no-venues", ["exchange", "price"]),
        "/aktien/ohne-kurs-aktie": ("no-price", ["price"]),
    }
    assert done.returncode == 2  # of some there is nothing, and the arguments name them
    assert "Traceback" not in done.stderr


def test_a_rejection_of_a_moved_page_says_where_to(odd: Crawled) -> None:
    """The other host is not requested; the share's prices on the exchanges are read."""
    _, output, done = odd
    moved = next(row for row in lines(output, "rejected") if row["reason"] == "moved")
    assert moved["item"] == {"where": "http://schweiz.invalid/aktien/umgezogen-aktie"}
    quotes = [row for row in lines(output, "quotes") if row["page"] == "umgezogen"]
    assert {row["source"] for row in quotes} == {"venues"}
    assert "schweiz.invalid" not in done.stderr.replace(moved["url"], "")


def test_the_other_pages_of_an_odd_share_are_read(odd: Crawled) -> None:
    """A share lacks only what its odd page lacks."""
    _, output, _ = odd
    sources = {
        (row["page"], row["source"]) for row in lines(output, "quotes") if row["kind"] == "stock"
    }
    assert sources == {
        ("umgezogen", "venues"),
        ("ohne-boersen", "stock"),
        ("ohne-kurs", "venues"),
        *((page, "stock") for page in ("falsche-isin", "neues-wort")),
        *((page, "venues") for page in ("falsche-isin", "neues-wort")),
    }


def test_unknown_words_are_null_and_in_the_report(odd: Crawled) -> None:
    """An unknown exchange has no MIC, an unknown rating no verdict, and the report counts them."""
    _, output, _ = odd
    words = report(output, "stocks")["vocabulary"]
    assert words["exchange"]["Beispielmakler"] > 0
    assert words["rating"][UNKNOWN_WORD] > 0
    unknown = [row for row in lines(output, "quotes") if row["exchange"] == "Beispielmakler"]
    assert {row["mic"] for row in unknown} == {None}
    of_the_word = [row for row in lines(output, "ratings") if row["rating"] == UNKNOWN_WORD]
    assert {row["verdict"] for row in of_the_word if row["version"] == 1} == {None}
    assert {row["verdict"] for row in of_the_word if row["version"] > 1} <= {"buy", "hold", "sell"}


def report(output: Path, spider: str) -> dict[str, Any]:
    """Return the report of the only run of a spider."""
    (path,) = (output / "runs").glob(f"*-{spider}-*.json")
    report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return report


def _all_pages(page: str, value: Any) -> dict[str, Any]:
    return {path.format(page): value for path in PAGES}
