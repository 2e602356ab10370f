"""The spider ``stocks``: whom its arguments name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from finnews.archive import Archive
from finnews.commands.crawl import checked
from finnews.items import Instrument
from finnews.spiders.arguments import WrongArgument
from finnews.spiders.stocks import StocksSpider

FUND = "LU9999000011"


@pytest.fixture
def spider(tmp_path: Path) -> Iterator[StocksSpider]:
    """A spider whose register has a share and a fund."""
    made = StocksSpider(stocks="muster")
    with Archive(tmp_path) as archive:
        archive.add(Instrument("u", page="muster", kind="stock", isin="DE000A0MST15", wkn="A0MST1"))
        archive.add(Instrument("u", page="muster-fonds", kind="fund", isin=FUND))
        made.archive = archive
        yield made


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("DE000A0MST15", "muster"),
        ("de000a0mst15", "muster"),
        ("A0MST1", "muster"),
        ("a0mst1", "muster"),
    ],
)
def test_a_number_of_the_register_names_its_share(
    name: str, page: str, spider: StocksSpider
) -> None:
    """ISIN or WKN, in capitals or not."""
    assert spider.page_name(name) == page


@pytest.mark.parametrize("name", ["US5990001019", "us5990001019", "BSP123", "123456", FUND])
def test_a_number_that_the_register_has_not_names_no_page(name: str, spider: StocksSpider) -> None:
    """Nor does that of another kind of security: it is to be asked for."""
    assert spider.page_name(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *("bmw", "sap", "boeing", "nvidia", "hermes", "HERMES", "h2apex", "saint-gobain"),
        *("volkswagen_vz", "at&t", "1und1", "beispielbau"),
    ],
)
def test_a_page_name_stays_one(name: str, spider: StocksSpider) -> None:
    """Also where it has the form of a WKN: that one is written in capitals, with a digit."""
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
def test_a_malformed_argument_is_told_before_the_run(
    arguments: dict[str, str], message: str, tmp_path: Path
) -> None:
    """In one line that names it."""
    settings = get_project_settings()
    settings.set("OUTPUT_DIR", str(tmp_path))
    with pytest.raises(WrongArgument, match=r"\w") as told:
        checked(StocksSpider, arguments, settings)
    assert message in str(told.value)
    assert "\n" not in str(told.value)
