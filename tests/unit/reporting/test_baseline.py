"""How far below the baseline is too far."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from finnews.reporting.baseline import below_baseline, evidence
from finnews.reporting.model import Doubted, Doubts, Filled, Report
from finnews.reporting.shares import Share
from tests.support.reports import run


def articles(items: int, kicker: int, hours_ago: float = 0) -> Report:
    """Return the report of a run that read some articles, of which some had a kicker."""
    fields = {"headline": items, "kicker": kicker, "agency": items // 2}
    return run(hours_ago, filled={"article/articles": Filled(items, fields)})


def test_a_first_run_is_never_below_baseline() -> None:
    """There is nothing to compare it with."""
    assert below_baseline(articles(100, kicker=0), []) == []


def test_few_articles_are_no_evidence() -> None:
    """Three articles without a kicker can be chance, four cannot."""
    earlier = [articles(100, kicker=100, hours_ago=1)]
    assert below_baseline(articles(3, kicker=0), earlier) == []
    assert below_baseline(articles(4, kicker=0), earlier) != []


def test_a_run_without_articles_is_not_below_baseline() -> None:
    """An unchanged site gives no articles, and its lists may be answered 304."""
    assert below_baseline(run(), [articles(100, kicker=100, hours_ago=24)]) == []


def test_the_lowest_share_of_earlier_runs_counts() -> None:
    """A field that was rare in one earlier run may be rare again."""
    earlier = [articles(100, kicker=100, hours_ago=hours) for hours in range(1, 9)]
    assert below_baseline(articles(100, kicker=4), earlier) != []
    assert below_baseline(articles(100, kicker=4), [*earlier, articles(100, 5, hours_ago=9)]) == []


def test_small_earlier_runs_are_added_up() -> None:
    """Ten runs of two articles are as good as one of twenty."""
    earlier = [articles(2, kicker=2, hours_ago=hours) for hours in range(1, 11)]
    assert below_baseline(articles(20, kicker=0), earlier[:5]) == []
    assert below_baseline(articles(20, kicker=0), earlier) == [
        "kicker in articles of article pages: 0 of 20, baseline 100%"
    ]


@pytest.mark.parametrize("field", ["bid", "agency"])
def test_fields_that_change_with_the_hour_need_a_week(field: str) -> None:
    """A closed market or a week-end without agencies is no alarm in the first week."""

    def run_with(filled: int, hours_ago: float = 0) -> Report:
        return run(hours_ago, filled={"stock/quotes": Filled(100, {field: filled})})

    filled = 100 if field == "bid" else 60
    days = [run_with(filled, hours_ago=24 * day) for day in range(1, 8)]
    assert below_baseline(run_with(0), days[:6]) == []
    assert below_baseline(run_with(0), days) != []
    assert below_baseline(run_with(0), [*days, run_with(0, hours_ago=8 * 24)]) == []


def test_a_selector_that_stops_matching_is_below_baseline() -> None:
    """It is named with field and page type; one that never matched is not."""

    def run_with(hits: int, pages: int, hours_ago: float = 0) -> Report:
        rules = {"kicker/xpath/./span": [hits, pages], "page/css/p.never": [0, pages]}
        return run(hours_ago, selectors={"article": rules})

    earlier = [run_with(95, 100, hours_ago=1)]
    assert below_baseline(run_with(0, 30), earlier) == [
        "selector kicker/xpath/./span on article pages: 0 of 30, baseline 95%"
    ]
    assert below_baseline(run_with(0, 2), earlier) == []


def test_a_missing_start_page_is_below_baseline() -> None:
    """It needs three earlier runs; a run with a limit may not reach the page."""
    earlier = [run(hours, starts={"/rss/news": True}) for hours in (1, 2, 3)]
    gone = run(starts={"/rss/news": False})
    assert below_baseline(gone, earlier) == ["start page /rss/news: 0 of 1, baseline 100%"]
    assert below_baseline(gone, earlier[:2]) == []
    assert below_baseline(replace(gone, finish_reason="limit"), earlier) == []


def test_a_run_with_since_may_keep_less() -> None:
    """It reads old pages and keeps nothing of them."""

    def run_with(held: int, hours_ago: float = 0, **arguments: str) -> Report:
        holding = {"article": {"articles": held}}
        return run(hours_ago, pages={"article": 50}, holding=holding, arguments=arguments)

    earlier = [run_with(50, hours_ago=1)]
    assert below_baseline(run_with(0), earlier) != []
    assert below_baseline(run_with(0, since="2026-11-23"), earlier) == []


def doubtful(pages: int, met: int, hours_ago: float = 0, field: str = "price") -> Report:
    """Return the report of a run that read some stock pages, some of which had a doubt."""
    doubted = Doubted(2 * met, met, "https://www.finanzen.net/aktien/muster-aktie", "61,40 Mio.")
    fields = {field: {"unreadable": doubted}} if met else {}
    return run(hours_ago, doubts={"stock": Doubts(pages, fields)})


def test_a_doubt_that_was_never_met_and_is_on_many_pages_is_unusual() -> None:
    """Pages are counted, not values; the line names page type, field and reason."""
    earlier = [doubtful(8, met=0, hours_ago=hours) for hours in range(1, 11)]
    for pages, enough in ((4, 4), (30, 9), (100, 17)):
        assert below_baseline(doubtful(pages, met=enough - 1), earlier) == []
        (line,) = below_baseline(doubtful(pages, met=enough), earlier)
        name, _, share = line.partition(": ")
        assert name == "stock pages without doubt of price (unreadable)"
        assert share == f"{pages - enough} of {pages}, baseline 100%"


@pytest.mark.parametrize("pages", [1, 2, 3, 30])
def test_a_doubt_on_one_page_or_two_is_never_unusual(pages: int) -> None:
    """Even if these are all pages of the run."""
    earlier = [doubtful(100, met=0, hours_ago=hours) for hours in range(1, 11)]
    assert below_baseline(doubtful(pages, met=min(pages, 2)), earlier) == []


def test_a_doubt_as_frequent_as_in_an_earlier_run_is_ordinary() -> None:
    """It has to be three times as frequent as in the run that met it most."""
    earlier = [doubtful(100, met=0, hours_ago=hours) for hours in range(1, 9)]
    earlier.append(doubtful(100, met=20, hours_ago=9))
    assert below_baseline(doubtful(100, met=59), earlier) == []
    assert below_baseline(doubtful(100, met=61), earlier) != []


def test_a_rarer_doubt_is_never_unusual() -> None:
    """That more is read than before needs no alarm."""
    earlier = [doubtful(100, met=60, hours_ago=24 * day) for day in range(1, 9)]
    assert below_baseline(doubtful(100, met=0), earlier) == []


def test_a_doubt_of_a_field_that_changes_with_the_hour_needs_a_week() -> None:
    """Before the market opens there is no bid to doubt."""
    days = [doubtful(100, met=0, hours_ago=24 * day, field="bid") for day in range(1, 8)]
    assert below_baseline(doubtful(100, met=90, field="bid"), days[:6]) == []
    assert below_baseline(doubtful(100, met=90, field="bid"), days) != []


def test_a_run_that_did_not_count_doubts_is_no_baseline_of_them() -> None:
    """Its report is of an earlier version of finnews."""
    earlier = [run(hours, pages={"stock": 100}) for hours in range(1, 11)]
    assert below_baseline(doubtful(100, met=90), earlier) == []


counts = st.integers(0, 400)


@given(st.lists(st.tuples(counts, counts).map(sorted), min_size=1, max_size=12), st.data())
def test_a_run_as_good_as_an_earlier_one_is_never_below_baseline(
    runs: list[list[int]], data: st.DataObject
) -> None:
    """This holds whatever the earlier runs were like."""
    earlier = [articles(items, kicker, hours) for hours, (kicker, items) in enumerate(runs, 1)]
    large = [report for report in earlier if report.filled["article/articles"].items >= 20]
    assume(large)
    same = data.draw(st.sampled_from(large))
    assert not [report for report in below_baseline(same, earlier) if report.startswith("kicker")]


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_the_bound_of_chance_is_exact_if_nothing_is_found(now: int, part: int, rest: int) -> None:
    """There the probability can be calculated exactly."""
    chance = min(part / (part + rest), 20 / 21)
    exact = (1 - chance) ** now
    assert 2.718281828 ** -evidence(Share(0, now), Share(part, part + rest)) == pytest.approx(exact)
