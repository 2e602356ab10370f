"""What the answers to the questions of ``docs/use.md`` must be, as the items say themselves."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from finnews.items import Article, Event, Item, Quote, Rating
from tests.support.tables import all_last

Answer = list[dict[str, Any]]

CORRECTED: Final = "Berichtigt: Muster AG wächst"
"""The new headline of the one article that has been corrected."""


def last(folder: Path, item_class: type[Item]) -> list[Any]:
    """Return the last versions of a kind."""
    return list(all_last(folder / "output", item_class).values())


def named(article: Article) -> set[str | None]:
    """Return the pages of the shares that an article names."""
    return {each.page for each in article.instruments or () if each.kind == "stock"}


def shares_of_a_day(answer: Answer, folder: Path) -> None:
    """Each article counts once for each share that it names."""
    total = sum(len(named(article)) for article in last(folder, Article))
    assert sum(row["articles"] for row in answer) == total


def shares_of_a_week(answer: Answer, folder: Path) -> None:
    """The first is named most; all articles are of that week."""
    pages = [page for article in last(folder, Article) for page in named(article)]
    assert answer[0]["articles"] == max(map(pages.count, pages))
    assert answer[0]["articles"] == pages.count(answer[0]["page"])
    assert len(answer) == min(10, len(set(pages)))


def agencies(answer: Answer, folder: Path) -> None:
    """Each has its articles."""
    written = [article.agency for article in last(folder, Article) if article.agency]
    assert {row["agency"]: row["articles"] for row in answer} == {
        agency: written.count(agency) for agency in written
    }


def corrections(answer: Answer, folder: Path) -> None:
    """The one that was corrected."""
    (row,) = answer
    (article,) = (article for article in last(folder, Article) if article.version > 1)
    assert (row["id"], row["after"]) == (article.id, CORRECTED)
    assert row["read_later"].days > 0


def verdicts(answer: Answer, folder: Path) -> None:
    """Each rating is counted under its firm."""
    ratings = last(folder, Rating)
    for row in answer:
        own = [rating.verdict for rating in ratings if rating.firm == row["firm"]]
        assert [row[name] for name in ("buy", "hold", "sell")] == [
            own.count(name) for name in ("buy", "hold", "sell")
        ]
    assert {row["firm"] for row in answer} == {rating.firm for rating in ratings}


def consensus(answer: Answer, folder: Path) -> None:
    """Between the lowest and the highest of as many firms as rate the share."""
    ratings = last(folder, Rating)
    for row in answer:
        own = [rating for rating in ratings if rating.page == row["page"]]
        assert 1 <= row["firms"] <= len({rating.firm for rating in own})
        assert row["lowest"] <= row["target"] <= row["highest"]
        assert row["highest"] in {rating.price_target for rating in own}


def upsides(answer: Answer, folder: Path) -> None:
    """Of each target in the currency of a price."""
    targets = {rating.price_target for rating in last(folder, Rating)}
    prices = {each.price for each in last(folder, Quote)}
    for row in answer:
        assert row["price_target"] in targets
        assert row["price"] in prices
        exact = 100 * (row["price_target"] / row["price"] - 1)
        assert abs(exact - Decimal(row["upside_percent"])) < Decimal("0.01")
    assert len(answer) > 10


def upgrades(answer: Answer, folder: Path) -> None:
    """Each upgrade with a price once."""
    upgraded = {
        (rating.page, rating.firm, rating.price)
        for rating in last(folder, Rating)
        if rating.action == "upgraded"
    }
    found = [(row["page"], row["firm"], row["price_then"]) for row in answer]
    assert set(found) <= upgraded
    assert len(set(found)) == len(found) > 5


def to_come(answer: Answer, folder: Path) -> None:
    """Events after that day with an estimate, the next one first."""
    events = [event for event in last(folder, Event) if event.date > "2026-11-20"]
    assert len(answer) == sum(event.eps_estimate is not None for event in events)
    assert answer[0]["date"] == min(row["date"] for row in answer)


def spreads(answer: Answer, folder: Path) -> None:
    """Between prices that some exchanges have."""
    for row in answer:
        own = (
            [each for each in last(folder, Quote) if each.page == row["page"]]
            if row is answer[0]
            else []
        )
        assert not own or {row["lowest"], row["highest"]} <= {each.price for each in own}
        assert row["exchanges"] > 1
        assert row["spread_percent"] >= 0
    assert len(answer) > 10


TRUTHS: dict[str, Callable[[Answer, Path], None]] = {
    "How many articles name a share, on each day?": shares_of_a_day,
    "Which shares were named most in a week?": shares_of_a_week,
    "Which agencies write most?": agencies,
    "Which articles were corrected, and how long after?": corrections,
    "What do the firms say?": verdicts,
    "What is the consensus on each share?": consensus,
    "How far are the targets from the prices?": upsides,
    "How did the price go after an upgrade?": upgrades,
    "What is to come, and what is expected?": to_come,
    "How much do the exchanges differ?": spreads,
}
"""Question → what its answer must be."""
