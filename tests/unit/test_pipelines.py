"""The register of instruments: what it learns of a share, and what items get from it."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from scrapy.exceptions import DropItem
from scrapy.statscollectors import StatsCollector
from scrapy.utils.test import get_crawler

from finnews.archive import Archive
from finnews.archive.merging import merged
from finnews.items import Instrument, Item, Kind, Quote, Rating, instrument_key
from finnews.pipelines import ArchivePipeline, InstrumentsPipeline, Registered, with_numbers
from tests.support.crawling import last_versions, lines

SITE = "https://www.finanzen.net"
NUMBERS = ("DE000A0MST15", "A0MST1")


class Run:
    """One run's pipelines, without a crawl."""

    def __init__(self, directory: Path) -> None:
        self.archive = Archive(directory)
        self.registered = InstrumentsPipeline(self.archive)
        self.written = ArchivePipeline(self.archive, StatsCollector(get_crawler()))

    def read(self, *items: Item) -> None:
        """Put items through the pipelines."""
        for item in items:
            try:
                self.written.process_item(self.registered.process_item(item))
            except DropItem:
                continue

    def end(self) -> None:
        """End the run as a crawl ends."""
        self.registered.close_spider()
        self.written.close_spider()
        self.archive.close()


def venue(exchange: str = "Stuttgart", page: str = "muster-ag") -> Quote:
    """Return a quote of a page that prints no numbers."""
    return Quote(
        url=f"{SITE}/boersenplaetze/{page}",
        fetched_at="2026-11-23T10:00:00+00:00",
        name="Muster AG",
        kind="stock",
        page=page,
        price=Decimal("1.50"),
        exchange=exchange,
        quoted_at="2026-11-23T10:00:00+01:00",
        source="venues",
    )


def badges(isin: str | None = NUMBERS[0], wkn: str | None = NUMBERS[1]) -> Quote:
    """Return a quote of the share's own page, which has its numbers."""
    own = venue("XETRA")
    return replace(own, url=f"{SITE}/aktien/muster-ag-aktie", source="stock", isin=isin, wkn=wkn)


def rating() -> Rating:
    """Return a rating of a table, whose page spells the share with an underscore."""
    return Rating(
        url=f"{SITE}/nachricht/aktien/muster-1",
        fetched_at="2026-11-23T10:00:00+00:00",
        page="muster_ag",
        firm="Musterbank",
        verdict="buy",
        date_published="2026-11-20",
    )


@pytest.mark.parametrize("is_first", [True, False])
def test_items_get_isin_and_wkn_in_either_order(is_first: bool, tmp_path: Path) -> None:
    """They get them for any spelling of the page name, and if they were read in earlier runs."""
    parts: list[list[Item]] = [[badges()], [venue(), rating()]]
    for items in parts if is_first else parts[::-1]:
        run = Run(tmp_path)
        run.read(*items)
        run.end()
    rows = [*last_versions(tmp_path, "quotes"), *last_versions(tmp_path, "ratings")]
    assert {(row["isin"], row["wkn"]) for row in rows} == {NUMBERS}
    assert len(rows) == 3


def listed(url: str = f"{SITE}/nachricht/aktien/muster-1") -> Instrument:
    """Return the share as the search box of a page prints it."""
    listed = Instrument(url=url, fetched_at="2026-11-23T10:00:00+00:00", name="Muster")
    isin, wkn = NUMBERS
    return replace(listed, page="muster-ag", kind="stock", isin=isin, wkn=wkn)


@pytest.mark.parametrize("is_first", [True, False])
def test_an_instrument_on_a_page_is_registered(is_first: bool, tmp_path: Path) -> None:
    """Items get its numbers in either order; the register has it once, with the longer name."""
    parts: list[Item] = [listed(), venue()]
    run = Run(tmp_path)
    for item in parts if is_first else parts[::-1]:
        run.read(item)
    run.end()
    (row,) = last_versions(tmp_path, "quotes")
    assert (row["isin"], row["wkn"]) == NUMBERS
    (known,) = last_versions(tmp_path, "instruments")
    assert (known["isin"], known["wkn"], known["name"]) == (*NUMBERS, "Muster AG")


def test_an_instrument_on_a_page_is_not_counted_as_an_item(tmp_path: Path) -> None:
    """The register writes it, and the other pipelines do not see it."""
    run = Run(tmp_path)
    with pytest.raises(Registered):
        run.registered.process_item(listed())
    run.read(listed())
    assert not run.written.stats.get_stats()
    run.end()


def test_a_list_of_instruments_does_not_correct_the_register(tmp_path: Path) -> None:
    """What is known from a share's own page stays, whatever page the list stands on."""
    run = Run(tmp_path)
    run.read(badges())
    for page in ("nachricht/aktien/muster-1", "aktien/probe-aktie"):
        run.read(replace(listed(f"{SITE}/{page}"), isin="US5990001019", wkn="599000"))
    run.end()
    (known,) = last_versions(tmp_path, "instruments")
    assert (known["isin"], known["wkn"]) == NUMBERS


def test_a_killed_run_leaves_no_item_without_isin_and_wkn(tmp_path: Path) -> None:
    """The register is committed only after the items that get its numbers."""
    run = Run(tmp_path)
    run.read(venue(), rating())
    run.archive.commit()
    run.read(badges())
    with Archive(tmp_path) as after_kill:
        known = after_kill.find(Instrument, "stock:muster_ag")
        (quote,) = after_kill.about(Quote, "stock:muster_ag")
    assert known
    assert (known.isin, quote.isin, quote.wkn) == (None, *NUMBERS)


def test_numbers_that_another_crawl_learns_are_used(tmp_path: Path) -> None:
    """Neither crawl knew the number and the quote together when it read its page."""
    here, there = Run(tmp_path), Run(tmp_path)
    here.read(venue())
    there.read(badges())
    there.end()
    here.end()
    assert {row["isin"] for row in last_versions(tmp_path, "quotes")} == {NUMBERS[0]}


def test_a_share_s_own_page_corrects_the_register(tmp_path: Path) -> None:
    """A share with a new ISIN is known by it; items of the old ISIN stay as they are."""
    new = ("US5990001019", "599000")
    run = Run(tmp_path)
    run.read(badges(), venue())
    later = replace(badges(*new), fetched_at="2026-11-24T10:00:00+00:00")
    run.read(replace(later, quoted_at="2026-11-24T10:00:00+01:00"))
    run.read(venue("Hamburg"))
    run.end()
    numbers = {(row["exchange"], row["isin"]) for row in last_versions(tmp_path, "quotes")}
    assert numbers == {
        ("XETRA", NUMBERS[0]),
        ("XETRA", new[0]),
        ("Stuttgart", NUMBERS[0]),
        ("Hamburg", new[0]),
    }
    (known,) = last_versions(tmp_path, "instruments")
    assert (known["isin"], known["wkn"]) == new


def test_an_item_gets_no_wkn_of_another_isin(tmp_path: Path) -> None:
    """An item with an ISIN of its own keeps it."""
    run = Run(tmp_path)
    run.read(badges(), replace(venue(), isin="US5990001019"))
    run.end()
    numbers = {(row["isin"], row["wkn"]) for row in last_versions(tmp_path, "quotes")}
    assert numbers == {NUMBERS, ("US5990001019", None)}


def test_the_register_takes_the_wkn_from_a_german_isin(tmp_path: Path) -> None:
    """The WKN is a part of a German ISIN; a foreign ISIN has none."""
    run = Run(tmp_path)
    run.read(replace(venue(), isin=NUMBERS[0]))
    run.read(replace(venue(page="probe"), isin="US5990001019"))
    run.end()
    known = {row["page"]: row["wkn"] for row in last_versions(tmp_path, "instruments")}
    assert known == {"muster-ag": NUMBERS[1], "probe": None}


SAP, TESLA = ("DE0007164600", "716460"), ("US88160R1014", "A1CX3T")


@pytest.mark.parametrize(
    ("own", "known", "expected"),
    [
        ((None, SAP[1]), TESLA, (None, SAP[1])),
        ((SAP[0], None), TESLA, (SAP[0], None)),
        ((SAP[0], None), (None, TESLA[1]), (SAP[0], None)),
        ((None, TESLA[1]), (SAP[0], None), (None, TESLA[1])),
        ((None, TESLA[1]), TESLA, TESLA),
        ((TESLA[0], None), (None, TESLA[1]), TESLA),
        ((SAP[0], None), (None, SAP[1]), SAP),
        ((None, None), TESLA, TESLA),
    ],
)
def test_numbers_are_those_of_one_security(
    own: tuple[str | None, ...], known: tuple[str | None, ...], expected: tuple[str | None, ...]
) -> None:
    """Of a page and the register, and of two pages: no ISIN beside the WKN of another."""
    registered = replace(listed(), isin=known[0], wkn=known[1])
    item = with_numbers(replace(venue(), isin=own[0], wkn=own[1]), registered)
    assert isinstance(item, Quote)
    assert (item.isin, item.wkn) == expected
    shown = replace(registered, url=f"{SITE}/aktien/muster-ag-aktie", isin=own[0], wkn=own[1])
    for first, second in ((registered, shown), (shown, registered)):
        record = merged(first, second)
        assert (record.isin, record.wkn) == expected


def test_the_first_numbers_of_a_share_s_own_page_count(tmp_path: Path) -> None:
    """A page with two ISINs changes neither the register nor items from run to run."""
    new = ("US5990001019", "599000")
    for hour in range(10, 14):
        own = [
            replace(quote, fetched_at=f"2026-11-23T{hour}:00:00+00:00")
            for quote in (badges(), replace(badges(*new), exchange="Hamburg"))
        ]
        run = Run(tmp_path)
        run.read(*own, venue())
        run.end()
    assert [row["isin"] for row in lines(tmp_path, "instruments")] == [NUMBERS[0]]
    quotes = lines(tmp_path, "quotes")
    assert [(row["exchange"], row["isin"], row["version"]) for row in quotes] == [
        ("XETRA", NUMBERS[0], 1),
        ("Hamburg", new[0], 1),
        ("Stuttgart", NUMBERS[0], 1),
    ]


def test_a_later_part_of_a_page_can_correct_the_register(tmp_path: Path) -> None:
    """Where an earlier part of the same page has no numbers."""
    new = ("US5990001019", "599000")
    run = Run(tmp_path)
    run.read(badges())
    later = "2026-11-23T11:00:00+00:00"
    run.read(*(replace(badges(*own), fetched_at=later) for own in ((None, None), new)))
    run.end()
    (known,) = last_versions(tmp_path, "instruments")
    assert (known["isin"], known["wkn"]) == new


def coin(kind: Kind) -> Quote:
    """Return a quote of a coin in an article, of the kind that coins had when it was read."""
    return Quote(
        url=f"{SITE}/nachricht/devisen/muster-1",
        fetched_at="2026-11-23T10:00:00+00:00",
        name="Bitcoin",
        kind=kind,
        page="bitcoin-euro-kurs",
        price=Decimal("74908.89"),
        currency="EUR",
        source="article",
    )


def test_a_coin_that_was_archived_as_a_currency_gets_no_second_record(tmp_path: Path) -> None:
    """The same quote read again writes nothing; the register calls it a coin from then on."""
    earlier = Run(tmp_path)
    earlier.read(coin("currency"))
    earlier.end()
    later = Run(tmp_path)
    later.read(coin("crypto"), replace(coin("crypto"), price=Decimal("74910.00")))
    later.end()
    quotes = lines(tmp_path, "quotes")
    assert [(quote["price"], quote["kind"]) for quote in quotes] == [
        (Decimal("74908.89"), "currency"),
        (Decimal("74910.00"), "crypto"),
    ]
    assert len({quote["key"].partition("|")[0] for quote in quotes}) == 1
    register = lines(tmp_path, "instruments")
    assert [(row["version"], row["kind"]) for row in register] == [(1, "currency"), (2, "crypto")]
    assert {row["key"] for row in register} == {"currency:bitcoin_euro_kurs"}


@pytest.mark.parametrize("kinds", [("currency", "crypto"), ("crypto", "currency")])
def test_the_register_calls_it_a_coin_whatever_was_read_first(
    kinds: tuple[Kind, Kind], tmp_path: Path
) -> None:
    """Its quotes are found under either kind."""
    run = Run(tmp_path)
    run.read(*map(coin, kinds))
    run.end()
    with Archive(tmp_path) as archive:
        keys = {str(instrument_key(kind, "bitcoin-euro-kurs")) for kind in kinds}
        assert [len(list(archive.about(Quote, key))) for key in keys] == [1]
        assert [instrument.kind for instrument in archive.all_of(Instrument)] == ["crypto"]
