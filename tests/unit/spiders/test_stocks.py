"""The spider ``stocks``: whom its arguments name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from finnews.archive import Archive
from finnews.commands.crawl import checked
from finnews.items import Instrument
from finnews.outcome import WrongUsage
from finnews.spiders.stocks import StocksSpider

FUND = "LU9999000011"


@pytest.fixture
def spider(tmp_path: Path) -> Iterator[StocksSpider]:
    """A spider whose register has a share and a fund."""
    spider = StocksSpider(stocks="muster")
    with Archive(tmp_path) as archive:
        archive.add(Instrument("u", page="muster", kind="stock", isin="DE000A0MST15", wkn="A0MST1"))
        archive.add(Instrument("u", page="muster-fonds", kind="fund", isin=FUND))
        spider.archive = archive
        yield spider


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("DE000A0MST15", "muster"),
        ("de000a0mst15", "muster"),
        ("A0MST1", "muster"),
        ("a0mst1", "muster"),
    ],
)
def test_a_registered_isin_or_wkn_gives_the_page_name(
    name: str, page: str, spider: StocksSpider
) -> None:
    """Case does not matter."""
    assert spider.page_name(name) == page


@pytest.mark.parametrize("name", ["US5990001019", "us5990001019", "BSP123", "123456", FUND])
def test_an_unregistered_number_gives_no_page_name(name: str, spider: StocksSpider) -> None:
    """Neither does that of another kind of instrument."""
    assert spider.page_name(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *("bmw", "sap", "boeing", "nvidia", "hermes", "HERMES", "h2apex", "saint-gobain"),
        *("volkswagen_vz", "at&t", "1und1", "beispielbau"),
    ],
)
def test_a_page_name_is_kept(name: str, spider: StocksSpider) -> None:
    """It is kept even in the form of a WKN: a WKN is in capitals and has a digit."""
    assert spider.page_name(name) == name


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "stocks= or index= is needed"),
        ({"stocks": " , "}, "names are written"),
        ({"stocks": "muster,../robots"}, "stocks=../robots"),
        ({"stocks": "muster/aktie"}, "stocks=muster/aktie"),
        ({"stocks": "US5990001018"}, "check digit of this ISIN"),
        ({"index": "dax?p=2"}, "index=dax?p=2"),
        ({"stocks": "muster", "limit": "0"}, "limit=0"),
        ({"stocks": "muster", "since": "gestern"}, "since=gestern"),
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
