"""``scrapy probe``: what is read of pages of the site, or of saved ones."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from finnews.pages import PAGE_TYPES
from finnews.probe.spider import NOT_PROBED
from tests.support.cases import golden_cases
from tests.support.crawling import sample_site, scrapy
from tests.support.sites import FAULTS, SITE

PATHS = {fault.name: fault.article.path for fault in FAULTS.articles}
PROBLEMS = {
    "undated": (4, ["article without date_published"]),
    "bad-number": (4, ["rejected: unreadable-price without price"]),
    "truncated": (4, ["truncated"]),
    "gone-410": (4, ["gone-410"]),
    "moved": (4, ["moved"]),
    "refused-403": (3, ['refused, status 403, page "Access Denied"']),
    "broken-json-ld": (0, []),
}

Done = subprocess.CompletedProcess[str]


def probe(site: str, *arguments: str) -> Done:
    """Probe the sample site at full speed."""
    return scrapy("probe", "-s", f"SITE_URL={site}", "-s", "DOWNLOAD_DELAY=0", *arguments)


def pages(done: Done) -> list[dict[str, Any]]:
    """Return what ``--json`` printed."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_probe_reads_a_page_of_each_type(site: str) -> None:
    """Without an address it finds all types but suggestions and papers to which no list leads."""
    done = probe(site, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    page_types = {page["type"] for page in pages(done)}
    assert page_types == {page.name() for page in PAGE_TYPES if page not in NOT_PROBED}
    assert not [page["problems"] for page in pages(done) if page["problems"]]


def test_probe_writes_nothing(site: str, tmp_path: Path) -> None:
    """It leaves no item, no report and no index."""
    output = tmp_path / "output"
    assert probe(site, "-s", f"OUTPUT_DIR={output}").returncode == 0
    assert not output.exists()


def test_probe_prints_each_field_with_value_and_selector(site: str) -> None:
    """The table shows selectors as they are written."""
    article = next(
        article for article in SITE.articles if article.kicker and article.layout == 2026
    )
    done = probe(site, "-v", site + article.path)
    assert done.returncode == 0, done.stderr
    rows = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert f"kicker {article.kicker} 1/1" in rows
    assert "font-color-de-azure-blue" in done.stdout
    assert any(row.endswith("8/8 css a.quote-ticker__label::text (8/8)") for row in rows)
    assert any(row.startswith(f"id {article.id} 1/1") for row in rows)


def test_probe_prints_only_what_is_wrong(site: str, faulty_site: str) -> None:
    """Of a site that is in order doubts and a verdict; else pages and fields in question, too."""
    done = probe(site)
    assert (done.returncode, done.stderr) == (0, "")
    told = re.fullmatch(
        r"(\w+  http:\S+\n(  doubt: .+\n)+\n)*"
        r"probe: 10 pages read, all fields found(, \d+ values? in doubt)?\n",
        done.stdout,
    )
    assert told, done.stdout
    names = ("undated", "bad-number", "gone-410", "refused-403", "broken-json-ld")
    done = probe(faulty_site, *(faulty_site + PATHS[name] for name in names))
    assert done.returncode == 3
    assert done.stdout.count("PROBLEM: ") == 4
    assert "kicker" not in done.stdout
    assert done.stdout.splitlines()[-1].startswith(
        "probe: 3 pages read, 1 field missing on 1 page, 1 item rejected, 1 page refused, "
        "1 page not read"
    )
    done = probe("http://127.0.0.1:1", "http://127.0.0.1:1/rss/news")
    assert done.stdout.splitlines()[-1] == "probe: no page read, 1 page not fetched"


def test_probe_reports_a_redesigned_page() -> None:
    """The exit status is 4; the page type without items is named, and the others are read."""
    with sample_site("--articles", "30", "--redesign", "price") as site:
        done = probe(site, "--json")
    assert done.returncode == 4, done.stderr
    problems = {page["type"]: page["problems"] for page in pages(done) if page["problems"]}
    assert problems == {
        "venues": ["rejected: missing-column without price"] * 3
        + ["rejected: no-venues without exchange, price"]
    }


def test_probe_reports_lists_that_lead_nowhere() -> None:
    """So are the page types that no list leads to any more."""
    with sample_site("--articles", "30", "--redesign", "teaser", "--redesign", "feed") as site:
        done = probe(site, "--json")
    assert done.returncode == 4, done.stderr
    problems = [(page["type"], page["problems"]) for page in pages(done) if page["problems"]]
    assert ("article", ["no link leads to such a page"]) in problems
    assert ("news_list", ["rejected: no-entries"]) in problems
    assert ("feed", ["rejected: entries-lost"]) in problems


def test_probe_gives_each_broken_page_a_status(faulty_site: str) -> None:
    """Incomplete or rejected is 4, refused 3, readable 0; the worst is the exit status."""
    done = probe(faulty_site, "--json", *(faulty_site + PATHS[name] for name in PROBLEMS))
    assert done.returncode == 3, done.stderr
    results = {page["url"]: (page["status"], page["problems"]) for page in pages(done)}
    expected = {faulty_site + PATHS[name]: problem for name, problem in PROBLEMS.items()}
    refused = faulty_site + PATHS["refused-403"]
    status, (problem,) = results.pop(refused)
    assert (status, problem.partition(", Server")[0]) == (3, expected.pop(refused)[1][0])
    assert results == expected


def test_probe_marks_a_missing_field(faulty_site: str) -> None:
    """The problem is named above the table and in the row of the field."""
    done = probe(faulty_site, faulty_site + PATHS["undated"])
    assert "PROBLEM: article without date_published" in done.stdout
    assert any(
        line.split()[:2] == ["date_published", "MISSING"] for line in done.stdout.split("\n")
    )


def test_probe_of_an_unreachable_site_exits_with_1() -> None:
    """The page is listed with the reason."""
    done = probe("http://127.0.0.1:1", "--json", "http://127.0.0.1:1/rss/news")
    assert done.returncode == 1
    assert [page["type"] for page in pages(done)] == ["feed"]
    assert pages(done)[0]["problems"]


def test_probe_reads_a_saved_page(tmp_path: Path) -> None:
    """Its address is its canonical link, or the option ``--url``."""
    case = next(case for case in golden_cases() if case.name == "article/full")
    done = scrapy("probe", str(case.path), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert [page["url"] for page in pages(done)] == [case.url]
    nameless = tmp_path / "page.xml"
    nameless.write_text("<rss><channel></channel></rss>")
    assert scrapy("probe", str(nameless)).returncode == 2
    done = scrapy("probe", str(nameless), "--url", "https://www.finanzen.net/rss/news", "--json")
    assert done.returncode == 4
    assert pages(done)[0]["type"] == "feed"


@pytest.mark.parametrize("wrong", ["missing.html", "https://elsewhere.invalid/rss/news"])
def test_probe_rejects_missing_files_and_other_sites(wrong: str) -> None:
    """The exit status is 2 and the error one line."""
    done = scrapy("probe", wrong)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert wrong in done.stderr


def test_probe_takes_an_address_of_the_site_however_it_is_written(site: str) -> None:
    """A host has no case."""
    port = site.rpartition(":")[2]
    address = f"http://LOCALHOST:{port}{SITE.stocks[0].path}"
    assert probe(f"http://localhost:{port}", address).returncode == 0


def test_probe_finds_no_problem_in_the_captured_article(captures: Path) -> None:
    """The real article has all required fields."""
    done = scrapy("probe", "--json", *map(str, captures.glob("article-*.html")))
    assert done.returncode == 0, done.stdout
    assert [page["type"] for page in pages(done)] == ["article"]
