"""What pages count reaches the report and Scrapy's stats, each rule once a page."""

import pytest

from finnews.pages.base import Page
from finnews.pages.rules import Rule
from finnews.pages.stats import Note, PageStats, Word
from finnews.probe.reading import probed
from finnews.reporting.counts import add_counts
from finnews.reporting.model import Doubted, Doubts, Report
from finnews.reporting.tables import table
from finnews.site import FINANZEN_NET
from tests.support.cases import golden_cases, read_pages, type_of

HEADER = Rule("page", "css", "th")
COLUMN = Rule("exchange", "column", "Börse")
LABEL = Rule("name", "css", "a.quote-ticker__label::text")


def golden(name: str) -> Page:
    """Return a golden page after it was read."""
    (page,) = read_pages(case for case in golden_cases() if case.name == name)
    return page


def test_a_rule_counts_once_a_page() -> None:
    """However often it is applied, and as a hit if it found something at all."""
    page, of_type = golden("venues/full"), PageStats()
    assert page.stats.asked[COLUMN] == page.stats.hit[COLUMN] > 1
    for _ in range(2):
        of_type.add_page(page.stats)
    assert of_type.asked[COLUMN] == of_type.hit[COLUMN] == 2
    assert of_type.words[Word("exchange", "Beispielmakler")] == 2


def test_selectors_of_a_page_and_of_its_loaders_are_counted_alike() -> None:
    """A loader's under the field that it fills."""
    assert golden("venues/full").stats.asked[LABEL] > 0


def test_a_rule_that_finds_nothing_is_a_zero() -> None:
    """It is told, not left out."""
    stats = PageStats()
    stats.count(HEADER, found=False)
    assert stats.stat_values("venues")["finnews/venues/parser/page/css/th"] == 0


def test_a_column_that_was_renamed_is_a_zero_in_report_and_probe() -> None:
    """As a selector that finds nothing is; the others of its table have their hits."""
    case = next(case for case in golden_cases() if case.name == "venues/full")
    text = case.text.replace("Volumen (St.)", "Umsatz")
    page, of_type = type_of(case.url)(case.url, text), PageStats()
    list(page.items())
    of_type.add_page(page.stats)
    report = Report("stocks", "2026-11-24T06:00:00+00:00", "finished", 0)
    add_counts(report, {}, {"venues": of_type})
    assert report.selectors["venues"]["volume/column/Volumen (St.)"] == [0, 1]
    assert report.selectors["venues"]["change/column/+/-"] == [1, 1]
    quotes = next(
        kind
        for kind in probed(case.url, text.encode(), site=FINANZEN_NET).kinds
        if kind.kind == "quote"
    )
    (rule,) = next(one.rules for one in quotes.fields if one.name == "volume")
    assert (rule.rule, rule.hits) == ("column Volumen (St.)", 0)
    assert rule.calls > 0


def test_a_report_tells_each_doubt_with_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its values and its pages are counted; the example is the first page's."""
    monkeypatch.setenv("COLUMNS", "120")
    of_type = PageStats()
    for number, printed in enumerate(["61,40 Mio.", "\n 62,40\n Mio.", ""]):
        page = PageStats(f"https://www.finanzen.net/aktien/muster_{number}-aktie")
        for _ in range(2 * bool(printed)):
            page.doubt("price", "unit", printed)
        of_type.add_page(page)
    for collected in ({}, of_type.stat_values("stock")):
        report = Report("stocks", "2026-11-24T06:00:00+00:00", "finished", 0)
        add_counts(report, collected, {"stock": of_type, "venues": PageStats()})
        example = ("https://www.finanzen.net/aktien/muster_0-aktie", "61,40 Mio.")
        doubted = Doubted(4, 2, *example)
        assert report.doubts == {
            "stock": Doubts(3, {"price": {"unit": doubted}}),
            "venues": Doubts(),
        }
        assert report.counts == {}
        lines = table(report).splitlines()
        (row,) = (line for line in lines if "doubts" in line)
        assert row.split("│")[1].strip() == "doubts stock"
        assert row.split("│")[2].strip() == f'4 price unit: "{example[1]}" {example[0]}'
    assert of_type.stat_values("stock")["finnews/stock/doubt/price/unit"] == 4


def test_a_report_tells_each_count_in_one_place() -> None:
    """Whether or not the run came to put them into Scrapy's stats."""
    stats = PageStats()
    stats.count(HEADER, found=True)
    stats.note("passed", "venue without price")
    stats.unknown("exchange", "Muster/Börse")
    for collected in ({}, stats.stat_values("venues")):
        report = Report("stocks", "2026-11-24T06:00:00+00:00", "finished", 0)
        add_counts(report, {"finnews/gone": 3, **collected}, {"venues": stats})
        assert report.selectors == {"venues": {"page/css/th": [1, 1]}}
        assert report.vocabulary == {"exchange": {"Muster/Börse": 1}}
        assert report.counts == {"finnews/gone": 3, "finnews/venues/passed/venue without price": 1}


def test_what_is_new_is_told_from_what_was_counted_before() -> None:
    """As the probe tells the rules of one item from those of the next."""
    stats, earlier = PageStats(), PageStats()
    stats.count(HEADER, found=True)
    earlier.add(stats)
    stats.count(LABEL, found=False)
    stats.note("passed", "isin")
    new = stats.since(earlier)
    assert (new.asked, new.hit, new.notes) == ({LABEL: 1}, {}, {Note("passed", "isin"): 1})
