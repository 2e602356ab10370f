"""The spider ``stocks``: whom its arguments name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.project import get_project_settings
from scrapy.utils.test import get_crawler

from finnews.archive import Archive
from finnews.commands.crawl import checked
from finnews.items import Instrument, Quote
from finnews.outcome import WrongUsage
from finnews.site import site_at
from finnews.spiders.stocks import StocksSpider

FUND = "LU9999000011"
SITE = "http://127.0.0.1:8021"
SHARE = [f"{SITE}/aktien/muster-aktie"] + [
    f"{SITE}/{part}/muster" for part in ("boersenplaetze", "kursziele", "termine")
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A register that has a share and a fund."""
    with Archive(tmp_path) as archive:
        archive.add(Instrument("u", page="muster", kind="stock", isin="DE000A0MST15", wkn="A0MST1"))
        archive.add(Instrument("u", page="muster-fonds", kind="fund", isin=FUND))
        yield archive


def requested(archive: Archive, **arguments: Any) -> list[str]:
    """Return the addresses of the first requests of a run."""
    return [request.url for request in spider(archive, **arguments).requests_by_name()]


def spider(archive: Archive, **arguments: Any) -> StocksSpider:
    """Return a spider with a register."""
    spider = StocksSpider(**arguments)
    spider.archive, spider.site = archive, site_at(SITE)
    return spider


@pytest.mark.parametrize("name", ["DE000A0MST15", "de000a0mst15", "A0MST1", "a0mst1", "muster"])
def test_a_registered_number_gives_the_pages_of_the_share(name: str, archive: Archive) -> None:
    """Case does not matter."""
    assert requested(archive, stocks=name) == SHARE


def test_a_paper_that_is_no_share_has_one_page(archive: Archive) -> None:
    """By its number, its path and its address."""
    names = [FUND, "index/dax", f"{SITE}/devisen/dollarkurs"]
    pages = [f"{SITE}/{path}" for path in ("fonds/muster-fonds", "index/dax", "devisen/dollarkurs")]
    assert requested(archive, stocks=",".join(names)) == pages


def test_a_paper_that_is_named_twice_is_requested_once(archive: Archive) -> None:
    """In whatever way."""
    names = ["muster", "aktien/muster-aktie", "DE000A0MST15", f"{SITE}/aktien/muster-aktie"]
    assert requested(archive, stocks=names) == SHARE


def test_an_unregistered_number_is_looked_up(archive: Archive) -> None:
    """In the suggestions for exactly that number."""
    (url,) = requested(archive, stocks="us5990001019")
    assert url.startswith(f"{SITE}/suggest/finde/jsonv2?")
    assert "query=US5990001019" in url


def test_sections_leave_papers_out(archive: Archive) -> None:
    """Those of other sections of the site."""
    run = spider(archive, stocks=f"muster,index/dax,{FUND}", sections="fonds,index")
    run.crawler = get_crawler(StocksSpider)
    urls = [request.url for request in run.requests_by_name()]
    assert urls == [f"{SITE}/index/dax", f"{SITE}/fonds/muster-fonds"]


def test_an_address_of_another_site_is_unknown(archive: Archive) -> None:
    """Nothing is requested for it, and the reason is told."""
    run = spider(archive, stocks="https://www.finanzen.net/index/dax")
    assert list(run.requests_by_name()) == []
    assert [each.why for each in run.unknown] == ["no address of 127.0.0.1:8021"]


def test_values_can_be_of_other_types_than_text() -> None:
    """From Python, a number is as good as its digits, a list as its elements."""
    run = StocksSpider(stocks=["muster", "probe"], limit=3, since=date(2026, 11, 1))
    assert (run.limit, run.since) == (3, "2026-11-01")
    assert run.arguments == {"stocks": "muster,probe", "limit": "3", "since": "2026-11-01"}


def test_limit_does_not_count_the_ticker(archive: Archive) -> None:
    """Which every page has in its header."""
    run = spider(archive, stocks="muster", limit=1)
    indices = [Quote(kind="index", page=f"{number}", source="ticker") for number in range(9)]
    price = Quote(kind="stock", page="muster", source="stock")
    assert list(run.limited([*indices, price, price])) == [*indices, price, price]
    assert run.has_reached_limit()


def test_items_after_until_are_left_out() -> None:
    """By their own day, as those before ``since``."""
    run = StocksSpider(stocks="muster", since="2026-11-02", until="2026-11-03")
    days = [run.is_outside(f"2026-11-0{day}T12:00:00+01:00") for day in range(1, 5)]
    assert days == [True, False, False, True]
    assert not run.is_outside(None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "stocks= or index= is needed"),
        ({"stocks": " , "}, "names are written"),
        ({"stocks": "muster,../robots"}, "stocks=../robots"),
        ({"stocks": "muster/aktie"}, "stocks=muster/aktie"),
        ({"stocks": "etf/suche"}, "no address of a paper"),
        ({"stocks": "@missing.txt"}, "stocks=@missing.txt: No such file"),
        ({"stocks": "US5990001018"}, "check digit of this ISIN"),
        ({"index": "dax?p=2"}, "index=dax?p=2"),
        ({"stocks": "muster", "limit": "0"}, "limit=0"),
        ({"stocks": "muster", "since": "gestern"}, "since=gestern"),
        ({"stocks": "muster", "until": "7 Tage"}, "until=7 Tage"),
        ({"stocks": "muster", "since": "2026-11-02", "until": "2026-11-01"}, "is before since="),
        ({"stock": "muster"}, "unknown argument stock"),
    ],
)
def test_a_malformed_argument_is_rejected_before_the_run(
    arguments: dict[str, str], message: str, tmp_path: Path
) -> None:
    """The error is one line that names the argument."""
    settings = get_project_settings()
    settings.set("OUTPUT_DIR", str(tmp_path))
    with pytest.raises(WrongUsage, match=r"\w") as raised:
        checked(StocksSpider, arguments, settings)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
