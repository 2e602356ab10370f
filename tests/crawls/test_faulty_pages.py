"""Broken pages among good ones: each is a rejection with its address, and the crawl goes on."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from samplesite.content.truth import truth
from tests.support.crawling import crawl, differences, last_versions, lines
from tests.support.scripted import report
from tests.support.sites import FAULTS, FAULTY_SITE

Crawled = tuple[str, Path, "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def crawled(faulty_site: str, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A crawl of a site with one fault of each kind."""
    output = tmp_path_factory.mktemp("output")
    return faulty_site, output, crawl("news", faulty_site, output)


def test_readable_pages_among_faulty_ones_are_archived(crawled: Crawled) -> None:
    """Good pages give their items, and so does a page whose JSON-LD alone is broken."""
    site, output, _ = crawled
    wrong = differences(output, truth(FAULTY_SITE, site, ["news"], FAULTS.readable))
    bad_number = next(fault.article for fault in FAULTS.articles if fault.name == "bad-number")
    assert wrong == [f"articles: {bad_number.id} is not true"]


def test_each_faulty_page_is_a_rejection_with_its_reason(crawled: Crawled) -> None:
    """A rejection has the reason, the missing fields and the address."""
    site, output, _ = crawled
    reasons = {
        row["url"].removeprefix(site): (row["reason"], row["missing"])
        for row in lines(output, "rejected")
    }
    path_of = {fault.name: fault.article.path for fault in FAULTS.articles}
    assert reasons == {
        path_of["truncated"]: ("truncated", None),
        path_of["wrong-charset"]: ("undecodable", None),
        path_of["empty"]: ("empty", None),
        path_of["undated"]: ("incomplete-article", ["date_published"]),
        path_of["refused-403"]: ("refused", None),
        path_of["refused-200"]: ("refused", None),
        path_of["bad-number"]: ("unreadable-price", ["price"]),
        "/rss/news": ("entry-without-link", None),
        "/nachrichten/ressort/aktien": ("entry-without-link", None),
    }


def test_a_rejection_keeps_the_incomplete_item(crawled: Crawled) -> None:
    """The text of an article without a date is in its rejection."""
    _, output, _ = crawled
    kept = [row["item"] for row in lines(output, "rejected") if row["reason"].startswith("inc")]
    assert [item["headline"] for item in kept] == ["Störung: undated"]
    assert kept[0]["article_body"]


def test_rejections_are_exit_status_1(crawled: Crawled) -> None:
    """The log has no traceback; pages that are gone are counted."""
    _, output, done = crawled
    assert done.returncode == 1
    assert "Rejected: " in done.stderr
    assert "Traceback" not in done.stderr
    report = next((output / "runs").glob("*-news-*.json")).read_text("utf-8")
    assert '"finnews/gone": 2' in report


def test_a_redirect_off_the_site_is_not_followed(crawled: Crawled) -> None:
    """It is counted as moved."""
    _, output, _ = crawled
    report = next((output / "runs").glob("*-news-*.json")).read_text("utf-8")
    assert '"finnews/moved": 1' in report


def test_what_later_runs_request_is_told(crawled: Crawled) -> None:
    """Pages that could not be read or are away for now, not what is gone for good."""
    _, output, done = crawled
    assert report(output)["pending"] == {
        "empty": 1,
        "gone-404": 1,
        "incomplete-article": 1,
        "refused": 2,
        "status-302": 1,
        "truncated": 1,
        "undecodable": 1,
    }
    assert "│ pending" in done.stderr
    pages = last_versions(output, "pending")
    assert Counter(page["reason"] for page in pages if not page["is_final"]) == Counter(
        report(output)["pending"]
    )
    assert [page["reason"] for page in pages if page["is_final"]] == ["gone-410"]
    assert not any(row["pending"] for row in last_versions(output, "checkpoints"))
