"""The papers of the sample site that are no shares, and what is suggested for them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pytest
from parsel import Selector
from stdnum import isin as stdnum_isin
from stdnum.de import wkn as stdnum_wkn

from finnews.items import Instrument, Item, Quote
from finnews.pages import page_type
from finnews.site import site_at
from samplesite.content.crawls import portfolio
from samplesite.content.papers import ROOFS, Paper
from samplesite.content.truth import truth
from samplesite.content.world import World
from samplesite.web.site import Site

BASE: Final = "http://127.0.0.1:8021"
WORLD: Final = World(articles=60, stocks=12)
EACH_PAPER: Final = pytest.mark.parametrize("paper", WORLD.papers, ids=lambda paper: paper.page)
ENTRY: Final = {"did", "id", "wkn", "isin", "n", "u", "f", "identifiers", "b", "url"}


@pytest.fixture(scope="module")
def site() -> Site:
    """A site without faults."""
    return Site(WORLD, BASE)


def page(site: Site, path: str) -> Selector:
    """Return a page of the site."""
    answer = site.answer(path)
    assert answer.status == 200, path
    return Selector(answer.body.decode())


def snapshot_classes(html: str) -> set[str]:
    """Return the classes of a snapshot and what is in it."""
    classes = Selector(html).css("main [class]::attr(class)").getall()
    return {name for each in classes for name in each.split() if name.startswith("snapshot")}


def suggested(site: Site, query: str) -> dict[str, list[dict[str, Any]]]:
    """Return the groups of suggestions for a query."""
    answer = site.answer("/suggest/finde/jsonv2", 1, query)
    return {group["n"]: group["il"] for group in json.loads(answer.body)["it"]}


def test_there_are_papers_of_every_kind() -> None:
    """A handful of each, under the roofs of the site, with numbers of valid forms."""
    kinds = [paper.kind for paper in WORLD.papers]
    assert {kind: kinds.count(kind) >= 2 for kind in ROOFS} == dict.fromkeys(ROOFS, True)
    for paper in WORLD.papers:
        assert paper.path.startswith(f"/{ROOFS[paper.kind]}/")
        assert paper.isin is None or stdnum_isin.is_valid(paper.isin)
        assert paper.wkn is None or stdnum_wkn.is_valid(paper.wkn)
    assert len({paper.path for paper in WORLD.papers}) == len(WORLD.papers)


@EACH_PAPER
def test_a_page_prints_its_paper(paper: Paper, site: Site) -> None:
    """Its name, numbers and price; what has expired says so, and prints no price."""
    own = page(site, paper.path)
    snapshot = own.css(".snapshot")
    badges = dict(
        zip(
            snapshot.css("em.badge__key::text").getall(),
            snapshot.css("h2 .badge__value::text").getall(),
            strict=False,
        )
    )
    assert snapshot.css("h1.snapshot__headline::text").get(default="").strip() == paper.short
    assert (badges.get("WKN"), badges.get("ISIN")) == (paper.wkn, paper.isin)
    prices = own.css(".snapshot__value-current, #SnapshotQuoteData, #RealtimeListings")
    assert bool(prices) != paper.is_expired
    assert ("abgelaufen" in " ".join(own.css("main ::text").getall())) == paper.is_expired
    assert own.css("link[rel=canonical]::attr(href)").get() == BASE + paper.path


def test_a_certificate_is_at_the_address_without_its_underlying_too(site: Site) -> None:
    """The page is the same."""
    for paper in WORLD.papers_of("certificate"):
        assert f"/zertifikate/auf-/{paper.page}" in paper.paths
        assert len({site.answer(path).body for path in paper.paths}) == 1
    assert site.answer("/zertifikate/auf-/mst8f9").status == 404


def test_an_etf_has_a_page_for_each_exchange(site: Site) -> None:
    """Its snapshot has the price there."""
    for venue in WORLD.papers_of("etf")[0].venues:
        own = page(site, WORLD.papers_of("etf")[0].path_at(venue.exchange))
        assert own.css(".snapshot__source .dropdown__trigger::text").get() == venue.exchange.name


@pytest.mark.parametrize("path", ["/etf/suche", "/index/muster", "/devisen/realtime", "/fonds/x-y"])
def test_papers_that_do_not_exist_are_not_found(path: str, site: Site) -> None:
    """Neither their pages nor their lists of news."""
    name = path.rpartition("/")[2]
    lists = (f"/news/{name}-news", f"/nachrichten/alle/{name}", f"/rss/{name}-rss-feed")
    assert [site.answer(each).status for each in (path, *lists)] == [404] * 4


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("etf-2026-09-23-ishares-core-msci-world.html", "etf"),
        ("fund-2026-09-23-amundi-msci-world-climate.html", "fund"),
    ],
)
def test_a_snapshot_has_the_captured_classes(
    file: str, kind: str, captures: Path, site: Site
) -> None:
    """All of them, and no other."""
    paper = WORLD.papers_of(kind)[0]
    own = snapshot_classes(site.answer(paper.path).body.decode())
    assert own == snapshot_classes((captures / file).read_text("utf-8"))


@pytest.mark.parametrize("kind", ROOFS)
def test_finnews_reads_a_page_to_the_truth(kind: str, site: Site) -> None:
    """Each quote with every field, no other, and nothing is in doubt."""
    for paper in (paper for paper in WORLD.papers_of(kind) if not paper.is_expired):
        rows = truth(WORLD, BASE, [portfolio([paper])])["quotes"]
        true = [row for row in rows if row["source"] != "ticker"]
        assert quotes_on(site, paper) == sorted(map(named, true))
        assert {BASE + path for path in paper.paths} == {url for row in true for url in row["urls"]}


def quotes_on(site: Site, paper: Paper) -> list[tuple[str, list[str]]]:
    """Return the paper's own quotes as finnews reads them."""
    kind = page_type(BASE + paper.path, site_at(BASE))
    assert kind
    read = kind(BASE + paper.path, site.answer(paper.path).body.decode(), site_at(BASE))
    quotes = [item for item in read.items() if not isinstance(item, Instrument)]
    assert all(isinstance(quote, Quote) for quote in quotes)
    assert read.stats.doubts == {}
    own = [asdict(quote) for quote in quotes if getattr(quote, "source") != "ticker"]
    return sorted(map(named, own))


def named(row: dict[str, Any]) -> tuple[str, list[str]]:
    """Return what tells a quote of a page from the others, and its values."""
    kept = sorted(row.keys() - Item.provenance - {"urls"})
    return f"{row['exchange']} {row['currency']}", [f"{name}={row[name]}" for name in kept]


def test_what_has_expired_has_no_quote() -> None:
    """Its page is there, and what a crawl finds there is the header."""
    (expired,) = (paper for paper in WORLD.papers if paper.is_expired)
    rows = truth(WORLD, BASE, [portfolio([expired])])["quotes"]
    assert {row["source"] for row in rows} == {"ticker"}


def test_a_portfolio_of_shares_is_what_stocks_finds() -> None:
    """Pages, exchanges, targets and events of each."""
    assert truth(WORLD, BASE, [portfolio(WORLD.stocks)]) == truth(WORLD, BASE, ["stocks"])


@pytest.mark.parametrize("query", ["IE00BMSTWL15", "A3MST1", "muster", "oelpreis", "ölpreis"])
def test_suggestions_have_the_captured_keys(query: str, captures: Path, site: Site) -> None:
    """Groups have a name and entries, entries the keys of the real ones."""
    real = [json.loads(path.read_text("utf-8")) for path in captures.glob("suggest-*.json")]
    keys = {frozenset(entry) for each in real for group in each["it"] for entry in group["il"]}
    assert keys == {frozenset(ENTRY)}
    groups = suggested(site, query)
    assert {frozenset(entry) for entries in groups.values() for entry in entries} == keys
    assert next(iter(groups)) == "Anzeige"
    assert groups["Anzeige"][0]["isin"] is None


@EACH_PAPER
def test_a_paper_is_suggested_for_its_numbers_and_name(paper: Paper, site: Site) -> None:
    """Under its address; its certificates are suggested for the ISIN of an underlying."""
    numbers = [number for number in (paper.isin, paper.wkn) if number]
    for query in (*numbers, paper.short, paper.name):
        entries = [entry for group in suggested(site, query).values() for entry in group]
        assert BASE + paper.path in [entry["u"] for entry in entries]
    certificates = [other for other in WORLD.papers if other.underlying == paper]
    for query in numbers:
        hits = suggested(site, query).get("Zertifikate", [])
        assert {other.isin for other in certificates} <= {entry["isin"] for entry in hits}


def test_papers_that_only_resemble_are_suggested_before_the_one(site: Site) -> None:
    """Whoever takes the first hit takes another paper."""
    fund = WORLD.papers_of("fund")[1]
    first = suggested(site, str(fund.isin))["Fonds"][0]
    assert first["isin"] not in (None, fund.isin)
