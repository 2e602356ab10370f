"""``scrapy crawl stocks``: how it finds the shares that its arguments name."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from stdnum import isin as stdnum_isin

from tests.support.crawling import crawl, lines, sample_site, scrapy
from tests.support.sites import FAULTY_SITE, SITE

SHARE, OTHER = SITE.stocks[1], SITE.stocks[4]


@pytest.fixture(scope="module")
def closed_site() -> Iterator[str]:
    """The same, but robots.txt forbids the suggestions."""
    with sample_site("--articles", "1", "--stocks", "8", "--forbid", "/suggest/") as address:
        yield address


def test_a_malformed_argument_is_exit_status_2(tmp_path: Path) -> None:
    """The error is one line, and nothing is requested."""
    done = scrapy(
        *("crawl", "stocks", "-a", "stocks=US5990001018", "-s", f"OUTPUT_DIR={tmp_path}"),
        *("-s", "SITE_URL=http://127.0.0.1:9"),
    )
    error = "finnews: stocks=US5990001018: the check digit of this ISIN is wrong"
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, error)
    assert "Spider opened" not in done.stderr


def test_an_isin_or_wkn_is_looked_up_in_the_suggestions(site: str, tmp_path: Path) -> None:
    """Of the suggested shares only the one with exactly that number is read."""
    done = crawl("stocks", site, tmp_path, "-a", f"stocks={SHARE.isin},{OTHER.wkn}")
    assert done.returncode == 0, done.stderr
    assert shares_of(tmp_path) == {SHARE.page, OTHER.page}


def test_a_registered_number_needs_no_suggestions(closed_site: str, tmp_path: Path) -> None:
    """A share that was crawled by name is found by its numbers from then on."""
    crawl("stocks", closed_site, tmp_path, "-a", f"stocks={SHARE.page}")
    before = timed_quotes(tmp_path)
    numbers = f"{SHARE.isin},{SHARE.wkn.lower()}"
    done = crawl("stocks", closed_site, tmp_path, "-a", f"stocks={numbers}")
    assert (done.returncode, timed_quotes(tmp_path)) == (0, before), done.stderr


def test_forbidden_suggestions_are_not_requested(closed_site: str, tmp_path: Path) -> None:
    """An unknown number ends the run, and the error says how to make it known."""
    done = crawl("stocks", closed_site, tmp_path, "-a", f"stocks={SHARE.isin}")
    assert_unknown(done, SHARE.isin, "robots.txt")
    assert lines(tmp_path, "quotes") == []


def test_a_similar_number_is_not_taken(site: str, tmp_path: Path) -> None:
    """What the site suggests for a number that no share has is not read."""
    stem = SHARE.isin[:9] + "XX"
    number = stem + str(stdnum_isin.calc_check_digit(stem))
    names = f"{OTHER.page},{number}"
    done = crawl("stocks", site, tmp_path, "-a", f"stocks={names}")
    assert_unknown(done, number, "not in the site's suggestions")


def test_an_unknown_index_is_exit_status_2(site: str, tmp_path: Path) -> None:
    """The error gives its name and address."""
    done = crawl("stocks", site, tmp_path, "-a", "index=musterdax")
    error = f"index=musterdax is unknown: {site}/index/musterdax/werte does not exist"
    assert (done.returncode, done.stderr.count(error)) == (2, 1)
    assert "Traceback" not in done.stderr


def test_members_of_an_index_are_found_at_their_other_address(
    faulty_site: str, tmp_path: Path
) -> None:
    """Those of the DAX are also at an address with their number."""
    done = crawl("stocks", faulty_site, tmp_path, "-a", "index=dax")
    assert done.returncode == 0, done.stderr
    assert shares_of(tmp_path) == {stock.page for stock in FAULTY_SITE.stocks}


def test_an_unknown_name_ends_as_an_unknown_number_does(site: str, tmp_path: Path) -> None:
    """Its pages are rejections, the other share is read, and the nearest name is told."""
    near = f"{SHARE.page[:-1]}-{SHARE.page[-1]}"
    done = crawl("stocks", site, tmp_path, "-a", f"stocks={OTHER.page},{SHARE.isin},{near}")
    assert_unknown(done, near, f"the site has no such page; nearest: {SHARE.page}")
    assert {row["reason"] for row in lines(tmp_path, "rejected")} == {"gone-404"}
    assert shares_of(tmp_path) == {SHARE.page, OTHER.page}


def test_what_is_wrong_in_a_file_is_told_together(site: str, tmp_path: Path) -> None:
    """In one line, each with its own; the others are crawled, and the exit status is 1."""
    stem = SHARE.isin[:9] + "XX"
    unknown = stem + str(stdnum_isin.calc_check_digit(stem))
    wrong = {"Was ist das?": 3, "muster-ohne": 5, "DE000A0MST16": 6, unknown: 8}
    path = tmp_path / "portfolio.txt"
    elements = ["# Depot", SHARE.isin, "Was ist das?", "", "muster-ohne", "DE000A0MST16"]
    path.write_text("\n".join([*elements, OTHER.page, unknown]), "utf-8")
    output = tmp_path / "output"
    done = crawl("stocks", site, output, "-a", f"stocks=@{path}")
    (told,) = (line for line in done.stderr.splitlines() if " ERROR: " in line)
    assert done.returncode == 1
    assert [f"{text} (line {line}) is unknown" in told for text, line in wrong.items()] == [
        True
    ] * 4
    assert shares_of(output) == {SHARE.page, OTHER.page}


def test_limit_bounds_the_quotes(site: str, tmp_path: Path) -> None:
    """The run ends when they are read, with exit status 0; the header's ticker does not count."""
    done = crawl("stocks", site, tmp_path, "-a", f"stocks={SHARE.page}", "-a", "limit=5")
    asked = [row for row in lines(tmp_path, "quotes") if row["source"] != "ticker"]
    assert (done.returncode, len({row["key"] for row in asked})) == (0, 5), done.stderr
    assert {row["page"] for row in asked} == {SHARE.page}


def timed_quotes(output: Path) -> int:
    """Return how many prices with a time there are; others are new ones on each day."""
    return sum(row["quoted_at"] is not None for row in lines(output, "quotes"))


def assert_unknown(done: "subprocess.CompletedProcess[str]", number: str, why: str) -> None:
    """Exit status 2, and one line with the number, the reason and what to do."""
    errors = [line for line in done.stderr.splitlines() if f"{number} is unknown" in line]
    assert (done.returncode, len(errors)) == (2, 1), done.stderr
    assert why in errors[0]
    assert "-a stocks=" in errors[0]
    assert "Traceback" not in done.stderr


def shares_of(output: Path) -> set[str]:
    """Return the page names of the shares that have quotes."""
    return {row["page"] for row in lines(output, "quotes") if row["kind"] == "stock"}
