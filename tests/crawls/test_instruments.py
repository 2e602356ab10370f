"""The register of instruments after whole crawls: every share with its numbers."""

from pathlib import Path

import pytest
from stdnum import isin as stdnum_isin

from tests.support.crawling import Row, crawl, last_versions, lines
from tests.support.sites import FAULTY_SITE, SITE


@pytest.fixture(scope="module")
def crawled(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a crawl of news, in which most shares are met, and one of all shares have written."""
    output = tmp_path_factory.mktemp("output")
    crawl("news", site, output)
    crawl("stocks", site, output, "-a", "index=dax")
    return output


def test_the_register_has_every_share_with_its_numbers(crawled: Path) -> None:
    """ISIN, WKN and symbol come from the share's page; the longest name of all pages stays."""
    known = {row["page"]: row for row in last_versions(crawled, "instruments")}
    for stock in SITE.stocks:
        row = known[stock.page]
        assert (row["isin"], row["wkn"], row["symbol"]) == (stock.isin, stock.wkn, stock.symbol)
        assert (row["kind"], row["name"]) == ("stock", stock.name)


def test_every_spelling_of_a_page_name_is_registered(crawled: Path) -> None:
    """Page names have underscores and hyphens, and a share may have had another name."""
    pages = {row["page"] for row in last_versions(crawled, "instruments") if row["isin"]}
    names = {row["name"] for row in last_versions(crawled, "instruments")}
    assert any("_" in page for page in pages)
    assert any("-" in page for page in pages)
    assert any("C (ex Vorher)" in name for name in names)


def test_every_item_of_a_share_has_its_numbers(crawled: Path) -> None:
    """This includes items of articles, which were read before the register knew the numbers."""
    numbers = {stock.page: (stock.isin, stock.wkn) for stock in SITE.stocks}
    rows = [*last_versions(crawled, "quotes"), *last_versions(crawled, "ratings")]
    of_shares = [row for row in rows if row["page"] in numbers]
    assert {row.get("source") for row in of_shares} == {"stock", "venues", "article", None}
    assert [row for row in of_shares if (row["isin"], row["wkn"]) != numbers[row["page"]]] == []


def test_an_isin_with_a_wrong_check_digit_is_not_stored(faulty_site: str, tmp_path: Path) -> None:
    """It is a doubt, and the rest of the page is kept."""
    crawl("stocks", faulty_site, tmp_path, "-a", "stocks=falsche-isin")
    rows: list[Row] = [
        row
        for collection in ("quotes", "ratings", "instruments")
        for row in lines(tmp_path, collection)
    ]
    assert all(stdnum_isin.is_valid(row["isin"]) for row in rows if row["isin"])
    known = {row["page"]: row for row in last_versions(tmp_path, "instruments")}
    share = known["falsche-isin"]
    assert (share["isin"], share["wkn"]) == (None, FAULTY_SITE.stocks[0].wkn)
